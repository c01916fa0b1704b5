// A role counts while its credential on the ledger does: suspended, it opens nothing; a substitute needs no new grant.
import API
import Contracts
import JSON
import Node
import Primitives
import SteleTesting
import Synchronization
import Testing
import Vault

@Suite struct RoleSuspensionTests {
    private static func read(_ fixture: APIFixture, by client: APIFixture.Client) async throws -> Int {
        try await fixture.get("/fhir/Observation/hb", fixture.token(client, patient: "p1")).status
    }

    private static func suspension(
        _ method: String, _ fixture: APIFixture, _ path: String = "surgeon/roles/surgeon"
    ) async throws -> Reply {
        let token = try await fixture.token(fixture.officer, purposes: "HOPERAT")
        return try await fixture.send(method, "/custodian/v1/actors/\(path)/suspension", token: token)
    }

    @Test func aSuspendedRoleReadsNothingFromTheNextRequestOn() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let surgeon = try await fixture.token(fixture.surgeon, patient: "p1")
        #expect(try await fixture.get("/fhir/Observation/hb", surgeon).status == 200)
        #expect(try await Self.suspension("PUT", fixture).status == 204)
        // The token lives on; the role is what is gone.
        #expect(try await fixture.get("/fhir/Observation/hb", surgeon).code == "access.refused")
        #expect(try await Self.suspension("PUT", fixture).code == "role.suspended")
        let officer = try await fixture.token(fixture.officer, purposes: "HOPERAT")
        let actors = try await fixture.get("/custodian/v1/actors", officer).json()["actors"]?.elements.map { $0 }
        let listed = try #require(actors?.first { $0["id"]?.string == "surgeon" })
        #expect(listed["suspended_roles"]?.elements.compactMap(\.string) == ["surgeon"])
        #expect(try await Self.suspension("DELETE", fixture).status == 204)
        #expect(try await fixture.get("/fhir/Observation/hb", surgeon).status == 200)
        #expect(try await Self.suspension("DELETE", fixture).code == "role.not_suspended")
        #expect(try await Self.suspension("PUT", fixture, "surgeon/roles/nurse").code == "role.unknown")
        #expect(try await Self.suspension("PUT", fixture, "nobody/roles/nurse").code == "vault.actor_unknown")
    }

    @Test func aSubstituteWithTheRoleReadsWithoutAnotherGrant() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let substitute = try await APIFixture.add("substitute", role: "surgeon", to: fixture.house)
        #expect(try await Self.read(fixture, by: substitute) == 200)
        #expect(try await Self.suspension("PUT", fixture).status == 204)
        #expect(try await Self.read(fixture, by: fixture.surgeon) == 403)
        #expect(try await Self.read(fixture, by: substitute) == 200)
    }

    /// Sets the surgeon's roles; the status of the answer.
    private static func giveRoles(_ roles: [String], in fixture: APIFixture, token: String) async throws -> Int {
        let body: JSONValue = ["roles": .array(roles.map { .string($0) })]
        let reply = try await fixture.send(
            "PUT", "/custodian/v1/actors/surgeon/roles", token: token, type: "application/json",
            body: body.serialized())
        return reply.status
    }

    @Test func aRoleThatIsTakenAwayIsRevokedOnTheLedger() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let before = try #require(try fixture.custodian.vault.directory.actor(id: "surgeon"))
        let credential = try #require(before.credentials.first)
        let token = try await fixture.token(fixture.officer, purposes: "HOPERAT")
        #expect(try await Self.giveRoles(["nurse"], in: fixture, token: token) == 200)
        #expect(try await Self.read(fixture, by: fixture.surgeon) == 403)
        let row = try fixture.custodian.ledger.withState(about: .zero) { (state) throws(SteleError) in
            try state.role(credential.id)
        }
        #expect(row?.isRevoked == true)
        // Held again, it is another credential.
        #expect(try await Self.giveRoles(["surgeon", "nurse"], in: fixture, token: token) == 200)
        #expect(try await Self.read(fixture, by: fixture.surgeon) == 200)
        let after = try #require(try fixture.custodian.vault.directory.actor(id: "surgeon"))
        #expect(after.credentials.count == 2 && !after.credentials.map(\.id).contains(credential.id))
    }

    @Test func actorsFromBeforeGetTheirCredentialsAtTheNextStart() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        _ = try await fixture.custodian.vault.directory.updateActor(id: "surgeon") { $0.credentials = [] }
        #expect(try await Self.read(fixture, by: fixture.surgeon) == 403)
        try await fixture.custodian.start()
        #expect(try await Self.read(fixture, by: fixture.surgeon) == 200)
    }

    /// What readers saw, with when each call began and ended.
    private final class Seen: Sendable {
        struct Call {
            let begun: ContinuousClock.Instant
            let ended: ContinuousClock.Instant
            let status: Int
        }

        let calls = Mutex<[Call]>([])  // Held to add one, or to look at all.

        func note(_ begun: ContinuousClock.Instant, _ status: Int) {
            calls.withLock { $0.append(Call(begun: begun, ended: .now, status: status)) }
        }

        /// Waits until so many calls have ended since `start`.
        func wait(for count: Int, since start: ContinuousClock.Instant) async throws {
            while calls.withLock({ $0.count { $0.begun > start } }) < count {
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }

    /// Two people with the role, in every way of reading at once: once the suspension is answered, nothing is released
    /// to the one who lost it, what was under way is over within five seconds, and the other reads on.
    @Test(.timeLimit(.minutes(2))) func readersAtOnceStopWithTheRole() async throws {
        let fixture = try await APIFixture(.socket)
        try await fixture.writeAndGrant()
        let substitute = try await APIFixture.add("substitute", role: "surgeon", to: fixture.house)
        let (suspended, others) = (Seen(), Seen())
        let targets = [
            "/fhir/Observation/hb", "/fhir/Observation?patient=p1", "/fhir/Observation/hb/_history/1",
            "/fhir/Observation/hb/_history", "/ledger/v1/proofs/record/Observation/hb",
        ]
        let readers = [
            (try await fixture.token(fixture.surgeon, patient: "p1"), suspended),
            (try await fixture.token(substitute, patient: "p1"), others),
        ]
        let reading = Task {
            await withTaskGroup(of: Void.self) { group in
                for (token, seen) in readers {
                    for target in targets {
                        group.addTask {
                            while !Task.isCancelled {
                                let begun = ContinuousClock.now
                                guard let reply = try? await fixture.get(target, token) else { continue }
                                seen.note(begun, reply.status)
                            }
                        }
                    }
                }
            }
        }
        let start = ContinuousClock.now
        for seen in [suspended, others] { try await seen.wait(for: 4 * targets.count, since: start) }
        #expect(suspended.calls.withLock { $0.allSatisfy { $0.status == 200 } })
        let asked = ContinuousClock.now
        #expect(try await Self.suspension("PUT", fixture).status == 204)
        let answered = ContinuousClock.now
        for seen in [suspended, others] { try await seen.wait(for: 4 * targets.count, since: answered) }
        reading.cancel()
        await reading.value

        let calls = suspended.calls.withLock { $0 }
        #expect(!calls.contains { $0.begun > answered && $0.status == 200 })
        #expect(!calls.contains { $0.ended > asked + .seconds(5) && $0.status == 200 })
        #expect(Set(calls.filter { $0.begun > answered }.map(\.status)).isSubset(of: [403, 404]))
        #expect(others.calls.withLock { $0.allSatisfy { $0.status == 200 } })
        await fixture.stop()
    }
}
