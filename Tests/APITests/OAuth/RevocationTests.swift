// Whatever ends an access token ends it at once: for the next request, for requests under way, for open streams.
import API
import Contracts
import Cryptography
import HTTPServer
import JSON
import Node
import Primitives
import SteleTesting
import Synchronization
import Testing
import Vault

@Suite struct RevocationTests {
    enum End: CaseIterable, Sendable { case token, actor, key }

    /// What requests in many tasks met.
    private final class Tally: Sendable {
        let isEnded = Atomic(false)
        let served = Atomic(0)
        let late = Atomic(0)
        let refused = Atomic(0)
    }

    private static func end(_ end: End, _ token: String, in fixture: APIFixture) async throws {
        switch end {
        case .token:
            let reply = try await fixture.send(
                "POST", "/oauth/revoke", type: "application/x-www-form-urlencoded", body: Array("token=\(token)".utf8))
            #expect(reply.status == 200)
        case .actor:
            let officer = try await fixture.token(fixture.officer)
            let reply = try await fixture.send("DELETE", "/custodian/v1/actors/surgeon", token: officer)
            #expect(reply.status == 204)
        case .key:
            let key = SigningKey.random(from: SystemRandom()).publicKey
            try await fixture.custodian.rotateActorKey(id: "surgeon", to: .okp(key))
        }
    }

    /// Requests from eight tasks, the end in their middle; then ten thousand that begin after the end was answered.
    @Test(arguments: End.allCases)
    func nothingIsServedAfterTheEndWasAnswered(end: End) async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        let tally = Tally()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var lateCount = 0
                    while lateCount < 1250 {
                        let wasEnded = tally.isEnded.load(ordering: .sequentiallyConsistent)
                        lateCount += wasEnded ? 1 : 0
                        // Answers from memory never wait, and whoever ends the token needs a thread too.
                        await Task.yield()
                        let reply = try await fixture.get("/ledger/v1/headers/0", token)
                        if reply.status == 200 {
                            if wasEnded {
                                tally.late.add(1, ordering: .relaxed)
                            } else {
                                tally.served.add(1, ordering: .relaxed)
                            }
                        } else {
                            #expect(reply.code == "token.invalid")
                            tally.refused.add(1, ordering: .relaxed)
                        }
                    }
                }
            }
            group.addTask {
                while tally.served.load(ordering: .relaxed) < 1000 { await Task.yield() }
                try await Self.end(end, token, in: fixture)
                tally.isEnded.store(true, ordering: .sequentiallyConsistent)
            }
            try await group.waitForAll()
        }
        #expect(tally.late.load(ordering: .relaxed) == 0)
        #expect(tally.refused.load(ordering: .relaxed) >= 10_000)
    }

    /// A record that is being read when the token ends is not given out: its event is there, the answer is 401.
    @Test func aReleaseUnderWayIsWithheld() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        for _ in 0..<20 {
            let token = try await fixture.token(fixture.surgeon)
            let tally = Tally()
            async let reading = (0..<20).asyncMap { _ in
                let wasEnded = tally.isEnded.load(ordering: .sequentiallyConsistent)
                return (wasEnded, try await fixture.get("/fhir/Observation/hb", token).status)
            }
            try await Self.end(.token, token, in: fixture)
            tally.isEnded.store(true, ordering: .sequentiallyConsistent)
            for (wasEnded, status) in try await reading { #expect(!wasEnded || status == 401) }
        }
    }

    @Test func anEndedRoleDecidesTheNextRequest() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.surgeon)
        #expect(try await fixture.get("/fhir/Observation/hb", token).status == 200)
        let officer = try await fixture.token(fixture.officer)
        let reply = try await fixture.send(
            "PUT", "/custodian/v1/actors/surgeon/roles", token: officer, type: "application/json",
            body: Array(#"{"roles":["visitor"]}"#.utf8))
        #expect(try reply.json()["roles"]?.elements.compactMap(\.string) == ["visitor"])
        #expect(try await fixture.get("/fhir/Observation/hb", token).code == "record.unavailable")
        let denied = try await fixture.send(
            "PUT", "/custodian/v1/actors/surgeon/roles", token: token, type: "application/json",
            body: Array(#"{"roles":["surgeon"]}"#.utf8))
        #expect(denied.code == "actor.not_allowed")
        let patient = try await fixture.send(
            "PUT", "/custodian/v1/actors/patient-p1/roles", token: officer, type: "application/json",
            body: Array(#"{"roles":["surgeon"]}"#.utf8))
        #expect(patient.status == 404)
    }

    @Test(arguments: End.allCases)
    func openStreamsEnd(end: End) async throws {
        let fixture = try await APIFixture()
        let server = try HTTPServer(configuration: HTTPServerConfiguration(), handler: fixture.handler)
        let token = try await fixture.token(fixture.surgeon)
        let stream = try EventReader(port: server.boundPort, target: "/ledger/v1/events", token: token)
        try await Task.sleep(for: .milliseconds(300))
        _ = try await fixture.house.person("nurse", role: "nurse")
        // The nurse, and the credential of the nurse's role.
        for _ in 0..<2 { _ = try #require(stream.next()) }
        try await Self.end(end, token, in: fixture)
        // Everybody may see this one, and the stream whose token is dead does not.
        _ = try await fixture.house.person("porter", role: "porter")
        var later: [String] = []
        while let event = stream.next() { later.append(event.id) }
        #expect(stream.isEnded)
        // The act that ended the actor or the key may have been on its way before it was applied.
        #expect(later.count <= (end == .token ? 0 : 1), "\(later)")
        await server.stop(within: .seconds(1))
    }

    @Test func anAssertionUsedBeforeARestartIsUsedUp() async throws {
        let fixture = try await APIFixture()
        let form = try fixture.form(fixture.surgeon)
        #expect(try await fixture.requestToken(form).status == 200)
        #expect(try await fixture.requestToken(form).code == "token.replayed")
        try await fixture.house.restart()
        var configuration = APIConfiguration(baseURL: APIFixture.baseURL)
        configuration.tokenFailureCountMax = 1000
        let after = APIHandler(
            custodian: fixture.house.custodian, configuration: configuration, time: fixture.clock,
            random: SystemRandom())
        func request(_ form: [String: String]) async throws -> Reply {
            let text = form.map { "\($0.key)=\(APIFixture.escaped($0.value))" }.joined(separator: "&")
            return try await MemoryTransport(handler: after).send(
                "POST", "/oauth/token", headers: [("Content-Type", "application/x-www-form-urlencoded")],
                body: Array(text.utf8))
        }
        #expect(try await request(form).code == "token.replayed")
        #expect(try await request(fixture.form(fixture.surgeon)).status == 200)
        // What has ended is forgotten, on disk too.
        #expect(try fixture.house.custodian.vault.directory.usedAssertions().count == 2)
        fixture.clock.advance(milliseconds: 400_000)
        #expect(try await request(fixture.form(fixture.surgeon)).status == 200)
        #expect(try fixture.house.custodian.vault.directory.usedAssertions().count == 1)
    }
}

extension Sequence where Self: Sendable {
    fileprivate func asyncMap<Value: Sendable>(
        _ body: (Element) async throws -> Value
    ) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
