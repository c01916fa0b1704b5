// Merkle trees as RFC 9162 §2.1 defines them, word for word and without any cleverness: what the log is tested against.
import Cryptography
import Primitives

enum MerkleReference {
    /// MTH(D[n]), §2.1.1.
    static func root(_ leaves: ArraySlice<Digest>) -> Digest {
        switch leaves.count {
        case 0: return SHA256.hash([UInt8]())
        case 1: return leaves.first!
        default:
            let middle = leaves.startIndex + split(leaves.count)
            return SHA256.hash([1] + root(leaves[..<middle]).bytes + root(leaves[middle...]).bytes)
        }
    }

    /// PATH(m, D[n]), §2.1.3.1.
    static func path(_ index: Int, _ leaves: ArraySlice<Digest>) -> [Digest] {
        guard leaves.count > 1 else { return [] }
        let split = split(leaves.count)
        let left = leaves.prefix(split)
        let right = leaves.dropFirst(split)
        return index < split ? path(index, left) + [root(right)] : path(index - split, right) + [root(left)]
    }

    /// SUBPROOF(m, D[n], b), §2.1.4.1.
    static func subproof(_ size: Int, _ leaves: ArraySlice<Digest>, _ isWhole: Bool) -> [Digest] {
        if size == leaves.count { return isWhole ? [] : [root(leaves)] }
        let split = split(leaves.count)
        let left = leaves.prefix(split)
        let right = leaves.dropFirst(split)
        return size <= split
            ? subproof(size, left, isWhole) + [root(right)]
            : subproof(size - split, right, false) + [root(left)]
    }

    /// The largest power of two below `count`.
    private static func split(_ count: Int) -> Int {
        var split = 1
        while split * 2 < count { split *= 2 }
        return split
    }
}

/// `count` leaf hashes, always the same.
func leafHashes(_ count: Int) -> [Digest] {
    (0..<count).map { LogTreeTests.leafHash(UInt64($0)) }
}
