// API · the signed statement with which a client says who it is.
internal import Cryptography
internal import JSON
internal import Primitives

/// A `private_key_jwt` assertion: well formed, of an accepted algorithm, for this token endpoint, and in time. Whether
/// the client's key signed it is asked with ``isSigned(by:)``.
///
/// Source: RFC 7523 §3, RFC 7515, SMART App Launch 2.2 "Client Authentication: Asymmetric".
struct ClientAssertion: Sendable {
    /// Longest assertion, in bytes: it is kept with every access event.
    static let byteCountMax = 4096
    /// Longest life of an assertion, in seconds. Source: SMART, "exp … no more than five minutes in the future".
    static let lifetimeSecondsMax: UInt64 = 300
    /// How far a client's clock may be ahead, in seconds.
    static let skewSecondsMax: UInt64 = 10
    /// The algorithms accepted: those SMART asks for, and Ed25519, which wallets have.
    static let algorithms: [JWSAlgorithm] = [.edDSA, .es384, .rs384, .es256]

    /// The assertion as received.
    let bytes: [UInt8]
    let clientID: String
    /// The client's name for this assertion, used once.
    let identifier: String
    /// When it ends, in seconds.
    let expires: UInt64
    private let algorithm: JWSAlgorithm
    private let signedByteCount: Int
    private let signature: [UInt8]

    /// Reads and checks everything but the signature.
    init(parsing text: String, audience: String, now: UInt64) throws(SteleError) {
        bytes = Array(text.utf8)
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard bytes.count <= Self.byteCountMax, parts.count == 3,
            let headerBytes = Base64.decode(parts[0], .url), let claimBytes = Base64.decode(parts[1], .url),
            let signature = Base64.decode(parts[2], .url)
        else { throw Self.malformed("it is not three base64url parts of together at most 4096 bytes") }
        self.signature = signature
        signedByteCount = bytes.count - parts[2].utf8.count - 1
        algorithm = try Self.algorithm(of: Self.object(headerBytes))
        let claims = try Self.object(claimBytes)
        guard let issuer = claims["iss"]?.string, let subject = claims["sub"]?.string, issuer == subject,
            (1...128).contains(issuer.utf8.count)
        else { throw Self.malformed("iss and sub are not both the client id") }
        clientID = issuer
        guard let identifier = claims["jti"]?.string, (1...256).contains(identifier.utf8.count) else {
            throw Self.malformed("jti is not a text of 1 to 256 bytes")
        }
        self.identifier = identifier
        guard let expires = claims["exp"]?.uint else { throw Self.malformed("exp is not a whole number of seconds") }
        self.expires = expires
        try Self.checkAudience(claims["aud"], audience)
        try Self.checkTimes(claims, expires: expires, now: now)
    }

    /// Whether `key` signed it, with an algorithm that is the key's.
    func isSigned(by key: JWKPublicKey) -> Bool {
        key.isValid(signature: signature, of: Array(bytes[..<signedByteCount]), algorithm: algorithm)
    }
}

// MARK: - Checks
extension ClientAssertion {
    private static func object(_ bytes: [UInt8]) throws(SteleError) -> JSONNode {
        let limits = JSONLimits(byteCountMax: byteCountMax, depthMax: 8, memberCountMax: 256)
        guard let document = try? JSONDocument(parsing: bytes, limits: limits), document.root.kind == .object else {
            throw malformed("its header or its claims are not a JSON object with each key once")
        }
        return document.root
    }

    private static func algorithm(of header: JSONNode) throws(SteleError) -> JWSAlgorithm {
        // RFC 7515 §4.1.11: what is critical and not understood must be refused. Keys come from the registration alone.
        for name in ["crit", "jku", "jwk", "x5u", "x5c"] where header[name] != nil {
            throw malformed("its header holds `\(name)`, which is not accepted")
        }
        if let type = header["typ"], type.string?.lowercased() != "jwt" {
            throw malformed("its header's typ is not JWT")
        }
        if let key = header["kid"], key.string == nil { throw malformed("its header's kid is not a text") }
        guard let algorithm = header["alg"]?.string.flatMap({ JWSAlgorithm(rawValue: $0) }),
            algorithms.contains(algorithm)
        else {
            throw SteleError(
                .tokenAlgorithm, "the client assertion is signed with an algorithm that is not accepted",
                hint: "sign with " + algorithms.map(\.rawValue).joined(separator: ", "))
        }
        return algorithm
    }

    private static func checkAudience(_ claim: JSONNode?, _ audience: String) throws(SteleError) {
        let isSingle = claim?.isString(audience) ?? false
        let isOnly = claim.map { $0.count == 1 && $0.elements.allSatisfy { $0.isString(audience) } } ?? false
        guard isSingle || isOnly else {
            throw SteleError(
                .tokenAudience, "the client assertion is for another audience",
                hint: "set aud to the token_endpoint of /.well-known/smart-configuration, and to nothing else")
        }
    }

    private static func checkTimes(_ claims: JSONNode, expires: UInt64, now: UInt64) throws(SteleError) {
        for name in ["nbf", "iat"] {
            guard let claim = claims[name] else { continue }
            guard let time = claim.uint else { throw malformed("\(name) is not a whole number of seconds") }
            guard time <= now + skewSecondsMax else { throw untimely("it is not valid yet") }
            guard name == "nbf" || expires <= time + lifetimeSecondsMax else {
                throw untimely("it is valid for more than 300 seconds")
            }
        }
        guard expires > now else { throw untimely("it has expired") }
        guard expires <= now + lifetimeSecondsMax + skewSecondsMax else {
            throw untimely("it is valid for more than 300 seconds")
        }
    }

    private static func untimely(_ reason: String) -> SteleError {
        SteleError(
            .tokenLifetime, "the client assertion cannot be used now: \(reason)",
            hint: "check the client's clock and set exp at most 300 seconds ahead")
    }

    private static func malformed(_ reason: String) -> SteleError {
        SteleError(
            .tokenAssertion, "the client assertion is refused: \(reason)",
            hint: "build it as docs/spec/api.md §2 sets out")
    }
}
