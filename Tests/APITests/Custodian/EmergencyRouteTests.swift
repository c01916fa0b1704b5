// Emergencies end to end: who opens what, for how long, what still holds, and who is told.
import API
import Contracts
import Cryptography
import FHIR
import Foundation
import HTTPServer
import JSON
import Ledger
import Node
import Primitives
import SteleTesting
import Testing
import Vault

@Suite struct EmergencyRouteTests {
    /// Opens the patient's records and returns the answer.
    static func open(
        _ fixture: APIFixture, by client: APIFixture.Client? = nil, patient: String = "p1",
        reason: String = "life_threatening", seconds: Int = 600, purposes: String = "ETREAT"
    ) async throws -> Reply {
        let token = try await fixture.token(client ?? fixture.laboratory, purposes: purposes)
        return try await fixture.post(
            "/custodian/v1/emergencies",
            ["patient": .string(patient), "reason": .string(reason), "seconds": .number(String(seconds))], token)
    }

    /// What the laboratory, whom no grant permits anything, gets when it reads for `purposes`.
    private static func read(
        _ fixture: APIFixture, _ target: String = "/fhir/Observation/hb", by client: APIFixture.Client? = nil,
        purposes: String = "ETREAT", patient: String? = "p1"
    ) async throws -> Reply {
        try await fixture.get(
            target, fixture.token(client ?? fixture.laboratory, purposes: purposes, patient: patient))
    }

    @Test func opensOnePatientToOnePersonForATime() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        #expect(try await Self.read(fixture).code == "access.refused")
        let opened = try await Self.open(fixture)
        #expect(opened.status == 201, "\(opened.text)")
        let transaction = try #require(opened["Stele-Transaction"])
        #expect(try opened.json()["transaction"]?.string == transaction)
        #expect(try opened.json()["until"]?.string == "2027-01-15T08:10:00Z")

        // Reading and searching, by a token for the patient or none, for either purpose of emergencies.
        #expect(try await Self.read(fixture).sentText == APIFixture.result)
        #expect(try await Self.read(fixture, purposes: "BTG", patient: nil).status == 200)
        let found = try await Self.read(fixture, "/fhir/DocumentReference?patient=p1")
        #expect(try found.json()["total"]?.uint == 1)
        // Another purpose, person or patient is ordinary.
        #expect(try await Self.read(fixture, purposes: "TREAT").code == "access.refused")
        let nurse = try await APIFixture.add("nurse", role: "nurse", to: fixture.house)
        #expect(try await Self.read(fixture, by: nurse).code == "access.refused")
        _ = try await fixture.house.enrol("p2")
        #expect(try await Self.read(fixture, "/fhir/Observation?patient=p2", patient: "p2").code == "access.refused")

