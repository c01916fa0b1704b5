// Records go in as they are and come out as they went in, to whoever the patient lets.
import Cryptography
import JSON
import Node
import Primitives
import SteleTesting
import Testing

@Suite struct RecordTests {
    @Test(arguments: Way.allCases)
    func hiddenAndAbsentCannotBeToldApart(way: Way) async throws {
        let fixture = try await APIFixture(way)
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.surgeon)
        let replies = [
            try await fixture.get("/fhir/DocumentReference/psy", token),
            try await fixture.get("/fhir/DocumentReference/nothing", token),
            try await fixture.get("/fhir/DocumentReference/psy/_history/1", token),
            try await fixture.get("/fhir/DocumentReference/psy/_history/9", token),
        ]
        func masked(_ reply: Reply) throws -> String {
            let id = try #require(try reply.json()["id"]?.string)
            #expect(id.utf8.count == 16)
            return reply.text.replacing(id, with: "")
        }
        let first = try masked(replies[0])
        for reply in replies {
            #expect(reply.status == 404 && reply.code == "record.unavailable")
            #expect(try masked(reply) == first)
            #expect(reply["Stele-Transaction"]?.utf8.count == 64)
            let names = reply.headers.map { $0.name.lowercased() }.filter { $0 != "date" }.sorted()
            #expect(names == replies[0].headers.map { $0.name.lowercased() }.filter { $0 != "date" }.sorted())
        }
        // Somebody without any permit gets one answer for every id once the patient is named.
        let stranger = try await fixture.token(fixture.laboratory, patient: "p1")
        for id in ["psy", "nothing"] {
            let reply = try await fixture.get("/fhir/DocumentReference/\(id)", stranger)
            #expect(reply.status == 403 && reply.code == "access.refused")
        }
        await fixture.stop()
    }

    @Test func versionsAreKeptAndGuarded() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.surgeon)
        let second = APIFixture.result.replacing("13.20", with: "12.90")
        let target = "/fhir/Observation/hb"
        func put(_ text: String, _ header: String, _ value: String) async throws -> Reply {
            try await fixture.send(
                "PUT", target, token: token, type: "application/fhir+json", headers: [(header, value)],
                body: Array(text.utf8))
        }
        let stale = try await put(second, "If-Match", "W/\"7\"")
        #expect(stale.status == 412 && stale.code == "vault.version_conflict")
        #expect(try await put(second, "If-None-Match", "*").status == 412)
        #expect(try await put(second, "If-Match", "7").status == 400)
        let reply = try await put(second, "If-Match", "W/\"1\"")
        #expect(reply.status == 200 && reply["ETag"] == "W/\"2\"" && reply.sentText == second)
        #expect(try await fixture.get(target, token).sentText == second)
        #expect(try await fixture.get(target + "/_history/1", token).sentText == APIFixture.result)
        // The same bytes again are no new version.
        let same = try await fixture.put(target, second, token)
        #expect(same.status == 200 && same["ETag"] == "W/\"2\"")
        let minimal = try await fixture.send(
            "PUT", target, token: token, type: "application/fhir+json", headers: [("Prefer", "return=minimal")],
            body: Array(APIFixture.result.utf8))
        #expect(minimal.status == 200 && minimal.body.isEmpty && minimal["ETag"] == "W/\"3\"")
    }

    @Test func referencesThatLeadNowhereAreKeptAndFollowedToNothing() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.surgeon)
        let more =
            #","encounter":{"reference":"Encounter/nowhere"},"focus":[{"reference":"urn:uuid:11111111-2222-4333-8444-555555555555"},{"reference":"https://elsewhere.test/fhir/Device/1"},{"reference":"Observation/self"}]"#
        let text = APIFixture.observation("self", more: more)
        #expect(try await fixture.put("/fhir/Observation/self", text, token).status == 201)
        #expect(try await fixture.get("/fhir/Observation/self", token).sentText == text)
        for (query, total) in [
            ("encounter.status=finished", 0), ("encounter:missing=false", 1), ("encounter=Encounter/nowhere", 1),
            ("focus:Device.status=active", 0), ("_has:Observation:focus:_id=self", 1),
        ] {
            let reply = try await fixture.get("/fhir/Observation?patient=p1&_id=self&" + query, token)
            #expect(reply.total == total, "\(query): \(reply.text)")
        }
        let included = try await fixture.get("/fhir/Observation?patient=p1&_id=self&_include=*", token)
        #expect(included.total == 1 && included.entries.count == 1)
        // In a bundle too; but whose record it is must be said by one that leads somewhere.
        let whole = try await fixture.bundle(
            "transaction", [BundleText.entry(APIFixture.observation("other", more: more), "PUT", "Observation/other")],
            token)
        #expect(whole.statuses == [201], "\(whole.text)")
        for (subject, status, code) in [
            ("Patient/nobody", 404, "subject.not_enrolled"),
            ("urn:uuid:11111111-2222-4333-8444-555555555555", 422, "resource.patient"),
            ("Patient?identifier=none", 422, "resource.patient"), ("Group/g", 422, "resource.patient"),
            ("#p", 422, "resource.invalid"), ("", 422, "resource.malformed"),
        ] {
            let lost = APIFixture.observation("lost").replacing("Patient/p1", with: subject)
            let reply = try await fixture.put("/fhir/Observation/lost", lost, token)
            #expect(reply.status == status && reply.code == code, "\(subject): \(reply.text)")
            #expect(try reply.json()["resourceType"]?.string == "OperationOutcome")
        }
        #expect(try await fixture.get("/fhir/Observation/lost", token).status == 404)
    }

    @Test func aCreatedResourceGetsAnIdAndAVersionAndNothingElse() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.surgeon)
        let text = APIFixture.result.replacing(#""id":"hb","#, with: "").replacing("13.20", with: "1.10")
        let reply = try await fixture.send(
            "POST", "/fhir/Observation", token: token, type: "application/fhir+json", body: Array(text.utf8))
        let id = try #require(try reply.json()["id"]?.string)
        #expect(reply.status == 201 && reply.sentText?.replacing(#","id":"\#(id)""#, with: "") == text)
        #expect(try await fixture.get("/fhir/Observation/\(id)", token).body == reply.body)
        let head = try await fixture.send("HEAD", "/fhir/Observation/\(id)", token: token)
        #expect(head.status == 200 && head["ETag"] == "W/\"1\"")
    }

    @Test func wrongWritesAreRefusedWithTheReason() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        let cases: [(target: String, text: String, status: Int, code: String)] = [
            ("/fhir/Observation/x", APIFixture.result, 400, "resource.mismatch"),
            ("/fhir/Patient/hb", APIFixture.result, 400, "resource.mismatch"),
            ("/fhir/Observation/hb", "{", 400, "json.malformed"),
            ("/fhir/Observation/hb", #"{"resourceType":"Observation","id":"hb","id":"hb"}"#, 400, "json.duplicate_key"),
            ("/fhir/Observation/hb", #"{"resourceType":"Observation","id":"hb","x":null}"#, 422, "resource.malformed"),
            ("/fhir/Observation/hb", #"{"resourceType":"Observation","id":"h_b"}"#, 422, "resource.id_invalid"),
            ("/fhir/Observation/hb", #"{"resourceType":"Thing","id":"hb"}"#, 422, "resource.type_unknown"),
            ("/fhir/Observation/hb", "[]", 422, "resource.malformed"),
            (
                "/fhir/Observation/hb", #"{"resourceType":"Observation","id":"hb","status":"final"}"#, 422,
                "resource.invalid"
            ),
            (
                "/fhir/Observation/hb",
                #"{"resourceType":"Observation","id":"hb","status":"final","code":{"text":"x"}}"#, 422,
                "resource.patient"
            ),
            (
                "/fhir/Observation/hb",
                #"{"resourceType":"Observation","id":"hb","status":"final","code":{"text":"x"},"#
                    + #""subject":{"reference":"urn:uuid:1"}}"#, 422, "resource.patient"
            ),
            (
                "/fhir/Observation/hb",
                #"{"resourceType":"Observation","id":"hb","status":"final","code":{"text":"x"},"#
                    + #""subject":{"reference":"Patient/stranger"}}"#, 404,
                "subject.not_enrolled"
            ),
        ]
        for (target, text, status, code) in cases {
            let reply = try await fixture.put(target, text, token)
            #expect(reply.status == status && reply.code == code, "\(target) \(text): \(reply.text)")
        }
        let xml = try await fixture.send(
            "PUT", "/fhir/Observation/hb", token: token, type: "application/fhir+xml", body: Array("<x/>".utf8))
        #expect(xml.status == 415)
        let accept = try await fixture.send(
            "GET", "/fhir/Observation/hb", token: token, headers: [("Accept", "application/fhir+xml")])
        #expect(accept.status == 406)
    }

    @Test func scopesAndStandingAreEnforced() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let reader = try await fixture.token(fixture.surgeon, scope: "user/Observation.r")
        #expect(try await fixture.get("/fhir/Observation/hb", reader).status == 200)
        #expect(try await fixture.get("/fhir/Observation?patient=p1", reader).code == "token.insufficient")
        #expect(try await fixture.get("/fhir/Patient/p1", reader).code == "token.insufficient")
        #expect(try await fixture.put("/fhir/Observation/hb", APIFixture.result, reader).code == "token.insufficient")
        let patient = try await fixture.token(fixture.patient, scope: "patient/*.cruds")
        #expect(try await fixture.put("/fhir/Observation/hb", APIFixture.result, patient).code == "actor.not_allowed")
        let visitor = try await APIFixture.add(
            "visitor", role: "surgeon", organisation: "elsewhere", to: fixture.house)
        let token = try await fixture.token(visitor)
        #expect(try await fixture.put("/fhir/Observation/hb", APIFixture.result, token).code == "actor.not_allowed")
        #expect(try await fixture.get("/fhir/Observation/hb", token).status == 404)
        // The patient sees their own, and nobody sees it for another purpose than the grant's.
        #expect(try await fixture.get("/fhir/DocumentReference/psy", patient).sentText == APIFixture.note)
        let billing = try await fixture.token(fixture.surgeon, purposes: "HPAYMT")
        #expect(try await fixture.get("/fhir/Observation/hb", billing).status == 404)
    }

    @Test func staffRecordsBelongToTheOrganisation() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        let text = #"{"resourceType":"Practitioner","id":"dr","name":[{"text":"Dr"}]}"#
        #expect(try await fixture.put("/fhir/Practitioner/dr", text, token).status == 201)
        #expect(try await fixture.get("/fhir/Practitioner/dr", token).sentText == text)
    }

    @Test func theServerSaysWhatItCanDo() async throws {
        let fixture = try await APIFixture()
        let reply = try await fixture.get("/fhir/metadata")
        #expect(reply.status == 200)
        let json = try reply.json()
        #expect(json["resourceType"]?.string == "CapabilityStatement" && json["fhirVersion"]?.string == "4.0.1")
        #expect(json["rest"]?.elements.first { _ in true }?["resource"]?.count ?? 0 > 140)
    }
}
