// Many readers against a patient who revokes: after the revoke nothing is released, before it everything is logged.
// They read, search, go through histories and take everything away, all at once.
import Contracts
import FHIR
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Synchronization
import Testing
import Vault

@Suite(.serialized) struct RevokeTests {
    /// `STELE_READS=10000` is the long run.
    static let readCount = Extent.count("STELE_READS", usual: 1200)
    static let readerCount = 64

    @Test func nothingIsReleasedAfterARevoke() async throws {
        let scratch = try Scratch("revoke")
        let house = try await TestCustodian(scratch.path)
        let wallet = try await house.enrol("p1")
        let surgeon = try await house.person("surgeon", role: "surgeon")
        for number in 0..<3 {
            let text = #"{"resourceType":"Condition","id":"c\#(number)","subject":{"reference":"Patient/p1"}}"#
            _ = try await house.custodian.write([Submission(try TestCustodian.resource(text))], patient: "p1")
        }
        let (custodian, asker) = (house.custodian, house.asker(surgeon, patient: "p1"))
        var releases: [Receipt] = []
        var random = SeededGenerator(seed: Extent.seed)
        // Several times over, because what matters happens within one block.
        for _ in 0..<4 {
            let grant = try await house.submit(
                ConsentGrant(
                    subject: wallet.subject,
                    grants: [house.permit(wallet, to: [.actor(surgeon.did)], classes: [.all])]), by: wallet)
            #expect(grant.isApplied)
            let progress = Progress()
            async let reading = Self.read(Self.readCount / 4, custodian, asker, progress)
            // In the midst of the reads, however fast the machine is.
            try await progress.wait(until: Int.random(in: 1...(Self.readCount / 16), using: &random))
            let revoke = try await house.submit(
                ConsentRevoke(
                    subject: wallet.subject, grants: [Grant.id(transaction: grant.transactionID, index: 0)]),
                by: wallet)
            #expect(revoke.isApplied)
            let after = try await Self.read(8, custodian, asker, Progress())
            #expect(after.isEmpty, "read after the revoke was acknowledged")
            let released = try await reading
            let late = released.filter { ($0.height, $0.logIndex) > (revoke.height, revoke.logIndex) }
            #expect(late.isEmpty, "\(late.count) of \(released.count) releases came after the revoke")
            #expect(
                !released.isEmpty && released.count < Self.readCount / 4, "the revoke came before or after all reads")
            releases += released
        }
        try await expectLogged(releases, house, wallet.subject)
        try await house.stop()
    }

    /// How many releases there were.
    final class Progress: Sendable {
        private let released = Mutex(0)

        func count() { released.withLock { $0 += 1 } }

        func wait(until count: Int) async throws {
            while released.withLock({ $0 < count }) { try await Task.sleep(for: .milliseconds(1)) }
        }
    }

    /// Releases among `count` reads, of which ``readerCount`` are under way at a time.
    private static func read(
        _ count: Int, _ custodian: Custodian, _ asker: Asker, _ progress: Progress
    ) async throws -> [Receipt] {
        try await withThrowingTaskGroup(of: [Receipt].self) { group in
            for reader in 0..<readerCount {
                group.addTask {
                    var released: [Receipt] = []
                    for number in stride(from: reader, to: count, by: readerCount) {
                        do {
                            if case .released(let release) = try await custodian.read(try question(number), by: asker) {
                                released.append(release.receipt)
                                progress.count()
                            }
                        } catch let error as SteleError
                            where [.accessContended, .clockSkewed].contains(error.code)
                        {
                            continue
                        }
                    }
                    return released
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    /// Every way to get at a record; proofs begin with a read.
    private static func question(_ number: Int) throws -> Question {
        let resource = ResourceName(type: "Condition", id: "c\(number % 3)")
        let context = SearchContext(now: Timestamp(seconds: 1_800_000_000))
        switch number / 3 % 6 {
        case 0: return Question(.read(resource, version: nil), action: .read)
        case 1: return Question(.read(resource, version: 1), action: .read)
        case 2:
            let query = try SearchQuery(.condition, [SearchField("patient", "p1")], in: context)
            return Question(.search(SearchRequest(query, scope: .patient("p1"))), action: .search)
        case 3:
            let query = SearchQuery(everythingOf: nil).includingReferred()
            return Question(.search(SearchRequest(query, scope: .patient("p1"))), action: .export)
        case 4: return Question(.history(HistoryQuestion(.resource(resource), count: 10)), action: .read)
        default: return Question(.history(HistoryQuestion(.patient("p1", type: nil), count: 10)), action: .read)
        }
    }

    /// Every release has its event, and the log has no gap.
    private func expectLogged(_ releases: [Receipt], _ house: TestCustodian, _ subject: SubjectID) async throws {
        let lines = try house.custodian.accessLog(of: subject, limit: .max)
        #expect(lines.map(\.number) == Array(1...UInt64(lines.count)))
        let shown = Set(lines.filter { !$0.isRefused }.map(\.receipt.transactionID))
        #expect(shown == Set(releases.map(\.transactionID)))
        #expect(lines.allSatisfy { $0.request != nil })
    }
}
