// Proof files put together from parts that do not belong together, and files with any byte changed: all are refused.
import Cryptography
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Testing

@Suite struct SwappedProofTests {
    /// A network in memory with a few transactions, and a proof file of two of them with two rows.
    struct Fixture {
        let network: TestNetwork
        let node: LedgerNode
        private(set) var ids: [TransactionID] = []
        private let random: SeededRandom

        init(seed: UInt64) async throws {
            let clock = TestClock()
            let random = SeededRandom(seed)
            let network = try TestNetwork(random: random, time: clock.now())
            let directory = NSTemporaryDirectory() + "stele-proof-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: directory) }
            (self.random, self.network) = (random, network)
            node = try network.start(
                MemoryStore(columnFamilies: LedgerStore.columnFamilies), signStateIn: directory,
                contracts: ToyContracts(), time: clock)
            for number in 0..<9 { try await submit("k\(number)", "v\(number) of \(seed)") }
        }

        mutating func submit(_ key: String, _ value: String) async throws {
            let envelope = network.envelope(
                "toy.set", ToyContracts.arguments(key: key, value: value), validUntil: 1_800_000_030, random: random)
            ids.append(try await node.submit(envelope).transactionID)
        }

        func file() async throws -> ProofFile {
            try await node.proof(of: [ids[1], ids[4]], rows: [Array("k1".utf8), Array("none".utf8)])
        }
    }

    private func isTrue(_ file: ProofFile, _ trust: TrustedKeys) -> Bool {
        (try? ProofFile(decoding: file.encoded).verifyPaths(trust)) != nil
    }

    @Test func partsOfOtherFilesAreFalse() async throws {
        var here = try await Fixture(seed: 1)
        let (mine, trust) = (try await here.file(), here.network.trust)
        let foreign = try await Fixture(seed: 2).file()
        try await here.submit("k1", "changed")
        let later = try await here.file()
        #expect(isTrue(mine, trust) && isTrue(later, trust) && !isTrue(foreign, trust))

        // Another network's, or another time's, checkpoint, header, entries or rows under these.
        let parts: [(String, (inout ProofFile, ProofFile) -> Void)] = [
            ("note", { $0.note = $1.note }), ("header", { $0.header = $1.header }),
            (
                "note and header",
                {
                    $0.note = $1.note
                    $0.header = $1.header
                }
            ),
            ("entries", { $0.entries = $1.entries }), ("rows", { $0.rows = $1.rows }),
        ]
        for (name, swap) in parts {
            for other in [foreign, later] {
                var mixed = mine
                swap(&mixed, other)
                #expect(!isTrue(mixed, trust), "\(name)")
            }
        }
    }

    @Test func partsOfEntriesAndRowsOfTheSameFileAreFalse() async throws {
        let fixture = try await Fixture(seed: 3)
        let (file, trust) = (try await fixture.file(), fixture.network.trust)
        let (one, two) = (file.entries[0], file.entries[1])
        let refused = Leaf(
            kind: .transaction, status: 7, index: one.leaf.index, height: one.leaf.height, id: one.leaf.id,
            resultHash: one.leaf.resultHash)
        let entries = [
            EntryProof(leaf: two.leaf, body: one.body, result: one.result, inclusion: one.inclusion),
            EntryProof(leaf: one.leaf, body: two.body, result: one.result, inclusion: one.inclusion),
            EntryProof(leaf: one.leaf, body: one.body, result: [0xa0], inclusion: one.inclusion),
            EntryProof(leaf: one.leaf, body: one.body, result: one.result, inclusion: two.inclusion),
            EntryProof(leaf: refused, body: one.body, result: one.result, inclusion: one.inclusion),
        ]
        for entry in entries {
            var mixed = file
            mixed.entries[0] = entry
            #expect(!isTrue(mixed, trust))
        }
        let (present, absent) = (file.rows[0], file.rows[1])
        let rows = [
            RowProof(key: present.key, value: nil, proof: present.proof),
            RowProof(key: present.key, value: [1], proof: present.proof),
            RowProof(key: present.key, value: nil, proof: absent.proof),
            RowProof(key: absent.key, value: present.value, proof: present.proof),
            RowProof(key: absent.key, value: [1], proof: absent.proof),
            RowProof(key: Array("k2".utf8), value: Array("v1 of 3".utf8), proof: present.proof),
            RowProof(key: Array("k2".utf8), value: nil, proof: absent.proof),
        ]
        for row in rows {
            var mixed = file
            mixed.rows[0] = row
            #expect(!isTrue(mixed, trust))
        }
    }

    @Test func aSealIsNoTransaction() async throws {
        let fixture = try await Fixture(seed: 4)
        var file = try await fixture.file()
        let entry = file.entries[0]
        let seal = Leaf(
            kind: .seal, status: 0, index: 0, height: entry.leaf.height, id: entry.leaf.id, resultHash: .zero)
        file.entries[0] = EntryProof(
            leaf: seal, body: entry.body, result: entry.result, inclusion: entry.inclusion)
        #expect(!isTrue(file, fixture.network.trust))
    }

    @Test func anyChangedByteIsFound() async throws {
        let fixture = try await Fixture(seed: 5)
        let (file, trust) = (try await fixture.file(), fixture.network.trust)
        let bytes = file.encoded
        for place in bytes.indices {
            var broken = bytes
            broken[place] ^= [0x01, 0x80, 0xff][place % 3]
            #expect(throws: SteleError.self, "byte \(place)") {
                try ProofFile(decoding: broken).verifyPaths(trust)
            }
        }
        for length in bytes.indices {
            #expect(throws: SteleError.self) { try ProofFile(decoding: Array(bytes[..<length])) }
        }
        #expect(throws: SteleError.self) { try ProofFile(decoding: bytes + [0]) }
    }

    @Test func manyChangedBytesAreFoundOrChangeNothing() async throws {
        let fixture = try await Fixture(seed: 6)
        let (file, trust) = (try await fixture.file(), fixture.network.trust)
        let bytes = file.encoded
        var random = Mutation.random(91)
        for _ in 0..<Mutation.count(usual: 5000) {
            let mutated = Mutation.of(bytes, &random)
            guard let decoded = try? ProofFile(decoding: mutated) else { continue }
            #expect(decoded.encoded == mutated)
            #expect(mutated == bytes || (try? decoded.verifyPaths(trust)) == nil)
        }
    }
}
