// ContractsTests · proof files of a running node: emergency overrides are events of the log like any other.
import Contracts
import Cryptography
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Testing

@Suite struct ProofVerifierTests {
    /// A subject with one record, a request that was refused and an override that was not.
    final class Fixture {
        let directory = NSTemporaryDirectory() + "stele-contracts-" + UUID().uuidString
        let random = SeededRandom(31)
        let clock = TestClock()
        let network: TestNetwork
        let node: LedgerNode
        let subject: TestSubject
        let record: RecordOpening
        private(set) var transactions: [TransactionID] = []

        init() async throws {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            network = try TestNetwork(random: random, time: clock.now())
            node = try network.start(
                try MemoryStore(columnFamilies: LedgerStore.columnFamilies), signStateIn: directory,
                contracts: StandardContracts(), time: clock)
            subject = TestSubject(id: random.bytes32(), key: .random(from: random))
            record = RecordOpening(record: random.bytes32(), salt: random.bytes32(), bytes: Array("{}".utf8))
            try await fill()
        }

        deinit { try? FileManager.default.removeItem(atPath: directory) }

        private func fill() async throws {
            let overrideKey = SigningKey.random(from: random)
            let profile = try #require(ProfileNumber(0))
            let asker = try subject.tokens(["doctor"], random: random)
            let purposes = try subject.tokens(["emergency"], random: random)
            try await submit(NetworkAddKey(key: overrideKey.publicKey, kind: .override), by: network.adminKey)
            try await submit(RecordsRegisterSubject(subject: subject.id, consentKey: subject.key.publicKey))
            try await submit(
                RecordsRegisterProfile(
                    subject: subject.id, profile: profile, classes: try subject.tokens(["all"], random: random)))
            let version = RecordVersion(record: record.record, anchor: record.anchor, profile: profile)
            try await submit(RecordsAnchor(subject: subject.id, versions: [version]))
            try await submit(
                AccessRequest(
                    subject: subject.id, askerCommitment: .zero, asker: asker, action: .read, purposes: purposes,
                    expected: ProfileSet(), manifestRoot: .zero))
            try await submit(
                AccessOverride(
                    subject: subject.id, askerCommitment: .zero, asker: asker, action: .read, purposes: purposes,
                    expected: ProfileSet(0), manifestRoot: .zero, actorCode: random.bytes32(),
                    reason: .lifeThreatening, seconds: 600), by: overrideKey)
        }

        /// Anchors one more version; not among ``transactions``.
        func anchor(_ version: RecordVersion) async throws -> TransactionID {
            try await submit(RecordsAnchor(subject: subject.id, versions: [version]))
            return transactions.removeLast()
        }

        private func submit<Call: ContractCall>(_ call: Call, by key: SigningKey? = nil) async throws {
            let receipt = try await node.submit(
                network.envelope(
                    Call.declaration.name, call.encodedArguments(), key: key,
                    validUntil: clock.now().seconds + 60, random: random))
            try #require(receipt.isApplied, "\(Call.declaration.name) was refused")
            transactions.append(receipt.transactionID)
        }
    }

    @Test func anOverrideIsAnEventAndAuthorisesWithoutGrants() async throws {
        let fixture = try await Fixture()
        let file = try await fixture.node.proof(
            of: Array(fixture.transactions.suffix(3)), rows: [StateKey.accessChain(of: fixture.subject.id)],
            openings: [fixture.record])
        let verdict = try ProofVerifier.verify(file.encoded, trust: fixture.network.trust)
        #expect(verdict.statements.contains(.complete(subject: fixture.subject.id, count: 2)))
        #expect(
            verdict.statements.contains(
                .authorised(record: fixture.record.record, subject: fixture.subject.id, event: 2, grants: [])))
        for number in 1...2 {
            #expect(
                verdict.statements.contains {
                    if case .access(_, UInt64(number), _, [], [], _) = $0 { true } else { false }
                })
        }
        await fixture.node.settle()
    }

    @Test func anOverrideLeftOutIsNoticed() async throws {
        let fixture = try await Fixture()
        let row = StateKey.accessChain(of: fixture.subject.id)
        for left in [[fixture.transactions[4]], [fixture.transactions[5]]] {
            let file = try await fixture.node.proof(of: left, rows: [row])
            #expect(throws: SteleError.self) {
                _ = try ProofVerifier.verify(file.encoded, trust: fixture.network.trust)
            }
        }
        await fixture.node.settle()
    }

    @Test func anEventBeforeTheAnchorAuthorisesNothing() async throws {
        let fixture = try await Fixture()
        let late = RecordOpening(record: .zero, salt: .zero, bytes: Array("[]".utf8))
        let profile = try #require(ProfileNumber(0))
        let anchor = try await fixture.anchor(RecordVersion(record: .zero, anchor: late.anchor, profile: profile))
        let file = try await fixture.node.proof(
            of: Array(fixture.transactions.suffix(3)) + [anchor], openings: [fixture.record, late])
        let statements = try ProofVerifier.verify(file.encoded, trust: fixture.network.trust).statements
        let authorised = statements.compactMap { statement in
            if case .authorised(let record, _, _, _) = statement { record } else { nil }
        }
        #expect(authorised == [fixture.record.record])
        await fixture.node.settle()
    }
}
