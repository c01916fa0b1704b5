// Ledger · pages of the state tree on their way into memory and out of it.
internal import Primitives

// MARK: - Loading
extension StateNodes {
    /// Loads every page on the way to `updates[range]`; `node` is at `depth` on their common path.
    ///
    /// A page that is missing or damaged throws and leaves the tree as it was, but for pages loaded before.
    mutating func load(
        _ node: inout StateNode, depth: Int, _ updates: borrowing Span<StateUpdate>, _ range: Range<Int>,
        from source: any StateNodeSource
    ) throws(SteleError) {
        try loadPage(&node, depth: depth, pathOf: updates[range.lowerBound].keyHash, from: source)
        guard node.reference.kind == .inner else { return }
        let index = node.reference.index
        let middle = updates.split(range, bit: depth)
        if range.lowerBound < middle {
            var left = StateNode(reference: children[index].left, hash: hashes[index].left)
            defer { children[index].left = left.reference }
            try load(&left, depth: depth + 1, updates, range.lowerBound..<middle, from: source)
        }
        if middle < range.upperBound {
            var right = StateNode(reference: children[index].right, hash: hashes[index].right)
            defer { children[index].right = right.reference }
            try load(&right, depth: depth + 1, updates, middle..<range.upperBound, from: source)
        }
    }

    /// Loads the page that `node` stands for, if it is not loaded.
    mutating func loadPage(
        _ node: inout StateNode, depth: Int, pathOf keyHash: Digest, from source: any StateNodeSource
    ) throws(SteleError) {
        guard node.reference.kind == .cold else { return }
        let key = StatePageKey(pathOf: keyHash, nibbleCount: depth / 4)
        let hint = "stop the node, then rebuild the state tree from the rows or restore a backup"
        guard let bytes = try source.page(key.encoded) else {
            throw SteleError(
                .statePageMissing, "a state page of \(key.nibbleCount) nibbles is not stored", hint: hint)
        }
        var loaded = StateNode.empty
        if let page = StatePage(bytes, key: key) { loaded = self.loaded(page, 0..<16) }
        guard loaded.hash == node.hash else {
            freeAll(loaded.reference)
            throw SteleError(
                .statePageCorrupt, "a state page of \(key.nibbleCount) nibbles is not what the page above it says",
                hint: hint)
        }
        node = loaded
    }

    private mutating func loaded(_ page: StatePage, _ nibbles: Range<Int>) -> StateNode {
        if nibbles.count == 1 {
            switch page.places[nibbles.lowerBound] {
            case .empty: return .empty
            case .page(let hash): return StateNode(reference: .cold, hash: hash)
            case .leaf(let keyHash, let valueHash):
                let reference = makeLeaf(Leaf(keyHash: keyHash, valueHash: valueHash))
                return StateNode(reference: reference, hash: StateHash.leaf(keyHash, valueHash))
            }
        }
        let middle = nibbles.lowerBound + nibbles.count / 2
        let left = loaded(page, nibbles.lowerBound..<middle)
        let right = loaded(page, middle..<nibbles.upperBound)
        if let only = Self.collapsed(left, right) { return only }
        return StateNode(reference: makeInner(left, right), hash: StateHash.inner(left.hash, right.hash))
    }

    private mutating func freeAll(_ reference: StateReference) {
        if reference.kind == .inner {
            freeAll(children[reference.index].left)
            freeAll(children[reference.index].right)
        }
        free(reference)
    }
}

// MARK: - Evicting
extension StateNodes {
    /// A copy of the nodes above `bitCount` bits, with what is below unloaded wherever nothing there has changed.
    func copied(keeping bitCount: Int) -> StateNodes {
        var copy = StateNodes()
        copy.root = copied(root, depth: 0, keeping: bitCount, into: &copy)
        copy.gonePages = gonePages
        return copy
    }

    private func copied(
        _ node: StateNode, depth: Int, keeping bitCount: Int, into copy: inout StateNodes
    ) -> StateNode {
        var result = node
        switch node.reference.kind {
        case .empty: break
        case .cold: copy.hasColdPages = true
        case .leaf: result.reference = copy.makeLeaf(leaves[node.reference.index])
        case .inner:
            if depth >= bitCount, depth.isMultiple(of: 4), !node.reference.isChanged {
                result.reference = .cold
                copy.hasColdPages = true
                break
            }
            let children = self.children[node.reference.index]
            let hashes = self.hashes[node.reference.index]
            let left = StateNode(reference: children.left, hash: hashes.left)
            let right = StateNode(reference: children.right, hash: hashes.right)
            result.reference = copy.makeInner(
                copied(left, depth: depth + 1, keeping: bitCount, into: &copy),
                copied(right, depth: depth + 1, keeping: bitCount, into: &copy))
            result.reference.isChanged = node.reference.isChanged
        }
        return result
    }
}
