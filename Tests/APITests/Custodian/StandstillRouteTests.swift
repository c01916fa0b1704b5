// Emergencies over the API while the ledger stands still, and how patient and officers read of them afterwards.
import API
import Foundation
import HTTPServer
import JSON
import Node
import Primitives
import SteleTesting
import Testing

@Suite struct StandstillRouteTests {
    @Test func emergenciesGoOnAndAreToldAsUnordered() async throws {
        let space = TestDiskSpace()
        let fixture = try await APIFixture(space: space)
        try await fixture.writeAndGrant()
        space.leave(1 << 20)
        fixture.clock.advance(milliseconds: 1000)

        // Nothing else is answered, and health says why.
        let surgeon = try await fixture.token(fixture.surgeon, patient: "p1")
        let ordinary = try await fixture.get("/fhir/Observation/hb", surgeon)
        #expect(ordinary.status == 507 && ordinary.code == "disk.full")
        let ready = try await fixture.get("/health/ready")
        #expect(ready.status == 503 && ready.code == "disk.full")

        let opened = try await EmergencyRouteTests.open(fixture)
        #expect(opened.status == 201, "\(opened.text)")
        #expect(try opened.json()["journal"]?.uint == 1 && opened["Stele-Transaction"] == nil)
        let token = try await fixture.token(fixture.laboratory, purposes: "ETREAT", patient: "p1")
        let read = try await fixture.get("/fhir/Observation/hb", token)
        #expect(read.sentText == APIFixture.result && read["Stele-Journal"] == "2")
        let found = try await fixture.get("/fhir/DocumentReference?patient=p1", token)
        #expect(try found.json()["total"]?.uint == 1 && found["Stele-Journal"] == "3")
        let absent = try await fixture.get("/fhir/Observation/none", token)
        #expect(absent.code == "record.unavailable" && absent.status == 404)
        let proof = try await fixture.get("/ledger/v1/proofs/record/Observation/hb", token)
        #expect(proof.code == "disk.full", "\(proof.text)")
        #expect(try await fixture.get("/metrics").text.contains("stele_journal_waiting 4\n"))
        #expect(try await fixture.get("/metrics").text.contains("stele_disk_level 2\n"))

        space.leave(2 << 30)
        fixture.clock.advance(milliseconds: 1000)
        #expect(try await fixture.custodian.recordJournal() == 4)
        let patient = try await fixture.token(fixture.patient)
        let log = try await fixture.get(
            "/ledger/v1/subjects/\(fixture.wallet.subject.hex)/access-log", patient)
        let lines = log.text.split(separator: "\n").map(String.init)
        #expect(lines.count == 5 && lines.prefix(4).allSatisfy { $0.contains(#""unordered":true"#) }, "\(log.text)")
        #expect(lines.prefix(4).allSatisfy { $0.contains(#""claimed":"2027-01-15T08:00:01Z""#) })
        let events = try await fixture.get("/fhir/AuditEvent?patient=p1&_count=50", patient).text
        #expect(events.components(separatedBy: "urn:stele:unordered").count == 5, "\(events)")
        #expect(events.contains(#""period":{"start":"2027-01-15T08:00:01Z","end":"2027-01-15T08:00:01Z"}"#))
        let account = try await fixture.get("/custodian/v1/disclosures", patient)
        let told = try account.json()["account"]?["disclosures"]
        let unordered = told?.elements.compactMap { $0["unordered"]?.string } ?? []
        #expect(unordered == ["2027-01-15T08:00:01Z", "2027-01-15T08:00:01Z"], "\(account.text)")
        let verdict = try AccountVerifier.verify(account.body, trust: [fixture.house.network.trust])
        #expect(verdict.lineCount == unordered.count)
        let officer = try await fixture.token(fixture.officer)
        let reviews = try await fixture.get("/custodian/v1/reviews", officer)
        #expect(reviews.text.contains("opened at 2027-01-15T08:00:01Z while the ledger stood still"))
        await fixture.stop()
    }
}
