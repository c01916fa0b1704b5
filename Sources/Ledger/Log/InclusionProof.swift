// Ledger · the proof that one leaf is in a log of a known root.
public import Primitives

/// Sibling hashes from one leaf to the root, leaf first. Source: RFC 9162 §2.1.3.
///
/// As CBOR: `[index, tree size, path]`, the path one byte string of 32 bytes a hash. 960 bytes of path at 2³⁰ leaves.
public struct InclusionProof: Hashable, Sendable {
    /// Longest path: a tree counts its leaves in 64 bits.
    public static let pathCountMax = 64

    /// Which leaf, counted from 0.
    public let index: UInt64
    /// How many leaves the tree has.
    public let treeSize: UInt64
    /// The siblings, that of the leaf first.
    public let path: [Digest]

    /// A proof, which holds once it is verified.
    public init(index: UInt64, treeSize: UInt64, path: [Digest]) {
        self.index = index
        self.treeSize = treeSize
        self.path = path
    }
}

// MARK: - Verification
extension InclusionProof {
    /// Whether the leaf with `leafHash` is at ``index`` in the tree of ``treeSize`` leaves under `root`.
    ///
    /// Both hashes come from elsewhere: the leaf's from its own bytes, the root from a certified checkpoint.
    /// Source: RFC 9162 §2.1.3.2. A path longer or shorter than that tree's fails.
    public func verify(leafHash: Digest, root: Digest) -> Bool {
        guard index < treeSize, path.count <= Self.pathCountMax else { return false }
        var node = index
        var last = treeSize - 1
        var hash = leafHash
        for sibling in path {
            guard last != 0 else { return false }
            if node & 1 == 1 || node == last {
                hash = LogTree.nodeHash(sibling, hash)
                // A node without a right sibling is its own parent: climb to where it has a left one.
                while node & 1 == 0 && node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                hash = LogTree.nodeHash(hash, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }
}

// MARK: - CBOR
extension InclusionProof {
    /// Appends the proof to `writer`.
    public func encode(into writer: inout CBORWriter) {
        writer.write(arrayCount: 3)
        writer.write(index)
        writer.write(treeSize)
        writer.write(hashes: path)
    }

    /// Reads a proof. Its path may still be wrong: that is for ``verify(leafHash:root:)``.
    public init(from reader: inout CBORReader) throws(CBORError) {
        _ = try reader.readArrayCount(3...3)
        index = try reader.readUInt()
        treeSize = try reader.readUInt()
        path = try reader.readHashes(0...Self.pathCountMax)
    }
}
