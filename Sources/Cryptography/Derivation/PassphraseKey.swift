// Cryptography · keys from what people remember.
internal import CSodium
public import Primitives

/// Argon2id version 1.3 (RFC 9106) by libsodium: a key from a passphrase, made dear to guess.
public enum PassphraseKey {
    /// How many bytes a salt has.
    public static let saltByteCount = 16

    /// How dear one guess is: passes over memory, and the memory.
    public struct Cost: Hashable, Sendable {
        /// Passes over the memory.
        public var passCount: UInt64
        /// Memory, in bytes.
        public var memoryByteCount: Int

        /// A cost of `passCount` passes over `memoryByteCount` bytes.
        public init(passCount: UInt64, memoryByteCount: Int) {
            self.passCount = passCount
            self.memoryByteCount = memoryByteCount
        }

        /// Three passes over 256 MiB, about a second: for keys in files.
        public static let file = Cost(passCount: 3, memoryByteCount: 256 << 20)
        /// The least that libsodium allows, one pass over 8 KiB. For tests: it protects nothing.
        public static let insecure = Cost(passCount: 1, memoryByteCount: 8 << 10)
    }

    /// The 32-byte key for `passphrase`.
    ///
    /// - Throws: ``SteleError`` with code `key.malformed` unless the salt has 16 bytes, and `cryptography.failed` if
    ///   the memory cannot be had.
    public static func derive(
        from passphrase: SecretBytes, salt: [UInt8], cost: Cost = .file
    ) throws(SteleError) -> SecretBytes {
        guard salt.count == saltByteCount else {
            throw SteleError(
                .keyMalformed, "a salt has \(salt.count) bytes", hint: "give the 16 bytes kept with the file")
        }
        Sodium.start()
        var code: CInt = -1
        let key = unsafe SecretBytes(count: 32) { key in
            unsafe passphrase.withUnsafeBytes { passphrase in
                unsafe passphrase.withMemoryRebound(to: CChar.self) { passphrase in
                    unsafe code = crypto_pwhash(
                        key.baseAddress!, 32, passphrase.baseAddress!, UInt64(passphrase.count), salt, cost.passCount,
                        cost.memoryByteCount, crypto_pwhash_ALG_ARGON2ID13)
                }
            }
        }
        guard code == 0 else {
            throw SteleError(
                .cryptographyFailed, "a key could not be derived from a passphrase",
                hint: "free \(cost.memoryByteCount >> 20) MiB of memory and try again")
        }
        return key
    }
}
