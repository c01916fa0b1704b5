// Ledger · Merkle Tree Hashes of any range, computed from tiles.
internal import Primitives

/// Computes subtree hashes from the tiles of a source. Reads each tile once and hashes each of its nodes once.
struct TileReader: Sendable {
    /// Most tiles kept, 16 KiB each; when more are wanted all are dropped, which costs only time.
    static let tileCountMax = 1_024

    private let source: any TileSource
    // By level in the highest byte and index, which always fits below it.
    private var tiles: [UInt64: Tile] = [:]

    /// A tile's hashes, and above them each row of parents that was asked for.
    private struct Tile: Sendable {
        var rows: [[Digest]]

        /// The hash at `index` of `row`, or nil if the tile is not that wide.
        mutating func hash(row: Int, at index: Int) -> Digest? {
            guard (index + 1) << row <= rows[0].count else { return nil }
            while rows.count <= row {
                let below = rows[rows.count - 1]
                rows.append((0..<below.count / 2).map { LogTree.nodeHash(below[2 * $0], below[2 * $0 + 1]) })
            }
            return rows[row][index]
        }
    }

    init(_ source: any TileSource) { self.source = source }

    /// The root of the perfect subtree of leaves `index * 2^height ..< (index + 1) * 2^height`.
    mutating func root(height: Int, index: UInt64) throws(SteleError) -> Digest {
        // Always within one tile of the level below: 2^(height mod 8) of its hashes.
        let row = height % 8
        let level = UInt8(height / 8)
        let tileIndex = index >> UInt64(8 - row)
        let indexInRow = Int(index % (256 >> UInt64(row)))
        let key = UInt64(level) << 56 | tileIndex
        if let hash = tiles[key]?.hash(row: row, at: indexInRow) { return hash }
        let bytes = try tile(level: level, index: tileIndex, hashCount: (indexInRow + 1) << row)
        var tile = Tile(rows: [stride(from: 0, to: bytes.count, by: 32).map { Digest(bytes, at: $0) }])
        let hash = tile.hash(row: row, at: indexInRow)!
        if tiles.count >= Self.tileCountMax { tiles.removeAll(keepingCapacity: true) }
        tiles[key] = tile
        return hash
    }

    /// The Merkle Tree Hash of leaves `start..<end`, a node of RFC 9162 §2.1.1: `start` is a multiple of the smallest
    /// power of two that is not less than the number of leaves.
    mutating func hash(of range: Range<UInt64>) throws(SteleError) -> Digest {
        let height = 63 - (range.upperBound - range.lowerBound).leadingZeroBitCount
        let left = try root(height: height, index: range.lowerBound >> UInt64(height))
        let middle = range.lowerBound + 1 << UInt64(height)
        return middle == range.upperBound ? left : LogTree.nodeHash(left, try hash(of: middle..<range.upperBound))
    }

    /// The bytes of a tile, checked to hold `hashCount` hashes at least.
    func tile(level: UInt8, index: UInt64, hashCount: Int) throws(SteleError) -> [UInt8] {
        let hint = "restore the log's tiles from a backup or copy them from another member"
        guard let bytes = try source.tile(level: level, index: index) else {
            throw SteleError(.logTileMissing, "tile \(index) of level \(level) is not stored", hint: hint)
        }
        guard bytes.count.isMultiple(of: 32), bytes.count <= TileCoordinate.byteCountMax, bytes.count >= 32 * hashCount
        else {
            throw SteleError(
                .logTileCorrupt, "tile \(index) of level \(level) has \(bytes.count) bytes, \(32 * hashCount) needed",
                hint: hint)
        }
        return bytes
    }
}
