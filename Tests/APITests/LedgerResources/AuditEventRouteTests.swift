// AuditEvents: the patient is told everything, an officer who and when, everybody else nothing.
import API
import Contracts
import FHIR
import Foundation
import JSON
import Node
import Primitives
import SteleTesting
import Testing
import Vault

@Suite struct AuditEventRouteTests {
    private static func entries(_ reply: Reply) throws -> [JSONNode] {
        try reply.json()["entry"]?.elements.compactMap { $0["resource"] } ?? []
    }

    /// One read that is released, one that is withheld, one that is refused.
    private static func ask(_ fixture: APIFixture) async throws {
        let surgeon = try await fixture.token(fixture.surgeon, purposes: "TREAT HPAYMT", patient: "p1")
        #expect(try await fixture.get("/fhir/Observation/hb", surgeon).status == 200)
        #expect(try await fixture.get("/fhir/DocumentReference/psy", surgeon).status == 404)
        let laboratory = try await fixture.token(fixture.laboratory, patient: "p1")
        #expect(try await fixture.get("/fhir/Observation?patient=p1", laboratory).status == 403)
    }

    @Test func thePatientSeesEverything() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        try await Self.ask(fixture)
        let token = try await fixture.token(fixture.patient)
        let reply = try await fixture.get("/fhir/AuditEvent?patient=p1", token)
        let all = try Self.entries(reply)
        try #require(all.count == 6, "\(reply.text)")
        #expect(all.compactMap { $0["action"]?.string } == ["R", "E", "R", "R", "C", "C"])
        #expect(all.compactMap { $0["outcome"]?.string } == ["0", "8", "4", "0", "0", "0"])
        for event in all { try Resource(event).requireValid() }
        let read = all[3]
        let agent = try #require(read["agent"]?.firstElement)
        #expect(agent["name"]?.string == "Dr surgeon" && agent["requestor"]?.bool == true)
        #expect(agent["type"]?["coding"]?.firstElement?["code"]?.string == "IRCP")
        // The purpose of use that the token was asked for is kept with the event.
        #expect(
            read["purposeOfEvent"]?.elements.compactMap {
                $0["coding"]?.firstElement?["code"]?.string
            } == ["HPAYMT", "TREAT"])
        let entities = read["entity"]?.elements.map { $0 } ?? []
        #expect(
            entities.compactMap { $0["what"]?["reference"]?.string }.prefix(2)
                == ["Patient/p1", "Observation/hb/_history/1"])
        #expect(entities.compactMap { $0["query"]?.string } == [Base64.encode(Array("read Observation/hb".utf8))])
        let id = try #require(read["id"]?.string)
        let one = try await fixture.get("/fhir/AuditEvent/\(id)", token)
        #expect(try one.status == 200 && JSONValue(one.json()) == JSONValue(read))
        #expect(
            try await fixture.get("/fhir/AuditEvent/\(String(repeating: "0", count: 64))", token).code
                == "record.unavailable")
        // Looking at one's own log is an event too, one for a token.
        let log = try fixture.custodian.accessLog(of: fixture.wallet.subject)
        #expect(log.count == 4 && log.last?.reason == "you looked at this log" && log.last?.isRefused == false)
        _ = try await fixture.get("/fhir/AuditEvent?patient=p1", fixture.token(fixture.patient))
        #expect(try fixture.custodian.accessLog(of: fixture.wallet.subject).count == 5)
    }

    @Test func searchesNarrowAndPage() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        try await Self.ask(fixture)
        let token = try await fixture.token(fixture.patient)
        for (query, count) in [
            ("outcome=8", 1), ("outcome=0,4", 5), ("action=R", 3), ("action=R&outcome=0", 2),
            ("agent=Practitioner/surgeon", 2), ("agent=laboratory", 1), ("agent=patient-p1", 1), ("agent=nobody", 0),
            ("date=ge2000", 6), ("date=lt2000", 0), ("date=lt2000,ge2000", 6), ("_source=urn:stele:ledger", 6),
        ] {
            let reply = try await fixture.get("/fhir/AuditEvent?patient=p1&\(query)", token)
            #expect(try Self.entries(reply).count == count, "\(query): \(reply.text)")
        }
        for query in ["date=soon", "altid=x", "_count=0", "patient=p2,p3", "_source=urn:stele:ledger,urn:x"] {
            #expect(try await fixture.get("/fhir/AuditEvent?patient=p1&\(query)", token).code == "search.parameter")
        }
        var target: String? = "/fhir/AuditEvent?patient=p1&_count=2"
        var ids: [String] = []
        while let next = target {
            let reply = try await fixture.get(next, token)
            ids += try Self.entries(reply).compactMap { $0["id"]?.string }
            #expect(!next.contains("_cursor") || !next.contains("patient"))
            let link = try reply.json()["link"]?.elements.first { $0["relation"]?.string == "next" }
            target = link?["url"]?.string.map { String($0.dropFirst(APIFixture.baseURL.count)) }
        }
        #expect(ids.count == 6 && Set(ids).count == 6)
    }

    @Test func anOfficerLearnsWhoAndWhenAndNotWhat() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        try await Self.ask(fixture)
        let surgeon = try await fixture.token(fixture.surgeon, patient: "p1")
        #expect(try await fixture.get("/fhir/AuditEvent?patient=p1", surgeon).code == "actor.not_allowed")
        let officer = try await fixture.token(fixture.officer, purposes: "HOPERAT", patient: "p1")
        #expect(try await fixture.get("/fhir/AuditEvent?patient=p1", officer).code == "access.refused")
        try await fixture.grant(
            [.role(code: "officer", organisation: "st-elsewhere")], classes: [.type("AuditEvent")],
            purposes: ["HOPERAT"])
        let reply = try await fixture.get("/fhir/AuditEvent?patient=p1", officer)
        let entries = try Self.entries(reply)
        // The officer's two looks are events themselves.
        #expect(entries.count == 8 && reply["Stele-Transaction"] != nil)
        #expect(reply.text.contains("Dr surgeon") && !reply.text.contains("Observation"))
        #expect(entries.allSatisfy { $0["entity"]?.count == 1 && $0["outcomeDesc"] == nil })
        let id = try #require(entries.last?["id"]?.string)
        #expect(try await fixture.get("/fhir/AuditEvent/\(id)", officer).status == 200)
        let log = try fixture.custodian.accessLog(of: fixture.wallet.subject)
        #expect(log.last?.request?.asked == "read AuditEvent/\(id)")
        // Whoever is no patient here is answered like a patient who permits nothing.
        let nobody = try await fixture.token(fixture.officer, purposes: "HOPERAT")
        #expect(try await fixture.get("/fhir/AuditEvent?patient=nobody", nobody).code == "access.refused")
        #expect(try await fixture.get("/fhir/AuditEvent", nobody).code == "search.parameter")
    }
}
