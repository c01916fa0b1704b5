// Cryptography · labels turned into the tokens that stand for them on the ledger.
public import Primitives

/// A subject's secret under which labels become tokens. Source: `docs/spec/consent.md` §2.
///
/// Whoever sees the ledger learns that two transactions of one subject carry the same token, and nothing about the
/// label. Revealing an *opening* lets its reader check one label of one subject and no other. The holder of the key,
/// the custodian and the patient's wallet, can open them all; a key that has been destroyed leaves noise.
public struct PolicyKey: Sendable, Equatable {
    /// How many bytes the secret has.
    public static let byteCount = 32

    /// Which of the subject's successive keys this is. A grant holds under the current one only.
    public let version: UInt32
    /// The key itself, for sealing into the vault.
    public let secret: SecretBytes

    /// The key `secret`, which is the subject's `version`th.
    ///
    /// - Throws: ``SteleError`` with code `key.malformed` unless it has 32 bytes.
    public init(version: UInt32, secret: SecretBytes) throws(SteleError) {
        guard secret.count == Self.byteCount else {
            throw SteleError(
                .keyMalformed, "a policy key has \(secret.count) bytes", hint: "give the 32 bytes the vault keeps")
        }
        self.version = version
        self.secret = secret
    }

    /// A new key.
    public static func random(version: UInt32, from random: some RandomSource) -> PolicyKey {
        do {
            return try PolicyKey(version: version, secret: .random(count: byteCount, from: random))
        } catch {
            preconditionFailure("a random source gave fewer bytes than asked for")
        }
    }

    /// `HMAC-SHA256(key, label)`: reveals this label to whoever is given it, with the token on the ledger.
    public func opening(of label: Label) -> Bytes32 {
        HMACSHA256.code(of: label.encoded, key: secret)
    }

    /// What stands for `label` on the ledger. About half a microsecond.
    public func token(for label: Label) -> Token {
        let encoded = label.encoded
        return Self.token(opening: HMACSHA256.code(of: encoded, key: secret), encoded: encoded)
    }

    /// `SHA-256("stele/v1/token\0" ‖ opening ‖ label)`: whoever was given the opening compares this with the ledger.
    public static func token(opening: Bytes32, label: Label) -> Token {
        token(opening: opening, encoded: label.encoded)
    }

    private static func token(opening: Bytes32, encoded: [UInt8]) -> Token {
        // The tag and the opening go on the stack; the label is hashed where it lies.
        unsafe opening.withUnsafeBytes { opening in
            unsafe SHA256.withTagged("token", UnsafeBufferPointer(start: opening, count: 32)) { head in
                unsafe encoded.withUnsafeBufferPointer { unsafe SHA256.hash(joining: head, $0) }
            }
        }
    }
}
