// Cryptography · public keys of other systems, and whether they signed what they say.
internal import COpenSSL
public import Primitives

/// A public key out of a JSON Web Key (RFC 7517), its parameters already decoded from base64url.
///
/// Nothing is believed about the parameters: ``check()`` refuses points off the curve, coordinates of the wrong length,
/// and RSA keys outside 2,048–8,192 bits; ``isValid(signature:of:algorithm:)`` finds nothing valid under such a key.
public enum JWKPublicKey: Hashable, Sendable {
    /// `kty` `EC`: a point on a curve, each coordinate of the curve's full length.
    case ec(JWKCurve, x: [UInt8], y: [UInt8])
    /// `kty` `RSA`: modulus and exponent, most significant byte first, without leading zeros.
    case rsa(n: [UInt8], e: [UInt8])
    /// `kty` `OKP`, `crv` `Ed25519`.
    case okp(PublicKey)

    /// Modulus sizes accepted, in bits. Larger ones only cost time.
    public static let rsaBitCounts = 2048...8192

    /// The algorithms this key may sign with: the kind of key decides, never the token.
    public var algorithms: [JWSAlgorithm] {
        switch self {
        case .ec(.p256, _, _): [.es256]
        case .ec(.p384, _, _): [.es384]
        case .rsa: [.rs256, .rs384]
        case .okp: [.edDSA]
        }
    }

    /// Refuses a key that nothing could be verified with: for when a key is registered.
    ///
    /// - Throws: ``SteleError`` with code `key.malformed`.
    public func check() throws(SteleError) {
        if case .okp = self { return }
        _ = try EVPKey(self)
    }

    /// Whether `signature` is one of `message` by this key with `algorithm`.
    ///
    /// False for an algorithm of another kind of key, for a malformed key, and for a signature of any length but the
    /// exact one (RFC 7518 §3.3, §3.4). About 90 µs for ES256, 800 µs for ES384, 60 µs for RS256 of 3,072 bits.
    public func isValid(signature: [UInt8], of message: [UInt8], algorithm: JWSAlgorithm) -> Bool {
        guard algorithms.contains(algorithm) else { return false }
        switch self {
        case .okp(let key):
            return Ed25519.isValid(signature: signature, of: message, by: key)
        case .ec(let curve, _, _):
            guard let key = try? EVPKey(self), let encoded = ECDSASignature.encode(raw: signature, curve)
            else { return false }
            return key.isValid(signature: encoded, of: message, digest: algorithm.digest!)
        case .rsa(let modulus, _):
            guard signature.count == modulus.count, let key = try? EVPKey(self) else { return false }
            return key.isValid(signature: signature, of: message, digest: algorithm.digest!)
        }
    }
}

// MARK: - Loading
extension EVPKey {
    /// The key with these parameters, checked.
    fileprivate init(_ key: JWKPublicKey) throws(SteleError) {
        switch key {
        case .okp:
            preconditionFailure("Ed25519 is libsodium's")
        case .ec(let curve, let x, let y):
            let width = curve.coordinateByteCount
            guard x.count == width, y.count == width else {
                throw .malformedKey("a \(curve.rawValue) coordinate does not have \(width) bytes")
            }
            try self.init(curve, point: [4] + x + y)
        case .rsa(let modulus, let exponent):
            let bitCount = modulus.count * 8 - (modulus.first?.leadingZeroBitCount ?? 0)
            guard modulus.first != 0, JWKPublicKey.rsaBitCounts.contains(bitCount), modulus.last! & 1 == 1 else {
                throw .malformedKey("an RSA modulus is even, padded, or not of 2048 to 8192 bits")
            }
            // FIPS 186-5 §5.1: an odd exponent above 2^16. Eight bytes bound the work of one verification.
            guard exponent.first != 0, (3...8).contains(exponent.count), exponent.last! & 1 == 1 else {
                throw .malformedKey("an RSA exponent is even, padded, or outside 2^16 to 2^64")
            }
            try self.init(modulus: modulus, exponent: exponent)
        }
    }
}
