// Stores that must not be started: older than what was signed, of another network, of a later format, with a sign-state
// that is missing its bytes. Each is refused under its code, and nothing in it changes.
@testable import CrashWorker
import Consensus
import Cryptography
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Testing

@Suite struct WrongStoreTests {
    /// A ledger in RocksDB, in the folder `ledger` beside its sign-state.
    struct Site {
        let scratch: Scratch
        let clock = TestClock()
        let random = SeededRandom(3)
        let network: TestNetwork

        init() throws {
            scratch = try Scratch("wrong")
            network = try TestNetwork(random: random, time: clock.now())
        }

        /// Runs a node that accepts `count` transactions, and stops it in order.
        func run(_ count: Int, network: TestNetwork? = nil) async throws {
            let network = network ?? self.network
            let store = try RocksDBStore(path: scratch("ledger"), columnFamilies: LedgerStore.columnFamilies)
            defer { try? store.close() }
            let node = try network.start(
                store, signStateIn: scratch.path, contracts: ToyContracts(), time: clock)
            for _ in 0..<count {
                let envelope = network.envelope(
                    "toy.set", ToyContracts.arguments(key: "k", value: "v"), validUntil: clock.now().seconds + 60,
                    random: random)
                _ = try await node.submit(envelope)
            }
            await node.settle()
        }

        func save(_ name: String) throws {
            for file in files { _ = try scratch.copy(scratch(file), as: "\(name)-\(file)") }
        }
        func restore(_ name: String, _ files: [String]) throws {
            for file in files { _ = try scratch.copy(scratch("\(name)-\(file)"), as: file) }
        }
        let files = ["ledger", "signstate"]

        func code() async -> ErrorCode? {
            do {
                try await run(1)
                return nil
            } catch {
                return (error as? SteleError)?.code
            }
        }
    }

    @Test func anOlderStoreIsRefusedAndANewerOneIsNot() async throws {
        let site = try Site()
        try await site.run(3)
        try site.save("old")
        try await site.run(3)
        try site.save("new")
        try site.restore("old", ["ledger"])
        #expect(await site.code() == .storeRolledBack)
        // The refusal changes nothing: with its own store back the node goes on.
        try site.restore("new", ["ledger"])
        #expect(await site.code() == nil)
        // An older sign-state than the store: the newest block is signed again, identically.
        try site.restore("new", ["ledger"])
        try site.restore("old", ["signstate"])
        #expect(await site.code() == nil)
        // Both older: a consistent copy. No file can show that it is one; witnesses of checkpoints can.
        try site.restore("old", site.files)
        #expect(await site.code() == nil)
    }

    @Test func anotherBlockAtASignedHeightIsRefused() async throws {
        let site = try Site()
        try await site.run(3)
        try site.save("before")
        try await site.run(1)
        try site.save("one")
        try site.restore("before", site.files)
        try await site.run(1)
        // Two histories of equal length now exist; each store fits its own sign-state only.
        try site.restore("one", ["signstate"])
        #expect(await site.code() == .storeRolledBack)
        try site.restore("one", ["ledger"])
        #expect(await site.code() == nil)
    }

    @Test func anotherNetworksStoreIsRefused() async throws {
        let site = try Site()
        try await site.run(2)
        let other = try TestNetwork(random: SeededRandom(4), time: site.clock.now())
        try FileManager.default.removeItem(atPath: site.scratch("signstate"))
        await #expect { try await site.run(1, network: other) } throws: {
            ($0 as? SteleError)?.code == .storeOtherNetwork
        }
    }

    @Test func aKeyThatIsNoValidatorsIsRefused() async throws {
        let site = try ToySite()
        #expect { () throws in
            _ = try LedgerNode(
                genesis: site.network.genesis, contracts: ToyContracts(), store: site.store(),
                signState: SyncedSlotFile.open(site.signStatePath), key: site.network.nodeKey, time: site.clock)
        } throws: {
            ($0 as? SteleError)?.code == .keyNotValidator
        }
    }

    @Test(arguments: [("stele 2\n", ErrorCode.storeNewer), ("stele 999\n", .storeNewer), ("stele x\n", .storeCorrupt)])
    func alaterFormatIsRefused(text: String, code: ErrorCode) throws {
        let scratch = try Scratch("format")
        try Data(text.utf8).write(to: URL(fileURLWithPath: scratch("FORMAT")))
        #expect { try FormatFile.check(major: 1, in: scratch.path) } throws: { ($0 as? SteleError)?.code == code }
    }

    @Test func everyDamagedByteOfTheSignStateIsRefusedOrHarmless() async throws {
        let site = try ToySite()
        _ = try await site.node(site.store()).submit(site.envelope(1))
        let valid = try Data(contentsOf: URL(fileURLWithPath: site.signStatePath))
        let value = try SyncedSlotFile.open(site.signStatePath).read()
        for place in stride(from: 0, to: valid.count, by: 37) {
            var bytes = valid
            bytes[place] ^= 0x20
            try bytes.write(to: URL(fileURLWithPath: site.signStatePath))
            #expect(throws: SteleError.self, "byte \(place)") { try SyncedSlotFile.open(site.signStatePath) }
        }
        for length in stride(from: 0, to: valid.count, by: 509) {
            try valid.prefix(length).write(to: URL(fileURLWithPath: site.signStatePath))
            #expect(throws: SteleError.self, "\(length) bytes") { try SyncedSlotFile.open(site.signStatePath) }
        }
        try valid.write(to: URL(fileURLWithPath: site.signStatePath))
        #expect(try SyncedSlotFile.open(site.signStatePath).read() == value)
    }

    @Test func aSignStateThatIsNoneIsRefused() throws {
        let site = try ToySite()
        for payload in [[], [0x80], SignState().encoded + [0], Array(SignState().encoded.dropLast())] {
            try SyncedSlotFile.open(site.signStatePath).write(payload)
            let store = try site.store()
            #expect { _ = try site.node(store) } throws: { ($0 as? SteleError)?.code == .signStateMalformed }
            try store.close()
        }
    }
}
