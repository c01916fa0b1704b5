// A search looks inside what is permitted and nowhere else: totals and pages show nothing of the rest.
import Cryptography
import JSON
import Primitives
import SteleTesting
import Testing

@Suite struct SearchTests {
    private func fixture(_ way: Way = .memory) async throws -> APIFixture {
        let fixture = try await APIFixture(way)
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.surgeon)
        for number in 1...7 {
            let text = APIFixture.result.replacing(#""id":"hb""#, with: #""id":"n\#(number)""#)
                .replacing("718-7", with: number.isMultiple(of: 2) ? "718-7" : "2093-3")
            let reply = try await fixture.put("/fhir/Observation/n\(number)", text, token)
            precondition(reply.status == 201)
        }
        return fixture
    }

    private func ids(_ reply: Reply) throws -> [String] {
        try reply.json()["entry"]?.elements.compactMap { $0["resource"]?["id"]?.string } ?? []
    }

    @Test(arguments: Way.allCases)
    func conditionsAreMet(way: Way) async throws {
        let fixture = try await fixture(way)
        let token = try await fixture.token(fixture.surgeon)
        let cases: [(query: String, count: Int)] = [
            ("patient=p1", 8), ("subject=Patient/p1", 8), ("subject:Patient=p1", 8), ("patient=p1&_id=n1,n2,zz", 2),
            ("patient=p1&code=718-7", 4), ("patient=p1&code=http://loinc.org%7C2093-3", 4),
            ("patient=p1&code=http://loinc.org%7C", 8), ("patient=p1&code=other%7C2093-3", 0),
            ("patient=p1&code=718-7,2093-3", 8), ("patient=p1&code=718-7&code=2093-3", 0),
            ("patient=p1&category=laboratory", 8), ("patient=p1&category=vital-signs", 0),
            ("patient=p1&status=final&_id=hb", 1), ("patient=p1&date=2024", 0), ("patient=p1&_lastUpdated=2027", 8),
            ("patient=p1&_lastUpdated=lt2027", 0), ("patient=p1&_lastUpdated=ge2027-01&_lastUpdated=le2027-02", 8),
            ("patient=p1&identifier=x", 0),
        ]
        for (query, count) in cases {
            let reply = try await fixture.get("/fhir/Observation?\(query)", token)
            #expect(try reply.status == 200 && reply.json()["total"]?.uint == UInt64(count), "\(query): \(reply.text)")
            #expect(try ids(reply).count == count)
        }
        // Hidden records do not count, nor does the search say that there are any.
        let notes = try await fixture.get("/fhir/DocumentReference?patient=p1", token)
        #expect(try notes.status == 200 && notes.json()["total"]?.uint == 0 && notes.json()["entry"] == nil)
        let posted = try await fixture.send(
            "POST", "/fhir/Observation/_search", token: token, type: "application/x-www-form-urlencoded",
            body: Array("patient=p1&code=718-7".utf8))
        #expect(try posted.json()["total"]?.uint == 4)
        #expect(posted.text.contains(#""valueQuantity":{"value":13.20,"#))
        await fixture.stop()
    }

    @Test func pagesJoinWithoutGapsAndTheirLinksNameNobody() async throws {
        let fixture = try await fixture()
        let token = try await fixture.token(fixture.surgeon)
        var found: [String] = []
        var target = "/fhir/Observation?patient=p1&_count=3"
        var events: Set<String?> = []
        for page in 0..<3 {
            let reply = try await fixture.get(target, token)
            found += try ids(reply)
            events.insert(reply["Stele-Transaction"])
            let links = try reply.json()["link"]?.elements.map { ($0["relation"]?.string, $0["url"]?.string) } ?? []
            guard page < 2 else {
                #expect(links.allSatisfy { $0.0 == "self" })
                break
            }
            let next = try #require(links.first { $0.0 == "next" }?.1)
            #expect(next.hasPrefix(APIFixture.baseURL + "/fhir/Observation?_cursor=") && !next.contains("p1&"))
            target = String(next.dropFirst(APIFixture.baseURL.utf8.count))
        }
        #expect(found.count == 8 && Set(found).count == 8 && events.count == 3)
        // A cursor is its asker's, and for its own type.
        let other = try await fixture.token(fixture.laboratory)
        let first = try await fixture.get("/fhir/Observation?patient=p1&_count=3", token)
        let next = try #require(
            try first.json()["link"]?.elements.first { $0["relation"]?.string == "next" }?["url"]?.string)
        let cursor = try #require(next.split(separator: "=").last)
        #expect(try await fixture.get("/fhir/Observation?_cursor=\(cursor)", other).code == "search.cursor")
        #expect(try await fixture.get("/fhir/Condition?_cursor=\(cursor)", token).code == "search.cursor")
        #expect(try await fixture.get("/fhir/Observation?_cursor=\(cursor)x", token).code == "search.cursor")
        #expect(
            try await fixture.get("/fhir/Observation?_cursor=\(cursor)&patient=p1", token).code == "search.parameter")
    }

    private static let notUnderstood = [
        "", "code=718-7", "patient=p1&patient=p2", "patient=p1,p2", "patient=", "patient=Group/x", "patient=p1&x=y",
        "patient=p1&_count=-1", "patient=p1&_count=x", "patient=p1&_id=a_b", "patient=p1&code:in=x",
        "patient=p1&code:above=x",
        "patient=p1&date=soon", "patient=p1&date=xx2024", "patient.name=x", "patient=p1&_include=x", "_id=hb",
        "patient=p1&_text=x",
        "patient=p1&_content=x", "patient=p1&_filter=x", "patient=p1&_query=x", "patient=p1&_contained=true",
        "patient=p1&_sort=x", "patient=p1&_summary=x", "patient=p1&_summary=true&_elements=id", "patient=p1&_total=x",
        "patient=p1&_has:Encounter:nobody:x=1", "patient=p1&subject.subject.subject.subject.subject.subject=x",
        "patient=p1&value-quantity=x", "patient=p1&value-quantity=1|2", "patient=p1&code-value-quantity=x",
        "patient=p1&subject:Practitioner=x", "patient=p1&status:missing=x", "patient=p1&code.x=y",
    ]

    @Test func whatIsNotUnderstoodIsRefused() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        for query in Self.notUnderstood {
            let reply = try await fixture.get("/fhir/Observation?\(query)", token)
            #expect(reply.status == 400 && reply.code == "search.parameter", "\(query): \(reply.text)")
            #expect(!reply.text.contains("p1"))
        }
    }

    @Test func thePatientOfTheTokenStandsIn() async throws {
        let fixture = try await fixture()
        let token = try await fixture.token(fixture.patient)
        #expect(try await ids(fixture.get("/fhir/Observation", token)).count == 8)
        let everything = try await fixture.get("/fhir/Patient/p1/$everything?_count=100", token)
        #expect(try everything.status == 200 && everything.json()["total"]?.uint == 9)
        let page = try await fixture.get("/fhir/Patient/p1/$everything?_count=4", token)
        #expect(page.text.contains("$everything?_cursor="))
        let stranger = try await fixture.token(fixture.laboratory)
        #expect(try await fixture.get("/fhir/Patient/p1/$everything", stranger).code == "access.refused")
        #expect(try await fixture.get("/fhir/Observation?patient=p1", stranger).code == "access.refused")
    }
}
