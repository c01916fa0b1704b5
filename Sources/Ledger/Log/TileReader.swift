// Ledger · Merkle Tree Hashes of any range, computed from tiles.
internal import Primitives

/// Computes subtree hashes from the tiles of a source. Reads each tile once.
struct TileReader<Source: TileSource> {
    private let source: Source
    // Two tiles a level at most in one proof, so a list is faster than a dictionary.
    private var tiles: [(level: UInt8, index: UInt64, bytes: [UInt8])] = []

    init(_ source: Source) { self.source = source }

    /// The root of the perfect subtree of leaves `index * 2^height ..< (index + 1) * 2^height`.
    mutating func root(height: Int, index: UInt64) throws(SteleError) -> Digest {
        // 2^(height mod 8) consecutive hashes of the tile level below: always within one tile.
        let level = UInt8(height / 8)
        let hashCount = 1 << (height % 8)
        let first = index << UInt64(height % 8)
        let bytes = try tile(level: level, index: first / 256, hashCount: Int(first % 256) + hashCount)
        var hashes = (0..<hashCount).map { Digest(bytes, at: 32 * (Int(first % 256) + $0)) }
        while hashes.count > 1 {
            hashes = (0..<hashes.count / 2).map { LogTree.nodeHash(hashes[2 * $0], hashes[2 * $0 + 1]) }
        }
        return hashes[0]
    }

    /// The Merkle Tree Hash of leaves `start..<end`, a node of RFC 9162 §2.1.1: `start` is a multiple of the smallest
    /// power of two that is not less than the number of leaves.
    mutating func hash(of range: Range<UInt64>) throws(SteleError) -> Digest {
        var perfect: [Digest] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let height = 63 - (range.upperBound - start).leadingZeroBitCount
            perfect.append(try root(height: height, index: start >> UInt64(height)))
            start += 1 << UInt64(height)
        }
        var hash = perfect.removeLast()
        for left in perfect.reversed() { hash = LogTree.nodeHash(left, hash) }
        return hash
    }

    /// The bytes of a tile, checked to hold `hashCount` hashes at least.
    mutating func tile(level: UInt8, index: UInt64, hashCount: Int) throws(SteleError) -> [UInt8] {
        if let found = tiles.first(where: { $0.level == level && $0.index == index }),
            found.bytes.count >= 32 * hashCount
        {
            return found.bytes
        }
        guard let bytes = try source.tile(level: level, index: index) else {
            throw SteleError(
                .logTileMissing, "tile \(index) of level \(level) is not stored",
                hint: "restore the log's tiles from a backup or copy them from another member")
        }
        guard bytes.count.isMultiple(of: 32), bytes.count <= TileCoordinate.byteCountMax, bytes.count >= 32 * hashCount
        else {
            throw SteleError(
                .logTileCorrupt, "tile \(index) of level \(level) has \(bytes.count) bytes, \(32 * hashCount) needed",
                hint: "restore the log's tiles from a backup or copy them from another member")
        }
        tiles.append((level, index, bytes))
        return bytes
    }
}
