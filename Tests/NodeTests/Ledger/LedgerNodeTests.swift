// One node over a store in memory: receipts, repeats, proofs and restarts, with contracts that do next to nothing.
import Cryptography
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Testing

@Suite struct LedgerNodeTests {
    /// A directory of its own for each test's sign-state.
    final class Fixture {
        let directory = NSTemporaryDirectory() + "stele-node-" + UUID().uuidString
        let clock = TestClock()
        let random = SeededRandom(7)
        let network: TestNetwork
        let store: MemoryStore
        var node: LedgerNode

        init() throws {
            store = try MemoryStore(columnFamilies: LedgerStore.columnFamilies)
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            network = try TestNetwork(random: random, time: clock.now())
            node = try network.start(store, signStateIn: directory, contracts: ToyContracts(), time: clock)
        }

        deinit { try? FileManager.default.removeItem(atPath: directory) }

        func envelope(_ key: String, _ value: String, validFor seconds: UInt64 = 60) -> [UInt8] {
            network.envelope(
                "toy.set", ToyContracts.arguments(key: key, value: value),
                validUntil: clock.now().seconds + seconds, random: random)
        }

        func restart() async throws {
            await node.settle()
            node = try network.start(store, signStateIn: directory, contracts: ToyContracts(), time: clock)
        }
    }

    @Test func givesReceiptsAndFindsThemAgainAfterARestart() async throws {
        let fixture = try Fixture()
        let envelope = fixture.envelope("a", "1")
        let receipt = try await fixture.node.submit(envelope)
        #expect(receipt.isApplied)
        #expect(try fixture.node.value(for: Array("a".utf8)) == Array("1".utf8))
        let again = try await fixture.node.submit(envelope)
        #expect(again == receipt)
        let head = fixture.node.head.header
        try await fixture.restart()
        #expect(fixture.node.head.header == head)
        #expect(try await fixture.node.submit(envelope) == receipt)
        #expect(fixture.node.head.header == head)
    }

    @Test func keepsARefusedTransactionWithItsReasonAndWithoutItsWrites() async throws {
        let fixture = try Fixture()
        let receipt = try await fixture.node.submit(fixture.envelope("a", "no"))
        #expect(receipt.status == 7)
        #expect(try fixture.node.value(for: Array("a".utf8)) == nil)
    }

