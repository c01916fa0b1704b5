// A hundred writers on one patient, half of them on the same resource, and a restart: no version is lost or doubled.
// With a hundred readers beside them nobody sees half of a write, or less than they saw before.
import Contracts
import FHIR
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

    @Test func aHundredReadersBesideAHundredWritersSeeWholeRecordsOnly() async throws {
        let scratch = try Scratch("readers")
        let house = try await TestCustodian(scratch.path)
        let wallet = try await house.enrol("p1")
        let surgeon = try await house.person("surgeon", role: "surgeon")
        try await house.submit(
            ConsentGrant(
                subject: wallet.subject,
                grants: [house.permit(wallet, to: [.actor(surgeon.did)], classes: [.all])]), by: wallet)
        let (custodian, asker) = (house.custodian, house.asker(surgeon))
        let query = SearchQuery(everythingOf: .condition, count: 1000)
        let question = Question(.search(SearchRequest(query, scope: .patient("p1"))), action: .search)
        @Sendable func text(_ writer: Int) -> String {
            #"{"resourceType":"Condition","id":"c\#(writer)","subject":{"reference":"Patient/p1"}}"#
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<100 {
                group.addTask {
                    let submission = Submission(try TestCustodian.resource(text(writer)))
                    _ = try await custodian.write([submission], patient: "p1")
                    // Whoever asks after the acknowledgement finds it.
                    let name = ResourceName(type: "Condition", id: "c\(writer)")
                    guard
                        case .released(let release) = try await custodian.read(
                            Question(.read(name, version: nil), action: .read), by: asker)
                    else { throw Missing(writer: writer) }
                    #expect(release.records[0].bytes == Array(text(writer).utf8))
                }
            }
            for _ in 0..<100 {
                group.addTask {
                    var seen: Set<String> = []
                    for _ in 0..<4 {
                        guard case .released(let release) = try await custodian.read(question, by: asker) else {
                            throw Missing(writer: -1)
                        }
                        let now = Set(release.records.map { String(decoding: $0.bytes, as: UTF8.self) })
                        #expect(now.isSuperset(of: seen) && now.count == release.total)
                        seen = now
                    }
                    #expect(seen.isSubset(of: (0..<100).map(text)))
                }
            }
            try await group.waitForAll()
        }
        guard case .released(let last) = try await custodian.read(question, by: asker) else {
            throw Missing(writer: -1)
        }
        #expect(last.total == 100)
        try await house.stop()
    }

    private struct Missing: Error { let writer: Int }
}
