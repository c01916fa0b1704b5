// A batch is its entries, each for itself.
import JSON
import Primitives
import Testing

@Suite struct BatchTests {
    @Test func everyKindOfEntryIsAnsweredAsIfAlone() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.surgeon)
        let urn = "urn:uuid:11111111-2222-4333-8444-555555555555"
        let reply = try await fixture.bundle(
            "batch",
            [
                BundleText.entry(nil, "GET", "Observation/hb"),
                BundleText.entry(nil, "GET", "Observation/hb", more: #","ifNoneMatch":"W/\"1\"""#),
                BundleText.entry(nil, "GET", "DocumentReference/psy"),
                BundleText.entry(nil, "GET", "Observation?patient=p1"),
                BundleText.entry(APIFixture.observation("u"), "PUT", "Observation/u"),
                BundleText.entry(APIFixture.observation("v"), "POST", "Observation"),
                BundleText.entry(APIFixture.result, "PUT", "Observation/hb", more: #","ifMatch":"W/\"4\"""#),
                BundleText.entry(nil, "DELETE", "Observation/none"),
                // Nothing in a batch refers to another entry of it.
                BundleText.entry(
                    APIFixture.result.replacing("Patient/p1", with: urn), "POST", "Observation", fullURL: nil),
                BundleText.entry(nil, "GET", "../oauth/token"),
                BundleText.entry(nil, "GET", "_history?patient=p1"),
            ], token)
        #expect(
            reply.status == 200
                && reply.statuses == [200, 304, 404, 200, 201, 201, 412, 204, 422, 422, 200], "\(reply.text)")
        #expect(reply.entries[0]["resource"]?["id"]?.string == "hb")
        #expect(reply.entries[1]["resource"] == nil && reply.entries[4]["resource"] == nil)
        for place in [2, 6, 8, 9] {
            #expect(reply.entries[place]["response"]?["outcome"]?["resourceType"]?.string == "OperationOutcome")
        }
        // Reads come last: they see what the batch wrote.
        #expect(reply.entries[3]["resource"]?["total"]?.uint == 3)
    }

    @Test func anEntryThatCannotBeReadIsOneAnswer() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        let reply = try await fixture.bundle(
            "batch",
            [
                #"{"resource":{"resourceType":"Nonsense"},"request":{"method":"POST","url":"Nonsense"}}"#,
                BundleText.entry(APIFixture.observation("u"), "PUT", "Observation/u"),
            ], token)
        #expect(reply.statuses == [422, 201], "\(reply.text)")
        for text in [
            #"{"request":{"method":"GET"}}"#, #"{"request":{"method":"TAKE","url":"x"}}"#, #"{"fullUrl":7}"#,
        ] {
            #expect(try await fixture.bundle("batch", [text], token).code == "bundle.malformed")
        }
    }

    @Test func aHundredWritersOfOneRecordMeetNoConflict() async throws {
        let fixture = try await APIFixture(.socket)
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.surgeon)
        let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
            for value in 100..<200 {
                group.addTask {
                    try await fixture.put("/fhir/Observation/hb", APIFixture.observation("hb", value), token)
                }
            }
            return try await group.reduce(into: [Reply]()) { $0.append($1) }
        }
        #expect(replies.allSatisfy { $0.status == 200 })
        #expect(Set(replies.compactMap { $0["ETag"] }) == Set((2...101).map { "W/\"\($0)\"" }))
        let history = try await fixture.get("/fhir/Observation/hb/_history?_count=200", token)
        #expect(history.total == 101)
        for reply in replies {
            let version = try #require(reply["Location"]?.split(separator: "/").last)
            let read = try await fixture.get("/fhir/Observation/hb/_history/\(version)", token)
            #expect(read.body == reply.body)
        }
        await fixture.stop()
    }

    /// The server takes 32 MiB; more is refused before it is kept.
    @Test func aBundleOfFiftyMegabytesIsRefused() async throws {
        let fixture = try await APIFixture(.socket)
        let token = try await fixture.token(fixture.surgeon)
        let filler = String(repeating: "x", count: 50_000_000)
        let reply = try await fixture.bundle(
            "batch",
            [
                BundleText.entry(
                    APIFixture.observation("u", more: #","note":[{"text":"\#(filler)"}]"#), "PUT",
                    "Observation/u")
            ], token)
        #expect(reply.status == 413 && reply.code == "http.body_too_large", "\(reply.text)")
        #expect(reply.text.contains("smaller parts"))
        await fixture.stop()
    }
}
