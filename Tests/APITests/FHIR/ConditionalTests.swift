// Conditional creates and updates by criteria with no match, one and many, and what comes back.
import Foundation
import JSON
import Primitives
import Testing

@Suite struct ConditionalTests {
    private static let criteria = "identifier=urn:lab|7"

    private func text(_ value: Int, id: String? = nil, identifier: String = "7") -> String {
        let full = APIFixture.observation(
            id ?? "hb", value, more: #","identifier":[{"system":"urn:lab","value":"\#(identifier)"}]"#)
        return id == nil ? full.replacing(#""id":"hb","#, with: "") : full
    }

    private func fixture() async throws -> (APIFixture, token: String) {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        return (fixture, try await fixture.token(fixture.surgeon))
    }

    @Test func aConditionalCreateCreatesOnce() async throws {
        let (fixture, token) = try await fixture()
        func create(_ text: String, _ criteria: String = Self.criteria) async throws -> Reply {
            try await fixture.send("POST", "/fhir/Observation", text, token, ("If-None-Exist", criteria))
        }
        let first = try await create(text(1))
        #expect(first.status == 201)
        let second = try await create(text(2))
        #expect(second.status == 200 && second["Location"] == first["Location"] && second["ETag"] == "W/\"1\"")
        #expect(try await fixture.put("/fhir/Observation/other", text(3, id: "other"), token).status == 201)
        let several = try await create(text(4))
        #expect(several.status == 412 && several.code == "criteria.several")
        #expect(try await fixture.get("/fhir/Observation?patient=p1&" + Self.criteria, token).total == 2)
        #expect(try await create(text(5), "unknown=1").status == 400)
        #expect(try await create(text(5), "").status == 400)
        #expect(try await create(text(5), "patient=p2&identifier=1").code == "search.parameter")
        // A deleted match is none.
        for entry in try await fixture.get("/fhir/Observation?patient=p1&" + Self.criteria, token).entries {
            let id = try #require(entry["resource"]?["id"]?.string)
            _ = try await fixture.send("DELETE", "/fhir/Observation/" + id, token: token)
        }
        #expect(try await create(text(6)).status == 201)
    }

    @Test func aConditionalUpdateUpdatesOneOrCreates() async throws {
        let (fixture, token) = try await fixture()
        func update(_ text: String) async throws -> Reply {
            try await fixture.put("/fhir/Observation?" + Self.criteria, text, token)
        }
        let first = try await update(text(1))
        let id = try #require(try first.json()["id"]?.string)
        #expect(first.status == 201 && id != "hb")
        let second = try await update(text(2))
        #expect(try second.status == 200 && second.json()["id"]?.string == id && second["ETag"] == "W/\"2\"")
        #expect(try await update(text(3, id: "another")).code == "resource.mismatch")
        #expect(try await update(text(3, id: id))["ETag"] == "W/\"3\"")
        let stale = try await fixture.send(
            "PUT", "/fhir/Observation?" + Self.criteria, text(4), token, ("If-Match", "W/\"1\""))
        #expect(stale.status == 412)
        _ = try await fixture.put("/fhir/Observation/other", text(1, id: "other"), token)
        #expect(try await update(text(5)).code == "criteria.several")
        // With an id of the client's and no match the id is used.
        let own = try await fixture.put(
            "/fhir/Observation?identifier=urn:lab%7C8", text(1, id: "own", identifier: "8"), token)
        #expect(try own.status == 201 && own.json()["id"]?.string == "own")
        #expect(try await fixture.put("/fhir/Observation", text(1), token).status == 400)
    }

    /// Criteria are a search: whoever may not search finds nothing out by them.
    @Test func criteriaFindWhatTheCallerMaySearchOnly() async throws {
        let (fixture, surgeon) = try await fixture()
        _ = try await fixture.put("/fhir/Observation/hidden", text(1, id: "hidden"), surgeon)
        let laboratory = try await fixture.token(fixture.laboratory)
        let refused = try await fixture.send(
            "POST", "/fhir/Observation", text(2), laboratory, ("If-None-Exist", Self.criteria))
        #expect(refused.status == 403 && refused.code == "access.refused")
        let writer = try await fixture.token(fixture.surgeon, scope: "user/Observation.cru")
        for reply in [
            try await fixture.send("POST", "/fhir/Observation", text(2), writer, ("If-None-Exist", Self.criteria)),
            try await fixture.put("/fhir/Observation?" + Self.criteria, text(2), writer),
        ] {
            #expect(reply.code == "token.insufficient")
        }
    }

    @Test func racingConditionalCreatesCreateOne() async throws {
        let (fixture, token) = try await fixture()
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for value in 0..<20 {
                group.addTask {
                    try await fixture.send(
                        "POST", "/fhir/Observation", text(value), token, ("If-None-Exist", Self.criteria)
                    ).status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.sorted() == Array(repeating: 200, count: 19) + [201])
    }

    @Test func ofConflictingUpdatesOneGoesIn() async throws {
        let (fixture, token) = try await fixture()
        let target = "/fhir/Observation/contended"
        #expect(try await fixture.put(target, text(0, id: "contended"), token).status == 201)
        for version in 1...3 {
            let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
                for value in 1...20 {
                    group.addTask {
                        try await fixture.send(
                            "PUT", target, text(100 * version + value, id: "contended"), token,
                            ("If-Match", "W/\"\(version)\""))
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(replies.count { $0.status == 200 } == 1)
            let refused = replies.filter { $0.status != 200 }
            #expect(refused.allSatisfy { $0.status == 412 && $0.code == "vault.version_conflict" })
            let winner = try #require(replies.first { $0.status == 200 })
            #expect(winner["ETag"] == "W/\"\(version + 1)\"")
            #expect(try await fixture.get(target, token).body == winner.body)
        }
        #expect(try await fixture.get(target + "/_history", token).total == 4)
    }

    @Test func whatTheClientHasIsNotSentAgain() async throws {
        let (fixture, token) = try await fixture()
        func get(_ name: String, _ value: String) async throws -> Reply {
            try await fixture.send("GET", "/fhir/Observation/hb", token: token, headers: [(name, value)])
        }
        let read = try await fixture.get("/fhir/Observation/hb", token)
        let date = try #require(read["Last-Modified"])
        for (name, value) in [
            ("If-None-Match", "W/\"1\""), ("If-None-Match", "\"1\""), ("If-None-Match", "W/\"9\", W/\"1\""),
            ("If-None-Match", "*"), ("If-Modified-Since", date),
        ] {
            let reply = try await get(name, value)
            #expect(reply.status == 304 && reply.body.isEmpty && reply["ETag"] == "W/\"1\"", "\(name): \(value)")
            // A release like any other.
            #expect(reply["Stele-Transaction"]?.utf8.count == 64)
        }
        for (name, value) in [
            ("If-None-Match", "W/\"2\""), ("If-None-Match", "nonsense"),
            ("If-Modified-Since", "Sat, 01 Jan 2000 00:00:00 GMT"), ("If-Modified-Since", "nonsense"),
        ] {
            #expect(try await get(name, value).body == read.body, "\(name): \(value)")
        }
        // A match of what is hidden says nothing.
        let hidden = try await fixture.send(
            "GET", "/fhir/DocumentReference/psy", token: token, headers: [("If-None-Match", "W/\"1\"")])
        #expect(hidden.status == 404)
    }

    @Test func theClientSaysWhatComesBack() async throws {
        let (fixture, token) = try await fixture()
        for (number, (prefer, kind)) in [
            ("return=minimal", nil), ("return=representation", "Observation"),
            ("return=OperationOutcome", "OperationOutcome"), ("respond-async, return=minimal", nil),
            ("nonsense", "Observation"),
        ].enumerated() {
            let created = try await fixture.send("POST", "/fhir/Observation", text(number), token, ("Prefer", prefer))
            #expect(created.status == 201 && created["Location"] != nil && created["ETag"] == "W/\"1\"")
            let updated = try await fixture.send(
                "PUT", "/fhir/Observation/hb", APIFixture.observation("hb", number), token, ("Prefer", prefer))
            #expect(updated.status == 200 && updated["ETag"] == "W/\"\(number + 2)\"")
            for reply in [created, updated] {
                #expect((try? reply.json()["resourceType"]?.string) == kind && reply.body.isEmpty == (kind == nil))
            }
        }
    }
}