        fixture.clock.advance(milliseconds: 599_000)
        #expect(try await Self.read(fixture).status == 200)
        fixture.clock.advance(milliseconds: 1000)
        #expect(try await Self.read(fixture).code == "access.refused")
    }

    @Test func whatIsDeniedEvenInAnEmergencyStaysDenied() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        var deny = fixture.house.permit(
            fixture.wallet, to: [.organisation("st-elsewhere")], classes: [.sensitivity("PSY")])
        deny.kind = .deny
        deny.isEvenInEmergency = true
        try await fixture.house.submit(
            ConsentGrant(subject: fixture.wallet.subject, grants: [deny]), by: fixture.wallet)
        #expect(try await Self.open(fixture).status == 201)
        #expect(try await Self.read(fixture).status == 200)
        #expect(try await Self.read(fixture, "/fhir/DocumentReference/psy").code == "record.unavailable")
        let found = try await Self.read(fixture, "/fhir/DocumentReference?patient=p1")
        #expect(try found.json()["total"]?.uint == 0)
    }

    @Test func refusesWhatIsNoEmergency() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        #expect(try await Self.open(fixture, purposes: "TREAT").code == "emergency.purpose")
        for (reason, seconds) in [("curiosity", 600), ("life_threatening", 59), ("disaster", 7201)] {
            #expect(try await Self.open(fixture, reason: reason, seconds: seconds).code == "request.malformed")
        }
        #expect(try await Self.open(fixture, patient: "nobody").code == "subject.not_enrolled")
        #expect(try await Self.open(fixture, patient: "commons").code == "subject.not_enrolled")
        let forOther = try await fixture.token(fixture.laboratory, purposes: "ETREAT", patient: "p2")
        let order: JSONValue = ["patient": "p1", "reason": "disaster", "seconds": 60]
        #expect(try await fixture.post("/custodian/v1/emergencies", order, forOther).code == "actor.not_allowed")
        let patient = try await fixture.token(fixture.patient)
        #expect(try await fixture.post("/custodian/v1/emergencies", order, patient).code == "actor.not_allowed")
        let machine = try await APIFixture.add("monitor", role: "monitor", kind: .device, to: fixture.house)
        let system = try await fixture.token(machine, scope: "system/*.rs", purposes: "ETREAT")
        #expect(try await fixture.post("/custodian/v1/emergencies", order, system).code == "actor.not_allowed")
        // The patient's log has none of it; the attempt at somebody who is no patient is recorded all the same.
        #expect(try fixture.custodian.accessLog(of: fixture.wallet.subject).isEmpty)
        let commons = try #require(try fixture.custodian.vault.directory.subject(patient: "commons")).id
        #expect(
            try fixture.custodian.accessLog(of: commons).last?.request?.asked == "emergency access: no such patient")
    }

    @Test func thePatientReadsOfItInWords() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        #expect(try await Self.open(fixture).status == 201)
        #expect(try await Self.read(fixture).status == 200)
        let lines = try fixture.custodian.accessLog(of: fixture.wallet.subject)
        #expect(lines.map(\.action) == ["override", "read"])
        let why = "life or limb in danger; open until 2027-01-15T08:10:00Z; review due by 2027-01-18T08:00:00Z"
        #expect(lines[0].reason == "records opened in an emergency: " + why)
        #expect(lines[0].request?.askerDisplayName == "Dr laboratory")
        #expect(lines[1].reason == "1 record released in an emergency: " + why)
        #expect(lines[1].emergency?.transaction == lines[0].receipt.transactionID)

        let token = try await fixture.token(fixture.patient)
        let events =
            try await fixture.get("/fhir/AuditEvent?patient=p1", token).json()["entry"]?.elements
            .compactMap { $0["resource"] }
            .filter { $0["extension"]?.elements.contains { $0["url"]?.string == "urn:stele:emergency" } ?? false } ?? []
        try #require(events.count == 2)
        for event in events {
            try Resource(event).requireValid()
            let purposes = event["purposeOfEvent"]?.elements.compactMap {
                $0["coding"]?.firstElement?["code"]?.string
            }
            #expect(purposes?.contains("BTG") == true && event["outcome"]?.string == "0")
            let marks = event["extension"]?.elements.filter { $0["url"]?.string == "urn:stele:emergency" }
            #expect(marks?.first?["valueString"]?.string == lines[0].receipt.transactionID.hex)
        }
    }

    @Test func anOfficerReviewsAndAnOverdueReviewBars() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let opened = try await Self.open(fixture, seconds: 7200)
        let transaction = try #require(opened["Stele-Transaction"])
        let second = try await APIFixture.add("second", role: "surgeon", isOfficer: true, to: fixture.house)
        #expect(try await Self.open(fixture, by: second).status == 201)

        func review(_ id: String, _ finding: String, by client: APIFixture.Client) async throws -> Reply {
            let token = try await fixture.token(client, purposes: "HOPERAT")
            return try await fixture.post("/custodian/v1/reviews/\(id)", ["finding": .string(finding)], token)
        }
        func reviews() async throws -> [JSONNode] {
            let token = try await fixture.token(fixture.officer, purposes: "HOPERAT")
            return try await fixture.get("/custodian/v1/reviews", token).json()["reviews"]?.elements.map { $0 } ?? []
        }
        let open = try await reviews()
        #expect(open.count == 2 && open.allSatisfy { $0["overdue"]?.bool == false })
        #expect(open.compactMap { $0["patient"]?.string } == ["p1", "p1"])
        #expect(Set(open.compactMap { $0["asker"]?.string }) == ["Dr laboratory", "Dr second"])
        let own = try #require(open.first { $0["asker"]?.string == "Dr second" }?["transaction"]?.string)
        #expect(try await review(own, "justified", by: second).code == "review.own")
        #expect(try await review(own, "fine", by: fixture.officer).code == "request.malformed")
        let nobody = String(repeating: "0", count: 64)
        #expect(try await review(nobody, "justified", by: fixture.officer).code == "review.unknown")
        #expect(try await review(own, "justified", by: fixture.surgeon).code == "actor.not_allowed")

        // Three days and a second later the person is barred, and nobody else.
        fixture.clock.advance(milliseconds: 259_201_000)
        #expect(try await reviews().allSatisfy { $0["overdue"]?.bool == true })
        #expect(try await Self.open(fixture).code == "override.review_overdue")
        #expect(try await Self.open(fixture, by: fixture.surgeon).status == 201)
        let closed = try await review(transaction, "unjustified", by: fixture.officer)
        #expect(try closed.json()["finding"]?.string == "unjustified", "\(closed.text)")
        #expect(try await review(transaction, "justified", by: fixture.officer).code == "review.unknown")
        #expect(try await Self.open(fixture).status == 201)
        let line = try #require(try fixture.custodian.accessLog(of: fixture.wallet.subject).first)
        #expect(line.reason.hasSuffix("reviewed at 2027-01-18T08:00:01Z and found unjustified"), "\(line.reason)")
    }

    @Test func closingTheReviewEndsTheEmergency() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let transaction = try #require(try await Self.open(fixture)["Stele-Transaction"])
        #expect(try await Self.read(fixture).status == 200)
        let officer = try await fixture.token(fixture.officer, purposes: "HOPERAT")
        let body: JSONValue = ["finding": "unjustified"]
        #expect(try await fixture.post("/custodian/v1/reviews/\(transaction)", body, officer).status == 200)
        #expect(try await Self.read(fixture).code == "access.refused")
    }

    @Test func anOverrideWithAForgedKeyOpensNothing() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let keys = EmergencyKeys(override: .random(from: fixture.house.random), admin: fixture.house.network.nodeKey)
        let forger = Custodian(
            ledger: fixture.custodian.ledger, vault: fixture.custodian.vault, nodeKey: fixture.house.network.nodeKey,
            emergencyKeys: keys, organisation: fixture.custodian.organisation, time: fixture.clock,
            random: fixture.house.random)
        let actor = try #require(try fixture.custodian.vault.directory.actor(id: "laboratory"))
        let order = EmergencyOrder(patient: "p1", reason: .disaster, seconds: 60)
        let error = await #expect(throws: SteleError.self) {
            try await forger.openEmergency(order, by: fixture.house.asker(actor, purposes: ["ETREAT"]))
        }
        #expect(error?.code == .signerNotAllowed)
        #expect(try await Self.read(fixture).code == "access.refused")
    }

    @Test func aSearchAcrossPatientsUsesNoEmergency() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        #expect(try await Self.open(fixture, by: fixture.officer).status == 201)
        let token = try await fixture.token(fixture.officer, purposes: "ETREAT")
        #expect(try await fixture.get("/fhir/Observation?patient=p1", token).json()["total"]?.uint == 1)
        #expect(try await fixture.get("/fhir/Observation?code=718-7", token).json()["total"]?.uint == 0)
    }

    @Test func survivesARestart() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        #expect(try await Self.open(fixture).status == 201)
        try await fixture.house.restart()
        let actor = try #require(try fixture.custodian.vault.directory.actor(id: "laboratory"))
        let asker = fixture.house.asker(actor, patient: "p1", purposes: ["ETREAT"])
        let question = Question(.read(ResourceName(type: "Observation", id: "hb"), version: nil), action: .read)
        guard case .released = try await fixture.custodian.read(question, by: asker) else {
            Issue.record("the emergency is forgotten")
            return
        }
    }
}
