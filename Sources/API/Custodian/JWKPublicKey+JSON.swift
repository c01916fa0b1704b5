// API · public keys as JSON Web Keys.
internal import Cryptography
internal import JSON
internal import Primitives

extension JWKPublicKey {
    /// The public key that the JSON Web Key `node` holds. Source: RFC 7517, RFC 7518 §6, RFC 8037 §2.
    ///
    /// - Throws: `key.malformed`; also for a key that holds its private part, which must never be sent.
    init(jwk node: JSONNode) throws(SteleError) {
        func bytes(_ name: String) throws(SteleError) -> [UInt8] {
            guard let bytes = node[name]?.string.flatMap({ Base64.decode($0, .url) }) else {
                throw Self.malformed("`\(name)` is missing or no base64url")
            }
            return bytes
        }
        guard node["d"] == nil else { throw Self.malformed("it holds a private key, which is now to be replaced") }
        switch (node["kty"]?.string, node["crv"]?.string) {
        case ("OKP", "Ed25519"):
            guard let key = PublicKey(try bytes("x")) else { throw Self.malformed("`x` does not have 32 bytes") }
            self = .okp(key)
        case ("EC", let name?):
            guard let curve = JWKCurve(rawValue: name) else { throw Self.malformed("`crv` is not P-256 or P-384") }
            self = .ec(curve, x: try bytes("x"), y: try bytes("y"))
        case ("RSA", nil): self = .rsa(n: try bytes("n"), e: try bytes("e"))
        default: throw Self.malformed("`kty` and `crv` are no kind of key accepted here")
        }
        try check()
    }

    private static func malformed(_ rule: String) -> SteleError {
        SteleError(
            .keyMalformed, "the JSON Web Key is refused: \(rule)",
            hint: "send the public key alone: OKP Ed25519, EC P-256 or P-384, or RSA of 2048 bits and more")
    }
}
