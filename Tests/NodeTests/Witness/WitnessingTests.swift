// A ledger and its witnesses: honest ones, liars, ones that stall, ones that know better.
import Contracts
import Cryptography
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Synchronization
import Testing

/// Witnesses in memory, each with its own manners.
private final class FakeWitnesses: WitnessTransport {
    enum Manner: Sendable {
        case honest, wrongKey, wrongTime, otherText, garbage, refusing, stalling, boasting, wrongSize
    }
    struct State {
        var manners: [String: Manner] = [:]
        var latest: [String: WitnessedTree] = [:]
        var requestCount = 0
    }
    let state = Mutex(State())
    let trust: TrustedKeys
    let cosigners: [String: Cosigner]
    let clock: any TimeSource
    let random = SeededRandom(99)

    init(_ trust: TrustedKeys, names: [String], clock: any TimeSource) {
        self.trust = trust
        self.clock = clock
        let random = random
        cosigners = Dictionary(uniqueKeysWithValues: names.map { ($0, Cosigner(name: $0, key: .random(from: random))) })
    }

    var peers: [WitnessPeer] {
        cosigners.keys.sorted().map { WitnessPeer(url: "https://" + $0, key: cosigners[$0]!.verifierKey)! }
    }

    func set(_ name: String, _ manner: Manner) { state.withLock { $0.manners[name] = manner } }
    func latest(_ name: String) -> WitnessedTree? { state.withLock { $0.latest[name] } }

    func post(_ body: [UInt8], to url: String, within limit: Duration) async throws(SteleError) -> WitnessAnswer {
        let name = String(url.dropFirst("https://".count).dropLast("/add-checkpoint".count))
        let manner = state.withLock { state in
            state.requestCount += 1
            return state.manners[name] ?? .honest
        }
        let request = try WitnessRequest(parsing: body)
        let (now, cosigner) = (clock.now().seconds, cosigners[name]!)
        func cosigned(_ by: Cosigner, _ text: [UInt8], _ time: UInt64) -> WitnessAnswer {
            WitnessAnswer(status: 200, contentType: "text/plain", body: by.line(for: text, time: time))
        }
        switch manner {
        case .wrongKey: return cosigned(Cosigner(name: name, key: .random(from: random)), request.note.text, now)
        case .wrongTime: return cosigned(cosigner, request.note.text, now + 3600)
        case .otherText: return cosigned(cosigner, Array("other\n1\n".utf8) + request.note.text, now)
        case .garbage: return WitnessAnswer(status: 200, contentType: nil, body: random.bytes(300))
        case .refusing: return WitnessAnswer(status: 403, contentType: nil, body: [])
        case .stalling:
            try? await Task.sleep(for: limit)
            throw SteleError(.transactionUnknown, "no answer in time", hint: "none")
        case .boasting:
            return WitnessAnswer(status: 409, contentType: "text/x.tlog.size", body: Array("999999999\n".utf8))
        case .wrongSize: return WitnessAnswer(status: 409, contentType: "text/x.tlog.size", body: Array("-1\n".utf8))
        case .honest: break
        }
        return state.withLock { state in
            switch WitnessJudgement.of(request, trust: trust, latest: state.latest[name]) {
            case .cosign(let tree):
                state.latest[name] = tree
                return cosigned(cosigner, request.note.text, now)
            case .conflict(let size), .fork(let size):
                return WitnessAnswer(status: 409, contentType: "text/x.tlog.size", body: Array("\(size)\n".utf8))
            case .malformed: return WitnessAnswer(status: 400, contentType: nil, body: [])
            case .unsigned: return WitnessAnswer(status: 403, contentType: nil, body: [])
            case .inconsistent: return WitnessAnswer(status: 422, contentType: nil, body: [])
            }
        }
    }
}

private let (one, two) = ("witness.example/one", "witness.example/two")

