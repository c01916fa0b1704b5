// Provenances: told to whoever may read the version, with an event, and to nobody else.
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

@Suite struct ProvenanceRouteTests {
    @Test func everyVersionSaysWhereItComesFrom() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.surgeon, patient: "p1")
        let second = APIFixture.result.replacingOccurrences(of: "13.20", with: "13.30")
        let written = try await fixture.put("/fhir/Observation/hb", second, token)
        #expect(written.status == 200)
        let reply = try await fixture.get("/fhir/Provenance?target=Observation/hb", token)
        let all = try reply.json()["entry"]?.elements.compactMap { $0["resource"] } ?? []
        #expect(all.count == 2 && reply["Stele-Transaction"] != nil, "\(reply.text)")
        for provenance in all { try Resource(provenance).requireValid() }
        let newest = all[0]
        #expect(
            newest["target"]?.elements.compactMap { $0["reference"]?.string } == ["Observation/hb/_history/2"])
        #expect(newest["activity"]?["coding"]?.firstElement?["code"]?.string == "UPDATE")
        #expect(
            newest["entity"]?.elements.compactMap { $0["what"]?["reference"]?.string } == ["Observation/hb/_history/1"])
        #expect(String(decoding: newest.sourceBytes, as: UTF8.self).contains(written["Stele-Transaction"] ?? "?"))
        #expect(all[1]["activity"]?["coding"]?.firstElement?["code"]?.string == "CREATE")
        let id = try #require(newest["id"]?.string)
        let one = try await fixture.get("/fhir/Provenance/\(id)", token)
        #expect(try one.status == 200 && JSONValue(one.json()) == JSONValue(newest))
        let log = try fixture.custodian.accessLog(of: fixture.wallet.subject)
        #expect(
            log.map { $0.request?.asked }
                == ["search Provenance Observation/hb", "search Provenance", "read Provenance/\(id)"])
        #expect(log.last?.request?.records.first?.recordID == Bytes32(hex: id))
        let first = try await fixture.get("/fhir/Provenance?target=Observation/hb/_history/1", token)
        #expect(try first.json()["total"]?.uint == 1)
        let whole = try await fixture.get("/fhir/Provenance?patient=p1&recorded=ge2000", token)
        #expect(try whole.json()["total"]?.uint == 2 && !whole.text.contains("DocumentReference"))
    }

    /// A record that is hidden and one that is not there get the same answers, named patient or not.
    @Test func whatIsHiddenIsAsIfItWereNotThere() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let hidden = try #require(
            try fixture.custodian.vault.compartment(of: fixture.wallet.subject)
                .current(.init(type: "DocumentReference", id: "psy")))
        for patient in ["p1", nil] {
            let token = try await fixture.token(fixture.surgeon, patient: patient)
            for (one, other) in [
                ("/fhir/Provenance?target=DocumentReference/psy", "/fhir/Provenance?target=DocumentReference/nil"),
                (
                    "/fhir/Provenance/\(hidden.recordID.hex)",
                    "/fhir/Provenance/\(String(repeating: "0", count: 64))"
                ),
            ] {
                let (first, second) = (try await fixture.get(one, token), try await fixture.get(other, token))
                #expect(first.status == second.status && first.code == second.code, "\(one)")
                #expect(
                    first.body.count == second.body.count
                        && first.status == (one.contains("?") && patient != nil ? 200 : 404))
            }
        }
        let stranger = try await fixture.token(fixture.laboratory)
        #expect(try await fixture.get("/fhir/Provenance?target=Observation/hb", stranger).code == "record.unavailable")
        #expect(try await fixture.get("/fhir/Provenance?patient=p1", stranger).code == "access.refused")
        for target in ["Observation", "Observation/hb/x", "Nothing/hb", "http://x/Observation/hb"] {
            #expect(
                try await fixture.get("/fhir/Provenance?patient=p1&target=\(target)", stranger).code
                    == "search.parameter")
        }
        #expect(try await fixture.get("/fhir/Provenance", stranger).code == "search.parameter")
    }
}
