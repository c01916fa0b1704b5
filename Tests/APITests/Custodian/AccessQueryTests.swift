// Questions across patients: by actor, organisation, purpose, period and outcome, and never what was read.
import API
import Contracts
import JSON
import Node
import Primitives
import SteleTesting
import Testing
import Vault

@Suite struct AccessQueryTests {
    private static let target = "/custodian/v1/accesses"

    private static func story() async throws -> APIFixture {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let surgeon = try await fixture.token(fixture.surgeon, patient: "p1")
        #expect(try await fixture.get("/fhir/Observation/hb", surgeon).status == 200)
        #expect(try await fixture.get("/fhir/DocumentReference/psy", surgeon).status == 404)
        #expect(try await fixture.get("/fhir/Observation?patient=p1&code=nothing", surgeon).status == 200)
        fixture.clock.advance(milliseconds: 60_000)
        let laboratory = try await fixture.token(fixture.laboratory, purposes: "HRESCH", patient: "p1")
        #expect(try await fixture.get("/fhir/Observation/hb", laboratory).status == 403)
        #expect(try await EmergencyRouteTests.open(fixture).status == 201)
        let emergency = try await fixture.token(fixture.laboratory, purposes: "ETREAT", patient: "p1")
        #expect(try await fixture.get("/fhir/Observation/hb", emergency).status == 200)
        return fixture
    }

    private static func ask(
        _ fixture: APIFixture, _ query: String, by client: APIFixture.Client? = nil
    ) async throws -> Reply {
        let token = try await fixture.token(client ?? fixture.officer, purposes: "HOPERAT")
        return try await fixture.get(target + "?" + query, token)
    }

    @Test func findsByEachQuestionAndByAllTogether() async throws {
        let fixture = try await Self.story()
        for (query, count) in [
            ("patient=p1", 6), ("patient=nobody", 0), ("actor=surgeon", 3), ("actor=laboratory&patient=p1", 3),
            ("actor=nobody", 0), ("organisation=st-elsewhere&patient=p1", 6), ("organisation=clinic", 0),
            ("purpose=TREAT&patient=p1", 5), ("purpose=ETREAT&patient=p1", 2), ("purpose=HRESCH&patient=p1", 1),
            ("outcome=released&patient=p1", 2), ("outcome=withheld&patient=p1", 2), ("outcome=empty&patient=p1", 1),
            ("outcome=opened", 1), ("emergency=true", 2), ("emergency=false&patient=p1", 4),
            ("from=2027-01-15T08:01:00Z&patient=p1", 3), ("to=2027-01-15T08:01:00Z&patient=p1", 3),
            ("actor=laboratory&purpose=TREAT&outcome=released&emergency=true&from=2027-01-15", 1),
        ] {
            let reply = try await Self.ask(fixture, query)
            #expect(try reply.json()["total"]?.uint == UInt64(count), "\(query): \(reply.text)")
        }
        for query in ["purpose=LUNCH", "outcome=nice", "emergency=maybe", "from=soon", "count=0", "count=1001"] {
            #expect(try await Self.ask(fixture, query).code == "request.malformed", "\(query)")
        }
    }

    @Test func saysWhoAndWhenAndNotWhat() async throws {
        let fixture = try await Self.story()
        let reply = try await Self.ask(fixture, "patient=p1")
        let lines = try reply.json()["accesses"]?.elements.map { $0 } ?? []
        #expect(lines.map { $0["action"]?.string } == ["read", "override", "read", "search", "read", "read"])
        #expect(
            lines.map { $0["outcome"]?.string } == ["released", "opened", "withheld", "empty", "withheld", "released"])
        #expect(lines[0]["actor"]?["name"]?.string == "Dr laboratory" && lines[0]["patient"]?.string == "p1")
        #expect(!reply.text.contains("Observation") && !reply.text.contains("DocumentReference"))
        // Page by page, newest first, nothing twice.
        var ids: [String] = []
        var next: UInt64?
        repeat {
            let page = try await Self.ask(fixture, "patient=p1&count=4" + (next.map { "&before=\($0)" } ?? "")).json()
            ids += page["accesses"]?.elements.compactMap { $0["transaction"]?.string } ?? []
            next = page["next"]?.uint
        } while next != nil
        #expect(ids == lines.compactMap { $0["transaction"]?.string })
    }

    @Test func aRegulatorSeesSubjectsAndOthersNothing() async throws {
        let fixture = try await Self.story()
        let regulator = try await APIFixture.add("inspector", role: "regulator", to: fixture.house)
        let reply = try await Self.ask(fixture, "emergency=true", by: regulator)
        #expect(try reply.json()["total"]?.uint == 2 && reply["Stele-Transaction"] != nil)
        #expect(!reply.text.contains("\"p1\"") && reply.text.contains(fixture.wallet.subject.hex))
        #expect(try await Self.ask(fixture, "patient=p1", by: regulator).code == "request.malformed")
        try await fixture.custodian.suspendRole("regulator", of: "inspector", true)
        for client in [regulator, fixture.surgeon] {
            #expect(try await Self.ask(fixture, "", by: client).code == "actor.not_allowed")
        }
        let patient = try await fixture.token(fixture.patient)
        #expect(try await fixture.get(Self.target, patient).code == "actor.not_allowed")
    }

    @Test func theQuestionIsAnEventItself() async throws {
        let fixture = try await Self.story()
        let event = try #require(try await Self.ask(fixture, "actor=surgeon")["Stele-Transaction"])
        let commons = try #require(try fixture.custodian.vault.directory.subject(patient: "commons")).id
        let line = try #require(try fixture.custodian.accessLog(of: commons).last)
        #expect(line.receipt.transactionID.hex == event && line.request?.asked == "search the log of accesses")
        #expect(line.request?.askerDisplayName == "Dr officer")
    }

    @Test func afterARestartItIsTheSame() async throws {
        let fixture = try await Self.story()
        let officer = try #require(try fixture.custodian.vault.directory.actor(id: "officer"))
        var query = AccessQuery()
        query.subject = fixture.wallet.subject
        let before = try await fixture.custodian.accesses(query, by: fixture.house.asker(officer))
        try await fixture.house.restart()
        let after = try await fixture.custodian.accesses(query, by: fixture.house.asker(officer))
        #expect(before.total == 6 && after.total == 6)
        func words(_ found: [FoundAccess]) -> [String] {
            found.map { access in
                "\(access.receipt.logIndex) \(access.actorDID) \(access.purposes) \(access.outcome) \(access.isEmergency)"
            }
        }
        #expect(words(before.found) == words(after.found))
    }
}
