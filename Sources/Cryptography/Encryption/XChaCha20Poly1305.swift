// Cryptography · authenticated encryption of content and of keys.
internal import CSodium
public import Primitives

/// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03 §2) by libsodium.
///
/// A nonce has 24 bytes, so random ones never meet. What is sealed is 16 bytes longer than what was plain. `associated`
/// is authenticated and not kept: the opener gives the same, which binds the sealed bytes to their place.
public enum XChaCha20Poly1305 {
    /// How many bytes a key has.
    public static let keyByteCount = 32
    /// How many bytes a nonce has.
    public static let nonceByteCount = 24
    /// How many bytes sealing adds.
    public static let tagByteCount = 16

    /// `plaintext` sealed: ciphertext ‖ tag.
    ///
    /// - Precondition: the key has 32 bytes, and the nonce 24 that this key never sealed with before.
    public static func seal(
        _ plaintext: [UInt8], key: SecretBytes, nonce: [UInt8], associated: [UInt8] = []
    ) -> [UInt8] {
        unsafe plaintext.withUnsafeBufferPointer { unsafe seal($0, key, nonce, associated) }
    }

    /// A slice sealed: ciphertext ‖ tag.
    ///
    /// - Precondition: the key has 32 bytes, and the nonce 24 that this key never sealed with before.
    public static func seal(
        _ plaintext: ArraySlice<UInt8>, key: SecretBytes, nonce: [UInt8], associated: [UInt8] = []
    ) -> [UInt8] {
        unsafe plaintext.withUnsafeBufferPointer { unsafe seal($0, key, nonce, associated) }
    }

    /// A key sealed under another key: ciphertext ‖ tag.
    ///
    /// - Precondition: the key has 32 bytes, and the nonce 24 that this key never sealed with before.
    public static func seal(
        _ secret: SecretBytes, key: SecretBytes, nonce: [UInt8], associated: [UInt8] = []
    ) -> [UInt8] {
        unsafe secret.withUnsafeBytes { unsafe seal($0, key, nonce, associated) }
    }

    /// The plaintext of `sealed`.
    ///
    /// - Throws: ``SteleError`` with code `sealed.rejected` if the bytes, key, nonce or associated data are not those
    ///   of the sealing; which of them is wrong cannot be told.
    public static func open(
        _ sealed: [UInt8], key: SecretBytes, nonce: [UInt8], associated: [UInt8] = []
    ) throws(SteleError) -> [UInt8] {
        try open(sealed[...], key: key, nonce: nonce, associated: associated)
    }

    /// The plaintext of a sealed slice.
    ///
    /// - Throws: ``SteleError`` with code `sealed.rejected`.
    public static func open(
        _ sealed: ArraySlice<UInt8>, key: SecretBytes, nonce: [UInt8], associated: [UInt8] = []
    ) throws(SteleError) -> [UInt8] {
        guard nonce.count == nonceByteCount, sealed.count >= tagByteCount else { throw rejected }
        var isOpen = false
        let plaintext = unsafe [UInt8](unsafeUninitializedCapacity: sealed.count - tagByteCount) { plaintext, count in
            isOpen = unsafe sealed.withUnsafeBufferPointer {
                unsafe open($0, key, nonce, associated, into: plaintext.baseAddress)
            }
            count = isOpen ? sealed.count - tagByteCount : 0
        }
        guard isOpen else { throw rejected }
        return plaintext
    }

    /// The key sealed in `sealed`.
    ///
    /// - Throws: ``SteleError`` with code `sealed.rejected`.
    public static func openSecret(
        _ sealed: [UInt8], key: SecretBytes, nonce: [UInt8], associated: [UInt8] = []
    ) throws(SteleError) -> SecretBytes {
        guard nonce.count == nonceByteCount, sealed.count >= tagByteCount else { throw rejected }
        var isOpen = false
        let secret = unsafe SecretBytes(count: sealed.count - tagByteCount) { plaintext in
            isOpen = unsafe sealed.withUnsafeBufferPointer {
                unsafe open($0, key, nonce, associated, into: plaintext.baseAddress)
            }
        }
        guard isOpen else { throw rejected }
        return secret
    }
}