@Suite struct WitnessingTests {
    /// A node over a store in memory, with two witnesses.
    private final class Fixture {
        let directory = NSTemporaryDirectory() + "stele-witness-" + UUID().uuidString
        let clock = SystemTime()
        let random = SystemRandom()
        let network: TestNetwork
        let store: MemoryStore
        let witnesses: FakeWitnesses
        private(set) var node: LedgerNode
        private var running: Task<Void, Never>?
        var keys: [NoteVerifierKey] { witnesses.peers.map(\.key) }

        convenience init() throws {
            let network = try TestNetwork(random: SystemRandom(), time: SystemTime().now())
            try self.init(
                network: network,
                witnesses: FakeWitnesses(network.trust, names: [one, two], clock: SystemTime()))
        }

        /// Begins the history of `network` from its genesis, brought to `witnesses`.
        init(network: TestNetwork, witnesses: FakeWitnesses) throws {
            self.network = network
            self.witnesses = witnesses
            store = try MemoryStore(columnFamilies: LedgerStore.columnFamilies)
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            node = try network.start(store, signStateIn: directory, contracts: ToyContracts(), time: clock)
        }

        deinit {
            running?.cancel()
            try? FileManager.default.removeItem(atPath: directory)
        }

        func witness(timeout: Duration = .milliseconds(300)) {
            var policy = WitnessPolicy(witnesses.peers)
            policy.interval = .milliseconds(20)
            policy.timeout = timeout
            let witnessing = node.witness(policy, transport: witnesses)
            running = Task { await witnessing.run() }
        }

        func restart() async throws {
            running?.cancel()
            await running?.value
            await node.settle()
            node = try network.start(store, signStateIn: directory, contracts: ToyContracts(), time: clock)
        }

        @discardableResult
        func set(_ key: String) async throws -> Receipt {
            try await node.submit(
                network.envelope(
                    "toy.set", ToyContracts.arguments(key: key, value: "1"), validUntil: clock.now().seconds + 60,
                    random: random))
        }

        /// Waits until the newest head is cosigned by `count`.
        func waitForCosignatures(_ count: Int) async throws -> CosignedHead {
            for _ in 0..<500 {
                if let cosigned = node.cosignedHead, cosigned.cosignatures.count == count,
                    cosigned.head.header.height == node.head.header.height
                {
                    return cosigned
                }
                try await Task.sleep(for: .milliseconds(20))
            }
            throw CancellationError()
        }

        func cosigners(of note: [UInt8]) throws -> [String] {
            try SignedNote(parsing: note).cosignatures(by: keys).map(\.key.name)
        }
    }

    @Test func headsAreCosignedAndProofsCarryIt() async throws {
        let fixture = try Fixture()
        fixture.witness()
        for index in 0..<5 {
            let receipt = try await fixture.set("k\(index)")
            _ = try await fixture.waitForCosignatures(2)
            let proof = try await fixture.node.proof(of: [receipt.transactionID], rows: [Array("k\(index)".utf8)])
            #expect(try fixture.cosigners(of: proof.note) == [one, two])
            #expect(try proof.verifyPaths(fixture.network.trust).height >= receipt.height)
        }
        #expect(try fixture.cosigners(of: fixture.node.checkpointNote) == [one, two])
        #expect(fixture.node.witnessStatus?.hasQuorum == true && fixture.node.witnessStatus?.contradictionCount == 0)
        #expect(fixture.witnesses.latest(one)?.size == fixture.node.head.header.logSize)
    }

    @Test func aProofOfANewTransactionHasItsHeadCosignedAtOnce() async throws {
        let fixture = try Fixture()
        var policy = WitnessPolicy(fixture.witnesses.peers)
        policy.interval = .seconds(600)
        let witnessing = fixture.node.witness(policy, transport: fixture.witnesses)
        let running = Task { await witnessing.run() }
        defer { running.cancel() }
        for index in 0..<3 {
            let receipt = try await fixture.set("k\(index)")
            let proof = try await fixture.node.proof(of: [receipt.transactionID], rows: [Array("k\(index)".utf8)])
            #expect(try fixture.cosigners(of: proof.note) == [one, two])
        }
        // Many at once: each gets a proof that holds, cosigned or not.
        let node = fixture.node
        let receipt = try await fixture.set("last")
        try await withThrowingTaskGroup(of: ProofFile.self) { group in
            for _ in 0..<20 { group.addTask { try await node.proof(of: [receipt.transactionID]) } }
            for try await proof in group { _ = try proof.verifyPaths(fixture.network.trust) }
        }
    }

