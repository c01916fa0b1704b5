// Cryptography · the longer SHA-2 functions (FIPS 180-4), for outside standards only.

/// SHA-384 in one call.
public enum SHA384 {
    /// The 48-byte digest of `bytes`.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] { DigestContext.hash(bytes, .sha384) }
}

/// SHA-512 in one call.
public enum SHA512 {
    /// The 64-byte digest of `bytes`.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] { DigestContext.hash(bytes, .sha512) }
}

// MARK: - One call
extension DigestContext {
    /// The digest of `bytes`.
    static func hash(_ bytes: [UInt8], _ algorithm: DigestAlgorithm) -> [UInt8] {
        var context = DigestContext(algorithm)
        unsafe bytes.withUnsafeBufferPointer { unsafe context.update($0) }
        return unsafe [UInt8](unsafeUninitializedCapacity: algorithm.digestByteCount) { digest, count in
            unsafe context.finish(into: digest.baseAddress!)
            count = algorithm.digestByteCount
        }
    }
}
