// Cryptography · what plain hashes of a text begin with, to recognise those that somebody else made.
internal import COpenSSL

/// The first eight bytes of the MD5, SHA-1, SHA-256 and SHA-512 digests of one text, as they lie in memory.
///
/// Only to find such digests where they must not be. Nothing here signs, names or protects with MD5 or SHA-1.
public enum PlainDigestHeads {
    /// How many digests of a text there are.
    public static let count = 4

    /// The head of each digest of `text`. About 0.4 µs.
    public static func of(_ text: [UInt8]) -> SIMD4<UInt64> {
        var heads = SIMD4<UInt64>()
        unsafe text.withUnsafeBufferPointer { bytes in
            unsafe withUnsafeMutableBytes(of: &heads) { heads in
                unsafe stele_plain_digest_heads(
                    bytes.baseAddress, bytes.count, heads.assumingMemoryBound(to: UInt64.self).baseAddress!)
            }
        }
        return heads
    }
}
