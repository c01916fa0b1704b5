// Cryptography · HMAC with SHA-256 (RFC 2104, FIPS 198-1): policy openings, anchors, audit codes.
public import Primitives

/// HMAC-SHA256 as two passes of the reused SHA-256 context: about 250 ns for a short message, nothing on the heap.
public enum HMACSHA256 {
    /// The code of `message` under `key`.
    public static func code(of message: [UInt8], key: SecretBytes) -> Bytes32 {
        unsafe key.withUnsafeBytes { key in
            unsafe message.withUnsafeBufferPointer { unsafe code(of: $0, key: key) }
        }
    }

    /// The code of `message` under a key that is no secret of this process, such as the salt of an anchor.
    public static func code(of message: [UInt8], salt: Bytes32) -> Bytes32 {
        unsafe salt.withUnsafeBytes { salt in
            unsafe message.withUnsafeBufferPointer {
                unsafe code(of: $0, key: UnsafeBufferPointer(start: salt, count: 32))
            }
        }
    }

    /// The code of the 32 bytes of `digest` under `salt`: the anchor of a record. Source: `docs/spec/vault.md` §7.
    public static func code(of digest: Digest, salt: Bytes32) -> Bytes32 {
        unsafe salt.withUnsafeBytes { salt in
            unsafe digest.withUnsafeBytes { digest in
                unsafe code(
                    of: UnsafeBufferPointer(start: digest, count: 32), key: UnsafeBufferPointer(start: salt, count: 32))
            }
        }
    }

    /// Whether `code` is that of `message` under `key`, in a time that does not depend on how much of it is right.
    public static func isValid(_ code: [UInt8], of message: [UInt8], key: SecretBytes) -> Bool {
        let expected = self.code(of: message, key: key)
        return unsafe expected.withUnsafeBytes { expected in
            unsafe code.withUnsafeBufferPointer {
                unsafe Sodium.isEqual(UnsafeBufferPointer(start: expected, count: 32), $0)
            }
        }
    }

    /// Whether `code` is that of `message` under `key`, in a time that does not depend on how much of it is right.
    public static func isValid(_ code: Bytes32, of message: [UInt8], key: SecretBytes) -> Bool {
        isValid(code.bytes, of: message, key: key)
    }

    /// The code of `message` under a key of any length.
    @unsafe
    static func code(of message: UnsafeBufferPointer<UInt8>, key: UnsafeBufferPointer<UInt8>) -> Bytes32 {
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { block in
            defer { unsafe Sodium.wipe(block) }
            unsafe block.initialize(repeating: 0)
            if key.count > 64 {
                let hashed = unsafe SHA256.hash(loading: key.baseAddress, count: key.count)
                unsafe hashed.store(to: block.baseAddress!)
            } else {
                unsafe _ = block.update(fromContentsOf: key)
            }
            for index in 0..<64 { unsafe block[index] ^= 0x36 }
            let inner = unsafe SHA256.hash(joining: UnsafeBufferPointer(block), message)
            for index in 0..<64 { unsafe block[index] ^= 0x36 ^ 0x5c }
            return unsafe inner.withUnsafeBytes { inner in
                unsafe SHA256.hash(joining: UnsafeBufferPointer(block), UnsafeBufferPointer(start: inner, count: 32))
            }
        }
    }
}
