// The statement with which a client says who it is, read back the way a token endpoint reads it.
import Cryptography
import JSON
import Primitives
import Testing

@testable import SteleCommand

@Suite struct SignedAssertionTests {
    static let random = SeededRandom(11)
    static let identity = ClientIdentity(id: "surgeon", key: SigningKey.random(from: random))

    static func parts(of text: String) throws -> [Substring] {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        try #require(parts.count == 3)
        return parts
    }

    static func object(_ part: Substring) throws -> JSONNode {
        try JSONDocument(parsing: try #require(Base64.decode(part, .url))).root
    }

    static func text(at seconds: UInt64 = 1_700_000_000) -> String {
        SignedAssertion.text(
            identity, audience: "https://node/oauth/token", now: Timestamp(seconds: seconds), random: random)
    }

    @Test func saysWhoAsksWhomAndForHowLong() throws {
        let parts = try Self.parts(of: Self.text())
        let header = try Self.object(parts[0])
        #expect(header["alg"]?.string == "EdDSA" && header["typ"]?.string == "JWT" && header.count == 2)
        let claims = try Self.object(parts[1])
        #expect(claims["iss"]?.string == "surgeon" && claims["sub"]?.string == "surgeon")
        #expect(claims["aud"]?.string == "https://node/oauth/token")
        #expect(claims["iat"]?.uint == 1_700_000_000)
        let life = try #require(claims["exp"]?.uint) - 1_700_000_000
        #expect(life > 0 && life <= 300, "SMART: no more than five minutes")
    }

    @Test func isSignedByTheClientsKeyAndNoOther() throws {
        let text = Self.text()
        let parts = try Self.parts(of: text)
        let signature = try #require(Base64.decode(parts[2], .url))
        let signed = Array(text.utf8.dropLast(parts[2].utf8.count + 1))
        #expect(Ed25519.isValid(signature: signature, of: signed, by: Self.identity.key.publicKey))
        let other = SigningKey.random(from: Self.random).publicKey
        #expect(!Ed25519.isValid(signature: signature, of: signed, by: other))
    }

    @Test func isNeverMadeTwice() throws {
        let identifiers = try (0..<32).map { _ in
            try #require(Self.object(Self.parts(of: Self.text())[1])["jti"]?.string)
        }
        #expect(Set(identifiers).count == 32)
    }
}
