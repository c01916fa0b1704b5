// Notices reach the patient and the officers at once, and nobody who listens again misses one.
import API
import Contracts
import Cryptography
import HTTPServer
import JSON
import Node
import Primitives
import SteleTesting
import Testing

@Suite struct NoticeTests {
    private static let target = "/custodian/v1/notices"

    @Test func patientAndOfficerAreToldAtOnceAndMissNone() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let other = try await fixture.house.enrol("p2", name: "Pat Two")
        let stranger = APIFixture.Client(id: "patient-p2", key: .init(other.consentKey))
        let server = try HTTPServer(configuration: HTTPServerConfiguration(), handler: fixture.handler)
        func reader(_ client: APIFixture.Client, after id: String? = nil) async throws -> EventReader {
            try EventReader(
                port: server.boundPort, target: Self.target, token: try await fixture.token(client), lastEventID: id)
        }
        let (patient, officer) = (try await reader(fixture.patient), try await reader(fixture.officer))
        try await Task.sleep(for: .milliseconds(300))
        let opened = try await EmergencyRouteTests.open(fixture)
        let transaction = try #require(opened["Stele-Transaction"])
        let clock = ContinuousClock()
        let start = clock.now
        let first = try #require(patient.next())
        #expect(first.name == "emergency.opened")
        let told = try #require(officer.next())
        #expect(clock.now - start < .seconds(5))
        #expect(told.id == first.id)
        let data = try JSONDocument(parsing: Array(first.data.utf8)).root
        #expect(data["emergency"]?["transaction"]?.string == transaction && data["asker"]?.string == "Dr laboratory")
        #expect(try JSONDocument(parsing: Array(told.data.utf8)).root["patient"]?.string == "p1")

