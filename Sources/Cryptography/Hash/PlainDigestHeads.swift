// Cryptography · what plain hashes of a text begin with, to recognise those that somebody else made.
internal import COpenSSL

/// The first eight bytes of the MD5, SHA-1, SHA-256 and SHA-512 digests of one text, as they lie in memory.
///
/// Only to find such digests where they must not be. Nothing here signs, names or protects with MD5 or SHA-1.
public enum PlainDigestHeads {
    /// How many digests of a text there are.
    public static let count = 4

    /// Calls `body` with the head of each digest of `text`. About 0.4 µs.
    public static func forEach(of text: [UInt8], _ body: (UInt64) -> Void) {
        unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { heads in
            unsafe text.withUnsafeBufferPointer { bytes in
                unsafe stele_plain_digest_heads(bytes.baseAddress, bytes.count, heads.baseAddress!)
            }
            for index in 0..<count { unsafe body(heads[index]) }
        }
    }
}
