// Consents: what the patient granted is told, what is written down becomes a grant, and neither says more nor less.
import API
import Contracts
import Cryptography
import FHIR
import Foundation
import JSON
import Ledger
import Node
import Primitives
import SteleTesting
import Testing
import Vault

@Suite struct ConsentRouteTests {
    static let irc =
        #""role":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType","code":"IRCP"}]}"#

    /// A permit, or what `provision` says, for the surgeons of the house.
    static func consent(_ provision: String? = nil, patient: String = "p1") -> String {
        let provision =
            provision
            ?? #"{"type":"permit","actor":[{\#(irc),"reference":{"identifier":{"system":"urn:stele:role","value":"surgeon@st-elsewhere"}}}],"action":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentaction","code":"access"}]}],"purpose":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"TREAT"}],"class":[{"system":"urn:stele:category","code":"laboratory"}]}"#
        return
            #"{"resourceType":"Consent","status":"active","scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},"category":[{"coding":[{"system":"http://loinc.org","code":"59284-0"}]}],"patient":{"reference":"Patient/\#(patient)"},"dateTime":"2026-01-31T09:30:00+01:00","sourceAttachment":{"title":"signed form 7"},"policy":[{"uri":"urn:x:policy"}],"provision":\#(provision)}"#
    }

    private func post(_ fixture: APIFixture, _ text: String, _ token: String, query: String = "") async throws -> Reply
    {
        try await fixture.send(
            "POST", "/fhir/Consent" + query, token: token, type: "application/fhir+json", body: Array(text.utf8))
    }

