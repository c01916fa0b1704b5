// Ledger · applying one block's changes to the state tree.
internal import Primitives

extension StateNodes {
    /// The node that `node` becomes under `updates`, which are sorted, unique and share its first `depth` bits.
    ///
    /// Every node on the way to a change is hashed once. Nothing on the way may be unloaded.
    mutating func updated(_ node: StateNode, depth: Int, _ updates: borrowing Span<StateUpdate>, _ range: Range<Int>)
        -> StateNode
    {
        switch node.reference.kind {
        case .empty: return built(nil, depth: depth, updates, range)
        case .leaf: return built(node, depth: depth, updates, range)
        case .cold: preconditionFailure("an update reached a page that was not loaded")
        case .inner: break
        }
        let index = node.reference.index
        let middle = updates.split(range, bit: depth)
        let children = self.children[index]
        let hashes = self.hashes[index]
        var left = StateNode(reference: children.left, hash: hashes.left)
        var right = StateNode(reference: children.right, hash: hashes.right)
        if range.lowerBound < middle { left = updated(left, depth: depth + 1, updates, range.lowerBound..<middle) }
        if middle < range.upperBound { right = updated(right, depth: depth + 1, updates, middle..<range.upperBound) }

        // An equal hash means that nothing below changed.
        if left.hash == hashes.left, right.hash == hashes.right { return node }
        if let only = Self.collapsed(left, right) {
            free(node.reference)
            if depth.isMultiple(of: 4), depth >= Self.regionBitCount {
                let keyHash = updates[range.lowerBound].keyHash
                gonePages[StateRegion.number(of: keyHash), default: []].append(
                    StatePageKey(pathOf: keyHash, nibbleCount: depth / 4))
            }
            return only
        }
        self.children[index] = Children(left: left.reference, right: right.reference)
        self.hashes[index] = Hashes(left: left.hash, right: right.hash)
        var reference = node.reference
        reference.isChanged = depth.isMultiple(of: 4)
        return StateNode(reference: reference, hash: StateHash.inner(left.hash, right.hash))
    }

    /// What stands where the leaf `existing`, or nothing, stood.
    private mutating func built(
        _ existing: StateNode?, depth: Int, _ updates: borrowing Span<StateUpdate>, _ range: Range<Int>
    ) -> StateNode {
        if range.isEmpty { return existing ?? .empty }
        if range.count == 1 {
            let update = updates[range.lowerBound]
            guard let existing else { return update.valueHash.map { newLeaf(update.keyHash, $0) } ?? .empty }
            let leaf = leaves[existing.reference.index]
            if leaf.keyHash == update.keyHash { return replaced(existing, leaf, by: update.valueHash) }
            if update.valueHash == nil { return existing }
        }
        let middle = updates.split(range, bit: depth)
        let isExistingRight = existing.map { leaves[$0.reference.index].keyHash.bit(depth) } ?? false
        let left = built(
            isExistingRight ? nil : existing, depth: depth + 1, updates, range.lowerBound..<middle)
        let right = built(
            isExistingRight ? existing : nil, depth: depth + 1, updates, middle..<range.upperBound)
        if let only = Self.collapsed(left, right) { return only }
        var reference = makeInner(left, right)
        reference.isChanged = depth.isMultiple(of: 4)
        return StateNode(reference: reference, hash: StateHash.inner(left.hash, right.hash))
    }

    private mutating func replaced(_ node: StateNode, _ leaf: Leaf, by valueHash: Digest?) -> StateNode {
        guard let valueHash else {
            free(node.reference)
            return .empty
        }
        guard valueHash != leaf.valueHash else { return node }
        leaves[node.reference.index].valueHash = valueHash
        return StateNode(reference: node.reference, hash: StateHash.leaf(leaf.keyHash, valueHash))
    }

    private mutating func newLeaf(_ keyHash: Digest, _ valueHash: Digest) -> StateNode {
        let reference = makeLeaf(Leaf(keyHash: keyHash, valueHash: valueHash))
        return StateNode(reference: reference, hash: StateHash.leaf(keyHash, valueHash))
    }

    /// What two siblings come to when together they have one leaf at most: a subtree with one leaf *is* that leaf.
    static func collapsed(_ left: StateNode, _ right: StateNode) -> StateNode? {
        switch (left.reference.kind, right.reference.kind) {
        case (.empty, .empty), (.leaf, .empty): left
        case (.empty, .leaf): right
        default: nil
        }
    }
}

extension Span<StateUpdate> {
    /// Where the updates of `range`, sorted and equal up to `bit`, begin to have that bit set.
    func split(_ range: Range<Int>, bit: Int) -> Int {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = low + (high - low) / 2
            if self[middle].keyHash.bit(bit) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
