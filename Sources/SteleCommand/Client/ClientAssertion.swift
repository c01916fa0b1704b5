// SteleCommand · the signed statement with which a client says who it is.
internal import Cryptography
internal import JSON
internal import Primitives

/// An actor's client id with the key that signs for it.
struct ClientIdentity: Sendable {
    /// The client id: the actor's id at the custodian.
    let id: String
    /// Signs assertions.
    let key: SigningKey
}

/// A `private_key_jwt` client assertion signed with Ed25519. Source: RFC 7523 §3, RFC 8037 §3.1, SMART App Launch 2.2,
/// "Client Authentication: Asymmetric".
struct SignedAssertion {
    /// Life of an assertion, in seconds. A node accepts up to 300; a shorter one is worth less to a thief.
    static let lifetimeSeconds: UInt64 = 120

    /// The assertion of `identity` for the token endpoint `audience`, in its compact form.
    static func text(
        _ identity: ClientIdentity, audience: String, now: Timestamp, random: some RandomSource
    ) -> String {
        let header: JSONValue = ["alg": "EdDSA", "typ": "JWT"]
        let claims: JSONValue = [
            "iss": .string(identity.id), "sub": .string(identity.id), "aud": .string(audience),
            "exp": .number(String(now.seconds + lifetimeSeconds)), "iat": .number(String(now.seconds)),
            "jti": .string(Base64.encode(random.bytes(16), .url)),
        ]
        let signed =
            Base64.encode(header.serialized(), .url) + "." + Base64.encode(claims.serialized(), .url)
        return signed + "." + Base64.encode(identity.key.sign(Array(signed.utf8)), .url)
    }
}
