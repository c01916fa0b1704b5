import Cryptography
import Primitives
import Testing

@Suite struct PolicyKeyTests {
    let key = PolicyKey.random(version: 3, from: SeededRandom(31))

    /// The definition, spelled out with nothing but one-shot hashes. Source: `docs/spec/consent.md` §2.
    @Test func followsTheDefinition() {
        for label in [Label.all, .actor("did:example:a"), .typeInCategory(type: "Observation", category: "laboratory")]
        {
            let encoded = label.encoded
            let opening = HMACSHA256.code(of: encoded, key: key.secret)
            let token = SHA256.hash(Array("stele/v1/token\0".utf8) + opening.bytes + encoded)
            #expect(key.opening(of: label) == opening)
            #expect(key.token(for: label) == token)
            #expect(PolicyKey.token(opening: opening, label: label) == token)
        }
    }

    /// One worked example, so that another implementation can check itself.
    @Test func matchesTheWorkedExample() throws {
        let key = try PolicyKey(version: 1, secret: SecretBytes(Array(0..<32)))
        let label = Label.purpose("TREAT")
        #expect(Hex.encode(label.encoded) == "8267707572706f7365655452454154")
        #expect(
            key.opening(of: label).hex == "158cbf8ee41d3bb2e69f8257bc903984060a25f70723c8949a17fb191f2acb4d")
        #expect(key.token(for: label).hex == "0f4a22c0f451b7951440b4f2aece1b190aa3d6b8b1826c38c8336d4afc590816")
    }

    @Test func opensOneLabelOnly() {
        let opening = key.opening(of: .type("Observation"))
        #expect(PolicyKey.token(opening: opening, label: .type("Condition")) != key.token(for: .type("Condition")))
        #expect(PolicyKey.token(opening: opening, label: .type("Condition")) != key.token(for: .type("Observation")))
    }

    @Test func standsForNothingUnderAnotherKey() throws {
        let other = PolicyKey.random(version: 3, from: SeededRandom(32))
        #expect(other.token(for: .all) != key.token(for: .all))
        #expect(other != key)
        // The version chooses among keys; the token comes from the secret alone.
        #expect(try PolicyKey(version: 9, secret: key.secret).token(for: .all) == key.token(for: .all))
        #expect(throws: SteleError.self) { try PolicyKey(version: 1, secret: SecretBytes([1])) }
        #expect(!"\(key)".contains(Hex.encode(key.secret.exposedCopy())))
    }
}
