// Ledger · the names of tiles and entry bundles, in storage and in paths.
internal import Primitives

/// Which tile: its level, its index within the level, and how many hashes of it are meant.
///
/// Source: C2SP tlog-tiles, "Merkle Tree".
public struct TileCoordinate: Hashable, Sendable {
    /// Highest level a path may name.
    public static let levelMax: UInt8 = 63
    /// Hashes in a full tile.
    public static let widthMax = 256
    /// Bytes of a full tile.
    public static let byteCountMax = 32 * widthMax

    /// 0 for leaf hashes; one more for each 256-fold.
    public let level: UInt8
    /// Which tile of the level, counted from 0.
    public let index: UInt64
    /// How many hashes, 1–256; fewer than 256 name a partial tile.
    public let width: Int

    /// A tile.
    /// - Precondition: `level` is 63 at most and `width` 1–256.
    public init(level: UInt8, index: UInt64, width: Int = widthMax) {
        precondition(level <= Self.levelMax && (1...Self.widthMax).contains(width))
        self.level = level
        self.index = index
        self.width = width
    }

    /// The key the tile is stored under, full or partial: `u8 level ‖ u64be index`.
    public var key: [UInt8] { Self.key(level: level, index: index) }

    /// The key of tile `index` of `level`.
    public static func key(level: UInt8, index: UInt64) -> [UInt8] {
        var key = [level]
        key.append(bigEndian: index)
        return key
    }

    /// How many hashes tile `index` of `level` has in a tree of `treeSize` leaves, 0–256.
    public static func width(level: UInt8, index: UInt64, treeSize: UInt64) -> Int {
        let hashCount = level < 8 ? treeSize >> (8 * UInt64(level)) : 0
        guard index <= hashCount / 256 else { return 0 }
        return index < hashCount / 256 ? 256 : Int(hashCount % 256)
    }
}

// MARK: - Path
extension TileCoordinate {
    /// The tile's path: `tile/<level>/<index>`, then `.p/<width>` for a partial one, such as `tile/0/x001/x234/067`.
    public var path: String { "tile/\(level)/" + TilePath.encode(index: index, width: width) }

    /// The tile that `path` names, or nil unless it is exactly what ``path`` writes.
    public init?(path: String) {
        let parts = path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "tile", let level = UInt8(parts[1]), level <= Self.levelMax,
            let (index, width) = TilePath.decode(parts[2])
        else { return nil }
        self.init(level: level, index: index, width: width)
        guard self.path == path else { return nil }
    }
}

/// Which bundle of log entries: 256 leaves, or the first few of them. Source: C2SP tlog-tiles, "Log entries".
public struct EntryBundleCoordinate: Hashable, Sendable {
    /// Which bundle: leaves from 256 times this.
    public let index: UInt64
    /// How many entries, 1–256.
    public let width: Int

    /// A bundle.
    /// - Precondition: `width` is 1–256.
    public init(index: UInt64, width: Int = TileCoordinate.widthMax) {
        precondition((1...TileCoordinate.widthMax).contains(width))
        self.index = index
        self.width = width
    }

    /// The bundle's path: `tile/entries/<index>`, then `.p/<width>` for a partial one.
    public var path: String { "tile/entries/" + TilePath.encode(index: index, width: width) }

    /// The bundle that `path` names, or nil unless it is exactly what ``path`` writes.
    public init?(path: String) {
        let parts = path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "tile", parts[1] == "entries",
            let (index, width) = TilePath.decode(parts[2])
        else { return nil }
        self.init(index: index, width: width)
        guard self.path == path else { return nil }
    }
}

/// The part of a path after the level: `x001/x234/067.p/8`.
private enum TilePath {
    static func encode(index: UInt64, width: Int) -> String {
        var path = group(index % 1_000)
        var rest = index / 1_000
        while rest > 0 {
            path = "x\(group(rest % 1_000))/\(path)"
            rest /= 1_000
        }
        return width == TileCoordinate.widthMax ? path : "\(path).p/\(width)"
    }

    // Accepts more than `encode` writes; the caller encodes again and compares.
    static func decode(_ text: Substring) -> (index: UInt64, width: Int)? {
        var groups = text.split(separator: "/", omittingEmptySubsequences: false)
        var width = TileCoordinate.widthMax
        if groups.count >= 2, groups[groups.count - 2].hasSuffix(".p") {
            guard let partial = Int(groups.removeLast()), (1..<TileCoordinate.widthMax).contains(partial) else {
                return nil
            }
            width = partial
            groups[groups.count - 1].removeLast(2)
        }
        var index: UInt64 = 0
        for group in groups {
            let digits = group.hasPrefix("x") ? group.dropFirst() : group
            guard digits.utf8.count == 3, let value = UInt64(digits) else { return nil }
            let (product, isTooLarge) = index.multipliedReportingOverflow(by: 1_000)
            let (sum, isSumTooLarge) = product.addingReportingOverflow(value)
            guard !isTooLarge, !isSumTooLarge else { return nil }
            index = sum
        }
        return (index, width)
    }

    private static func group(_ value: UInt64) -> String {
        let digits = String(value)
        return String(repeating: "0", count: 3 - digits.count) + digits
    }
}
