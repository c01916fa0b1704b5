import Ledger
import Primitives
import Testing

/// Tiles by storage key, as the node keeps them.
struct StoredTiles: TileSource {
    var tiles: [[UInt8]: [UInt8]] = [:]

    mutating func store(_ changed: [(key: [UInt8], bytes: [UInt8])]) {
        for (key, bytes) in changed {
            if let old = tiles[key] { precondition(bytes.starts(with: old), "a stored hash changed") }
            tiles[key] = bytes
        }
    }

    func tile(level: UInt8, index: UInt64) throws(SteleError) -> [UInt8]? {
        tiles[TileCoordinate.key(level: level, index: index)]
    }
}

@Suite struct LogTilesTests {
    /// C2SP tlog-tiles, "Partial Tiles": 70,000 entries.
    @Test func hasThePublishedTileCounts() throws {
        var log = LogTiles()
        for number in 0..<70_000 as Range<UInt64> {
            var leaf = [UInt8](repeating: 0, count: 24)
            leaf.append(bigEndian: number)
            log.append(leafHash: Digest(leaf)!)
        }
        var widths: [UInt8: [Int: Int]] = [:]
        for (key, bytes) in log.takeChangedTiles() { widths[key[0], default: [:]][bytes.count / 32, default: 0] += 1 }
        #expect(widths == [0: [256: 273, 112: 1], 1: [256: 1, 17: 1], 2: [1: 1]])
        for (level, index, width) in [(0, 272, 256), (0, 273, 112), (0, 274, 0), (1, 1, 17), (2, 0, 1), (3, 0, 0)] {
            #expect(TileCoordinate.width(level: UInt8(level), index: UInt64(index), treeSize: 70_000) == width)
        }
        #expect(TileCoordinate.width(level: 1, index: 0, treeSize: 256) == 1)
    }

    @Test func reportsOnlyWhatChanged() throws {
        var log = LogTiles()
        for leaf in leafHashes(255) { log.append(leafHash: leaf) }
        #expect(log.takeChangedTiles().map(\.key) == [TileCoordinate.key(level: 0, index: 0)])
        #expect(log.takeChangedTiles().isEmpty)
        log.append(leafHash: LogTreeTests.leafHash(255))
        let changed = log.takeChangedTiles()
        #expect(changed.map { $0.bytes.count } == [8_192, 32])
        #expect(log.tile(level: 0, index: 0) == nil)
        #expect(log.tile(level: 1, index: 0) == log.tree.root.bytes)
    }

    @Test func resumesFromStoredTilesAnywhere() throws {
        let leaves = leafHashes(70_000 / 64)
        var stored = StoredTiles()
        var whole = LogTiles()
        for (index, leaf) in leaves.enumerated() {
            whole.append(leafHash: leaf)
            guard index % 41 == 7 || index % 256 == 255 else { continue }
            stored.store(whole.takeChangedTiles())
            var resumed = try LogTiles(treeSize: UInt64(index + 1), source: stored)
            #expect(resumed.tree == whole.tree)
            #expect(resumed.takeChangedTiles().isEmpty)
            var continued = whole
            for leaf in leaves.suffix(300) {
                resumed.append(leafHash: leaf)
                continued.append(leafHash: leaf)
            }
            #expect(resumed.tree == continued.tree)
            #expect(resumed.takeChangedTiles().map(\.bytes) == continued.takeChangedTiles().map(\.bytes))
        }
    }

    @Test func resumesAtAnOlderSizeThanStored() throws {
        var stored = StoredTiles()
        var log = LogTiles()
        let leaves = leafHashes(700)
        for leaf in leaves { log.append(leafHash: leaf) }
        stored.store(log.takeChangedTiles())
        var older = try LogTiles(treeSize: 300, source: stored)
        for leaf in leaves[300...] { older.append(leafHash: leaf) }
        #expect(older.tree == log.tree)
    }

