// Cryptography · X25519 key agreement.
internal import CSodium
public import Primitives

/// An X25519 private key (RFC 7748 §5). Copies of the value share the one secret, which is wiped after the last.
public struct AgreementKey: Sendable {
    /// The public half, 32 bytes: the u-coordinate.
    public let publicKey: Bytes32
    private let secret: SecretBytes

    /// The key whose scalar is `secret`; its bits are clamped at each use.
    ///
    /// - Throws: ``SteleError`` with code `key.malformed` unless it has 32 bytes.
    public init(_ secret: SecretBytes) throws(SteleError) {
        guard secret.count == 32 else {
            throw SteleError(
                .keyMalformed, "an X25519 private key has \(secret.count) bytes",
                hint: "give the 32 bytes of RFC 7748 §5")
        }
        Sodium.start()
        self.secret = secret
        publicKey = unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { point in
            let code = unsafe secret.withUnsafeBytes { secret in
                unsafe crypto_scalarmult_base(point.baseAddress!, secret.baseAddress!)
            }
            precondition(code == 0, "libsodium cannot derive an X25519 key")
            return unsafe Bytes32(loading: UnsafePointer(point.baseAddress!))
        }
    }

    /// A new key.
    public static func random(from random: some RandomSource) -> AgreementKey {
        do {
            return try AgreementKey(.random(count: 32, from: random))
        } catch {
            preconditionFailure("a random source gave fewer bytes than asked for")
        }
    }

    /// The 32 bytes of the private key: what a key file keeps.
    public var scalar: SecretBytes { secret }

    /// The 32-byte secret shared with the holder of `publicKey`. Derive keys from it; never use it as one.
    ///
    /// - Throws: ``SteleError`` with code `agreement.rejected` if the result is all zeros, which it is for points of
    ///   low order whatever the private key (RFC 7748 §6.1).
    public func sharedSecret(with publicKey: Bytes32) throws(SteleError) -> SecretBytes {
        var code: CInt = -1
        let shared = unsafe SecretBytes(count: 32) { shared in
            unsafe secret.withUnsafeBytes { secret in
                unsafe publicKey.withUnsafeBytes { point in
                    // Returns -1 exactly when the result is all zeros.
                    unsafe code = crypto_scalarmult(shared.baseAddress!, secret.baseAddress!, point)
                }
            }
        }
        guard code == 0 else {
            throw SteleError(
                .agreementRejected, "the other party's X25519 key is a point of low order",
                hint: "ask the other party for the key it generated; this one protects nothing")
        }
        return shared
    }
}
