// What officers do: patients enrolled, actors added, given new keys and revoked.
import Cryptography
import JSON
import Node
import Primitives
import SteleTesting
import Testing

@Suite struct CustodianRouteTests {
    private func jwk(_ key: JWKPublicKey) -> JSONValue {
        guard case .okp(let bytes) = key else { return [:] }
        return ["kty": "OKP", "crv": "Ed25519", "x": .string(Base64.encode(bytes.bytes, .url))]
    }

    @Test(arguments: Way.allCases)
    func aPatientIsEnrolledOnce(way: Way) async throws {
        let fixture = try await APIFixture(way)
        let officer = try await fixture.token(fixture.officer)
        let key = SigningKey.random(from: SystemRandom())
        let draft: JSONValue = [
            "patient": "p7", "display_name": "Pat Seven", "birth_date": "1980-02-29",
            "consent_key": .string(key.publicKey.hex),
        ]
        let reply = try await fixture.post("/custodian/v1/subjects", draft, officer)
        let json = try reply.json()
        #expect(reply.status == 201 && json["policy_key"]?.string?.utf8.count == 64, "\(reply.text)")
        #expect(json["policy_key_version"]?.uint == 1 && json["client_id"]?.string == "patient-p7")
        #expect(json["chain_id"]?.string == fixture.custodian.ledger.chainID.hex)
        let again = try await fixture.post("/custodian/v1/subjects", draft, officer)
        #expect(try again.json()["subject"]?.string == json["subject"]?.string)
        // The wallet's key is the patient's client key.
        let client = APIFixture.Client(id: "patient-p7", key: JWKPrivateKey(key))
        #expect(try await fixture.requestToken(fixture.form(client)).status == 200)
        let other = SigningKey.random(from: SystemRandom()).publicKey.hex
        let taken = try await fixture.post(
            "/custodian/v1/subjects", ["patient": "p7", "display_name": "x", "consent_key": .string(other)], officer)
        #expect(taken.status == 409 && taken.code == "vault.subject_exists")
        await fixture.stop()
    }

    @Test func wrongDraftsAreRefused() async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer)
        let key = JSONValue.string(SigningKey.random(from: SystemRandom()).publicKey.hex)
        let drafts: [JSONValue] = [
            [], ["patient": "p7"], ["patient": "p 7", "display_name": "x", "consent_key": key],
            ["patient": "p7", "display_name": "", "consent_key": key],
            ["patient": "p7", "display_name": "x", "consent_key": "00"],
            ["patient": "p7", "display_name": "x", "consent_key": key, "birth_date": "1980-13"],
            ["patient": "p7", "display_name": "x", "consent_key": key, "birthdate": "1980"],
        ]
        for draft in drafts {
            let reply = try await fixture.post("/custodian/v1/subjects", draft, officer)
            #expect(reply.status == 400 && reply.code == "request.malformed", "\(reply.text)")
        }
        for client in [fixture.surgeon, fixture.patient] {
            let token = try await fixture.token(client)
            #expect(try await fixture.post("/custodian/v1/subjects", [:], token).code == "actor.not_allowed")
            #expect(try await fixture.get("/custodian/v1/actors", token).code == "actor.not_allowed")
        }
    }

    @Test func actorsComeAndGo() async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer)
        let first = try JWKPrivateKey(.edDSA)
        let draft: JSONValue = [
            "id": "nurse", "kind": "person", "display_name": "A Nurse", "roles": ["nurse"], "key": jwk(first.publicKey),
        ]
        let reply = try await fixture.post("/custodian/v1/actors", draft, officer)
        #expect(try reply.status == 201 && reply.json()["did"]?.string?.hasPrefix("did:key:z") == true, "\(reply.text)")
        #expect(try await fixture.post("/custodian/v1/actors", draft, officer).code == "vault.actor_exists")
        let listed = try await fixture.get("/custodian/v1/actors", officer).json()["actors"]?.elements.map {
            $0["id"]?.string
        }
        #expect(listed?.contains("nurse") == true && listed?.contains("officer") == true)
        let token = try await fixture.token(APIFixture.Client(id: "nurse", key: first))

        let second = try JWKPrivateKey(.edDSA)
        let rotated = try await fixture.send(
            "PUT", "/custodian/v1/actors/nurse/key", token: officer, type: "application/json",
            body: (["key": jwk(second.publicKey)] as JSONValue).serialized())
        #expect(rotated.status == 204)
        #expect(try await fixture.get("/ledger/v1/headers/0", token).code == "token.invalid")
        #expect(
            try await fixture.requestToken(fixture.form(APIFixture.Client(id: "nurse", key: first))).code
                == "token.client")
        let newToken = try await fixture.token(APIFixture.Client(id: "nurse", key: second))

        #expect(try await fixture.send("DELETE", "/custodian/v1/actors/nurse", token: officer).status == 204)
        #expect(try await fixture.get("/ledger/v1/headers/0", newToken).code == "token.invalid")
        let unknown = try await fixture.send("DELETE", "/custodian/v1/actors/nobody", token: officer)
        #expect(unknown.status == 404 && unknown.code == "vault.actor_unknown")
    }

    @Test func wrongKeysAreRefused() async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer)
        let keys: [JSONValue] = [
            [:], ["kty": "oct", "k": "AAAA"], ["kty": "OKP", "crv": "Ed25519", "x": "AAAA"],
            ["kty": "OKP", "crv": "X25519", "x": "AAAA"], ["kty": "RSA", "n": "AQAB", "e": "AQAB"],
            ["kty": "EC", "crv": "P-256", "x": "AAAA", "y": "AAAA"],
            ["kty": "EC", "crv": "P-521", "x": "AAAA", "y": "AAAA"],
            [
                "kty": "OKP", "crv": "Ed25519", "x": .string(Base64.encode([UInt8](repeating: 1, count: 32), .url)),
                "d": "AAAA",
            ],
        ]
        for key in keys {
            let draft: JSONValue = ["id": "nurse", "kind": "person", "display_name": "N", "key": key]
            let reply = try await fixture.post("/custodian/v1/actors", draft, officer)
            #expect(reply.status == 400 && reply.code == "key.malformed", "\(reply.text)")
        }
    }
}
