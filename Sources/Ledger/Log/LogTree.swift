// Ledger · the head of the log: enough of a Merkle tree to append to it and to know its root.
internal import Cryptography
public import Primitives

/// The right edge of an append-only Merkle tree: the roots of its perfect subtrees, largest first.
///
/// At most 64 hashes, whatever the size. It is never stored: ``init(treeSize:source:)`` rebuilds it from tiles.
/// Source: RFC 9162 §2.1.1, `docs/spec/log.md` §2.
public struct LogTree: Hashable, Sendable {
    /// How many leaves the tree has.
    public private(set) var count: UInt64
    // One hash for each bit set in `count`, that of the highest bit first.
    private var edge: [Digest]

    /// The tree without leaves.
    public init() {
        count = 0
        edge = []
    }

    /// The tree of the first `treeSize` leaves behind `source`.
    ///
    /// Nothing here knows the right root: compare ``root`` with a certified one before using the tree.
    ///
    /// - Throws: `SteleError` with code `log.tile_missing` or `log.tile_corrupt`, or what `source` throws.
    /// - Complexity: O(log *n*) tiles read, 255 hashes each at most.
    public init(treeSize: UInt64, source: any TileSource) throws(SteleError) {
        var reader = TileReader(source)
        count = treeSize
        edge = []
        for height in (0..<64).reversed() where treeSize >> UInt64(height) & 1 == 1 {
            edge.append(try reader.root(height: height, index: treeSize >> UInt64(height) & ~1))
        }
    }

    /// Adds a leaf by its hash.
    /// - Complexity: One hash a leaf on average, 63 at most.
    public mutating func append(leafHash: Digest) {
        append(leafHash: leafHash) { _, _ in }
    }

    /// Adds a leaf by its hash and tells `completed` of every perfect subtree of height ≥ 1 that it completes, in
    /// order of height.
    mutating func append(leafHash: Digest, completed: (_ height: Int, _ root: Digest) -> Void) {
        var hash = leafHash
        var height = 0
        while count >> UInt64(height) & 1 == 1 {
            hash = Self.nodeHash(edge.removeLast(), hash)
            height += 1
            completed(height, hash)
        }
        edge.append(hash)
        count += 1
    }

    /// The Merkle Tree Hash of all leaves; SHA-256 of nothing when there are none.
    /// - Complexity: One hash for each bit set in ``count``, less one.
    public var root: Digest {
        guard var root = edge.last else { return Self.emptyRoot }
        for left in edge.dropLast().reversed() { root = Self.nodeHash(left, root) }
        return root
    }
}

// MARK: - Hashes
extension LogTree {
    /// The root of the tree without leaves: `SHA-256("")`.
    public static let emptyRoot = SHA256.hash([UInt8]())

    /// The hash of a leaf's bytes: `SHA-256(0x00 ‖ leaf)`.
    public static func leafHash(of leaf: [UInt8]) -> Digest {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(leaf.count + 1)
        bytes.append(0x00)
        bytes.append(contentsOf: leaf)
        return SHA256.hash(bytes)
    }

    /// The hash of an inner node: `SHA-256(0x01 ‖ left ‖ right)`.
    static func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
        SHA256.hash(prefix: 0x01, left, right)
    }
}