// MARK: - With a random nonce in front
extension XChaCha20Poly1305 {
    /// `plaintext` sealed under a fresh nonce: nonce ‖ ciphertext ‖ tag, 40 bytes longer than the plaintext.
    public static func sealWithNonce(
        _ plaintext: [UInt8], key: SecretBytes, associated: [UInt8] = [], random: some RandomSource
    ) -> [UInt8] {
        let nonce = random.bytes(nonceByteCount)
        return nonce + seal(plaintext, key: key, nonce: nonce, associated: associated)
    }

    /// A key sealed under another key and a fresh nonce: nonce ‖ ciphertext ‖ tag.
    public static func sealWithNonce(
        _ secret: SecretBytes, key: SecretBytes, associated: [UInt8] = [], random: some RandomSource
    ) -> [UInt8] {
        let nonce = random.bytes(nonceByteCount)
        return nonce + seal(secret, key: key, nonce: nonce, associated: associated)
    }

    /// The plaintext of nonce ‖ ciphertext ‖ tag.
    ///
    /// - Throws: ``SteleError`` with code `sealed.rejected`.
    public static func openWithNonce(
        _ sealed: [UInt8], key: SecretBytes, associated: [UInt8] = []
    ) throws(SteleError) -> [UInt8] {
        try open(
            sealed.dropFirst(nonceByteCount), key: key, nonce: Array(sealed.prefix(nonceByteCount)),
            associated: associated)
    }

    /// The key in nonce ‖ ciphertext ‖ tag.
    ///
    /// - Throws: ``SteleError`` with code `sealed.rejected`.
    public static func openSecretWithNonce(
        _ sealed: [UInt8], key: SecretBytes, associated: [UInt8] = []
    ) throws(SteleError) -> SecretBytes {
        try openSecret(
            Array(sealed.dropFirst(nonceByteCount)), key: key, nonce: Array(sealed.prefix(nonceByteCount)),
            associated: associated)
    }
}

// MARK: - The library's calls
extension XChaCha20Poly1305 {
    private static var rejected: SteleError {
        SteleError(
            .sealedRejected, "sealed bytes do not open",
            hint: "check that the key is the one they were sealed under and that the file is whole; restore it if not")
    }

    @unsafe
    private static func seal(
        _ plaintext: UnsafeBufferPointer<UInt8>, _ key: SecretBytes, _ nonce: [UInt8], _ associated: [UInt8]
    ) -> [UInt8] {
        precondition(key.count == keyByteCount && nonce.count == nonceByteCount, "wrong length of key or nonce")
        Sodium.start()
        let sealedCount = plaintext.count + tagByteCount
        return unsafe [UInt8](unsafeUninitializedCapacity: sealedCount) { sealed, count in
            let code = unsafe key.withUnsafeBytes { key in
                unsafe crypto_aead_xchacha20poly1305_ietf_encrypt(
                    sealed.baseAddress!, nil, plaintext.baseAddress, UInt64(plaintext.count), associated,
                    UInt64(associated.count), nil, nonce, key.baseAddress!)
            }
            precondition(code == 0, "libsodium cannot seal")
            count = sealedCount
        }
    }

    /// Whether `sealed` opened into `plaintext`, which has room for all but the tag.
    @unsafe
    private static func open(
        _ sealed: UnsafeBufferPointer<UInt8>, _ key: SecretBytes, _ nonce: [UInt8], _ associated: [UInt8],
        into plaintext: UnsafeMutablePointer<UInt8>?
    ) -> Bool {
        precondition(key.count == keyByteCount, "wrong length of key")
        Sodium.start()
        return unsafe key.withUnsafeBytes { key in
            unsafe crypto_aead_xchacha20poly1305_ietf_decrypt(
                plaintext, nil, nil, sealed.baseAddress!, UInt64(sealed.count), associated,
                UInt64(associated.count), nonce, key.baseAddress!) == 0
        }
    }
}
