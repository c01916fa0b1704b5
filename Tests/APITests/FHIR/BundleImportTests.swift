// Bundles go in patient by patient, each entry with its own answer.
import Foundation
import JSON
import Primitives
import SteleTesting
import Testing

@Suite struct BundleImportTests {
    private func send(_ fixture: APIFixture, _ text: String, _ token: String) async throws -> Reply {
        try await fixture.send(
            "POST", "/fhir", token: token, type: "application/fhir+json", body: Array(text.utf8))
    }

    private func entry(_ text: String, _ method: String? = nil, _ url: String = "") -> String {
        let request = method.map { #","request":{"method":"\#($0)","url":"\#(url)"}"# } ?? ""
        return #"{"resource":\#(text)\#(request)}"#
    }

    private func bundle(_ kind: String, _ entries: String...) -> String {
        #"{"resourceType":"Bundle","type":"\#(kind)","entry":[\#(entries.joined(separator: ","))]}"#
    }

    private func statuses(_ reply: Reply) throws -> [String] {
        try reply.json()["entry"]?.elements.compactMap { $0["response"]?["status"]?.string } ?? []
    }

    @Test func samplesAreImportedWholeAndOnce() async throws {
        let fixture = try await APIFixture()
        _ = try await fixture.house.enrol("marta-kestrel")
        let token = try await fixture.token(fixture.surgeon)
        let samples = SharedData.package.appendingPathComponent("Samples")
        for (name, isPatient) in [("directory.json", false), ("patients/01-marta-kestrel.json", true)] {
            let text = try String(contentsOf: samples.appendingPathComponent(name), encoding: .utf8)
            let patient = try JSONDocument(parsing: Array(text.utf8)).root["entry"]?.elements
                .first { $0["resource"]?["resourceType"]?.string == "Patient" }?["resource"]?["id"]?.string
            if isPatient, let patient, patient != "marta-kestrel" { _ = try await fixture.house.enrol(patient) }
            let first = try await send(fixture, text, token)
            #expect(try first.status == 200 && statuses(first).allSatisfy { $0 == "201 Created" }, "\(first.text)")
            #expect(try first.json()["type"]?.string == "transaction-response")
            let again = try await send(fixture, text, token)
            #expect(try statuses(again).allSatisfy { $0 == "200 OK" } && statuses(again).count == statuses(first).count)
        }
    }

    @Test func aBatchAnswersForEachEntry() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        let other = APIFixture.result.replacing("Patient/p1", with: "Patient/p9").replacing(#""hb""#, with: #""h9""#)
        let reply = try await send(
            fixture,
            bundle(
                "batch", entry(APIFixture.result, "PUT", "Observation/hb"), entry(other, "PUT", "Observation/h9"),
                entry(APIFixture.note, "POST", "DocumentReference"), entry(APIFixture.note, "DELETE", "X/y"),
                entry(APIFixture.result, "PUT", "Observation/other"), #"{"request":{"method":"GET","url":"Patient"}}"#),
            token)
        #expect(
            try statuses(reply) == [
                "201 Created", "404 Not Found", "201 Created", "422 Unprocessable Entity", "400 Bad Request",
                "400 Bad Request",
            ], "\(reply.text)")
        let outcome = try reply.json()["entry"]?.elements.map { $0["response"]?["outcome"]?["resourceType"]?.string }
        #expect(outcome == [nil, "OperationOutcome", nil, "OperationOutcome", "OperationOutcome", "OperationOutcome"])
        #expect(!reply.text.contains("Patient/p9"))
    }

    @Test func aTransactionWithABadEntryWritesNothing() async throws {
        let fixture = try await APIFixture()
        try await fixture.grant([.role(code: "surgeon", organisation: "st-elsewhere")], classes: [.all])
        let token = try await fixture.token(fixture.surgeon)
        let reply = try await send(
            fixture,
            bundle(
                "transaction", entry(APIFixture.result, "PUT", "Observation/hb"),
                entry(APIFixture.note, "PUT", "DocumentReference/other")), token)
        #expect(reply.status == 422 && reply.code == "bundle.entry" && reply.text.contains("entry 1"))
        #expect(try await fixture.get("/fhir/Observation/hb", token).status == 404)
    }

    @Test func bundlesThatAreNoImportAreRefused() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        for (text, code) in [
            (bundle("searchset"), "bundle.kind"), (bundle("document"), "bundle.kind"),
            (#"{"resourceType":"Bundle","type":"nonsense"}"#, "bundle.malformed"),
            (#"{"resourceType":"Bundle","type":"batch","entry":[7]}"#, "bundle.malformed"),
            (APIFixture.result, "bundle.malformed"), ("", "json.malformed"),
        ] {
            let reply = try await send(
                fixture, text.replacing(#""entry":[]"#, with: #""total":0"#), token)
            #expect(reply.code == code, "\(text): \(reply.text)")
        }
        let empty = try await send(fixture, #"{"resourceType":"Bundle","type":"batch"}"#, token)
        #expect(try empty.status == 200 && empty.json()["type"]?.string == "batch-response")
    }
}
