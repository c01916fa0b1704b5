// How results come back: order, pages, summaries, and what a client may leave to the server.
import JSON
import Primitives
import SteleTesting
import Testing

@Suite struct SearchResultTests {
    private func fixture() async throws -> (APIFixture, String) {
        let fixture = try await APIFixture()
        try await fixture.grant([.organisation("st-elsewhere")], classes: [.all])
        let token = try await fixture.token(fixture.surgeon)
        for number in 1...6 { try await write(number, fixture, token) }
        return (fixture, token)
    }

    private func write(_ number: Int, value: String = "", _ fixture: APIFixture, _ token: String) async throws {
        let text = APIFixture.result.replacing(#""id":"hb""#, with: #""id":"n\#(number)""#)
            .replacing("13.20", with: value.isEmpty ? "\(number % 3).50" : value)
            .replacing(
                #""subject""#, with: #""_status":{"id":"x"},"effectiveDateTime":"2024-01-0\#(number)","subject""#)
        let reply = try await fixture.put("/fhir/Observation/n\(number)", text, token)
        #expect(reply.status < 300, "\(reply.text)")
    }

    private func ids(_ reply: Reply) throws -> [String] {
        try reply.json()["entry"]?.elements.compactMap { $0["resource"]?["id"]?.string } ?? []
    }

    private func next(_ reply: Reply) throws -> String? {
        try reply.json()["link"]?.elements.first { $0["relation"]?.string == "next" }?["url"]?.string.map {
            String($0.dropFirst(APIFixture.baseURL.utf8.count))
        }
    }

    @Test func resultsAreSortedBySeveralKeys() async throws {
        let (fixture, token) = try await fixture()
        let reply = try await fixture.get("/fhir/Observation?patient=p1&_sort=-value-quantity,date", token)
        #expect(try ids(reply) == ["n2", "n5", "n1", "n4", "n3", "n6"])
        let paged = try await fixture.get("/fhir/Observation?patient=p1&_sort=-value-quantity,date&_count=4", token)
        #expect(try ids(paged) == ["n2", "n5", "n1", "n4"])
        #expect(try await ids(fixture.get(try #require(next(paged)), token)) == ["n3", "n6"])
    }

    @Test(arguments: [false, true]) func whatIsWrittenBetweenPagesShiftsNothing(isOfficer: Bool) async throws {
        let (fixture, token) = try await fixture()
        let asking = isOfficer ? try await fixture.token(fixture.officer) : token
        let query = isOfficer ? "code=718-7" : "patient=p1"
        var reply = try await fixture.get("/fhir/Observation?\(query)&_count=2", asking)
        var found = try ids(reply)
        var round = 6
        while let target = try next(reply) {
            // A new record, and a new version of one that is still to come: neither moves a border.
            fixture.clock.advance(milliseconds: 1)
            round += 1
            try await write(round, fixture, token)
            try await write(6, value: "7\(round)", fixture, token)
            reply = try await fixture.get(target, asking)
            found += try ids(reply)
        }
        #expect(found == ["n1", "n2", "n3", "n4", "n5", "n6"])
        #expect(reply.text.contains(#""value":0.50"#), "the version that the first page saw")
        await fixture.stop()
    }

    @Test func partsAreCutOutOfTheExactText() async throws {
        let (fixture, token) = try await fixture()
        let elements = try await fixture.get("/fhir/Observation?patient=p1&_id=n1&_elements=value", token)
        let tag = #"{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED"}"#
        #expect(
            elements.text.contains(
                #""resource":{"resourceType":"Observation","id":"n1","meta":{"versionId":"1","lastUpdated":"2027-01-15T08:00:00.000Z","tag":[\#(tag)]},"status":"final","code":{"coding":[{"system":"http://loinc.org","code":"718-7"}]},"_status":{"id":"x"},"valueQuantity":{"value":1.50,"unit":"g/dL"}}"#
            ), "\(elements.text)")
        let summary = try await fixture.get("/fhir/Observation?patient=p1&_id=n1&_summary=true", token)
        #expect(summary.text.contains(#""value":1.50"#) && !summary.text.contains(#""category":"#))
        let text = try await fixture.get("/fhir/Observation?patient=p1&_id=n1&_summary=text", token)
        #expect(text.text.contains(#""code":{"#) && !text.text.contains("valueQuantity"))
        let data = try await fixture.get("/fhir/Observation?patient=p1&_id=n1&_summary=data", token)
        #expect(data.text.contains("valueQuantity") && data.text.contains("SUBSETTED"))
        let count = try await fixture.get("/fhir/Observation?patient=p1&_summary=count", token)
        #expect(try count.json()["total"]?.uint == 6 && ids(count).isEmpty)
        let whole = try await fixture.get("/fhir/Observation?patient=p1&_summary=false", token)
        #expect(!whole.text.contains("SUBSETTED"))
    }

    @Test func totalsAreLeftOutWhenNobodyWantsThem() async throws {
        let (fixture, token) = try await fixture()
        let none = try await fixture.get("/fhir/Observation?patient=p1&_total=none", token)
        #expect(try none.json()["total"] == nil && ids(none).count == 6)
        let accurate = try await fixture.get("/fhir/Observation?patient=p1&_total=accurate&_count=0", token)
        #expect(try accurate.json()["total"]?.uint == 6 && accurate.json()["entry"] == nil)
    }

    @Test func lenientHandlingPassesOverWhatIsUnknown() async throws {
        let (fixture, token) = try await fixture()
        let query = "/fhir/Observation?patient=p1&nonsense=1&_count=4"
        #expect(try await fixture.get(query, token).code == "search.parameter")
        let strict = try await fixture.send("GET", query, token: token, headers: [("Prefer", "handling=strict")])
        #expect(strict.code == "search.parameter")
        let reply = try await fixture.send("GET", query, token: token, headers: [("Prefer", "handling=lenient")])
        #expect(try reply.json()["total"]?.uint == 6 && !reply.text.contains("nonsense"))
        #expect(try await ids(fixture.get(try #require(next(reply)), token)).count == 2)
    }

    @Test func aFormAndAQueryAreOneSearch() async throws {
        let (fixture, token) = try await fixture()
        let reply = try await fixture.send(
            "POST", "/fhir/Observation/_search?date=ge2024-01-05", token: token,
            type: "application/x-www-form-urlencoded", body: Array("patient=p1&value-quantity=lt2".utf8))
        #expect(try ids(reply) == ["n6"])
    }

    @Test func everythingTakesTypesAndATime() async throws {
        let (fixture, token) = try await fixture()
        fixture.clock.advance(milliseconds: 60_000)
        let since = fixture.clock.now().description
        let condition =
            #"{"resourceType":"Condition","id":"c","code":{"text":"x"},"subject":{"reference":"Patient/p1"}}"#
        #expect(try await fixture.put("/fhir/Condition/c", condition, token).status == 201)
        func everything(_ query: String) async throws -> [String] {
            try await ids(fixture.get("/fhir/Patient/p1/$everything?\(query)", token))
        }
        #expect(try await everything("").count == 7)
        #expect(try await everything("_type=Condition") == ["c"])
        #expect(try await everything("_since=\(since)") == ["c"])
        #expect(try await everything("_type=Observation&_since=\(since)").isEmpty)
        for query in ["_type=Nothing", "_since=soon", "code=x"] {
            #expect(
                try await fixture.get("/fhir/Patient/p1/$everything?\(query)", token).code == "search.parameter")
        }
    }

    @Test func theStatementListsWhatIsSearched() async throws {
        let fixture = try await APIFixture()
        let root = try await fixture.get("/fhir/metadata").json()
        let resources = root["rest"]?.elements.first { _ in true }?["resource"].map { Array($0.elements) } ?? []
        let patient = try #require(resources.first { $0["type"]?.string == "Patient" })
        let names = patient["searchParam"]?.elements.compactMap { $0["name"]?.string } ?? []
        #expect(Set(["birthdate", "family", "_id", "_lastUpdated", "general-practitioner"]).isSubset(of: names))
        #expect(patient["searchInclude"]?.elements.contains { $0.string == "Patient:organization" } == true)
        #expect(patient["searchRevInclude"]?.elements.contains { $0.string == "Observation:patient" } == true)
    }
}
