// Cryptography · keys that sign as other systems do: client assertions, and the tokens this server issues.
internal import COpenSSL
public import Primitives

/// A private key of one JOSE algorithm, made here. Its secret never leaves OpenSSL's memory, or the ``SigningKey``'s.
public final class JWKPrivateKey: Sendable {
    private enum Key: ~Copyable, @unchecked Sendable {
        // Sendable: OpenSSL only reads a key that signs (openssl-threads(7)).
        case openSSL(EVPKey)
        case ed25519(SigningKey)
    }

    /// What it signs with.
    public let algorithm: JWSAlgorithm
    /// What verifies it.
    public let publicKey: JWKPublicKey
    private let key: Key

    /// A new key for `algorithm`. An RSA key has 3,072 bits and takes about a quarter of a second.
    ///
    /// - Throws: ``SteleError`` with code `cryptography.failed` if OpenSSL cannot make one.
    public init(_ algorithm: JWSAlgorithm, random: some RandomSource = SystemRandom()) throws(SteleError) {
        self.algorithm = algorithm
        switch algorithm {
        case .es256, .es384:
            let curve: JWKCurve = algorithm == .es256 ? .p256 : .p384
            let pair = try EVPKey.generate(curve)
            let width = curve.coordinateByteCount
            publicKey = .ec(
                curve, x: try pair.integer(OSSL_PKEY_PARAM_EC_PUB_X, width: width),
                y: try pair.integer(OSSL_PKEY_PARAM_EC_PUB_Y, width: width))
            key = .openSSL(pair)
        case .rs256, .rs384:
            let pair = try EVPKey.generateRSA(bitCount: 3072)
            publicKey = .rsa(n: try pair.integer(OSSL_PKEY_PARAM_RSA_N), e: try pair.integer(OSSL_PKEY_PARAM_RSA_E))
            key = .openSSL(pair)
        case .edDSA:
            let pair = SigningKey.random(from: random)
            publicKey = .okp(pair.publicKey)
            key = .ed25519(pair)
        }
    }

    /// The Ed25519 key `signing`, as a JOSE key.
    public init(_ signing: SigningKey) {
        algorithm = .edDSA
        publicKey = .okp(signing.publicKey)
        key = .ed25519(signing)
    }

    /// The signature of `message` as JOSE writes it: r ‖ s for ECDSA (RFC 7518 §3.4).
    ///
    /// - Throws: ``SteleError`` with code `cryptography.failed` if OpenSSL cannot sign.
    public func sign(_ message: [UInt8]) throws(SteleError) -> [UInt8] {
        switch key {
        case .ed25519(let signing): return signing.sign(message)
        case .openSSL(let pair):
            let signature = try pair.sign(message, digest: algorithm.digest!)
            guard case .ec(let curve, _, _) = publicKey else { return signature }
            guard let raw = ECDSASignature.decode(der: signature, curve) else {
                throw .openSSL("OpenSSL wrote a malformed signature")
            }
            return raw
        }
    }
}
