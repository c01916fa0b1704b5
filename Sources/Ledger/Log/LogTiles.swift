// Ledger · the growing end of the log, kept in memory until its tiles are flushed.
public import Primitives

/// A log that is being appended to: its right edge, the partial tile of each level, and full tiles not yet taken.
///
/// A value: a copy is a snapshot that proofs can be served from while the original grows.
/// Source: C2SP tlog-tiles, `docs/spec/log.md` §3.
public struct LogTiles: Sendable {
    /// The right edge: count and root.
    public private(set) var tree: LogTree
    // The tile being filled at each level, 0–255 hashes.
    private var partial: [PartialTile] = []
    private var full: [(coordinate: TileCoordinate, bytes: [UInt8])] = []

    private struct PartialTile {
        var index: UInt64 = 0
        var bytes: [UInt8] = []
        var isChanged = false
    }

    /// The log without leaves.
    public init() { tree = LogTree() }

    /// The log of the first `treeSize` leaves behind `source`, ready to be appended to.
    ///
    /// The root of ``tree`` covers every byte kept here: compare it with a certified one before appending.
    ///
    /// - Throws: `SteleError` with code `log.tile_missing` or `log.tile_corrupt`, or what `source` throws.
    public init(treeSize: UInt64, source: any TileSource) throws(SteleError) {
        tree = try LogTree(treeSize: treeSize, source: source)
        let reader = TileReader(source)
        var hashCount = treeSize
        while hashCount > 0 {
            let index = hashCount / 256
            let width = Int(hashCount % 256)
            var tile = PartialTile(index: index)
            if width > 0 {
                let bytes = try reader.tile(level: UInt8(partial.count), index: index, hashCount: width)
                tile.bytes = Array(bytes.prefix(32 * width))
            }
            partial.append(tile)
            hashCount = index
        }
    }

    /// Adds a leaf by its hash (``LogTree/leafHash(of:)``).
    /// - Complexity: One hash on average.
    public mutating func append(leafHash: Digest) {
        push(leafHash, level: 0)
        var roots: [Digest] = []
        tree.append(leafHash: leafHash) { height, root in
            if height.isMultiple(of: 8) { roots.append(root) }
        }
        for (level, root) in roots.enumerated() { push(root, level: level + 1) }
    }

    /// Every tile that is new or longer than when last taken, as storage key and bytes; full tiles then leave memory.
    ///
    /// The caller makes them durable, in any order, before the next copy of this value serves proofs.
    public mutating func takeChangedTiles() -> [(key: [UInt8], bytes: [UInt8])] {
        var changed = full.map { (key: $0.coordinate.key, bytes: $0.bytes) }
        full = []
        for level in partial.indices where partial[level].isChanged {
            partial[level].isChanged = false
            guard !partial[level].bytes.isEmpty else { continue }
            let key = TileCoordinate.key(level: UInt8(level), index: partial[level].index)
            changed.append((key: key, bytes: partial[level].bytes))
        }
        return changed
    }

    private mutating func push(_ hash: Digest, level: Int) {
        if level == partial.count { partial.append(PartialTile()) }
        partial[level].bytes.append(hash)
        partial[level].isChanged = true
        guard partial[level].bytes.count == TileCoordinate.byteCountMax else { return }
        let index = partial[level].index
        full.append((TileCoordinate(level: UInt8(level), index: index), partial[level].bytes))
        partial[level] = PartialTile(index: index + 1)
    }
}

// MARK: - TileSource
extension LogTiles: TileSource {
    /// The tile's bytes if it is still in memory: every partial tile, and each full one until it is taken.
    public func tile(level: UInt8, index: UInt64) -> [UInt8]? {
        if Int(level) < partial.count, partial[Int(level)].index == index, !partial[Int(level)].bytes.isEmpty {
            return partial[Int(level)].bytes
        }
        return full.last { $0.coordinate.level == level && $0.coordinate.index == index }?.bytes
    }
}
