// A ledger with toy contracts on a disk in memory that can fail, lose power and be put back.
@testable import CrashWorker
import Cryptography
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Testing

/// What outlives the node: a disk in memory, and a folder for the sign-state, which is a real file.
struct ToySite {
    let scratch: Scratch
    let disk = MemoryDisk()
    let clock = TestClock()
    let random: SeededRandom
    let network: TestNetwork

    init(seed: UInt64 = 1) throws {
        scratch = try Scratch("toy")
        random = SeededRandom(seed)
        network = try TestNetwork(random: random, time: clock.now())
        _ = try SyncedSlotFile.create(signStatePath, payload: LedgerNode.emptySignState)
    }

    var signStatePath: String { scratch("signstate") }

    func store() throws -> MemoryStore {
        try MemoryStore(path: "ledger", columnFamilies: LedgerStore.columnFamilies, on: disk)
    }

    /// A node over `store`, flushing after every second block so that flushes fail as well.
    func node(
        _ store: any KeyValueStore, calls: any SystemCalls = LinuxSystemCalls(), network: TestNetwork? = nil
    ) throws -> LedgerNode {
        let network = network ?? self.network
        return try LedgerNode(
            genesis: network.genesis, contracts: ToyContracts(), store: store,
            signState: SyncedSlotFile.open(signStatePath, calls: calls), key: network.voteKey, time: clock,
            flushBlockCount: 2)
    }

    func envelope(_ number: Int, validFor seconds: UInt64 = 600) -> [UInt8] {
        network.envelope(
            "toy.set", ToyContracts.arguments(key: "key \(number % 7)", value: "value \(number)"),
            validUntil: clock.now().seconds + seconds, random: random)
    }

    /// Submits `envelopes` one by one and returns the receipts that came, and the first fault if one came.
    func submit(_ envelopes: [[UInt8]], to node: LedgerNode) async -> (receipts: [Receipt], fault: SteleError?) {
        var receipts: [Receipt] = []
        for envelope in envelopes {
            do {
                receipts.append(try await node.submit(envelope))
            } catch {
                return (receipts, error)
            }
        }
        return (receipts, nil)
    }

    /// After loss of power: the node starts, has every receipt in `acknowledged`, takes every envelope once more or
    /// again, and its whole ledger recomputes.
    func expectWhole(_ acknowledged: [Receipt], _ envelopes: [[UInt8]], _ what: Comment) async throws {
        disk.crash()
        let store = try store()
        let node = try node(store)
        for receipt in acknowledged { #expect(try node.receipt(of: receipt.transactionID) == receipt, what) }
        for envelope in envelopes { _ = try await node.submit(envelope) }
        await node.settle()
        var check = try LedgerCheck(store, network: network.genesis)
        try check.check(signStateAt: signStatePath)
        try check.checkTiles(of: node)
        #expect(check.findings.texts == [], what)
        #expect(check.entries.count == envelopes.count, what)
        try store.close()
    }
}
