// Ledger · proofs about any leaf and any size, computed from tiles alone.
public import Primitives

extension TileSource {
    /// The proof that leaf `index` is in the tree of the first `treeSize` leaves.
    ///
    /// Tiles are taken at their word: a proof from damaged tiles does not verify, so verify what is served.
    ///
    /// - Throws: `SteleError` with code `log.range_invalid` unless `index < treeSize`; `log.tile_missing` or
    ///   `log.tile_corrupt`; or what the source throws.
    /// - Complexity: O(log *n*) tiles read: two a level, 255 hashes each at most.
    public func inclusionProof(index: UInt64, treeSize: UInt64) throws(SteleError) -> InclusionProof {
        guard index < treeSize else {
            throw SteleError(
                .logRangeInvalid, "leaf \(index) is not in a tree of \(treeSize) leaves",
                hint: "ask for an index below the tree size, counted from 0")
        }
        var reader = TileReader(self)
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

    /// The proof that the tree of the first `newSize` leaves begins with that of the first `oldSize`.
    ///
    /// - Throws: `SteleError` with code `log.range_invalid` unless `0 < oldSize <= newSize`; `log.tile_missing` or
    ///   `log.tile_corrupt`; or what the source throws.
    /// - Complexity: O(log *n*) tiles read: two a level, 255 hashes each at most.
    public func consistencyProof(from oldSize: UInt64, to newSize: UInt64) throws(SteleError) -> ConsistencyProof {
        guard oldSize > 0, oldSize <= newSize else {
            throw SteleError(
                .logRangeInvalid, "no consistency proof leads from \(oldSize) leaves to \(newSize)",
                hint: "ask from a size of 1 or more to one that is not smaller")
        }
        var reader = TileReader(self)
        var path: [Digest] = []
        var range = 0..<newSize
        // SUBPROOF(m, D[n], b) of RFC 9162 §2.1.4.1, from the root down; b is whether `range` still begins at 0.
        while oldSize < range.upperBound {
            let middle = range.middle
            let left = range.lowerBound..<middle
            let right = middle..<range.upperBound
            path.append(try reader.hash(of: oldSize <= middle ? right : left))
            range = oldSize <= middle ? left : right
        }
        if range.lowerBound > 0 { path.append(try reader.hash(of: range)) }
        return ConsistencyProof(oldSize: oldSize, newSize: newSize, path: path.reversed())
    }
}

extension Range<UInt64> {
    /// Where RFC 9162 §2.1.1 splits a tree of two leaves or more: after the largest power of two below its size.
    fileprivate var middle: UInt64 {
        lowerBound + 1 << UInt64(63 - (upperBound - lowerBound - 1).leadingZeroBitCount)
    }
}
