// One record, one consent, one refusal, one proof: told over HTTP, in memory and through a TLS socket alike.
import Contracts
import Cryptography
import JSON
import Ledger
import Node
import Primitives
import SteleTesting
import Testing
import Vault

@Suite struct StoryTests {
    @Test(arguments: Way.allCases)
    func recordsAreWrittenGrantedReadRefusedRevokedLoggedAndProven(way: Way) async throws {
        let fixture = try await APIFixture(way)
        let surgeon = try await fixture.token(fixture.surgeon)
        let patient = try await fixture.token(fixture.patient)

        // Written: nobody may read before the patient says so, not even who wrote it.
        let written = try await fixture.put("/fhir/Observation/hb", APIFixture.result, surgeon)
        #expect(written.status == 201 && written["ETag"] == "W/\"1\"")
        #expect(written["Location"] == APIFixture.baseURL + "/fhir/Observation/hb/_history/1")
        #expect(try await fixture.put("/fhir/DocumentReference/psy", APIFixture.note, surgeon).status == 201)
        #expect(try await fixture.get("/fhir/Observation/hb", surgeon).status == 404)

        // Granted: the wallet asks for the body, signs it and sends it in.
        let grant = try await self.grant(fixture, patient)

        // Read, exactly as written.
        let read = try await fixture.get("/fhir/Observation/hb", surgeon)
        #expect(read.status == 200 && read.sentText == APIFixture.result)
        #expect(read["Content-Type"] == "application/fhir+json" && read["Cache-Control"] == "no-store")
        let event = try #require(read["Stele-Transaction"])
        #expect(try await fixture.get("/fhir/Observation/hb/_history/1", surgeon).sentText == APIFixture.result)

        // Refused: what is hidden looks like what never was.
        let hidden = try await fixture.get("/fhir/DocumentReference/psy", surgeon)
        let absent = try await fixture.get("/fhir/DocumentReference/nothing", surgeon)
        #expect(hidden.status == 404 && hidden.code == "record.unavailable" && absent.status == 404)

        // Proven offline.
        let proof = try await fixture.get("/ledger/v1/proofs/record/Observation/hb", surgeon)
        #expect(proof.status == 200 && proof["Content-Type"] == "application/cbor")
        let verdict = try ProofVerifier.verify(proof.body, trust: fixture.house.network.trust)
        #expect(verdict.isSingleSigner && verdict.statements.count >= 3)
        var broken = proof.body
        broken[broken.count / 2] ^= 1
        #expect(throws: SteleError.self) { try ProofVerifier.verify(broken, trust: fixture.house.network.trust) }

        // Logged, refusals too.
        let subject = fixture.wallet.subject.hex
        let log = try await fixture.get("/ledger/v1/subjects/\(subject)/access-log", patient)
        let lines = try log.body.split(separator: 10).map { try JSONDocument(parsing: Array($0)).root }
        #expect(log.status == 200 && lines.map { $0["number"]?.uint } == (1...UInt64(lines.count)).map { $0 })
        #expect(lines.contains { $0["transaction"]?.string == event && $0["refused"]?.bool == false })
        #expect(
            lines.contains {
                $0["asked"]?.string == "read DocumentReference/psy" && $0["withheld"]?.string == "no grant permits it"
            })
        #expect(try await fixture.get("/ledger/v1/subjects/\(subject)/access-log", surgeon).status == 403)
        let complete = try await fixture.get("/ledger/v1/proofs/access/\(subject)", patient)
        #expect(complete.status == 200)
        _ = try ProofVerifier.verify(complete.body, trust: fixture.house.network.trust)

        // Revoked: the next read finds nothing.
        try await act(
            "/contracts/v1/consent/revoke", ["subject": .string(subject), "grants": [.string(grant)]], fixture, patient)
        #expect(try await fixture.get("/fhir/Observation/hb", surgeon).status == 404)
        let grantProof = try await fixture.get("/ledger/v1/proofs/grant/\(grant)", patient)
        let file = try ProofFile(decoding: grantProof.body)
        #expect(file.entries.count == 2 && file.rows[0].value == nil && file.rows[1].value != nil)
        await fixture.stop()
    }

    /// Makes the surgeon's grant the way a wallet does, and returns its id.
    private func grant(_ fixture: APIFixture, _ token: String) async throws -> String {
        let key = fixture.wallet.enrolment.subject.newestPolicyKey
        func set(_ labels: [Label]) -> JSONValue {
            let set = TokenSet(padding: labels.map { key.token(for: $0) }, random: SystemRandom())!
            return .array(set.tokens.map { .string($0.hex) })
        }
        let now = fixture.clock.now().seconds / 60 * 60
        let receipt = try await act(
            "/contracts/v1/consent/grant",
            [
                "subject": .string(fixture.wallet.subject.hex),
                "grants": [
                    [
                        "kind": "permit",
                        "grantees": set([.role(code: "surgeon", organisation: "st-elsewhere")]),
                        "actions": ["read", "search"], "purposes": set([.purpose("TREAT")]),
                        "classes": set([.category("laboratory")]), "not_before": .number(String(now)),
                        "not_after": .number(String(now + 14 * 86_400)), "obligations": [],
                        "terms_commitment": .string(SystemRandom().bytes32().hex), "policy_key_version": 1,
                    ]
                ],
            ], fixture, token)
        return try #require(receipt["result"]?["grants"]?.elements.first { _ in true }?.string)
    }

    /// Asks for the body of a call, signs it with the wallet's key and submits it.
    @discardableResult
    private func act(
        _ path: String, _ arguments: JSONValue, _ fixture: APIFixture, _ token: String
    ) async throws -> JSONNode {
        let unsigned = try await fixture.post(path, arguments, token)
        try #require(unsigned.status == 200, "\(unsigned.text)")
        let body = try #require(try unsigned.json()["body"]?.string.flatMap { Base64.decode($0) })
        let key = fixture.wallet.consentKey
        var writer = CBORWriter()
        writer.write(arrayCount: 3)
        writer.write(UInt64(1))
        writer.write(bytes: body)
        writer.write(arrayCount: 1)
        writer.write(arrayCount: 2)
        writer.write(key.publicKey)
        writer.write(bytes: key.sign(tag: "tx", body))
        let reply = try await fixture.send(
            "POST", "/ledger/v1/transactions", token: token, type: "application/cbor", body: writer.bytes)
        try #require(reply.status == 200, "\(reply.text)")
        return try reply.json()
    }
}
