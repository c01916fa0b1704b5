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
        for id in ["", "x", "1", "1.2.3", "-1.0"] {
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
}
