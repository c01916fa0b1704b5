// Histories hold every permitted version and tombstone, newest first, in pages that fit together.
import JSON
import Primitives
import SteleTesting
import Testing

@Suite struct HistoryTests {
    /// Three versions of one result and a deleted one, ten seconds apart; the note is hidden from the surgeon.
    private func fixture() async throws -> (APIFixture, surgeon: String, times: [Timestamp]) {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.surgeon)
        var times: [Timestamp] = [fixture.clock.now()]
        for value in 2...3 {
            fixture.clock.advance(milliseconds: 10_000)
            times.append(fixture.clock.now())
            _ = try await fixture.put("/fhir/Observation/hb", APIFixture.observation("hb", value), token)
        }
        fixture.clock.advance(milliseconds: 10_000)
        times.append(fixture.clock.now())
        _ = try await fixture.send("DELETE", "/fhir/Observation/hb", token: token)
        return (fixture, token, times)
    }

    @Test func theVersionsOfAResourceComeNewestFirst() async throws {
        let (fixture, token, _) = try await fixture()
        let reply = try await fixture.get("/fhir/Observation/hb/_history", token)
        #expect(try reply.status == 200 && reply.json()["type"]?.string == "history" && reply.total == 4)
        #expect(reply.statuses == [204, 200, 200, 201])
        #expect(reply.entries.map { $0["response"]?["etag"]?.string } == (1...4).reversed().map { "W/\"\($0)\"" })
        #expect(reply.entries.map { $0["request"]?["method"]?.string } == ["DELETE", "PUT", "PUT", "PUT"])
        #expect(reply.entries.allSatisfy { $0["fullUrl"]?.string == APIFixture.baseURL + "/fhir/Observation/hb" })
        #expect(reply.entries[0]["resource"] == nil)
        #expect(reply["Stele-Transaction"]?.utf8.count == 64)
        for version in 1...3 {
            let read = try await fixture.get("/fhir/Observation/hb/_history/\(version)", token)
            #expect(reply.entries[4 - version]["resource"].map { Array($0.sourceBytes) } == read.body)
        }
    }

    @Test func onlyPermittedVersionsAreThere() async throws {
        let (fixture, surgeon, _) = try await fixture()
        let patient = try await fixture.token(fixture.patient)
        for (target, surgeonTotal, patientTotal) in [
            ("_history?patient=p1", 4, 5), ("Observation/_history?patient=Patient/p1", 4, 4),
            ("DocumentReference/_history?patient=p1", 0, 1),
        ] {
            let seen = try await fixture.get("/fhir/" + target, surgeon)
            #expect(seen.total == surgeonTotal && seen.entries.count == surgeonTotal, "\(target): \(seen.text)")
            #expect(!seen.text.contains("psy"))
            #expect(try await fixture.get("/fhir/" + target, patient).total == patientTotal)
        }
        // A token that names the patient needs no parameter; without either nothing is asked.
        let named = try await fixture.token(fixture.surgeon, patient: "p1")
        #expect(try await fixture.get("/fhir/_history", named).total == 4)
        #expect(try await fixture.get("/fhir/_history", surgeon).code == "search.parameter")
        let hidden = try await fixture.get("/fhir/DocumentReference/psy/_history", surgeon)
        let absent = try await fixture.get("/fhir/DocumentReference/none/_history", surgeon)
        #expect(hidden.status == 404 && hidden.masked() == absent.masked())
        let stranger = try await fixture.token(fixture.laboratory, patient: "p1")
        #expect(try await fixture.get("/fhir/_history", stranger).code == "access.refused")
        #expect(try await fixture.get("/fhir/_history?patient=nobody", surgeon).code == "access.refused")
        let reader = try await fixture.token(fixture.surgeon, scope: "user/Observation.r")
        #expect(try await fixture.get("/fhir/Observation/hb/_history", reader).status == 200)
        #expect(try await fixture.get("/fhir/Observation/_history?patient=p1", reader).code == "token.insufficient")
        #expect(try await fixture.get("/fhir/_history?patient=p1", reader).code == "token.insufficient")
    }

    @Test func sinceAndAtPickVersions() async throws {
        let (fixture, token, times) = try await fixture()
        func versions(_ query: String) async throws -> [String?] {
            let reply = try await fixture.get("/fhir/Observation/hb/_history?" + query, token)
            #expect(reply.status == 200 && reply.total == reply.entries.count, "\(query): \(reply.text)")
            return reply.entries.map { $0["response"]?["etag"]?.string?.filter(\.isNumber) }
        }
        #expect(try await versions("_since=\(times[2])") == ["4", "3"])
        #expect(try await versions("_since=2100-01-01T00:00:00Z") == [])
        #expect(try await versions("_at=\(times[1])") == ["2"])
        #expect(try await versions("_at=2000-01-01T00:00:00Z") == [])
        #expect(try await versions("_at=\(times[3])") == ["4"])
        for query in ["_since=yesterday", "_at=x", "_sort=_id", "_count=-1", "_since=\(times[0])&_since=\(times[1])"] {
            #expect(try await fixture.get("/fhir/Observation/hb/_history?" + query, token).status == 400, "\(query)")
        }
    }

    @Test func pagesFitTogetherWhateverIsWrittenMeanwhile() async throws {
        let (fixture, token, _) = try await fixture()
        var target: String? = "/fhir/Observation/hb/_history?_count=3"
        var etags: [String] = []
        var pageCount = 0
        while let next = target {
            let reply = try await fixture.get(next, token)
            #expect(reply.total == 4 && reply.link("self") != nil)
            etags += reply.entries.compactMap { $0["response"]?["etag"]?.string }
            pageCount += 1
            target = reply.link("next")
            _ = try await fixture.put(
                "/fhir/Observation/hb", APIFixture.observation("hb", 50 + pageCount), token)
        }
        #expect(pageCount == 2 && etags == (1...4).reversed().map { "W/\"\($0)\"" })
        // A cursor is its owner's and its place's.
        let first = try await fixture.get("/fhir/Observation/hb/_history?_count=1", token)
        let next = try #require(first.link("next"))
        let patient = try await fixture.token(fixture.patient)
        #expect(try await fixture.get(next, patient).code == "search.cursor")
        let elsewhere = next.replacing("/Observation/hb/_history?", with: "/Observation/_history?patient=p1&")
        #expect(try await fixture.get(elsewhere, token).code == "search.cursor")
        #expect(try await fixture.get("/fhir/Observation/hb/_history?_cursor=AAAA", token).code == "search.cursor")
        // No entries, but how many there are.
        let count = try await fixture.get("/fhir/Observation/hb/_history?_count=0", token)
        #expect(count.entries.isEmpty && count.total == 6 && count.link("next") == nil, "\(count.text)")
    }
}
