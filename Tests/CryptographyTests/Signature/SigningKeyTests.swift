import Cryptography
import Primitives
import Testing

@Suite struct SigningKeyTests {
    let key = SigningKey.random(from: SeededRandom(11))

    @Test func tagsWhatItSigns() {
        for count in [0, 1, 300, 2000] {
            let body = SeededRandom(UInt64(count)).bytes(count)
            let spelled = Array("stele/v1/tx\0".utf8) + body
            let signature = key.sign(tag: "tx", body)
            #expect(signature == key.sign(spelled))
            #expect(Ed25519.isValid(signature: signature, tag: "tx", of: body, by: key.publicKey))
            #expect(!Ed25519.isValid(signature: signature, tag: "vote", of: body, by: key.publicKey))
            #expect(!Ed25519.isValid(signature: signature, of: body, by: key.publicKey))

            let envelope = [0, 1] + body + [2] + signature
            #expect(
                Ed25519.isValid(
                    signatureIn: envelope, at: body.count + 3, tag: "tx", bodyIn: 2..<(body.count + 2),
                    by: key.publicKey))
            #expect(
                !Ed25519.isValid(
                    signatureIn: envelope, at: body.count + 3, tag: "tx", bodyIn: 1..<(body.count + 2),
                    by: key.publicKey))
        }
    }

    @Test func everyChangedBitIsFound() {
        let message: [UInt8] = [1, 2, 3]
        let signature = key.sign(message)
        for bit in 0..<512 {
            var changed = signature
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!Ed25519.isValid(signature: changed, of: message, by: key.publicKey))
        }
        #expect(!Ed25519.isValid(signature: signature, of: [1, 2, 4], by: key.publicKey))
        #expect(!Ed25519.isValid(signature: signature, of: message, by: .zero))
    }

    @Test func refusesOtherLengths() {
        let signature = key.sign([])
        #expect(!Ed25519.isValid(signature: Array(signature.dropLast()), of: [], by: key.publicKey))
        #expect(!Ed25519.isValid(signature: signature + [0], of: [], by: key.publicKey))
        #expect(!Ed25519.isValid(signature: [] as [UInt8], of: [], by: key.publicKey))
        #expect(!Ed25519.isValid(signature: signature.dropFirst(), of: [], by: key.publicKey))
        for count in [0, 31, 33, 64] {
            #expect(throws: SteleError.self) {
                try SigningKey(seed: SecretBytes([UInt8](repeating: 1, count: count)))
            }
        }
    }

    @Test func growsFromItsSeed() throws {
        #expect(try SigningKey(seed: key.seed).publicKey == key.publicKey)
        #expect(try SigningKey(seed: key.seed).sign([5]) == key.sign([5]))
    }
}

@Suite struct SigningKeyPEMTests {
    /// RFC 8410 §10.3 and §10.1.
    static let privateKey = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
        -----END PRIVATE KEY-----

        """
    static let publicKey = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
        -----END PUBLIC KEY-----

        """

    @Test func readsAndWritesTheExamplesOfTheRFC() throws {
        let key = try SigningKey(pem: SecretBytes(Self.privateKey.utf8))
        #expect(key.seed == SecretBytes(hex("d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842")))
        #expect(key.publicKey.hex == "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1")
        #expect(key.pem == SecretBytes(Self.privateKey.utf8))
        #expect(try Ed25519.publicKey(pem: Self.publicKey) == key.publicKey)
        #expect(Ed25519.pem(key.publicKey) == Self.publicKey)
    }

    @Test func takesEitherKindOfLineEnd() throws {
        let lines = Self.privateKey.replacing("\n", with: "\r\n")
        #expect(try SigningKey(pem: SecretBytes(lines.utf8)).pem == SecretBytes(Self.privateKey.utf8))
        #expect(try SigningKey(pem: SecretBytes(Self.privateKey.dropLast().utf8)).publicKey != .zero)
    }

    @Test func refusesEverythingElse() {
        let wrong = [
            "", "-----BEGIN PRIVATE KEY-----", Self.publicKey, "x" + Self.privateKey, Self.privateKey + "x",
            Self.privateKey.replacing("MC4C", with: "MC4D"), Self.privateKey.replacing("INTu", with: "IN\u{e9}"),
            Self.privateKey.replacing("PRIVATE KEY", with: "ENCRYPTED PRIVATE KEY"),
            Self.privateKey.replacing("VhC", with: "Vh="), Self.privateKey + Self.privateKey,
        ]
        for text in wrong {
            #expect(throws: SteleError.self) { try SigningKey(pem: SecretBytes(text.utf8)) }
        }
        #expect(throws: SteleError.self) { try Ed25519.publicKey(pem: Self.privateKey) }
        #expect(throws: SteleError.self) { try Ed25519.publicKey(pem: Self.publicKey.replacing("MCow", with: "MCox")) }
    }
}
