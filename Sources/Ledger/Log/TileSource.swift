// Ledger · where the hashes of a log come from: stored tiles, read one at a time.
public import Primitives

/// Tiles of a log, on disk or in memory.
///
/// A tile is 1–256 hashes of 32 bytes: the roots of consecutive subtrees of 256^level leaves. It may hold more
/// hashes than a given tree size needs, never fewer. A full tile never changes.
/// Source: C2SP tlog-tiles, `docs/spec/log.md` §3.
public protocol TileSource: Sendable {
    /// The bytes of tile `index` at `level`, or nil if nothing is stored there.
    func tile(level: UInt8, index: UInt64) throws(SteleError) -> [UInt8]?
}

/// The tiles of `tiles` that are still in memory, and below them those of `base`.
public struct LayeredTileSource: TileSource {
    private let tiles: LogTiles
    private let base: any TileSource

    /// What `tiles` holds, over what was flushed to `base`.
    public init(_ tiles: LogTiles, over base: any TileSource) {
        self.tiles = tiles
        self.base = base
    }

    public func tile(level: UInt8, index: UInt64) throws(SteleError) -> [UInt8]? {
        if let bytes = tiles.tile(level: level, index: index) { return bytes }
        return try base.tile(level: level, index: index)
    }
}
