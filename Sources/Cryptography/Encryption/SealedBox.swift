// Cryptography · bytes sealed to somebody's public key: HPKE (RFC 9180).
internal import CSodium
public import Primitives

/// Hybrid public-key encryption in base mode, one message at a time: suite DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
/// ChaCha20-Poly1305 (0x0020, 0x0001, 0x0003).
///
/// Only the holder of the private key can open a box. It says nothing about who sealed it, so whatever depends on that
/// is signed besides. A box is the 32 bytes of a fresh public key, the ciphertext and a tag: 48 bytes longer than what
/// is in it.
public enum SealedBox {
    /// How many bytes sealing adds.
    public static let addedByteCount = 48

    /// `plaintext` sealed to the holder of the X25519 key `recipient`.
    ///
    /// - Parameters:
    ///   - info: What the box is for; the opener gives the same.
    ///   - associated: What the box belongs to; the opener gives the same.
    /// - Throws: ``SteleError`` with code `agreement.rejected` if `recipient` is a point of low order.
    public static func seal(
        _ plaintext: SecretBytes, to recipient: Bytes32, info: [UInt8], associated: [UInt8] = [],
        random: some RandomSource
    ) throws(SteleError) -> [UInt8] {
        let ephemeral = AgreementKey.random(from: random)
        let shared = try ephemeral.sharedSecret(with: recipient)
        let schedule = Schedule(shared, encapsulated: ephemeral.publicKey, recipient: recipient, info: info)
        return ephemeral.publicKey.bytes + schedule.seal(plaintext, associated)
    }

    /// What is in `box`, which was sealed to the public half of `key`.
    ///
    /// - Throws: ``SteleError`` with code `sealed.rejected` if the box was sealed to another key or for another
    ///   purpose, or is damaged; `agreement.rejected` if its public key is a point of low order.
    public static func open(
        _ box: [UInt8], with key: AgreementKey, info: [UInt8], associated: [UInt8] = []
    ) throws(SteleError) -> SecretBytes {
        guard box.count >= addedByteCount else { throw rejected }
        let encapsulated = Bytes32(box, at: 0)
        let shared = try key.sharedSecret(with: encapsulated)
        let schedule = Schedule(shared, encapsulated: encapsulated, recipient: key.publicKey, info: info)
        guard let plaintext = schedule.open(Array(box[32...]), associated) else { throw rejected }
        return plaintext
    }

    private static var rejected: SteleError {
        SteleError(
            .sealedRejected, "a sealed box does not open",
            hint: "check that it was sealed to this key and for this purpose, and that it is whole")
    }
}

// MARK: - Key schedule
/// The key and nonce of one message (RFC 9180 §4.1, §5.1, §5.2 with the sequence number 0).
private struct Schedule {
    private let key: SecretBytes
    private let nonce: SecretBytes

    init(_ agreed: SecretBytes, encapsulated: Bytes32, recipient: Bytes32, info: [UInt8]) {
        let mechanism = Array("KEM".utf8) + [0x00, 0x20]
        let suite = Array("HPKE".utf8) + [0x00, 0x20, 0x00, 0x01, 0x00, 0x03]
        let none = SecretBytes([])

        let pseudorandom = Self.extract(mechanism, salt: none, "eae_prk", agreed)
        let shared = Self.expand(
            mechanism, pseudorandom, "shared_secret", encapsulated.bytes + recipient.bytes, count: 32)

        let identifierHash = Self.extract(suite, salt: none, "psk_id_hash", none)
        let infoHash = Self.extract(suite, salt: none, "info_hash", SecretBytes(info))
        // Mode 0, base; neither hash is secret.
        let context = [0x00] + identifierHash.exposedCopy() + infoHash.exposedCopy()
        let secret = Self.extract(suite, salt: shared, "secret", none)
        key = Self.expand(suite, secret, "key", context, count: 32)
        nonce = Self.expand(suite, secret, "base_nonce", context, count: 12)
    }

    /// `LabeledExtract` of RFC 9180 §4.
    private static func extract(
        _ suite: [UInt8], salt: SecretBytes, _ label: String, _ input: SecretBytes
    ) -> SecretBytes {
        let head = Array("HPKE-v1".utf8) + suite + Array(label.utf8)
        return HKDF.sha256.extract(from: SecretBytes(head, followedBy: input), salt: salt)
    }

    /// `LabeledExpand` of RFC 9180 §4.
    private static func expand(
        _ suite: [UInt8], _ key: SecretBytes, _ label: String, _ info: [UInt8], count: UInt16
    ) -> SecretBytes {
        var labelled: [UInt8] = []
        labelled.append(bigEndian: count)
        labelled += Array("HPKE-v1".utf8) + suite + Array(label.utf8) + info
        return HKDF.sha256.expand(key, info: labelled, count: Int(count))
    }

    /// Ciphertext ‖ tag.
    func seal(_ plaintext: SecretBytes, _ associated: [UInt8]) -> [UInt8] {
        let sealedCount = plaintext.count + 16
        return unsafe [UInt8](unsafeUninitializedCapacity: sealedCount) { sealed, count in
            let code = unsafe key.withUnsafeBytes { key in
                unsafe nonce.withUnsafeBytes { nonce in
                    unsafe plaintext.withUnsafeBytes { plaintext in
                        unsafe crypto_aead_chacha20poly1305_ietf_encrypt(
                            sealed.baseAddress!, nil, plaintext.baseAddress, UInt64(plaintext.count), associated,
                            UInt64(associated.count), nil, nonce.baseAddress!, key.baseAddress!)
                    }
                }
            }
            precondition(code == 0, "libsodium cannot seal")
            count = sealedCount
        }
    }

    /// The plaintext of ciphertext ‖ tag, or nil.
    func open(_ sealed: [UInt8], _ associated: [UInt8]) -> SecretBytes? {
        var code: CInt = -1
        let plaintext = unsafe SecretBytes(count: sealed.count - 16) { plaintext in
            unsafe key.withUnsafeBytes { key in
                unsafe nonce.withUnsafeBytes { nonce in
                    unsafe code = crypto_aead_chacha20poly1305_ietf_decrypt(
                        plaintext.baseAddress!, nil, nil, sealed, UInt64(sealed.count), associated,
                        UInt64(associated.count), nonce.baseAddress!, key.baseAddress!)
                }
            }
        }
        return code == 0 ? plaintext : nil
    }
}
