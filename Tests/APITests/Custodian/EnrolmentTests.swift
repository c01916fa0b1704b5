// Officers enrol patients by writing them; the wallet that the node makes is handed out once.
import Contracts
import Cryptography
import Foundation
import JSON
import Node
import Primitives
import SteleTesting
import Testing
import Vault

@Suite struct EnrolmentTests {
    private static let patient =
        #"{"resourceType":"Patient","id":"new","identifier":[{"system":"urn:mrn","value":"5"}],"name":[{"use":"official","family":"Kestrel","given":["Ada"]}],"birthDate":"1980-02-03"}"#

    @Test func anOfficerEnrolsAPatientByWritingThem() async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer)
        let reply = try await fixture.put("/fhir/Patient/new", Self.patient, officer)
        #expect(reply.status == 201 && reply["ETag"] == "W/\"1\"", "\(reply.text)")
        let subject = try #require(try fixture.custodian.vault.directory.subject(patient: "new"))
        #expect(subject.isOnLedger && subject.displayName == "Ada Kestrel" && subject.birthDate == "1980-02-03")
        // Nothing is permitted that nobody asked for.
        #expect(try await fixture.get("/fhir/Patient/new", officer).status == 404)
        let created = try await fixture.send(
            "POST", "/fhir/Patient", token: officer, type: "application/fhir+json", body: Array(Self.patient.utf8))
        let id = try #require(try created.json()["id"]?.string)
        #expect(created.status == 201 && id != "new")
        #expect(try fixture.custodian.vault.directory.subject(patient: id)?.isOnLedger == true)
    }

    @Test func nobodyElseEnrols() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        #expect(try await fixture.put("/fhir/Patient/new", Self.patient, token).code == "subject.not_enrolled")
        #expect(
            try await fixture.bundle("transaction", [BundleText.entry(Self.patient, "PUT", "Patient/new")], token).code
                == "subject.not_enrolled")
        #expect(try fixture.custodian.vault.directory.subject(patient: "new") == nil)
        // An officer does not enrol somebody by writing about them.
        let officer = try await fixture.token(fixture.officer)
        let about = APIFixture.result.replacing("Patient/p1", with: "Patient/new")
        #expect(try await fixture.put("/fhir/Observation/hb", about, officer).code == "subject.not_enrolled")
    }

    @Test func aTransactionThatFailsEnrolsNobody() async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer)
        let reply = try await fixture.bundle(
            "transaction",
            [
                BundleText.entry(Self.patient, "PUT", "Patient/new"),
                BundleText.entry(APIFixture.result, "PUT", "Observation/hb", more: #","ifMatch":"W/\"3\"""#),
            ], officer)
        #expect(reply.status == 412)
        #expect(try fixture.custodian.vault.directory.subject(patient: "new") == nil)
    }

    @Test func theWalletIsHandedOutOnce() async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer)
        let enrolled = try await fixture.post(
            "/custodian/v1/subjects", ["patient": "new", "display_name": "New"], officer)
        #expect(try enrolled.status == 201 && enrolled.json()["policy_key"] == nil)
        let subject = try #require(try fixture.custodian.vault.directory.subject(patient: "new"))
        let target = "/custodian/v1/subjects/new/wallet"
        let surgeon = try await fixture.token(fixture.surgeon)
        #expect(try await fixture.send("POST", target, token: surgeon).code == "actor.not_allowed")
        let reply = try await fixture.send("POST", target, token: officer)
        #expect(reply.status == 200)
        let json = try reply.json()
        let seed = try #require(json["consent_seed"]?.string.flatMap { Bytes32(hex: $0) })
        let key = try SigningKey(seed: SecretBytes(seed.bytes))
        #expect(key.publicKey == subject.consentKey && json["subject"]?.string == subject.id.hex)
        #expect(json["policy_key"]?.string == subject.newestPolicyKey.secret.exposedBytes32().hex)
        let again = try await fixture.send("POST", target, token: officer)
        #expect(again.status == 409 && again.code == "vault.wallet_claimed")
        // A patient with a wallet of their own never had one here.
        #expect(
            try await fixture.send("POST", "/custodian/v1/subjects/p1/wallet", token: officer).code
                == "vault.wallet_claimed")
        #expect(
            try await fixture.send("POST", "/custodian/v1/subjects/p9/wallet", token: officer).code
                == "subject.not_enrolled")
        try await fixture.house.restart()
        #expect(try fixture.custodian.vault.directory.unclaimedConsentSeed(of: subject.id) == nil)
    }

    @Test func theTreatmentPermitIsAGrantLikeAnyOther() async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer)
        let enrolled = try await fixture.post(
            "/custodian/v1/subjects", ["patient": "new", "display_name": "New", "treating_permit": true], officer)
        #expect(enrolled.status == 201)
        let surgeon = try await fixture.token(fixture.surgeon)
        let text = APIFixture.result.replacing("Patient/p1", with: "Patient/new")
        #expect(try await fixture.put("/fhir/Observation/hb", text, surgeon).status == 201)
        #expect(try await fixture.get("/fhir/Observation/hb", surgeon).sentText == text)
        let billing = try await fixture.token(fixture.surgeon, purposes: "HPAYMT")
        #expect(try await fixture.get("/fhir/Observation/hb", billing).status == 404)
        // Enrolled again, there is still one grant.
        _ = try await fixture.post(
            "/custodian/v1/subjects", ["patient": "new", "display_name": "New", "treating_permit": true], officer)
        let subject = try #require(try fixture.custodian.vault.directory.subject(patient: "new"))
        let policy = try fixture.custodian.ledger.withState(about: subject.id) { (state) throws(SteleError) in
            try AccessPreview.policy(of: subject.id, in: state)
        }
        #expect(policy?.grants.count == 1)
        // Who has a key signs for themself.
        let key = SigningKey.random(from: SystemRandom()).publicKey
        let refused = try await fixture.post(
            "/custodian/v1/subjects",
            [
                "patient": "own", "display_name": "Own", "consent_key": .string(key.hex), "treating_permit": true,
            ], officer)
        #expect(refused.status == 400 && refused.code == "request.malformed")
    }

    @Test func aKnownPatientIsFoundByIdentifier() async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer)
        let text = Self.patient.replacing(#""id":"new","#, with: "")
        func create(_ token: String, _ criteria: String = "identifier=urn:mrn|5") async throws -> Reply {
            try await fixture.send(
                "POST", "/fhir/Patient", token: token, type: "application/fhir+json",
                headers: [("If-None-Exist", criteria)], body: Array(text.utf8))
        }
        let first = try await create(officer)
        #expect(first.status == 201)
        let second = try await create(officer, "identifier=5")
        #expect(second.status == 200 && second["Location"] == first["Location"], "\(second.text)")
        #expect(try await create(officer, "name=Kestrel").code == "search.parameter")
        // The same over PUT with criteria; an identifier that the newest version has no more finds nobody.
        let changed = text.replacing(#""value":"5""#, with: #""value":"6""#)
        func update(_ criteria: String, _ text: String) async throws -> Reply {
            try await fixture.put("/fhir/Patient?identifier=" + criteria, text, officer)
        }
        #expect(try await update("urn:mrn%7C5", changed)["ETag"] == "W/\"2\"")
        #expect(try await update("urn:mrn%7C6", changed)["ETag"] == "W/\"2\"")
        #expect(try await update("urn:mrn%7C5", text).status == 201)
        // Staff without a permit find nobody, and cannot enrol.
        let surgeon = try await fixture.token(fixture.surgeon)
        #expect(try await create(surgeon).code == "subject.not_enrolled")
        #expect(try await create(surgeon, "identifier=urn:mrn|none").code == "subject.not_enrolled")
    }

    @Test func racingConditionalCreatesEnrolOnePatient() async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer)
        let text = Self.patient.replacing(#""id":"new","#, with: "")
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    try await fixture.send(
                        "POST", "/fhir/Patient", token: officer, type: "application/fhir+json",
                        headers: [("If-None-Exist", "identifier=urn:mrn|5")], body: Array(text.utf8)
                    ).status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.sorted() == Array(repeating: 200, count: 9) + [201])
    }
}
