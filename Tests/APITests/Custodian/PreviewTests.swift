// A preview counts what would be seen, is for the patient alone, and leaves no trace.
import JSON
import Ledger
import Node
import Primitives
import SteleTesting
import Testing

@Suite struct PreviewTests {
    private func counts(_ reply: Reply) throws -> [String] {
        try reply.json()["categories"]?.elements.map { line in
            "\(line["category"]?.string ?? "") \(line["permitted"]?.uint ?? 99) \(line["withheld"]?.uint ?? 99)"
        } ?? []
    }

    @Test func countsFollowTheGrantsInForce() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.patient)
        let height = fixture.custodian.ledger.head.header.height
        func preview(_ label: JSONValue, _ purpose: JSONValue = "TREAT") async throws -> Reply {
            try await fixture.post("/custodian/v1/preview", ["labels": [label], "purposes": [purpose]], token)
        }
        let surgeon = try await preview(["role", "st-elsewhere", "surgeon"])
        #expect(try surgeon.json()["has_permit"]?.bool == true)
        #expect(try counts(surgeon) == ["category/laboratory 1 0", "sensitivity/BH 0 1"], "\(surgeon.text)")
        let other = try await preview(["role", "st-elsewhere", "surgeon"], "HRESCH")
        #expect(try other.json()["has_permit"]?.bool == false)
        #expect(try counts(other) == ["category/laboratory 0 1", "sensitivity/BH 0 1"])
        #expect(fixture.custodian.ledger.head.header.height == height)
    }

    @Test func wrongQuestionsAndOtherPeopleAreRefused() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.patient)
        let wrong: [(JSONValue, String)] = [
            ([:], "request.malformed"), (["labels": [], "purposes": ["TREAT"]], "request.malformed"),
            (["labels": [["role"]], "purposes": ["TREAT"]], "request.malformed"),
            (["labels": [["all"]], "purposes": ["TREAT"], "action": "steal"], "request.malformed"),
            (["labels": [["all"]], "purposes": []], "actor.not_allowed"),
            (["labels": [["all"]], "purposes": ["WHIM"]], "purpose.unknown"),
        ]
        for (question, code) in wrong {
            let reply = try await fixture.post("/custodian/v1/preview", question, token)
            #expect(reply.code == code, "\(reply.text)")
        }
        let surgeon = try await fixture.token(fixture.surgeon)
        let reply = try await fixture.post(
            "/custodian/v1/preview", ["labels": [["all"]], "purposes": ["TREAT"]], surgeon)
        #expect(reply.code == "subject.not_yours")
    }
}
