// Ledger · proofs about any leaf and any size, computed from tiles alone.
public import Primitives

/// Makes proofs in the tree of one size. Hashes every node of a tile once, so the proofs of a block's receipts together
/// cost little more than one.
///
/// Tiles are taken at their word: a proof from damaged tiles does not verify, so verify what is served.
/// Source: RFC 9162 §2.1.3.1, §2.1.4.1.
public struct LogProver: Sendable {
    /// How many leaves the tree has.
    public let treeSize: UInt64
    private var reader: TileReader

    /// A prover for the first `treeSize` leaves behind `source`. Reads nothing yet.
    public init(treeSize: UInt64, source: any TileSource) {
        self.treeSize = treeSize
        reader = TileReader(source)
    }

    /// The proof that leaf `index` is in the tree.
    ///
    /// - Throws: `SteleError` with code `log.range_invalid` unless `index < treeSize`; `log.tile_missing` or
    ///   `log.tile_corrupt`; or what the source throws.
    /// - Complexity: O(log *n*) tiles read, two a level, with 255 hashes each; far less when they were used before.
    public mutating func inclusionProof(index: UInt64) throws(SteleError) -> InclusionProof {
        guard index < treeSize else {
            throw SteleError(
                .logRangeInvalid, "leaf \(index) is not in a tree of \(treeSize) leaves",
                hint: "ask for an index below the tree size, counted from 0")
        }
        var path: [Digest] = []
        var range = 0..<treeSize
        // PATH(m, D[n]) of RFC 9162 §2.1.3.1, from the root down.
        while range.upperBound - range.lowerBound > 1 {
            let middle = range.middle
            let left = range.lowerBound..<middle
            let right = middle..<range.upperBound
            path.append(try reader.hash(of: index < middle ? right : left))
            range = index < middle ? left : right
        }
        return InclusionProof(index: index, treeSize: treeSize, path: path.reversed())
    }

    /// The proof that the tree begins with that of the first `oldSize` leaves.
    ///
    /// - Throws: `SteleError` with code `log.range_invalid` unless `0 < oldSize <= treeSize`; `log.tile_missing` or
    ///   `log.tile_corrupt`; or what the source throws.
    /// - Complexity: as for ``inclusionProof(index:)``.
    public mutating func consistencyProof(from oldSize: UInt64) throws(SteleError) -> ConsistencyProof {
        guard oldSize > 0, oldSize <= treeSize else {
            throw SteleError(
                .logRangeInvalid, "no consistency proof leads from \(oldSize) leaves to \(treeSize)",
                hint: "ask from a size of 1 or more to one that is not smaller")
        }
        var path: [Digest] = []
        var range = 0..<treeSize
        // SUBPROOF(m, D[n], b) of RFC 9162 §2.1.4.1, from the root down; b is whether `range` still begins at 0.
        while oldSize < range.upperBound {
            let middle = range.middle
            let left = range.lowerBound..<middle
            let right = middle..<range.upperBound
            path.append(try reader.hash(of: oldSize <= middle ? right : left))
            range = oldSize <= middle ? left : right
        }
        if range.lowerBound > 0 { path.append(try reader.hash(of: range)) }
        return ConsistencyProof(oldSize: oldSize, newSize: treeSize, path: path.reversed())
    }
}

extension TileSource {
    /// The proof that leaf `index` is in the tree of the first `treeSize` leaves. For many, keep a ``LogProver``.
    public func inclusionProof(index: UInt64, treeSize: UInt64) throws(SteleError) -> InclusionProof {
        var prover = LogProver(treeSize: treeSize, source: self)
        return try prover.inclusionProof(index: index)
    }

    /// The proof that the tree of the first `newSize` leaves begins with that of the first `oldSize`.
    public func consistencyProof(from oldSize: UInt64, to newSize: UInt64) throws(SteleError) -> ConsistencyProof {
        var prover = LogProver(treeSize: newSize, source: self)
        return try prover.consistencyProof(from: oldSize)
    }
}

extension Range<UInt64> {
    /// Where RFC 9162 §2.1.1 splits a tree of two leaves or more: after the largest power of two below its size.
    fileprivate var middle: UInt64 {
        lowerBound + 1 << UInt64(63 - (upperBound - lowerBound - 1).leadingZeroBitCount)
    }
}
