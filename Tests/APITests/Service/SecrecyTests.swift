// What nobody may find out or do by a way round: through events, scopes, other names, other hands.
import Contracts
import Cryptography
import JSON
import Ledger
import Node
import Primitives
import SteleTesting
import Testing
import Vault

@Suite struct SecrecyTests {
    @Test func theEventOfARefusalDoesNotTellWhoseRecordItWas() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let nurse = try await APIFixture.add("nurse", role: "nurse", to: fixture.house)
        let token = try await fixture.token(nurse)
        var answers: Set<String> = []
        for id in ["hb", "absent"] {
            let refusal = try await fixture.get("/fhir/Observation/\(id)", token)
            let event = try #require(refusal["Stele-Transaction"])
            #expect(refusal.status == 404)
            for path in ["transactions", "receipts", "proofs/access"] {
                let reply = try await fixture.get("/ledger/v1/\(path)/\(event)", token)
                #expect(reply.status == 404 || reply.status == 403, "\(path): \(reply.text)")
                answers.insert("\(path) \(reply.status) \(reply.code ?? "")")
            }
        }
        #expect(answers.count == 3)
        let row = Hex.encode(StateKey.accessChain(of: fixture.wallet.subject))
        #expect(try await fixture.get("/ledger/v1/proofs/state/\(row)", token).code == "subject.not_yours")
        let officer = try await fixture.token(fixture.officer)
        #expect(try await fixture.get("/ledger/v1/proofs/state/\(row)", officer).status == 200)
    }

    @Test func whoIsAPatientHereIsNotTold() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let surgeon = try await fixture.token(fixture.surgeon)
        let place = #"{"resourceType":"Location","id":"ward","status":"active"}"#
        #expect(try await fixture.put("/fhir/Location/ward", place, surgeon).status == 201)
        let nurse = try await APIFixture.add("nurse", role: "nurse", to: fixture.house)
        let token = try await fixture.token(nurse)
        for type in ["Observation", "Location", "Patient"] {
            for patient in ["p1", "nobody"] {
                let reply = try await fixture.get("/fhir/\(type)?patient=\(patient)", token)
                #expect(reply.status == 403 && reply.code == "access.refused", "\(type) \(patient): \(reply.text)")
            }
        }
        // The same when the token names the patient: it never opens the record of another.
        for (client, patient) in [(nurse, "p1"), (nurse, "nobody"), (fixture.surgeon, "nobody")] {
            let named = try await fixture.token(client, patient: patient)
            for id in ["hb", "absent"] {
                let reply = try await fixture.get("/fhir/Observation/\(id)", named)
                #expect(reply.code == "access.refused", "\(client.id) \(patient) \(id): \(reply.text)")
            }
            #expect(try await fixture.get("/fhir/Observation?patient=p2", named).code == "access.refused")
        }
    }

    @Test func aProofNeedsTheScopeOfARead() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let narrow = try await fixture.token(fixture.surgeon, scope: "user/Patient.rs", patient: "p1")
        #expect(try await fixture.get("/ledger/v1/proofs/record/Observation/hb", narrow).code == "token.insufficient")
        let entries = try fixture.custodian.vault.compartment(of: fixture.wallet.subject).entries
        let record = try #require(entries.first { $0.resource.id == "hb" }).recordID.hex
        #expect(try await fixture.get("/ledger/v1/proofs/record/\(record)", narrow).code == "token.insufficient")
        let wide = try await fixture.token(fixture.surgeon, scope: "user/*.r", patient: "p1")
        #expect(try await fixture.get("/ledger/v1/proofs/record/\(record)", wide).status == 200)
    }

    @Test func nobodyElseBecomesAPatient() async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer)
        let thief = SigningKey.random(from: SystemRandom())
        func rotate(to key: SigningKey) async throws -> Reply {
            let body: JSONValue = [
                "key": ["kty": "OKP", "crv": "Ed25519", "x": .string(Base64.encode(key.publicKey.bytes, .url))]
            ]
            return try await fixture.send(
                "PUT", "/custodian/v1/actors/patient-p1/key", token: officer, type: "application/json",
                body: body.serialized())
        }
        #expect(try await rotate(to: thief).code == "actor.not_allowed")
        // The patient's own new consent key becomes the client key once the ledger has it.
        let new = SigningKey.random(from: SystemRandom())
        var call = ConsentRotateConsentKey()
        call.subject = fixture.wallet.subject
        call.consentKey = new.publicKey
        #expect(try await fixture.house.submit(call, by: fixture.wallet).isApplied)
        #expect(try await rotate(to: new).status == 204)
        let client = APIFixture.Client(id: "patient-p1", key: JWKPrivateKey(new))
        #expect(try await fixture.requestToken(fixture.form(client)).status == 200)
    }

    @Test func nobodyWritesIntoTheOrganisationsCompartmentAsAPatient() async throws {
        let fixture = try await APIFixture()
        let surgeon = try await fixture.token(fixture.surgeon)
        let text = APIFixture.result.replacing("Patient/p1", with: "Patient/commons")
        #expect(try await fixture.put("/fhir/Observation/hb", text, surgeon).code == "subject.not_enrolled")
    }

    @Test func theNodeSignsNothingByHandThatTheVaultMustKnow() async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer)
        let key = fixture.wallet.enrolment.subject.newestPolicyKey
        let classes = (0..<4).map { number in JSONValue.string(key.token(for: .type("X\(number)")).hex) }
        let path = "/contracts/v1/records/register_profile"
        let arguments: JSONValue = [
            "subject": .string(fixture.wallet.subject.hex), "profile": 0, "classes": .array(classes),
            "policy_key_version": 1,
        ]
        let refused = try await fixture.post(path, arguments, officer)
        #expect(refused.code == "contract.reserved" && refused["Stele-Transaction"] == nil, "\(refused.text)")
        let reply = try await fixture.post("\(path)?signer=\(Bytes32.zero.hex)", arguments, officer)
        #expect(try reply.json()["body"]?.string != nil && reply["Stele-Transaction"] == nil, "\(reply.text)")
    }

    @Test func aNumberTakenForOtherLabelsIsNotUsed() async throws {
        let fixture = try await APIFixture()
        let key = fixture.wallet.enrolment.subject.newestPolicyKey
        let classes = try #require(TokenSet(padding: [key.token(for: .all)], random: SystemRandom()))
        let number = try #require(ProfileNumber(0))
        let maker = UnsignedTransactionMaker(
            chainID: fixture.custodian.ledger.chainID, time: fixture.clock, random: SystemRandom())
        let envelope = maker.envelope(
            RecordsRegisterProfile(subject: fixture.wallet.subject, profile: number, classes: classes),
            key: fixture.house.network.nodeKey)
        #expect(try await fixture.custodian.ledger.submit(envelope).isApplied)
        let surgeon = try await fixture.token(fixture.surgeon)
        let reply = try await fixture.put("/fhir/DocumentReference/psy", APIFixture.note, surgeon)
        #expect(reply.code == "profile.exists", "\(reply.text)")
    }

    @Test func aHugeEventIdIsNoCrash() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.patient)
        let ids = ["1.18446744073709551615", "0.18446744073709551615", "18446744073709551615.1", "1.-1", "1", ""]
        for id in ids {
            let reply = try await fixture.send(
                "HEAD", "/ledger/v1/events", token: token, headers: [("Last-Event-ID", id)])
            #expect(reply.status == 200 || reply.status == 400, "\(id)")
        }
    }
}
