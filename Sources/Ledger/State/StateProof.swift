// Ledger · the proof that a row has a value, or that there is no such row.
internal import Cryptography
public import Primitives

/// Sibling hashes from the root to where a key's path ends, and what is there.
///
/// As CBOR: `[kind, siblings]` or `[2, siblings, leaf]`, the siblings one byte string of 32 bytes a hash, root first.
/// Kind 0 ends at the key's own leaf, 1 at nothing, 2 at another key's leaf (`key hash ‖ value hash`). About 700
/// bytes at a million rows. Source: `docs/spec/state-tree.md` §5.
public struct StateProof: Hashable, Sendable {
    /// Most siblings: a path has 256 bits.
    public static let siblingCountMax = 256

    /// What is where the key's path ends.
    public enum End: Hashable, Sendable {
        /// The key's own leaf: the row exists.
        case row
        /// Nothing: no row.
        case empty
        /// The leaf of another key that shares the path so far: no row.
        case otherLeaf(keyHash: Digest, valueHash: Digest)
    }

    /// The sibling at each level, that below the root first.
    public let siblings: [Digest]
    /// What is at the end of the path.
    public let end: End

    /// A proof, which holds once it is verified.
    public init(siblings: [Digest], end: End) {
        self.siblings = siblings
        self.end = end
    }
}

// MARK: - Verification
extension StateProof {
    /// Whether under `root` the row at `key` has `value`, or does not exist if `value` is nil.
    ///
    /// The root comes from a certified header. An empty key is never proven, neither way.
    public func verify(root: Digest, key: [UInt8], value: [UInt8]?) -> Bool {
        guard !key.isEmpty, siblings.count <= Self.siblingCountMax else { return false }
        let keyHash = SHA256.hash(key)
        var hash: Digest
        switch (end, value) {
        case (.row, .some(let value)): hash = StateHash.leaf(keyHash, SHA256.hash(value))
        case (.empty, nil): hash = StateHash.empty
        case (.otherLeaf(let otherKeyHash, let valueHash), nil):
            // The other leaf proves absence only if it stands on this key's path.
            guard otherKeyHash != keyHash, keyHash.commonPrefixBitCount(with: otherKeyHash) >= siblings.count else {
                return false
            }
            hash = StateHash.leaf(otherKeyHash, valueHash)
        default: return false
        }
        for depth in siblings.indices.reversed() {
            hash = keyHash.bit(depth) ? StateHash.inner(siblings[depth], hash) : StateHash.inner(hash, siblings[depth])
        }
        return hash == root
    }
}

// MARK: - CBOR
extension StateProof {
    /// Appends the proof to `writer`.
    public func encode(into writer: inout CBORWriter) {
        let kind: UInt64 =
            switch end {
            case .row: 0
            case .empty: 1
            case .otherLeaf: 2
            }
        writer.write(arrayCount: kind == 2 ? 3 : 2)
        writer.write(kind)
        writer.write(hashes: siblings)
        if case .otherLeaf(let keyHash, let valueHash) = end { writer.write(hashes: [keyHash, valueHash]) }
    }

    /// Reads a proof. Its hashes may still be wrong: that is for ``verify(root:key:value:)``.
    public init(from reader: inout CBORReader) throws(CBORError) {
        let start = reader.position
        let count = try reader.readArrayCount(2...3)
        let kind = try reader.readUInt(max: 2)
        guard (kind == 2) == (count == 3) else { throw CBORError(.outOfRange, at: start) }
        siblings = try reader.readHashes(0...Self.siblingCountMax)
        switch kind {
        case 0: end = .row
        case 1: end = .empty
        default:
            let leaf = try reader.readHashes(2...2)
            end = .otherLeaf(keyHash: leaf[0], valueHash: leaf[1])
        }
    }
}