    @Test func refusesForeignUnsignedExpiredAndFarFutureTransactions() async throws {
        let fixture = try Fixture()
        var forged = fixture.envelope("a", "1")
        forged[forged.count - 1] ^= 1
        await #expect(throws: SteleError.self) { try await fixture.node.submit(forged) }
        let other = try TestNetwork(random: SeededRandom(8), time: fixture.clock.now())
        let foreign = other.envelope(
            "toy.set", ToyContracts.arguments(key: "a", value: "1"), validUntil: fixture.clock.now().seconds + 9,
            random: fixture.random)
        await #expect(throws: SteleError.self) { try await fixture.node.submit(foreign) }
        await #expect(throws: SteleError.self) {
            try await fixture.node.submit(fixture.envelope("a", "1", validFor: 601))
        }
        let late = fixture.envelope("a", "1", validFor: 1)
        fixture.clock.advance(milliseconds: 3000)
        await #expect(throws: SteleError.self) { try await fixture.node.submit(late) }
        #expect(try fixture.node.value(for: Array("a".utf8)) == nil)
    }

    @Test func proofsHoldOfflineAndAnyChangedByteBreaksThem() async throws {
        let fixture = try Fixture()
        var ids: [TransactionID] = []
        for number in 0..<300 {
            ids.append(try await fixture.node.submit(fixture.envelope("k\(number)", "v\(number)")).transactionID)
        }
        let file = try await fixture.node.proof(
            of: [ids[3], ids[299]], rows: [Array("k7".utf8), Array("absent".utf8)])
        let bytes = file.encoded
        let header = try ProofFile(decoding: bytes).verifyPaths(fixture.network.trust)
        #expect(header == fixture.node.head.header)
        #expect(file.rows[0].value == Array("v7".utf8) && file.rows[1].value == nil)
        // Without the absent row: its key may turn into another that is absent too, which would then be shown truly.
        let shown = try await fixture.node.proof(of: [ids[3], ids[299]], rows: [Array("k7".utf8)]).encoded
        for place in stride(from: 0, to: shown.count, by: 3) {
            var broken = shown
            broken[place] ^= UInt8(1 << (place % 8))
            #expect(throws: SteleError.self) {
                _ = try ProofFile(decoding: broken).verifyPaths(fixture.network.trust)
            }
        }
    }

    /// Writers who keep every block following the last one, for as long as `body` runs.
    private static func whileWriting<Value: Sendable>(
        _ fixture: Fixture, _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        let (node, network, clock, random) = (fixture.node, fixture.network, fixture.clock, fixture.random)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<3 {
                group.addTask {
                    var number = 0
                    while !Task.isCancelled {
                        let envelope = network.envelope(
                            "toy.set", ToyContracts.arguments(key: "w\(writer)", value: "\(number)"),
                            validUntil: clock.now().seconds + 60, random: random)
                        _ = try await node.submit(envelope)
                        number += 1
                    }
                }
            }
            let value = try await body()
            group.cancelAll()
            try await group.waitForAll()
            return value
        }
    }

    @Test func proofsOfRowsDoNotWaitForAPauseOfTheWriters() async throws {
        let fixture = try Fixture()
        _ = try await fixture.node.submit(fixture.envelope("a", "1"))
        let (node, trust) = (fixture.node, fixture.network.trust)
        let heights = try await Self.whileWriting(fixture) {
            var heights: [UInt64] = []
            for _ in 0..<100 {
                let before = node.head.header.height
                let file = try await node.proof(of: [], rows: [Array("a".utf8), Array("w0".utf8)])
                let header = try file.verifyPaths(trust)
                #expect(file.rows[0].value == Array("1".utf8))
                heights.append(header.height - before)
            }
            return heights
        }
        // Those on their way when it was asked for, and what the finalizer was about to tell of.
        #expect(heights.allSatisfy { $0 <= 4 }, "\(heights)")
    }

    @Test func nobodySeesABlockBeforeItIsFinal() async throws {
        let fixture = try Fixture()
        let node = fixture.node
        try await Self.whileWriting(fixture) {
            for _ in 0..<20_000 {
                let height = node.head.header.height + 1
                let (note, header) = (try node.note(at: height), try node.header(at: height))
                #expect((note == nil && header == nil) || node.head.header.height >= height)
            }
        }
        await node.settle()
        let (header, note) = (node.head.header, node.head.note)
        #expect(try node.note(at: header.height) == note && node.header(at: header.height) == header)
        #expect(try node.note(at: header.height + 1) == nil && node.header(at: header.height + 1) == nil)
    }

    @Test func manyWritersAllGetReceiptsAndTheRestartFindsEqualRoots() async throws {
        let fixture = try Fixture()
        let (node, envelopes) = (fixture.node, (0..<3000).map { fixture.envelope("k\($0 % 700)", "v\($0)") })
        let receipts = try await withThrowingTaskGroup(of: Receipt.self) { group in
            var next = 0
            var receipts: [Receipt] = []
            while next < 64 {
                let envelope = envelopes[next]
                group.addTask { try await node.submit(envelope) }
                next += 1
            }
            while let receipt = try await group.next() {
                receipts.append(receipt)
                guard next < envelopes.count else { continue }
                let envelope = envelopes[next]
                group.addTask { try await node.submit(envelope) }
                next += 1
            }
            return receipts
        }
        #expect(Set(receipts.map(\.logIndex)).count == 3000)
        let head = node.head.header
        try await fixture.restart()
        #expect(fixture.node.head.header == head)
        #expect(try await fixture.node.submit(fixture.envelope("after", "restart")).isApplied)
        let file = try await fixture.node.proof(of: receipts.suffix(5).map(\.transactionID), rows: [Array("k1".utf8)])
        #expect(throws: Never.self) { try file.verifyPaths(fixture.network.trust) }
    }

    @Test func refusesAStoreOlderThanTheSignState() async throws {
        let fixture = try Fixture()
        _ = try await fixture.node.submit(fixture.envelope("a", "1"))
        await fixture.node.settle()
        let empty = try MemoryStore(columnFamilies: LedgerStore.columnFamilies)
        let error = #expect(throws: SteleError.self) {
            try fixture.network.start(
                empty, signStateIn: fixture.directory, contracts: ToyContracts(), time: fixture.clock)
        }
        #expect(error?.code == .storeRolledBack)
    }

    @Test func refreshesItsClockAfterAnIdleSpell() async throws {
        let fixture = try Fixture()
        _ = try await fixture.node.submit(fixture.envelope("a", "1"))
        fixture.clock.advance(milliseconds: 3_600_000)
        let receipt = try await fixture.node.submit(fixture.envelope("a", "2"))
        #expect(receipt.time.milliseconds + 1000 >= fixture.clock.now().milliseconds)
    }

    @Test(.timeLimit(.minutes(1)), arguments: 1...12)
    func aFaultEndsProofsOfRowsInsteadOfHangingThem(operation: Int) async throws {
        let fixture = try Fixture()
        await fixture.node.settle()
        let store = FaultInjectingStore(fixture.store)
        let node = try fixture.network.start(
            store, signStateIn: fixture.directory, contracts: ToyContracts(), time: fixture.clock)
        store.plan(Fault(operation: store.operationCount + operation))
        let receipt = try? await node.submit(fixture.envelope("a", "1"))
        let proof = try? await node.proof(of: [], rows: [Array("a".utf8)])
        #expect(node.fault == nil || receipt == nil)
        #expect(node.fault == nil || proof == nil)
    }
}