    @Test func servesProofsAcrossMemoryAndStorage() throws {
        var stored = StoredTiles()
        var log = LogTiles()
        let leaves = leafHashes(1_200)
        for (index, leaf) in leaves.enumerated() {
            log.append(leafHash: leaf)
            if index == 600 { stored.store(log.takeChangedTiles()) }
        }
        let source = LayeredTileSource(log, over: stored)
        for index in stride(from: 0, to: 1_200, by: 97) {
            let proof = try source.inclusionProof(index: UInt64(index), treeSize: 1_200)
            #expect(proof.verify(leafHash: leaves[index], root: log.tree.root))
        }
    }

    @Test func refusesDamagedTiles() throws {
        var log = LogTiles()
        for leaf in leafHashes(600) { log.append(leafHash: leaf) }
        var whole = StoredTiles()
        whole.store(log.takeChangedTiles())
        for key in whole.tiles.keys {
            var damaged = whole
            damaged.tiles[key]!.removeLast()
            // Nothing asks for the full tiles of level 0 here: what lies above them stands in.
            if key == TileCoordinate.key(level: 0, index: 0) || key == TileCoordinate.key(level: 0, index: 1) {
                continue
            }
            #expect(thrownCode { try LogTiles(treeSize: 600, source: damaged) } == .logTileCorrupt)
            damaged.tiles[key] = nil
            #expect(thrownCode { try LogTiles(treeSize: 600, source: damaged) } == .logTileMissing)
            damaged.tiles[key] = whole.tiles[key]
            damaged.tiles[key]![0] ^= 1
            #expect(try LogTiles(treeSize: 600, source: damaged).tree.root != log.tree.root)
        }
    }
}

@Suite struct TileCoordinateTests {
    @Test(arguments: [
        ("tile/0/x001/x234/067", 0, 1_234_067, 256), ("tile/0/000", 0, 0, 256), ("tile/1/001.p/17", 1, 1, 17),
        ("tile/63/x018/x446/x744/x073/x709/x551/615.p/255", 63, UInt64.max, 255), ("tile/2/x001/000.p/1", 2, 1_000, 1),
    ])
    func readsAndWritesPaths(path: String, level: UInt8, index: UInt64, width: Int) {
        let coordinate = TileCoordinate(level: level, index: index, width: width)
        #expect(coordinate.path == path)
        #expect(TileCoordinate(path: path) == coordinate)
        #expect(coordinate.key.first == level && coordinate.key.bigEndian(at: 1) == index)
    }

    @Test(arguments: [
        "", "tile", "tile/0", "tile/0/", "tile/00/000", "tile/64/000", "tile/-1/000", "tile/+1/000", "tile/0/0",
        "tile/0/0000",
        "tile/0/x000/001", "tile/0/001/002", "tile/0/x001", "tile/0/x001/x002", "tile/0/001.p", "tile/0/001.p/0",
        "tile/0/001.p/256", "tile/0/001.p/01", "tile/0/001.p/+1", "tile/0/001/.p/1", "tile/0/+01", "tile/0/001/",
        "/tile/0/001",
        "tile/0/001.p/1/2", "tile/0/x018/x446/x744/x073/x709/x551/616", "tile/0/x001/x018/x446/x744/x073/x709/x551/615",
        "tile/0/٠٠١", "tile/entries/001", "Tile/0/001", "tile//001", "tile/0/x01/001", "tile/0/xx01/001",
    ])
    func refusesOtherPaths(path: String) {
        #expect(TileCoordinate(path: path) == nil)
    }

    @Test func readsAndWritesEntryPaths() {
        #expect(EntryBundleCoordinate(index: 1_234_067).path == "tile/entries/x001/x234/067")
        #expect(EntryBundleCoordinate(path: "tile/entries/273.p/112") == EntryBundleCoordinate(index: 273, width: 112))
        for path in ["tile/0/001", "tile/entries/1", "tile/entries/001.p/256", "tile/entries"] {
            #expect(EntryBundleCoordinate(path: path) == nil)
        }
    }
}
