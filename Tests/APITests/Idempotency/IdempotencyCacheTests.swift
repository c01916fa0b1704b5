// A POST sent twice happens once.
import Contracts
import JSON
import Primitives
import SteleTesting
import Testing

@Suite struct IdempotencyCacheTests {
    private func create(_ fixture: APIFixture, _ token: String, key: String, _ text: String) async throws -> Reply {
        try await fixture.send(
            "POST", "/fhir/Observation", token: token, type: "application/fhir+json",
            headers: [("Idempotency-Key", key)], body: Array(text.utf8))
    }

    static let text =
        #"{"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/p1"}}"#

    @Test(arguments: Way.allCases)
    func aRepeatGetsTheFirstAnswer(way: Way) async throws {
        let fixture = try await APIFixture(way)
        let token = try await fixture.token(fixture.surgeon)
        let first = try await create(fixture, token, key: "k1", Self.text)
        let again = try await create(fixture, token, key: "k1", Self.text)
        #expect(first.status == 201 && first.body == again.body && first["Location"] == again["Location"])
        let other = try await create(fixture, token, key: "k2", Self.text)
        #expect(other.status == 201 && other["Location"] != first["Location"])
        await fixture.stop()
    }

    @Test func repeatsAtOnceGetOneAnswer() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        let locations = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<16 {
                group.addTask { try await create(fixture, token, key: "same", Self.text)["Location"] }
            }
            var locations: Set<String?> = []
            for try await location in group { locations.insert(location) }
            return locations
        }
        #expect(locations.count == 1 && locations.first != .some(nil))
    }

    @Test func anotherRequestUnderTheKeyIsRefused() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        _ = try await create(fixture, token, key: "k", Self.text)
        let reply = try await create(fixture, token, key: "k", Self.text + " ")
        #expect(reply.status == 409 && reply.code == "idempotency.conflict")
        // Another actor's key is another key.
        let laboratory = try await fixture.token(fixture.laboratory)
        #expect(try await create(fixture, laboratory, key: "k", Self.text + " ").status == 201)
        fixture.clock.advance(milliseconds: 600_000)
        let later = try await fixture.token(fixture.surgeon)
        #expect(try await create(fixture, later, key: "k", Self.text + " ").status == 201)
    }

    @Test func refusalsAreRepeatedToo() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        let first = try await create(fixture, token, key: "k", "{}")
        let again = try await create(fixture, token, key: "k", "{}")
        #expect(first.status == 422 && first.body == again.body)
        for key in ["", " ", "a b", String(repeating: "x", count: 256), "ä"] {
            #expect(try await create(fixture, token, key: key, Self.text).status == 400, "\(key)")
        }
    }

    @Test func searchesAreNeverAnsweredFromMemory() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.surgeon)
        var events: Set<String?> = []
        for _ in 0..<2 {
            let reply = try await fixture.send(
                "POST", "/fhir/Observation/_search", token: token, type: "application/x-www-form-urlencoded",
                headers: [("Idempotency-Key", "k")], body: Array("patient=p1".utf8))
            #expect(reply.status == 200)
            events.insert(reply["Stele-Transaction"])
        }
        #expect(events.count == 2)
    }
}
