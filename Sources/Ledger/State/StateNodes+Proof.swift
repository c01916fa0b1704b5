// Ledger · reading a proof off the loaded tree.
internal import Primitives

extension StateNodes {
    /// The proof for `keyHash`, whose path is loaded.
    func proof(of keyHash: Digest) -> StateProof {
        var siblings: [Digest] = []
        var reference = root.reference
        while reference.kind == .inner {
            let isRight = keyHash.bit(siblings.count)
            let hashes = self.hashes[reference.index]
            let children = self.children[reference.index]
            siblings.append(isRight ? hashes.left : hashes.right)
            reference = isRight ? children.right : children.left
        }
        guard reference.kind == .leaf else {
            precondition(reference.kind == .empty, "a proof reached a page that was not loaded")
            return StateProof(siblings: siblings, end: .empty)
        }
        let leaf = leaves[reference.index]
        if leaf.keyHash == keyHash { return StateProof(siblings: siblings, end: .row) }
        return StateProof(siblings: siblings, end: .otherLeaf(keyHash: leaf.keyHash, valueHash: leaf.valueHash))
    }
}
