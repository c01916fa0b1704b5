// Ledger · the tree whose root certifies every row of the state.
internal import Cryptography
public import Primitives

/// One change of the state tree: a key's new value, or its removal.
public struct StateUpdate: Hashable, Sendable {
    /// SHA-256 of the row's key: its path in the tree.
    public let keyHash: Digest
    /// SHA-256 of the row's value, or nil if the row goes.
    public let valueHash: Digest?

    /// A change of the row at the key with `keyHash`.
    public init(keyHash: Digest, valueHash: Digest?) {
        self.keyHash = keyHash
        self.valueHash = valueHash
    }

    /// A change of the row at `key`, which is never empty.
    public init(key: [UInt8], value: [UInt8]?) {
        precondition(!key.isEmpty)
        self.init(keyHash: SHA256.hash(key), valueHash: value.map { SHA256.hash($0) })
    }
}

/// A Jellyfish Merkle tree over SHA-256, held in memory as far as it was touched.
///
/// The root depends on the rows alone, never on their history. Pages are loaded when a change or a proof needs them and
/// are stored whenever the caller takes them, one region at a time: after a crash the tree is opened from the regions
/// stored last, and to each of them later blocks are applied again. One thread at a time.
/// Source: `docs/spec/state-tree.md`.
public final class StateTree {
    /// The root of the tree without rows.
    public static let emptyRoot = StateHash.empty

    private let source: any StateNodeSource
    private var nodes: StateNodes

    /// The tree without rows.
    public init(source: any StateNodeSource) {
        self.source = source
        nodes = StateNodes()
    }

    /// The tree of `regions`, in order of their numbers, whose pages are behind `source`. Reads nothing yet.
    ///
    /// Regions need no trust if ``root`` is compared with a certified one once all of them are of one block.
    public init(regions: [StateRegion], source: any StateNodeSource) {
        self.source = source
        nodes = StateNodes(regions: regions)
    }

    /// The root over all rows.
    public var root: Digest { nodes.root.hash }

    /// How many bytes the loaded nodes take: what ``evict(keepingDepth:)`` bounds.
    public var loadedByteCount: Int { nodes.byteCount }

    /// Applies one block's final changes and returns the new root.
    ///
    /// The order does not matter; removing a key that is not there changes nothing. A throw leaves the tree as it was.
    ///
    /// - Parameter updates: at most one for each key.
    /// - Throws: `SteleError` with code `state.page_missing` or `state.page_corrupt`, or what the source throws.
    /// - Complexity: one hash for each touched node, shared by the whole block.
    @discardableResult
    public func apply(_ updates: [StateUpdate]) throws(SteleError) -> Digest {
        guard !updates.isEmpty else { return root }
        let sorted = Self.sorted(updates)
        for index in sorted.indices.dropFirst() {
            precondition(sorted[index - 1].keyHash != sorted[index].keyHash, "a block changes a key once")
        }
        let span = sorted.span
        try load(span)
        // Nothing throws from here on.
        let node = nodes.updated(nodes.root, depth: 0, span, 0..<sorted.count)
        if node.hash != nodes.root.hash { nodes.root = node }
        return node.hash
    }

    /// The proof that the row at the key with `keyHash` has its value, or that there is none.
    ///
    /// - Throws: `SteleError` with code `state.page_missing` or `state.page_corrupt`, or what the source throws.
    /// - Complexity: no hashes, but for pages that must be loaded.
    public func proof(of keyHash: Digest) throws(SteleError) -> StateProof {
        try load([StateUpdate(keyHash: keyHash, valueHash: nil)].span)
        return nodes.proof(of: keyHash)
    }

    // Sorts places by the first eight bytes and moves each update once: four times as fast as sorting the updates.
    private static func sorted(_ updates: [StateUpdate]) -> [StateUpdate] {
        var order = updates.indices.map { (prefix: updates[$0].keyHash.prefix64, index: $0) }
        order.sort {
            $0.prefix != $1.prefix ? $0.prefix < $1.prefix : updates[$0.index].keyHash < updates[$1.index].keyHash
        }
        return order.map { updates[$0.index] }
    }

    private func load(_ updates: borrowing Span<StateUpdate>) throws(SteleError) {
        guard nodes.hasColdPages else { return }
        var root = nodes.root
        defer { nodes.root = root }
        try nodes.load(&root, depth: 0, updates, 0..<updates.count, from: source)
    }
}

// MARK: - Storage
extension StateTree {
    /// Region `number` as it is now, with every page of it that changed since the last call for it, by storage key; nil
    /// marks a page that is no more.
    ///
    /// Make them durable together, and with them the block they belong to: old and new pages of a region do not mix.
    /// The seldomer a region is taken the fewer pages there are for each update: of a million rows, 3 if it was 500
    /// updates ago, 1.7 if it was 20,000.
    /// - Complexity: about a microsecond a page; no hashes.
    public func takeRegion(_ number: UInt8) -> (region: StateRegion, pages: [(key: [UInt8], value: [UInt8]?)]) {
        nodes.takeRegion(number)
    }

    /// Unloads every page of `depth` nibbles or more, except those that changed since they were last taken.
    ///
    /// Call it when the pages taken last are durable, for they may be read back at once. Depth 4 keeps 65,536 places,
    /// 5 MB.
    /// - Precondition: `depth` is 2 at least: what is above the regions has no pages.
    /// - Complexity: proportional to what is kept.
    public func evict(keepingDepth depth: Int) {
        precondition(4 * depth >= StateNodes.regionBitCount)
        nodes = nodes.copied(keeping: 4 * depth)
    }
}

extension Digest {
    /// The first eight bytes, in an order that is that of the digests where they differ.
    fileprivate var prefix64: UInt64 {
        unsafe withUnsafeBytes { unsafe UInt64(bigEndian: UnsafeRawPointer($0).loadUnaligned(as: UInt64.self)) }
    }
}
