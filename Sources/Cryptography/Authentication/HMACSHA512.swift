// Cryptography · HMAC with SHA-512 (RFC 2104, FIPS 198-1).

/// HMAC-SHA512, for key derivation and outside standards.
public enum HMACSHA512 {
    /// The 64-byte code of `message` under `key`.
    public static func code(of message: [UInt8], key: SecretBytes) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: 64) { code, count in
            unsafe key.withUnsafeBytes { key in
                unsafe message.withUnsafeBufferPointer { unsafe write(to: code.baseAddress!, of: $0, key: key) }
            }
            count = 64
        }
    }

    /// Whether `code` is that of `message` under `key`, in a time that does not depend on how much of it is right.
    public static func isValid(_ code: [UInt8], of message: [UInt8], key: SecretBytes) -> Bool {
        let expected = self.code(of: message, key: key)
        return unsafe expected.withUnsafeBufferPointer { expected in
            unsafe code.withUnsafeBufferPointer { unsafe Sodium.isEqual(expected, $0) }
        }
    }

    /// Writes the code of `message` under a key of any length to the 64 bytes at `code`.
    @unsafe
    static func write(
        to code: UnsafeMutablePointer<UInt8>, of message: UnsafeBufferPointer<UInt8>, key: UnsafeBufferPointer<UInt8>
    ) {
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 128) { block in
            defer { unsafe Sodium.wipe(block) }
            unsafe block.initialize(repeating: 0)
            if key.count > 128 {
                var hashed = DigestContext(.sha512)
                unsafe hashed.update(key)
                unsafe hashed.finish(into: block.baseAddress!)
            } else {
                unsafe _ = block.update(fromContentsOf: key)
            }
            for index in 0..<128 { unsafe block[index] ^= 0x36 }
            var inner = DigestContext(.sha512)
            unsafe inner.update(UnsafeBufferPointer(block))
            unsafe inner.update(message)
            unsafe inner.finish(into: code)
            for index in 0..<128 { unsafe block[index] ^= 0x36 ^ 0x5c }
            var outer = DigestContext(.sha512)
            unsafe outer.update(UnsafeBufferPointer(block))
            unsafe outer.update(UnsafeBufferPointer(start: code, count: 64))
            unsafe outer.finish(into: code)
        }
    }
}
