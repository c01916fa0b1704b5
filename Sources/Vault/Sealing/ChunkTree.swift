// Vault · one hash over the sealed chunks of a large record.
internal import Cryptography
internal import Primitives

/// The root of the Merkle tree of RFC 6962 §2.1 whose entries are sealed chunks, computed as they come.
///
/// Over sealed bytes, not content: a copy of a blob can be checked against the root by whoever holds no key.
struct ChunkTree {
    // Roots of the perfect subtrees on the left, largest first: one for each bit set in `count`.
    private var subtrees: [Digest] = []
    /// How many chunks were added.
    private(set) var count = 0

    /// Adds the next sealed chunk.
    mutating func append(_ sealed: ArraySlice<UInt8>) {
        var leaf = SHA256Stream()
        leaf.update([0x00])
        leaf.update(sealed)
        var digest = leaf.finish()
        var rest = count
        while rest & 1 == 1 {
            digest = SHA256.hash(prefix: 0x01, subtrees.removeLast(), digest)
            rest >>= 1
        }
        subtrees.append(digest)
        count += 1
    }

    /// The root over all chunks added.
    ///
    /// - Precondition: at least one chunk was added.
    var root: Digest {
        guard var root = subtrees.last else { preconditionFailure("content has at least one chunk") }
        for subtree in subtrees.dropLast().reversed() { root = SHA256.hash(prefix: 0x01, subtree, root) }
        return root
    }
}