        let token = try await fixture.token(fixture.officer, purposes: "HOPERAT")
        let finding: JSONValue = ["finding": "justified"]
        #expect(try await fixture.post("/custodian/v1/reviews/\(transaction)", finding, token).status == 200)
        let second = try #require(patient.next())
        #expect(second.name == "emergency.review_closed")
        #expect(
            try JSONDocument(parsing: Array(second.data.utf8)).root["emergency"]?["finding"]?.string == "justified")
        // Who comes later gets all of it, who comes again the rest, and another patient nothing.
        let (late, again) = (try await reader(fixture.patient), try await reader(fixture.patient, after: first.id))
        #expect(late.next()?.id == first.id && late.next()?.id == second.id)
        #expect(again.next()?.id == second.id)
        let list = try await fixture.send(
            "GET", Self.target, token: fixture.token(stranger), headers: [("Accept", "application/json")])
        #expect(try list.json()["notices"]?.count == 0)
        await server.stop(within: .seconds(1))
    }

    @Test func othersAndWrongPlacesAreRefused() async throws {
        let fixture = try await APIFixture()
        #expect(try await fixture.get(Self.target).status == 401)
        let surgeon = try await fixture.token(fixture.surgeon)
        #expect(try await fixture.get(Self.target, surgeon).code == "actor.not_allowed")
        let officer = try await fixture.token(fixture.officer)
        for id in ["", "x", "1", "1.2.3.4", "1.2.", "1.2.-3", "1.2.99999999999999", "-1.0"] {
            let reply = try await fixture.send(
                "GET", Self.target, token: officer, headers: [("Last-Event-ID", id)])
            #expect(reply.code == "request.malformed", "\(id)")
        }
    }

    @Test func staffOfAnotherOrganisationHearNothing() async throws {
        let fixture = try await APIFixture()
        let guest = try await APIFixture.add(
            "guest", role: "officer", isOfficer: true, organisation: "clinic", to: fixture.house)
        #expect(try await fixture.get(Self.target, fixture.token(guest)).code == "actor.not_allowed")
    }

    private static func list(
        _ fixture: APIFixture, _ client: APIFixture.Client, after id: String? = nil
    ) async throws -> [JSONNode] {
        let headers = [("Accept", "application/json")] + (id.map { [("Last-Event-ID", $0)] } ?? [])
        let token = try await fixture.token(client, purposes: client.id == "officer" ? "HOPERAT" : nil)
        let reply = try await fixture.send("GET", target, token: token, headers: headers)
        return try reply.json()["notices"]?.elements.map { $0 } ?? []
    }

    /// A review that nobody closes becomes a notice at its deadline, of which the ledger has no transaction, and stays
    /// one, in its place, when it is closed at last.
    @Test func aReviewThatBecomesOverdueIsANotice() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let opened = try await EmergencyRouteTests.open(fixture)
        let transaction = try #require(opened["Stele-Transaction"])
        let deadline = try #require(
            try await Self.review(fixture)["review_by"]?.string.flatMap { UnixSeconds(text: $0) })
        // Until its deadline it is not overdue, nor a moment later, when a block from before may still come.
        fixture.clock.advance(milliseconds: (deadline.seconds - fixture.clock.now().seconds) * 1000 + 2999)
        #expect(try await Self.list(fixture, fixture.officer).map { $0["kind"]?.string } == ["emergency.opened"])
        fixture.clock.advance(milliseconds: 1)
        for client in [fixture.officer, fixture.patient] {
            let notices = try await Self.list(fixture, client)
            #expect(notices.map { $0["kind"]?.string } == ["emergency.opened", "emergency.review_overdue"])
            #expect(notices.last?["emergency"]?["transaction"]?.string == transaction)
        }
        let notices = try await Self.list(fixture, fixture.officer)
        let (first, overdue) = (
            try #require(notices.first?["id"]?.string), try #require(notices.last?["id"]?.string)
        )
        #expect(overdue == "\(first).\(deadline.seconds + 1)")
        #expect(notices.last?["time"]?.string == UnixSeconds(deadline.seconds + 1).text.replacing("Z", with: ".000Z"))
        #expect(try await Self.list(fixture, fixture.officer, after: overdue).isEmpty)
        #expect(try await Self.list(fixture, fixture.officer, after: first).map { $0["id"]?.string } == [overdue])

        // What comes afterwards comes after it, though its transaction is older.
        let officer = try await fixture.token(fixture.officer, purposes: "HOPERAT")
        let finding: JSONValue = ["finding": "inconclusive"]
        #expect(try await fixture.post("/custodian/v1/reviews/\(transaction)", finding, officer).status == 200)
        #expect(try await EmergencyRouteTests.open(fixture).status == 201)
        let kinds = ["emergency.opened", "emergency.review_overdue", "emergency.review_closed", "emergency.opened"]
        let all = try await Self.list(fixture, fixture.officer)
        #expect(all.map { $0["kind"]?.string } == kinds)
        for (index, notice) in all.enumerated() {
            let id = try #require(notice["id"]?.string)
            let rest = try await Self.list(fixture, fixture.officer, after: id)
            #expect(rest.map { $0["kind"]?.string } == Array(kinds[(index + 1)...]), "after \(id)")
        }
        #expect(try await Self.list(fixture, fixture.officer, after: "999999.0").isEmpty)

        // One that is closed in time never was.
        let second = try #require(try await Self.review(fixture)["transaction"]?.string)
        #expect(try await fixture.post("/custodian/v1/reviews/\(second)", finding, officer).status == 200)
        fixture.clock.advance(milliseconds: 300_000_000)
        let later = try await Self.list(fixture, fixture.officer)
        #expect(later.count == 5 && later.last?["kind"]?.string == "emergency.review_closed")
    }

    /// What happens while it cannot be told yet that a deadline has passed is told after it, so that whoever heard the
    /// later does not miss the earlier.
    @Test func whatComesInTheSecondsAfterADeadlineWaitsForIt() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        #expect(try await EmergencyRouteTests.open(fixture).status == 201)
        let deadline = try #require(
            try await Self.review(fixture)["review_by"]?.string.flatMap { UnixSeconds(text: $0) })
        let first = try #require(try await Self.list(fixture, fixture.officer).first?["id"]?.string)
        // Past the deadline by the clock of nobody but this node, and the ledger has no block since.
        fixture.clock.advance(milliseconds: (deadline.seconds + 1 - fixture.clock.now().seconds) * 1000 - 500)
        #expect(try await EmergencyRouteTests.open(fixture, by: fixture.surgeon).status == 201)
        let before = try await Self.list(fixture, fixture.officer, after: first)
        #expect(before.map { $0["kind"]?.string } == ["emergency.opened"])
        let second = try #require(before.last?["id"]?.string)
        fixture.clock.advance(milliseconds: 1500)
        #expect(try await Self.list(fixture, fixture.officer, after: second).isEmpty)
        // A block from after it: no other can come before.
        let anna = try await APIFixture.add("anna", role: "anaesthetist", to: fixture.house)
        #expect(try await EmergencyRouteTests.open(fixture, by: anna).status == 201)
        let after = try await Self.list(fixture, fixture.officer, after: second)
        #expect(after.map { $0["kind"]?.string } == ["emergency.review_overdue", "emergency.opened"])
        let overdue = try #require(after.first?["id"]?.string)
        #expect(try await Self.list(fixture, fixture.officer, after: overdue).count == 1)
    }

    private static func review(_ fixture: APIFixture) async throws -> JSONNode {
        let officer = try await fixture.token(fixture.officer, purposes: "HOPERAT")
        let reviews = try await fixture.get("/custodian/v1/reviews", officer).json()["reviews"]
        return try #require(reviews?.firstElement)
    }

    /// Whoever listens is told while nothing else happens.
    @Test func whoeverListensHearsOfADeadline() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        #expect(try await EmergencyRouteTests.open(fixture).status == 201)
        // A token lives for minutes: it is asked for shortly before.
        fixture.clock.advance(milliseconds: 259_200_000 - 10_000)
        let server = try HTTPServer(configuration: HTTPServerConfiguration(), handler: fixture.handler)
        let officer = try EventReader(
            port: server.boundPort, target: Self.target,
            token: try await fixture.token(fixture.officer, purposes: "HOPERAT"))
        #expect(officer.next()?.name == "emergency.opened")
        fixture.clock.advance(milliseconds: 15_000)
        let start = ContinuousClock.now
        #expect(officer.next()?.name == "emergency.review_overdue")
        #expect(ContinuousClock.now - start < .seconds(5))
        await server.stop(within: .seconds(1))
    }
}
