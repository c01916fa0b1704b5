// Records brought in from elsewhere keep their ids and bytes; an import goes on where it stopped.
import Contracts
import Cryptography
import FHIR
import JSON
import Node
import Primitives
import SteleTesting
import Testing
import Vault

@Suite struct ImportRouteTests {
    private static let patient = #"{"resourceType":"Patient","id":"new","birthDate":"1980-02-03"}"#

    private func bringIn(
        _ fixture: APIFixture, _ text: String, _ token: String, _ type: String = "application/fhir+json"
    ) async throws -> Reply {
        try await fixture.send("POST", "/custodian/v1/import", token: token, type: type, body: Array(text.utf8))
    }

    @Test(arguments: ["collection", "searchset", "transaction", "batch", "document"])
    func bundlesOfAnyKindComeIn(kind: String) async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer)
        let urn = "urn:uuid:11111111-2222-4333-8444-555555555555"
        let of = #","hasMember":[{"reference":"urn:uuid:00000000-2222-4333-8444-555555555555"}]"#
        let text = BundleText.bundle(
            kind,
            [
                #"{"fullUrl":"urn:x:2","resource":\#(APIFixture.result.replacing("Patient/p1", with: urn).dropLast() + of)}}"#,
                // What entries ask for is passed over.
                BundleText.entry(Self.patient, "DELETE", "Patient/other", fullURL: urn),
                #"{"resource":{"resourceType":"Observation","id":"bad"}}"#,
            ])
        let reply = try await bringIn(fixture, text, officer)
        #expect(reply.status == 200 && reply.statuses == [201, 201, 422], "\(reply.text)")
        #expect(reply["Stele-Unresolved-References"] == "1")
        let subject = try #require(try fixture.custodian.vault.directory.subject(patient: "new"))
        let entries = try fixture.custodian.vault.compartment(of: subject.id).entries
        #expect(Set(entries.map(\.resource.description)) == ["Patient/new", "Observation/hb"])
        let stored = try entries.map {
            String(decoding: try fixture.custodian.vault.open($0, of: subject.id), as: UTF8.self)
        }
        #expect(stored.contains(Self.patient))
        #expect(stored.contains((APIFixture.result.replacing("Patient/p1", with: "Patient/new").dropLast() + of) + "}"))
        #expect(try await bringIn(fixture, text, officer).statuses == [200, 200, 422])
    }

    @Test func linesComeInAndBadOnesStayOut() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        let text = [APIFixture.result, "{", "", Self.patient, APIFixture.note].joined(separator: "\r\n")
        let reply = try await bringIn(fixture, text, token, "application/fhir+ndjson")
        // Staff who are no officers enrol nobody.
        #expect(reply.statuses == [201, 400, 404, 201], "\(reply.text)")
        #expect(try fixture.custodian.vault.directory.subject(patient: "new") == nil)
    }

    @Test func differingVersionsComeInOnceInTheirOrder() async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer)
        let (first, second) = (Self.patient, Self.patient.replacing("1980", with: "1981"))
        func lines(_ texts: String...) async throws -> [Int] {
            try await bringIn(fixture, texts.joined(separator: "\n"), officer, "application/fhir+ndjson").statuses
        }
        #expect(try await lines(first, second) == [201, 201])
        // Again nothing; a longer sequence goes on where it stopped; a value that comes back is a version.
        #expect(try await lines(first, second) == [200, 200])
        #expect(try await lines(first, second, first) == [200, 200, 201])
        #expect(try await lines(second, first) == [200, 200])
        #expect(try await lines(second) == [201])
        let subject = try #require(try fixture.custodian.vault.directory.subject(patient: "new"))
        let entries = try fixture.custodian.vault.compartment(of: subject.id).entries
        let stored = try entries.map {
            String(decoding: try fixture.custodian.vault.open($0, of: subject.id), as: UTF8.self)
        }
        #expect(stored == [first, second, first, second])
        #expect(entries.map(\.version) == [1, 2, 3, 4])
    }

    @Test func whatComesWithoutAnIDComesInOnce() async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer)
        let uuid = "11111111-2222-4333-8444-555555555555"
        let nameless = APIFixture.result.replacing(#""id":"hb","#, with: "").replacing(
            "Patient/p1", with: "Patient/\(uuid)")
        let text = BundleText.bundle(
            "batch",
            [
                BundleText.entry(
                    #"{"resourceType":"Patient","gender":"female"}"#, "POST", "Patient", fullURL: "urn:uuid:\(uuid)"),
                #"{"resource":\#(nameless)}"#,
            ])
        #expect(try await bringIn(fixture, text, officer).statuses == [201, 201])
        #expect(try await bringIn(fixture, text, officer).statuses == [200, 200])
        #expect(try fixture.custodian.vault.directory.subject(patient: uuid) != nil)
    }

    @Test func manyRecordsOfManyPatientsComeInAndOneThatSpoilsItStaysOut() async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer)
        func patient(_ id: Int) -> String { #"{"resourceType":"Patient","id":"m\#(id)"}"# }
        func result(_ id: Int, _ number: Int) -> String {
            APIFixture.result.replacing(#""id":"hb""#, with: #""id":"m\#(id)-\#(number)""#)
                .replacing("Patient/p1", with: "Patient/m\(id)")
        }
        var texts = (0..<5).flatMap { id in [patient(id)] + (0..<150).map { result(id, $0) } }
        // The name belongs to another patient.
        texts.insert(result(1, 3).replacing("Patient/m1", with: "Patient/p1"), at: 0)
        #expect(try await bringIn(fixture, texts[0], officer, "application/fhir+ndjson").statuses == [201])
        let reply = try await bringIn(fixture, texts.joined(separator: "\n"), officer, "application/fhir+ndjson")
        let refused = try #require(texts.lastIndex(of: result(1, 3)))
        #expect(reply.statuses.count == texts.count && reply.statuses[0] == 200 && reply.statuses[refused] == 409)
        #expect(reply.statuses.count { $0 == 201 } == texts.count - 2)
        for id in 0..<5 {
            let subject = try #require(try fixture.custodian.vault.directory.subject(patient: "m\(id)"))
            #expect(try fixture.custodian.vault.compartment(of: subject.id).entries.count == (id == 1 ? 150 : 151))
        }
    }

    @Test func aHistoryComesInWithItsDeletions() async throws {
        let fixture = try await APIFixture()
        try await fixture.grant(
            [.role(code: "surgeon", organisation: "st-elsewhere")], classes: [.category("laboratory")])
        let (surgeon, patient) = (try await fixture.token(fixture.surgeon), try await fixture.token(fixture.patient))
        try await fixture.grant(
            [.actor(DIDKey.did(of: fixture.wallet.consentKey.publicKey))], classes: [.all], purposes: ["PATRQT"])
        let corrected = APIFixture.result.replacing("13.20", with: "13.5")
        // The newest first, as a server of R4 lists them; what was deleted is spelled in three ways.
        let text = BundleText.bundle(
            "history",
            [
                BundleText.entry(
                    nil, "DELETE", "Observation/hb/_history/4", fullURL: "https://other/fhir/Observation/hb"),
                BundleText.entry(nil, "DELETE", "https://other/fhir/DocumentReference/psy"),
                #"{"resource":\#(corrected)}"#, BundleText.entry(nil, "DELETE", "Observation/hb"),
                BundleText.entry(nil, "DELETE", "Observation/never"), #"{"resource":\#(APIFixture.note)}"#,
                #"{"resource":\#(APIFixture.result)}"#, BundleText.entry(nil, "DELETE", "Observation?code=x"),
            ])
        let reply = try await bringIn(fixture, text, surgeon)
        #expect(reply.statuses == [201, 201, 201, 201, 204, 201, 201, 422], "\(reply.text)")
        let compartment = try fixture.custodian.vault.compartment(of: fixture.wallet.subject)
        let versions = compartment.versions(of: ResourceName(type: "Observation", id: "hb"))
        #expect(versions.map(\.isTombstone) == [false, true, false, true])
        #expect(Set(versions.map(\.profile)).count == 1 && versions.map(\.version) == [1, 2, 3, 4])
        let deletion = try #require(reply.entries.first?["response"])
        #expect(deletion["etag"]?.string == #"W/"4""# && deletion["extension"] != nil)

        // As by REST: gone for those permitted, absent for the others, every version where it was.
        let gone = try await fixture.get("/fhir/Observation/hb", surgeon)
        #expect(gone.status == 410 && gone["ETag"] == #"W/"4""#)
        #expect(try await fixture.get("/fhir/Observation/hb/_history/3", surgeon).text == corrected)
        #expect(try await fixture.get("/fhir/Observation/hb/_history/2", surgeon).status == 410)
        #expect(try await fixture.get("/fhir/DocumentReference/psy", surgeon).status == 404)
        #expect(try await fixture.get("/fhir/DocumentReference/psy", patient).status == 410)
        #expect(try await fixture.get("/fhir/Observation?patient=p1", surgeon).total == 0)

        // Again nothing; and a value that comes back goes on behind the deletion.
        #expect(try await bringIn(fixture, text, surgeon).statuses == [200, 200, 200, 200, 204, 200, 200, 422])
        #expect(try await bringIn(fixture, APIFixture.result, surgeon, "application/fhir+ndjson").statuses == [201])
        #expect(try await fixture.get("/fhir/Observation/hb", surgeon)["ETag"] == #"W/"5""#)
    }

    @Test func aDeletionThatComesFirstDeletesWhatIsThereFromBefore() async throws {
        let fixture = try await APIFixture()
        let surgeon = try await fixture.token(fixture.surgeon)
        func bringInPage(_ id: String) async throws -> [Int] {
            let version = APIFixture.observation(id, 2)
            let text = BundleText.bundle(
                "history", [#"{"resource":\#(version)}"#, BundleText.entry(nil, "DELETE", "Observation/\(id)")])
            return try await bringIn(fixture, text, surgeon).statuses
        }
        // Nothing is there, nor was there when the same page came before.
        #expect(try await bringInPage("a") == [201, 204])
        #expect(try await bringInPage("a") == [200, 204])
        #expect(try await fixture.put("/fhir/Observation/b", APIFixture.observation("b"), surgeon).status == 201)
        #expect(try await bringInPage("b") == [201, 201])
        #expect(try await bringInPage("b") == [200, 200])
        // What is deleted is not deleted again.
        #expect(try await fixture.send("DELETE", "/fhir/Observation/b", token: surgeon)["ETag"] == #"W/"4""#)
        let twice = BundleText.bundle(
            "history", ["a", "b", "b"].map { BundleText.entry(nil, "DELETE", "Observation/\($0)") })
        #expect(try await bringIn(fixture, twice, surgeon).statuses == [201, 204, 200])
        #expect(try await bringIn(fixture, twice, surgeon).statuses == [200, 204, 200])
    }

    /// Somebody else's record among the versions keeps none of the others out, and the same again is known.
    @Test func whatSpoilsAnImportLeavesHistoriesWhole() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        _ = try await fixture.house.enrol("p2", name: "Pat Two")
        let foreign = APIFixture.observation("x").replacing("Patient/p1", with: "Patient/p2")
        #expect(try await bringIn(fixture, foreign, token, "application/fhir+ndjson").statuses == [201])
        func version(_ id: String, _ number: Int) -> String {
            #"{"resource":\#(APIFixture.observation(id, number))}"#
        }
        // As a server lists a history, the newest first.
        let entries = [
            version("a", 3), BundleText.entry(nil, "DELETE", "Observation/a"), version("x", 9), version("b", 2),
            version("a", 1), version("b", 1),
        ]
        let text = BundleText.bundle("history", entries)
        #expect(try await bringIn(fixture, text, token).statuses == [201, 201, 409, 201, 201, 201])
        for _ in 0..<2 {
            #expect(try await bringIn(fixture, text, token).statuses == [200, 200, 409, 200, 200, 200])
        }
        #expect(try fixture.custodian.vault.compartment(of: fixture.wallet.subject).entries.count == 5)
    }

    /// A run of deletions costs a step each, on no stack.
    @Test func aHundredThousandDeletionsComeIn() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        #expect(try await fixture.put("/fhir/Observation/hb", APIFixture.result, token).status == 201)
        let deletion = BundleText.entry(nil, "DELETE", "Observation/hb")
        let count = 100_000
        let statuses = try await bringIn(
            fixture, BundleText.bundle("history", Array(repeating: deletion, count: count)), token
        ).statuses
        #expect(statuses.count == count && Set(statuses) == [201, 204] && statuses.count { $0 == 201 } == 1)
        #expect(try fixture.custodian.vault.compartment(of: fixture.wallet.subject).entries.count == 2)
    }

    @Test func deletionsNeedTheirScopeAndAHistory() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let surgeon = try await fixture.token(fixture.surgeon)
        let entry = BundleText.entry(nil, "DELETE", "Observation/hb")
        for kind in ["collection", "batch", "transaction", "searchset"] {
            let reply = try await bringIn(fixture, BundleText.bundle(kind, [entry]), surgeon)
            #expect(reply.statuses == [422] && reply.text.contains("bundle.entry"), "\(kind)")
        }
        let writer = try await fixture.token(fixture.surgeon, scope: "user/*.cru")
        let told = BundleText.entry(nil, "DELETE", "Consent/" + SystemRandom().bytes32().hex)
        let narrow = try await bringIn(fixture, BundleText.bundle("history", [entry, told]), writer)
        #expect(narrow.statuses == [403, 403])
        #expect(try await fixture.get("/fhir/Observation/hb", surgeon).status == 200)
        #expect(
            try await bringIn(fixture, BundleText.bundle("history", [entry, told]), surgeon).statuses == [201, 204])
        #expect(try await fixture.get("/fhir/Observation/hb", surgeon).status == 410)
    }

    @Test func onlyStaffWithTheScopeBringIn() async throws {
        let fixture = try await APIFixture()
        let patient = try await fixture.token(fixture.patient, scope: "patient/*.cruds")
        #expect(try await bringIn(fixture, APIFixture.result, patient).code == "actor.not_allowed")
        let token = try await fixture.token(fixture.surgeon, scope: "user/Condition.cruds")
        let lines = try await bringIn(fixture, APIFixture.result, token, "application/fhir+ndjson")
        #expect(lines.statuses == [403])
        let surgeon = try await fixture.token(fixture.surgeon)
        #expect(try await bringIn(fixture, APIFixture.result, surgeon).code == "bundle.malformed")
        #expect(try await bringIn(fixture, "<a/>", surgeon, "application/fhir+xml").status == 415)
    }
}
