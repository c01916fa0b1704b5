// Bundles of entries from a running node: every leaf of the log, under the hashes that its tiles show.
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Testing

@Suite struct EntryBundleTests {
    static let transactionCount = 300

    /// A log of some 600 leaves, a seal before each transaction: two full bundles and a part of one.
    private static func fixture() async throws -> LedgerNodeTests.Fixture {
        let fixture = try LedgerNodeTests.Fixture()
        for number in 0..<transactionCount {
            _ = try await fixture.node.submit(fixture.envelope("k\(number)", number % 7 == 0 ? "no" : "yes"))
        }
        return fixture
    }

    /// The entries of a bundle, as the standard reads them.
    private static func entries(_ bundle: [UInt8]) throws -> [[UInt8]] {
        var entries: [[UInt8]] = []
        var place = 0
        while place < bundle.count {
            let count = Int(bundle.bigEndian(at: place, as: UInt16.self))
            try #require(place + 2 + count <= bundle.count)
            entries.append(Array(bundle[(place + 2)..<(place + 2 + count)]))
            place += 2 + count
        }
        return entries
    }

    @Test func everyWidthHoldsTheLeavesOfTheLog() async throws {
        let fixture = try await Self.fixture()
        let head = fixture.node.head.header
        #expect(head.logSize == UInt64(Self.transactionCount) + head.height && head.logSize > 2 * 256)
        var tree = LogTree()
        var leaves: [Leaf] = []
        for index in 0...(head.logSize / 256) {
            let widthMax = TileCoordinate.width(level: 0, index: index, treeSize: head.logSize)
            let widest = try #require(
                try fixture.node.entryBundle(EntryBundleCoordinate(index: index, width: widthMax)))
            let tile = try #require(
                try fixture.node.tile(TileCoordinate(level: 0, index: index, width: widthMax)))
            let entries = try Self.entries(widest)
            #expect(entries.count == widthMax && entries.allSatisfy { $0.count == 80 })
            for entry in entries {
                tree.append(leafHash: LogTree.leafHash(of: entry))
                leaves.append(try #require(Leaf(decoding: entry)))
            }
            #expect(entries.flatMap { LogTree.leafHash(of: $0).bytes } == tile)
            for width in 1...256 {
                let bundle = try fixture.node.entryBundle(EntryBundleCoordinate(index: index, width: width))
                let expected = width <= widthMax ? Array(widest.prefix(82 * width)) : nil
                #expect(bundle == expected, "bundle \(index), width \(width)")
            }
        }
        #expect(tree.root == head.logRoot)
        #expect(leaves.count { $0.kind == .transaction } == Self.transactionCount)
        #expect(leaves.count { $0.status == 7 } == 43)
        for index in [head.logSize / 256 + 1, 1 << 40, UInt64.max] {
            #expect(try fixture.node.entryBundle(EntryBundleCoordinate(index: index, width: 1)) == nil)
        }
    }

    @Test func anErasedBodyLeavesItsLeafAndADamagedLeafIsNotServed() async throws {
        let fixture = try await Self.fixture()
        let entries = LedgerStore.columnFamilies[3]
        let bundle = EntryBundleCoordinate(index: 1, width: 200)
        let whole = try #require(try fixture.node.entryBundle(bundle))
        let place = try #require(
            try Self.entries(whole).enumerated().first { $0 > 99 && Leaf(decoding: $1)?.kind == .transaction }?.offset)
        var key: [UInt8] = []
        key.append(bigEndian: UInt64(256 + place))
        let row = try #require(try fixture.store.get(key, in: entries))
        #expect(row.count > Leaf.byteCount)

        func write(_ row: [UInt8]?) throws {
            var batch = WriteBatch()
            if let row { batch.put(key, row, in: entries) } else { batch.delete(key, in: entries) }
            try fixture.store.write(batch, sync: false)
        }
        // What an erasure leaves of a transaction.
        try write(Array(row.prefix(Leaf.byteCount)))
        #expect(try fixture.node.entryBundle(bundle) == whole)
        for byte in 0..<Leaf.byteCount {
            var damaged = row
            damaged[byte] ^= 1
            try write(damaged)
            #expect(throws: SteleError.self) { try fixture.node.entryBundle(bundle) }
        }
        for damaged in [nil, [], Array(row.prefix(Leaf.byteCount - 1))] as [[UInt8]?] {
            try write(damaged)
            let error = #expect(throws: SteleError.self) { try fixture.node.entryBundle(bundle) }
            #expect(error?.code == .storeDamaged)
        }
        // What lies before it is served all the same.
        let before = try fixture.node.entryBundle(EntryBundleCoordinate(index: 1, width: place))
        #expect(before == Array(whole.prefix(82 * place)))
        try write(row)
        #expect(try fixture.node.entryBundle(bundle) == whole)
    }
}
