// Cryptography · the JOSE signature algorithms accepted here (RFC 7518 §3.1, RFC 8037 §3.1).

/// A JOSE signature algorithm, by its registered name. There is no `none`, no shared-key algorithm and nothing with
/// SHA-1.
public enum JWSAlgorithm: String, Hashable, Sendable, CaseIterable {
    /// ECDSA on P-256 with SHA-256.
    case es256 = "ES256"
    /// ECDSA on P-384 with SHA-384.
    case es384 = "ES384"
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    case rs256 = "RS256"
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    case rs384 = "RS384"
    /// Ed25519.
    case edDSA = "EdDSA"

    /// The digest that is signed, or nil where the algorithm brings its own.
    var digest: DigestAlgorithm? {
        switch self {
        case .es256, .rs256: .sha256
        case .es384, .rs384: .sha384
        case .edDSA: nil
        }
    }
}

/// An elliptic curve of RFC 7518 §6.2.1.1, by its registered name.
public enum JWKCurve: String, Hashable, Sendable, CaseIterable {
    case p256 = "P-256"
    case p384 = "P-384"

    /// How many bytes a coordinate or scalar has.
    public var coordinateByteCount: Int { self == .p256 ? 32 : 48 }

    /// OpenSSL's name of the group.
    var groupName: String { self == .p256 ? "prime256v1" : "secp384r1" }
}