    @Test(arguments: [
        FakeWitnesses.Manner.wrongKey, .wrongTime, .otherText, .garbage, .refusing, .stalling, .boasting, .wrongSize,
    ])
    private func aBadWitnessCostsNothingButItsOwnCosignature(manner: FakeWitnesses.Manner) async throws {
        let fixture = try Fixture()
        fixture.witnesses.set(two, manner)
        try await fixture.set("before")
        fixture.witness()
        let cosigned = try await fixture.waitForCosignatures(1)
        #expect(cosigned.cosignatures.map(\.key.name) == [one])
        let start = ContinuousClock.now
        let receipt = try await fixture.set("after")
        #expect(receipt.isApplied && ContinuousClock.now - start < .seconds(2))
        let proof = try await fixture.node.proof(of: [receipt.transactionID])
        _ = try proof.verifyPaths(fixture.network.trust)
        #expect(try fixture.cosigners(of: proof.note).contains(two) == false)
        let status = try #require(fixture.node.witnessStatus)
        #expect(status.failureCount > 0 && !status.hasQuorum, "one of two is no majority")
        #expect(fixture.node.fault == nil)
        // It mends its ways, and is believed again.
        fixture.witnesses.set(two, .honest)
        #expect(try await fixture.waitForCosignatures(2).cosignatures.count == 2)
    }

    @Test func withoutAWitnessThatAnswersProofsGoOutAsTheyAre() async throws {
        let fixture = try Fixture()
        fixture.witnesses.set(one, .stalling)
        fixture.witnesses.set(two, .stalling)
        fixture.witness(timeout: .milliseconds(100))
        let receipt = try await fixture.set("k")
        for _ in 0..<3 {
            let proof = try await fixture.node.proof(of: [receipt.transactionID])
            _ = try proof.verifyPaths(fixture.network.trust)
            #expect(try fixture.cosigners(of: proof.note).isEmpty)
        }
        // Once a round has failed nobody waits for the next.
        let start = ContinuousClock.now
        for _ in 0..<20 { _ = try await fixture.node.proof(of: [receipt.transactionID]) }
        #expect(ContinuousClock.now - start < .seconds(1))
        #expect(fixture.node.checkpointNote == fixture.node.head.note)
    }

    @Test func afterARestartTheWitnessesAreAskedFromWhereTheyAre() async throws {
        let fixture = try Fixture()
        fixture.witness()
        try await fixture.set("a")
        _ = try await fixture.waitForCosignatures(2)
        try await fixture.restart()
        try await fixture.set("b")
        fixture.witness()
        #expect(try await fixture.waitForCosignatures(2).head.header.logSize == fixture.node.head.header.logSize)
    }

    /// The signer goes back to an older copy, store and sign-state, and signs another history with the same key.
    @Test func aRewrittenLedgerIsContradictedByEveryWitness() async throws {
        let fixture = try Fixture()
        fixture.witness()
        for index in 0..<4 { try await fixture.set("k\(index)") }
        let before = try await fixture.waitForCosignatures(2)
        let rewritten = try Fixture(network: fixture.network, witnesses: fixture.witnesses)
        for index in 0..<12 { try await rewritten.set("other\(index)") }
        rewritten.witness()
        for _ in 0..<200 where rewritten.node.witnessStatus?.failureCount ?? 0 < 4 {
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(rewritten.node.cosignedHead == nil)
        #expect(rewritten.node.witnessStatus?.cosignedCount == 0)
        #expect(rewritten.node.witnessStatus?.contradictionCount == 2)
        #expect(
            fixture.witnesses.latest(one)
                == WitnessedTree(
                    size: before.head.header.logSize, root: before.head.header.logRoot))
        // What was proven before still stands against it.
        #expect(rewritten.node.head.header.logSize > before.head.header.logSize)
    }
}