    private func parameter(_ reply: Reply, _ name: String) throws -> String {
        let found = try reply.json()["parameter"]?.elements.first { $0["name"]?.string == name }
        return try #require(
            found?["valueString"]?.string ?? found?["valueBase64Binary"]?.string ?? found?["valueInstant"]?.string)
    }

    /// Signs the body of a 202 with the patient's key and submits it.
    private func sign(_ reply: Reply, in fixture: APIFixture) async throws -> Reply {
        try await sign(body: parameter(reply, "body"), in: fixture)
    }

    private func sign(body text: String, in fixture: APIFixture) async throws -> Reply {
        let made = UnsignedTransaction(body: try #require(Base64.decode(text)))
        let unsigned = try #require(made)
        return try await fixture.send(
            "POST", "/ledger/v1/transactions", token: try await fixture.token(fixture.patient),
            type: "application/cbor", body: unsigned.signed(by: [fixture.wallet.consentKey]))
    }

    private func assist(_ fixture: APIFixture) async throws {
        let officer = try await fixture.token(fixture.officer)
        let reply = try await fixture.post("/custodian/v1/subjects/p1/assisted-delegate", ["days": 30], officer)
        #expect(reply.status == 200, "\(reply.text)")
        let signed = try await sign(body: try #require(try reply.json()["body"]?.string), in: fixture)
        #expect(signed.status == 200, "\(signed.text)")
    }

    // MARK: - Telling

    @Test func aPatientSeesEveryGrantInWords() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.patient)
        let bundle = try await fixture.get("/fhir/Consent?patient=p1", token).json()
        let consents = bundle["entry"]?.elements.compactMap { $0["resource"] } ?? []
        #expect(bundle["total"]?.uint == 2 && consents.count == 2)
        for consent in consents { try Resource(consent).requireValid() }
        let surgeon = try #require(consents.last)
        #expect(surgeon["status"]?.string == "active" && surgeon["patient"]?["reference"]?.string == "Patient/p1")
        #expect(surgeon["category"]?.firstElement?["coding"]?.firstElement?["code"]?.string == "59284-0")
        #expect(surgeon["meta"]?["source"]?.string == "urn:stele:ledger")
        let provision = try #require(surgeon["provision"])
        #expect(provision["type"]?.string == "permit")
        #expect(
            provision["actor"]?.elements.compactMap { $0["reference"]?["identifier"]?["value"]?.string }
                == ["surgeon@st-elsewhere"])
        #expect(provision["class"]?.elements.compactMap { $0["code"]?.string } == ["laboratory"])
        #expect(provision["purpose"]?.elements.compactMap { $0["code"]?.string } == ["TREAT"])
        // Without an event: it is the patient's own word.
        #expect(try fixture.custodian.accessLog(of: fixture.wallet.subject).isEmpty)
        let id = try #require(surgeon["id"]?.string)
        #expect(try await fixture.get("/fhir/Consent/\(id)", token).json()["id"]?.string == id)
        let ghost = try await fixture.get("/fhir/Consent/\(String(repeating: "0", count: 64))", token)
        #expect(ghost.code == "record.unavailable")
        let grant = try #require(Bytes32(hex: id))
        try await fixture.house.submit(
            ConsentRevoke(subject: fixture.wallet.subject, grants: [grant]), by: fixture.wallet)
        #expect(try await fixture.get("/fhir/Consent/\(id)", token).json()["status"]?.string == "inactive")
        let active = try await fixture.get("/fhir/Consent?patient=p1&status=active&_count=1", token).json()
        #expect(active["total"]?.uint == 1)
        #expect(try await fixture.get("/fhir/Consent?patient=p1&_lastUpdated=2026", token).code == "search.parameter")
    }

    @Test func pagesGoOnWhereTheyEnded() async throws {
        let fixture = try await APIFixture()
        for index in 0..<5 { try await fixture.grant([.actor("did:x:\(index)")], classes: [.all]) }
        let token = try await fixture.token(fixture.patient)
        var target: String? = "/fhir/Consent?patient=p1&_count=2"
        var ids: [String] = []
        var pageCount = 0
        while let next = target {
            let bundle = try await fixture.get(next, token).json()
            ids += bundle["entry"]?.elements.compactMap { $0["resource"]?["id"]?.string } ?? []
            let link = bundle["link"]?.elements.first { $0["relation"]?.string == "next" }?["url"]?.string
            target = link.map { String($0.dropFirst(APIFixture.baseURL.count)) }
            pageCount += 1
        }
        #expect(pageCount == 3 && Set(ids).count == 5)
    }

    @Test func staffSeeConsentsByDecisionAndWithAnEvent() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.surgeon, patient: "p1")
        let stranger = try await fixture.token(fixture.laboratory, patient: "p1")
        let none = try await fixture.get("/fhir/Consent?patient=p1", token)
        #expect(try none.status == 200 && none.json()["total"]?.uint == 0)
        #expect(try await fixture.get("/fhir/Consent?patient=p1", stranger).code == "access.refused")
        let grant = try await fixture.grant(
            [.role(code: "surgeon", organisation: "st-elsewhere")], classes: [.category("administrative")])
        let seen = try await fixture.get("/fhir/Consent?patient=p1", token)
        #expect(try seen.json()["total"]?.uint == 3 && seen["Stele-Transaction"] != nil)
        let one = try await fixture.get("/fhir/Consent/\(grant.hex)", token)
        #expect(one.status == 200)
        let log = try fixture.custodian.accessLog(of: fixture.wallet.subject)
        #expect(log.last?.request?.asked == "read Consent/\(grant.hex)")
        #expect(log.last?.request?.records.map(\.recordID) == [grant])
        #expect(log.last?.request?.purposes == [.purpose("TREAT")])
        // Without the patient's name in the token nobody can tell such an id from any other.
        let unnamed = try await fixture.token(fixture.surgeon)
        #expect(try await fixture.get("/fhir/Consent/\(grant.hex)", unnamed).code == "record.unavailable")
        let ghost = try await fixture.get("/fhir/Consent/\(String(repeating: "0", count: 64))", token)
        #expect(ghost.code == "record.unavailable")
    }

    /// A Consent that names psychiatry is as sensitive as psychiatry.
    @Test func aDenyHidesConsentsThatNameWhatItHides() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let surgeons: [Label] = [.role(code: "surgeon", organisation: "st-elsewhere")]
        try await fixture.grant(surgeons, classes: [.category("administrative")])
        let telling = try await fixture.grant([.actor("did:x:psychiatrist")], classes: [.sensitivity("PSY")])
        var deny = fixture.house.permit(fixture.wallet, to: surgeons, classes: [.sensitivity("PSY")])
        deny.kind = .deny
        try await fixture.house.submit(
            ConsentGrant(subject: fixture.wallet.subject, grants: [deny]), by: fixture.wallet)
        let token = try await fixture.token(fixture.surgeon, patient: "p1")
        let bundle = try await fixture.get("/fhir/Consent?patient=p1", token)
        #expect(try bundle.json()["total"]?.uint == 3 && !bundle.text.contains("PSY"))
        #expect(try await fixture.get("/fhir/Consent/\(telling.hex)", token).code == "record.unavailable")
        let own = try await fixture.get("/fhir/Consent?patient=p1", try await fixture.token(fixture.patient))
        #expect(try own.json()["total"]?.uint == 5)
    }

    // MARK: - Writing

    @Test func withoutADelegateThereIsABodyToSign() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let staff = try await fixture.token(fixture.surgeon, patient: "p1")
        let text = Self.consent()
        let reply = try await post(fixture, text, staff)
        #expect(reply.status == 202, "\(reply.text)")
        #expect(try reply.json()["resourceType"]?.string == "Parameters")
        #expect(try parameter(reply, "call") == "consent.grant")
        #expect(try parameter(reply, "signer") == fixture.wallet.consentKey.publicKey.hex)
        let id = try parameter(reply, "grant")
        let token = try await fixture.token(fixture.patient)
        #expect(try await fixture.get("/fhir/Consent/\(id)", token).status == 404)
        let signed = try await sign(reply, in: fixture)
        #expect(signed.status == 200, "\(signed.text)")
        let told = try await fixture.get("/fhir/Consent/\(id)", token).json()
        #expect(told["status"]?.string == "active")
        // Words come back as they were said, and the commitment on the ledger opens to them.
        #expect(told["dateTime"]?.string == "2026-01-31T09:30:00+01:00")
        #expect(told["sourceAttachment"]?["title"]?.string == "signed form 7" && told["sourceReference"] == nil)
        #expect(told["policy"]?.firstElement?["uri"]?.string == "urn:x:policy")
        let made = try #require(try fixture.custodian.grants(of: fixture.wallet.subject).last)
        let salt = try #require(Bytes32(hex: try parameter(reply, "salt")))
        #expect(made.grant.terms.termsCommitment == HMACSHA256.code(of: SHA256.hash(Array(text.utf8)), salt: salt))
        #expect(made.signedAs == .subject)
    }

    @Test func anAssistedDelegateSignsWhatStaffWriteDown() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        #expect(try await fixture.put("/fhir/Observation/hb", APIFixture.result, token).status == 201)
        #expect(try await fixture.get("/fhir/Observation/hb", token).status == 404)
        try await assist(fixture)
        let reply = try await post(fixture, Self.consent(), token)
        #expect(reply.status == 201 && reply["Stele-Signed-As"] == "assisted", "\(reply.text)")
        let told = try reply.json()
        let id = try #require(told["id"]?.string)
        #expect(reply["Location"] == "\(APIFixture.baseURL)/fhir/Consent/\(id)")
        #expect(told["verification"]?.firstElement?["verified"]?.bool == false)
        #expect(reply.text.contains("urn:stele:signed-as") && reply.text.contains("Dr surgeon"))
        #expect(try await fixture.get("/fhir/Observation/hb", token).status == 200)
        // The patient is told who wrote it down, and how it was signed.
        let patient = try await fixture.token(fixture.patient)
        let log = try await fixture.get(
            "/ledger/v1/subjects/\(fixture.wallet.subject.hex)/consent-log", patient)
        let lines = try log.text.split(separator: "\n").map { try JSONDocument(parsing: Array($0.utf8)).root }
        #expect(lines.compactMap { $0["call"]?.string } == ["consent.register_delegate", "consent.grant"])
        #expect(
            lines.last?["signed_as"]?.string == "assisted" && lines.last?["written_by"]?["name"]?.string == "Dr surgeon"
        )
        let events = try await fixture.get("/fhir/AuditEvent?patient=p1&action=C", patient).json()
        let event = try #require(events["entry"]?.firstElement?["resource"])
        #expect(event["agent"]?.firstElement?["name"]?.string == "Dr surgeon")
        #expect(
            try await fixture.get("/ledger/v1/subjects/\(fixture.wallet.subject.hex)/consent-log", token).code
                == "subject.not_yours")
        // Ending it goes the same way, by either verb.
        let ended = try await fixture.send("DELETE", "/fhir/Consent/\(id)?patient=p1", token: token)
        #expect(ended.status == 204 && ended["Stele-Signed-As"] == "assisted", "\(ended.text)")
        #expect(try await fixture.get("/fhir/Observation/hb", token).status == 404)
        #expect(
            try await fixture.send("DELETE", "/fhir/Consent/\(id)?patient=p1", token: token).code == "grant.unknown")
    }

    /// The words were kept when they were written down, so they can be said in the tokens of another policy key.
    @Test func whatWasWrittenDownOutlivesAPolicyKey() async throws {
        let fixture = try await APIFixture()
        try await assist(fixture)
        let staff = try await fixture.token(fixture.surgeon, scope: "user/*.cruds")
        let written = try await post(
            fixture, Self.consent().replacing(#""type":"permit""#, with: #""type":"deny""#), staff)
        #expect(written.status == 201, "\(written.text)")
        let token = try await fixture.token(fixture.patient)
        let before = try await fixture.get("/fhir/Consent?patient=p1", token).json()
        let subject = fixture.wallet.subject
        let next = try await fixture.post("/custodian/v1/policy-key", ["policy_key_version": 1], token).json()
        let grant = try #require(next["grants"]?.firstElement)
        #expect(next["in_force"]?.bool == false && next["grants"]?.count == 1)
        #expect(grant["kind"]?.string == "deny" && grant["whole"]?.bool == true && grant["except"]?.kind == .null)
        let purposes = grant["labels"]?["purposes"]?.elements.map { $0.elements.compactMap(\.string) }
        #expect(purposes?.contains(["purpose", "TREAT"]) == true)
        #expect(grant["grantees"]?.count == 4)
        #expect(
            try await fixture.custodian.replacePolicyKey(of: subject, signing: fixture.wallet.consentKey) == 2)
        let after = try await fixture.get("/fhir/Consent?patient=p1", token).json()
        #expect(JSONValue(after)["entry"] == JSONValue(before)["entry"])
        let again = try await fixture.post("/custodian/v1/policy-key", ["policy_key_version": 1], token).json()
        #expect(again["in_force"]?.bool == true && again["policy_key"]?.string == next["policy_key"]?.string)
        // What is written down next is in tokens of that key.
        #expect(try await post(fixture, Self.consent(), staff).status == 201)
        let policy = try fixture.custodian.policy(of: subject).policy
        #expect(policy.grants.count == 2 && policy.grants.allSatisfy { $0.terms.policyKeyVersion == 2 })
    }

    @Test func aPolicyKeyIsForThePatientAlone() async throws {
        let fixture = try await APIFixture()
        let (patient, staff) = (try await fixture.token(fixture.patient), try await fixture.token(fixture.surgeon))
        let officer = try await fixture.token(fixture.officer)
        let path = "/custodian/v1/policy-key"
        for token in [staff, officer] {
            #expect(try await fixture.post(path, ["policy_key_version": 1], token).code == "subject.not_yours")
        }
        for body: JSONValue in [[:], ["policy_key_version": 0], ["policy_key_version": "1"], ["policy_key": 1]] {
            #expect(try await fixture.post(path, body, patient).code == "request.malformed")
        }
        // Nothing was made for any of them.
        #expect(try fixture.custodian.vault.directory.subject(fixture.wallet.subject).policyKeys.count == 1)
        let unclaimed = "/custodian/v1/subjects/new/policy-key"
        _ = try await fixture.post("/custodian/v1/subjects", ["patient": "new", "display_name": "New"], officer)
        for token in [staff, patient] {
            #expect(try await fixture.send("POST", unclaimed, token: token).code == "actor.not_allowed")
        }
        let reply = try await fixture.send("POST", unclaimed, token: officer)
        #expect(try reply.status == 200 && reply.json()["policy_key_version"]?.uint == 2, "\(reply.text)")
        let wallet = try await fixture.send("POST", "/custodian/v1/subjects/new/wallet", token: officer).json()
        #expect(wallet["policy_key_version"]?.uint == 2)
        #expect(try await fixture.send("POST", unclaimed, token: officer).code == "vault.wallet_claimed")
    }

    @Test func putEndsAndNeverChanges() async throws {
        let fixture = try await APIFixture()
        try await assist(fixture)
        let token = try await fixture.token(fixture.surgeon, patient: "p1")
        let made = try await post(fixture, Self.consent(), token)
        let id = try #require(try made.json()["id"]?.string)
        #expect(try await fixture.put("/fhir/Consent/\(id)", made.text, token).code == "consent.not_expressible")
        let inactive = made.text.replacingOccurrences(of: #""status":"active""#, with: #""status":"inactive""#)
        let other = inactive.replacingOccurrences(of: "laboratory", with: "imaging")
        #expect(try await fixture.put("/fhir/Consent/\(id)", other, token).code == "consent.not_expressible")
        let ended = try await fixture.put("/fhir/Consent/\(id)", inactive, token)
        #expect(ended.status == 204, "\(ended.text)")
        let own = try await fixture.get("/fhir/Consent/\(id)", try await fixture.token(fixture.patient)).json()
        #expect(own["status"]?.string == "inactive" && own["meta"]?["versionId"]?.string == "2")
    }

    @Test func aRevokedDelegateSignsNoMore() async throws {
        let fixture = try await APIFixture()
        try await assist(fixture)
        let token = try await fixture.token(fixture.surgeon, patient: "p1")
        #expect(try await post(fixture, Self.consent(), token).status == 201)
        let key = try #require(try fixture.custodian.vault.assistedKey(of: fixture.wallet.subject)).publicKey
        let receipt = try await fixture.house.submit(
            ConsentRevokeDelegate(subject: fixture.wallet.subject, delegate: key), by: fixture.wallet)
        #expect(receipt.isApplied)
        #expect(try await post(fixture, Self.consent(), token).status == 202)
        // A new one has a new key: what was revoked never returns.
        try await assist(fixture)
        #expect(try await post(fixture, Self.consent(), token).status == 201)
        #expect(try fixture.custodian.vault.assistedKey(of: fixture.wallet.subject)?.publicKey != key)
        fixture.clock.advance(milliseconds: 31 * 86_400_000)
        let later = try await fixture.token(fixture.surgeon, patient: "p1")
        #expect(try await post(fixture, Self.consent(), later).status == 202)
    }

    @Test func whoMayNotWriteIsRefused() async throws {
        let fixture = try await APIFixture()
        let other = try await fixture.house.enrol("p2", name: "Pat Two")
        _ = other
        let patient = try await fixture.token(fixture.patient, scope: "patient/*.cruds")
        #expect(try await post(fixture, Self.consent(), patient).status == 202)
        #expect(try await post(fixture, Self.consent(patient: "p2"), patient).code == "subject.not_yours")
        let reading = try await fixture.token(fixture.surgeon, scope: "user/*.rs")
        #expect(try await post(fixture, Self.consent(), reading).code == "token.insufficient")
        let bound = try await fixture.token(fixture.surgeon, patient: "p2")
        #expect(try await post(fixture, Self.consent(), bound).code == "actor.not_allowed")
        let staff = try await fixture.token(fixture.surgeon)
        #expect(try await post(fixture, Self.consent(patient: "nobody"), staff).code == "subject.not_enrolled")
        let assisted = try await fixture.post("/custodian/v1/subjects/p1/assisted-delegate", ["days": 30], staff)
        #expect(assisted.code == "subject.not_yours")
        let days = try await fixture.post("/custodian/v1/subjects/p1/assisted-delegate", ["days": 367], patient)
        #expect(days.code == "request.malformed")
        #expect(try await post(fixture, Self.consent(#"{"type":"permit"}"#), staff).code == "consent.not_expressible")
        #expect(try await post(fixture, Self.consent(#"{"type":7}"#), staff).code == "resource.invalid")
        // What nobody is asked for here would not hold: see decision 34.
        for (code, isTaken) in [("collect", false), ("disclose", true)] {
            let text = Self.consent().replacingOccurrences(of: #""code":"access""#, with: #""code":"\#(code)""#)
            let reply = try await post(fixture, text, staff)
            #expect(isTaken ? reply.status == 202 : reply.code == "consent.not_expressible", "\(reply.text)")
        }
        #expect(try await post(fixture, Self.consent(), staff, query: "?signer=xyz").code == "request.malformed")
    }

    /// Consents about other things are records, and ids of the ledger are for nothing else.
    @Test func otherConsentsAreStored() async throws {
        let fixture = try await APIFixture()
        let staff = try await fixture.token(fixture.surgeon, patient: "p1")
        try await fixture.grant([.role(code: "surgeon", organisation: "st-elsewhere")], classes: [.all])
        let research = Self.consent().replacingOccurrences(of: "patient-privacy", with: "research")
        let stored = try await post(fixture, research, staff)
        #expect(try stored.status == 201 && stored.json()["id"]?.string?.utf8.count == 32, "\(stored.text)")
        let found = try await fixture.get("/fhir/Consent?patient=p1&_source=urn:stele:vault", staff).json()
        #expect(found["total"]?.uint == 1)
        let posted = try await fixture.send(
            "POST", "/fhir/Consent/_search", token: staff, type: "application/x-www-form-urlencoded",
            body: Array("patient=p1&_source=urn%3Astele%3Avault".utf8))
        #expect(try posted.json()["total"]?.uint == 1)
        // A search finds both, what is told first and what is stored as it was written; or one of them.
        let both = try await fixture.get("/fhir/Consent?patient=p1", staff)
        let sources = try both.json()["entry"]?.elements.map { $0["resource"]?["meta"]?["source"]?.string } ?? []
        #expect(try both.json()["total"]?.uint == 2 && sources == ["urn:stele:ledger", nil], "\(both.text)")
        #expect(both.text.contains(stored.text) && both["Stele-Transaction"]?.contains(", ") == true)
        let told = try await fixture.get("/fhir/Consent?patient=p1&_source=urn:stele:ledger", staff).json()
        #expect(told["total"]?.uint == 1 && told["entry"]?.count == 1)
        let elsewhere = try await fixture.get("/fhir/Consent?patient=p1&_source=urn:x", staff).json()
        #expect(elsewhere["total"]?.uint == 0)
        #expect(try await fixture.get("/fhir/Consent?patient=p1&status=inactive", staff).json()["total"]?.uint == 0)
        #expect(try await fixture.get("/fhir/Consent?patient=p1&category=x", staff).code == "search.parameter")
        let hex = String(repeating: "ab", count: 32)
        for type in ["AuditEvent", "Provenance"] {
            let reply = try await fixture.put(
                "/fhir/\(type)/\(hex)", #"{"resourceType":"\#(type)","id":"\#(hex)"}"#, staff)
            #expect(reply.code == "resource.id_reserved", "\(reply.text)")
        }
    }

    /// Pages lead through what is told and on through what is stored, each once.
    @Test(arguments: [1, 2, 3, 5, 50])
    func pagesLeadThroughBoth(count: Int) async throws {
        let fixture = try await APIFixture()
        try await fixture.grant([.role(code: "surgeon", organisation: "st-elsewhere")], classes: [.all])
        for index in 0..<2 { try await fixture.grant([.actor("did:x:\(index)")], classes: [.all]) }
        let staff = try await fixture.token(fixture.surgeon, patient: "p1")
        let research = Self.consent().replacingOccurrences(of: "patient-privacy", with: "research")
        for _ in 0..<3 { #expect(try await post(fixture, research, staff).status == 201) }
        try await fixture.grant(
            [.actor(DIDKey.did(of: fixture.wallet.consentKey.publicKey))], classes: [.all], purposes: ["PATRQT"])
        for (token, total) in [(staff, 7), (try await fixture.token(fixture.patient, scope: "patient/*.rs"), 7)] {
            var target: String? = "/fhir/Consent?patient=p1&_count=\(count)"
            var ids: [String] = []
            while let next = target {
                let reply = try await fixture.get(next, token)
                let bundle = try reply.json()
                let page = bundle["entry"]?.elements.compactMap { $0["resource"]?["id"]?.string } ?? []
                #expect(page.count <= count && reply.status == 200, "\(reply.text)")
                if count == 50 { #expect(bundle["total"]?.uint == UInt64(total)) }
                ids += page
                let link = bundle["link"]?.elements.first { $0["relation"]?.string == "next" }?["url"]?.string
                #expect(link?.contains("patient") != true)
                target = link.map { String($0.dropFirst(APIFixture.baseURL.count)) }
            }
            #expect(ids.count == total && Set(ids).count == total, "\(ids)")
            // What is told comes first.
            #expect(ids.prefix(4).allSatisfy { $0.utf8.count == 64 } && ids.suffix(3).allSatisfy { $0.utf8.count < 64 })
        }
    }

    /// A patient who permits themself nothing still sees every grant, with stored Consents there or not.
    @Test func whatIsToldDoesNotDependOnWhatIsStored() async throws {
        let fixture = try await APIFixture()
        for name in ["surgeon", "nurse"] {
            try await fixture.grant([.role(code: name, organisation: "st-elsewhere")], classes: [.all])
        }
        let staff = try await fixture.token(fixture.surgeon, patient: "p1")
        let research = Self.consent().replacingOccurrences(of: "patient-privacy", with: "research")
        #expect(try await post(fixture, research, staff).status == 201)
        let token = try await fixture.token(fixture.patient)
        let own = try await fixture.get("/fhir/Consent?patient=p1", token)
        #expect(try own.status == 200 && own.json()["total"]?.uint == 2, "\(own.text)")
        let page = try await fixture.get("/fhir/Consent?patient=p1&_count=2", token).json()
        #expect(page["entry"]?.count == 2 && page["total"] == nil)
        let link = try #require(page["link"]?.elements.first { $0["relation"]?.string == "next" }?["url"]?.string)
        let rest = try await fixture.get(String(link.dropFirst(APIFixture.baseURL.count)), token)
        #expect(try rest.status == 200 && rest.json()["entry"] == nil, "\(rest.text)")
    }

    // MARK: - Both ways

    static let provisions: [String] = {
        let actor = #"{\#(irc),"reference":{"identifier":{"system":"urn:ietf:rfc:3986","value":"did:key:zStranger"}}}"#
        let organisation = #"{\#(irc),"reference":{"reference":"Organization/st-elsewhere"}}"#
        let doctor = #"{\#(irc),"reference":{"reference":"Practitioner/surgeon"}}"#
        return [
            #"{"type":"permit","actor":[\#(actor),\#(organisation),\#(doctor)]}"#,
            #"{"type":"permit","period":{"start":"2026-01-01","end":"2090-12-31"},"actor":[\#(actor)],"securityLabel":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"HIV"}]}"#,
            #"{"type":"permit","extension":[{"url":"urn:stele:obligation","valueCoding":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"NORDSCLCD"}}],"actor":[\#(organisation)],"provision":[{"type":"deny","securityLabel":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"}]}]}"#,
            #"{"type":"deny","extension":[{"url":"urn:stele:even-in-emergency","valueBoolean":true}],"actor":[\#(actor)],"data":[{"meaning":"instance","reference":{"reference":"Observation/hb"}}]}"#,
            #"{"type":"deny","actor":[\#(actor)],"provision":[{"type":"permit","extension":[{"url":"urn:stele:exception-only","valueBoolean":true}],"class":[{"system":"urn:stele:category","code":"laboratory"}]}]}"#,
        ]
    }()

    /// What is told of a grant, written down again, makes a grant that is told in the same words.
    @Test func whatIsToldCanBeSaidAgain() async throws {
        let fixture = try await APIFixture()
        try await assist(fixture)
        let token = try await fixture.token(fixture.surgeon, patient: "p1")
        for provision in Self.provisions {
            let first = try await post(fixture, Self.consent(provision), token)
            #expect(first.status == 201, "\(first.text)")
            try Resource(parsing: first.body).requireValid()
            let told = try #require(try first.json()["provision"])
            let text = String(decoding: told.sourceBytes, as: UTF8.self)
            let second = try await post(fixture, Self.consent(text), token)
            #expect(second.status == 201, "\(second.text)")
            let again = try #require(try second.json()["provision"])
            #expect(JSONValue(again) == JSONValue(told), "\(text)")
        }
    }

    @Test func boundsAreNeverWiderThanWhatWasSaid() async throws {
        let fixture = try await APIFixture()
        let now = Int64(fixture.clock.now().seconds)
        let key = fixture.wallet.enrolment.subject.newestPolicyKey
        func bounds(_ isDeny: Bool, _ start: Int64?, _ end: Int64?) throws -> (Int64, Int64) {
            var statement = ConsentStatementDraft.plain(isDeny: isDeny)
            statement.start = start.map { $0 * 1000 }
            statement.end = end.map { $0 * 1000 }
            let terms = try fixture.custodian.terms(of: statement, under: key, commitment: .zero)
            try terms.validate()
            return (Int64(terms.notBefore.seconds), Int64(terms.notAfter.seconds))
        }
        let start = now + 1000
        for length in [3600, 86_400 * 80, 86_400 * 90 + 1, 86_400 * 400] as [Int64] {
            let permit = try bounds(false, start, start + length)
            #expect(permit.0 >= start && permit.1 <= start + length)
            let deny = try bounds(true, start, start + length)
            #expect(deny.0 <= start && deny.1 >= start + length)
        }
        #expect(try bounds(false, nil, nil).1 == 253_402_214_400)
        #expect(try bounds(false, nil, nil).0 <= now)
        for (start, end) in [(nil, now - 1), (now + 100, now + 50), (now + 90, now + 110)] as [(Int64?, Int64?)] {
            #expect(throws: SteleError.self) { try bounds(false, start, end) }
        }
    }
}
