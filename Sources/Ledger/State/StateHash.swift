// Ledger · the hashes of the state tree.
internal import Cryptography
internal import Primitives

/// Node hashes of a Jellyfish Merkle tree over SHA-256. Source: `docs/spec/state-tree.md` §2, ICS-23.
enum StateHash {
    /// The hash of a subtree without leaves: the ASCII text `SPARSE_MERKLE_PLACEHOLDER_HASH__`.
    static let empty = Digest(Array("SPARSE_MERKLE_PLACEHOLDER_HASH__".utf8))!

    /// `SHA-256("JMT::LeafNode" ‖ key hash ‖ value hash)`.
    static func leaf(_ keyHash: Digest, _ valueHash: Digest) -> Digest {
        SHA256.hash(prefix: "JMT::LeafNode", keyHash, valueHash)
    }

    /// `SHA-256("JMT::IntrnalNode" ‖ left ‖ right)`.
    static func inner(_ left: Digest, _ right: Digest) -> Digest {
        SHA256.hash(prefix: "JMT::IntrnalNode", left, right)
    }
}
