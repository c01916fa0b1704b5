// A hundred writers on one patient, half of them on the same resource, and a restart: no version is lost or doubled.
import Foundation
import Node
import Primitives
import SteleTesting
import Testing
import Vault

@Suite struct WritersTests {
    @Test func aHundredWritersOnOnePatientLoseNothing() async throws {
        let scratch = try Scratch("writers")
        let house = try await TestCustodian(scratch.path)
        let wallet = try await house.enrol("p1")
        let custodian = house.custodian
        let written = try await withThrowingTaskGroup(of: [(Written, String)].self) { group in
            for writer in 0..<100 {
                group.addTask {
                    let id = writer.isMultiple(of: 2) ? "shared" : "own-\(writer)"
                    let text =
                        #"{"resourceType":"Condition","id":"\#(id)","subject":{"reference":"Patient/p1"},"#
                        + #""note":[{"text":"\#(writer)"}]}"#
                    let results = try await custodian.write(
                        [Submission(try TestCustodian.resource(text))], patient: "p1")
                    return results.map { ($0, text) }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(written.count == 100)
        try await house.restart()
        let compartment = try house.custodian.vault.compartment(of: wallet.subject)
        #expect(compartment.entries.count == 100)
        let shared = compartment.versions(of: ResourceName(type: "Condition", id: "shared"))
        #expect(shared.map(\.version) == Array(1...50))
        for (result, text) in written {
            let entry = try #require(compartment.entry(recordID: result.recordID))
            #expect(entry.version == result.version && entry.transaction == result.transactionID)
            #expect(try house.custodian.vault.open(entry, of: wallet.subject) == Array(text.utf8))
        }
        try await house.stop()
    }
}
