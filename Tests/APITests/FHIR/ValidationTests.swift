// What is not built as R4 says is refused with every place, wherever it comes in; $validate says so and keeps nothing.
import JSON
import SteleTesting
import Testing

@Suite struct ValidationTests {
    /// An Observation with three faults.
    static let bad =
        #"{"resourceType":"Observation","id":"bad","status":"done","code":{"text":"x"},"#
        + #""subject":{"reference":"Patient/p1"},"valueQuantity":{"value":"high"},"secret":true}"#
    static let places = ["Observation.status", "Observation.value.value", "Observation"]

    private func places(_ outcome: JSONNode?) -> [String] {
        outcome?["issue"]?.elements.compactMap { $0["expression"]?.elements.first { _ in true }?.string } ?? []
    }

    @Test func aWriteNamesEveryFaultAndStoresNothing() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.surgeon)
        let reply = try await fixture.put("/fhir/Observation/bad", Self.bad, token)
        let outcome = try reply.json()
        #expect(reply.status == 422 && places(outcome) == Self.places)
        let issues = try #require(outcome["issue"]).elements.map { $0 }
        #expect(issues.map { $0["code"]?.string } == ["code-invalid", "structure", "structure"])
        for issue in issues {
            #expect(issue["severity"]?.string == "error")
            #expect(issue["details"]?["coding"]?.elements.first { _ in true }?["code"]?.string == "resource.invalid")
            #expect(issue["diagnostics"]?.string?.contains("at byte") == true)
        }
        #expect(!reply.text.contains("secret") && !reply.text.contains("high"))
        #expect(try await fixture.get("/fhir/Observation/bad", token).status == 404)
        let created = try await fixture.send(
            "POST", "/fhir/Observation", token: token, type: "application/fhir+json", body: Array(Self.bad.utf8))
        #expect(created.status == 422 && created.code == "resource.invalid")
    }

    @Test func aTransactionNamesTheEntryInThePath() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.surgeon)
        func bundle(_ kind: String) -> [UInt8] {
            let good = APIFixture.result.replacing(#""id":"hb""#, with: #""id":"good""#)
            let entries = [("good", good), ("bad", Self.bad)].map { id, text in
                #"{"resource":\#(text),"request":{"method":"PUT","url":"Observation/\#(id)"}}"#
            }
            return Array(
                #"{"resourceType":"Bundle","type":"\#(kind)","entry":[\#(entries.joined(separator: ","))]}"#.utf8)
        }
        let refused = try await fixture.send(
            "POST", "/fhir", token: token, type: "application/fhir+json", body: bundle("transaction"))
        #expect(refused.status == 422 && refused.code == "resource.invalid")
        #expect(
            places(try refused.json()) == Self.places.map { "Bundle.entry[1].resource" + $0.dropFirst(11) })
        #expect(try await fixture.get("/fhir/Observation/good", token).status == 404)
        // In a batch the good one is written.
        let batch = try await fixture.send(
            "POST", "/fhir", token: token, type: "application/fhir+json", body: bundle("batch"))
        let responses = try #require(try batch.json()["entry"]).elements.compactMap { $0["response"] }
        #expect(responses.map { $0["status"]?.string?.prefix(3) } == ["201", "422"])
        #expect(places(responses[1]["outcome"]) == Self.places)
    }

    @Test func validateAnswersAndKeepsNothing() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.surgeon)
        func validate(_ path: String, _ text: String) async throws -> (status: Int, places: [String], code: String?) {
            let reply = try await fixture.send(
                "POST", path + "/$validate", token: token, type: "application/fhir+json", body: Array(text.utf8))
            let outcome = try reply.json()
            #expect(outcome["resourceType"]?.string == "OperationOutcome")
            return (reply.status, places(outcome), reply.code)
        }
        let good = try await validate("/fhir/Observation", APIFixture.result)
        #expect(good.status == 200 && good.places == [] && good.code == nil)
        let bad = try await validate("/fhir/Observation/bad", Self.bad)
        #expect(bad.status == 200 && bad.places == Self.places && bad.code == "resource.invalid")
        let parameters = #"{"resourceType":"Parameters","parameter":[{"name":"resource","resource":\#(Self.bad)}]}"#
        #expect(try await validate("/fhir/Observation", parameters).places == Self.places)
        for (path, text, code) in [
            ("/fhir/Observation", "{", "json.malformed"), ("/fhir/Patient", Self.bad, "resource.mismatch"),
            ("/fhir/Observation/other", Self.bad, "resource.mismatch"),
            ("/fhir/Observation", "[]", "resource.malformed"),
            ("/fhir/Observation", #"{"resourceType":"Parameters"}"#, "resource.mismatch"),
        ] {
            let reply = try await validate(path, text)
            #expect(reply.status == 200 && reply.code == code, "\(path)")
        }
        #expect(try await fixture.get("/fhir/Observation/bad", token).status == 404)
        let stranger = try await fixture.send(
            "POST", "/fhir/Observation/$validate", type: "application/fhir+json", body: Array(Self.bad.utf8))
        #expect(stranger.status == 401)
    }
}
