// Events come as transactions are committed, in order, without gaps, and only those that the caller may see.
import API
import Contracts
import HTTPServer
import JSON
import Primitives
import SteleTesting
import Testing

@Suite struct EventTests {
    @Test func aStreamIsLiveScopedAndResumable() async throws {
        let fixture = try await APIFixture()
        let server = try HTTPServer(configuration: HTTPServerConfiguration(), handler: fixture.handler)
        let target = "/ledger/v1/events"
        let staff = try EventReader(
            port: server.boundPort, target: target, token: try await fixture.token(fixture.officer))
        let patient = try EventReader(
            port: server.boundPort, target: target, token: try await fixture.token(fixture.patient))
        // Both listen once they have their heads; what comes next is seen by both as far as they may.
        try await Task.sleep(for: .milliseconds(300))
        _ = try await fixture.house.person("nurse", role: "nurse")
        try await fixture.grant([.actor("x")], classes: [.all])
        let first = try #require(staff.next())
        // The nurse's role has a credential of its own.
        #expect(staff.next() != nil)
        let second = try #require(staff.next())
        #expect(first.name == "transaction" && first.id != second.id)
        let data = try JSONDocument(parsing: Array(second.data.utf8)).root
        #expect(data.members.map(\.key) == ["transaction", "height", "index", "status"])
        #expect("\(data["height"]?.uint ?? 0).\(data["index"]?.uint ?? 0)" == second.id)
        #expect(patient.next() == second)

        // From the first on, the others come again.
        let again = try EventReader(
            port: server.boundPort, target: target, token: try await fixture.token(fixture.officer),
            lastEventID: first.id)
        #expect(again.next() != nil)
        #expect(again.next() == second)
        await server.stop(within: .seconds(1))
        #expect(staff.isEnded)
    }

    @Test func wrongPlacesAreRefused() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        for id in ["", "x", "1", "1.2.3", "-1.0", "999999.0"] {
            let reply = try await fixture.send(
                "GET", "/ledger/v1/events", token: token, headers: [("Last-Event-ID", id)])
            #expect(reply.status == 400 && reply.code == "request.malformed", "\(id)")
        }
        #expect(try await fixture.get("/ledger/v1/events").status == 401)
    }

    @Test func streamsAreBounded() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        var open: [HTTPResponse] = []
        for _ in 0..<8 {
            let response = await fixture.handler.respond(to: try request(token))
            #expect(response.status == 200)
            open.append(response)
        }
        #expect(await fixture.handler.respond(to: try request(token)).status == 503)
        open.removeLast()
        #expect(await fixture.handler.respond(to: try request(token)).status == 200)
    }

    private func request(_ token: String) throws -> HTTPRequest {
        HTTPRequest(
            method: "GET", target: try #require(HTTPTarget("/ledger/v1/events")),
            headers: ["Authorization": "Bearer \(token)"])
    }
}
