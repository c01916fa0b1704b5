// Ledger · the proof that a log only grew between two known roots.
public import Primitives

/// The hashes that tie the root of a smaller tree to that of a larger one. Source: RFC 9162 §2.1.4.
///
/// As CBOR: `[old size, new size, path]`, the path one byte string of 32 bytes a hash.
public struct ConsistencyProof: Hashable, Sendable {
    /// Longest path: what a tree of 2⁶³ leaves can need.
    public static let pathCountMax = 64

    /// How many leaves the smaller tree has, at least 1. Every tree extends the empty one, so that needs no proof.
    public let oldSize: UInt64
    /// How many leaves the larger tree has.
    public let newSize: UInt64
    /// The hashes, deepest first.
    public let path: [Digest]

    /// A proof, which holds once it is verified.
    public init(oldSize: UInt64, newSize: UInt64, path: [Digest]) {
        self.oldSize = oldSize
        self.newSize = newSize
        self.path = path
    }
}

// MARK: - Verification
extension ConsistencyProof {
    /// Whether the ``newSize`` leaves under `newRoot` begin with the ``oldSize`` leaves under `oldRoot`.
    ///
    /// Source: RFC 9162 §2.1.4.2. Equal sizes need equal roots and an empty path; an old size of 0 fails.
    public func verify(oldRoot: Digest, newRoot: Digest) -> Bool {
        guard oldSize > 0, oldSize <= newSize, path.count <= Self.pathCountMax else { return false }
        if oldSize == newSize { return path.isEmpty && oldRoot == newRoot }

        var node = oldSize - 1
        var last = newSize - 1
        while node & 1 == 1 {
            node >>= 1
            last >>= 1
        }
        // A smaller tree that is perfect is itself the first hash, and is not sent.
        let isPerfect = oldSize & (oldSize - 1) == 0
        guard let first = isPerfect ? oldRoot : path.first else { return false }
        var oldHash = first
        var newHash = first
        for sibling in isPerfect ? path[...] : path.dropFirst() {
            guard last != 0 else { return false }
            if node & 1 == 1 || node == last {
                oldHash = LogTree.nodeHash(sibling, oldHash)
                newHash = LogTree.nodeHash(sibling, newHash)
                while node & 1 == 0 && node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                newHash = LogTree.nodeHash(newHash, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && oldHash == oldRoot && newHash == newRoot
    }
}

// MARK: - CBOR
extension ConsistencyProof {
    /// Appends the proof to `writer`.
    public func encode(into writer: inout CBORWriter) {
        writer.write(arrayCount: 3)
        writer.write(oldSize)
        writer.write(newSize)
        writer.write(hashes: path)
    }

    /// Reads a proof. Its path may still be wrong: that is for ``verify(oldRoot:newRoot:)``.
    public init(from reader: inout CBORReader) throws(CBORError) {
        _ = try reader.readArrayCount(3...3)
        oldSize = try reader.readUInt()
        newSize = try reader.readUInt()
        path = try reader.readHashes(0...Self.pathCountMax)
    }
}
