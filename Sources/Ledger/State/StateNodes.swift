// Ledger · the loaded part of the state tree.
internal import Primitives

/// What a place in the tree holds: nothing, an inner node, a leaf, or a page that is not loaded.
struct StateReference: Equatable {
    // Two bits of kind, one that marks the root of a page as changed, 29 bits of index.
    private var word: UInt32

    enum Kind: UInt32 { case empty, inner, leaf, cold }

    static let empty = StateReference(word: 0)
    static let cold = StateReference(word: Kind.cold.rawValue << 30)

    private init(word: UInt32) { self.word = word }

    static func inner(_ index: UInt32) -> StateReference { StateReference(word: Kind.inner.rawValue << 30 | index) }
    static func leaf(_ index: UInt32) -> StateReference { StateReference(word: Kind.leaf.rawValue << 30 | index) }

    var kind: Kind { Kind(rawValue: word >> 30)! }
    var index: UInt32 { word & (1 << 29 - 1) }
    /// Whether the page that this inner node is the root of has changed since it was last taken to be stored.
    var isChanged: Bool {
        get { word & 1 << 29 != 0 }
        set { word = newValue ? word | 1 << 29 : word & ~(1 << 29) }
    }
}

/// A place's content and its hash.
struct StateNode {
    var reference: StateReference
    var hash: Digest

    static var empty: StateNode { StateNode(reference: .empty, hash: StateHash.empty) }
}

/// Every loaded node, by index.
///
/// An inner node keeps the hashes of its two children beside each other: that is what is hashed, so an update reads one
/// cache line a level, and a child that is not loaded needs no memory of its own.
struct StateNodes: ~Copyable {
    struct Children: BitwiseCopyable {
        var left: StateReference
        var right: StateReference
    }
    struct Hashes: BitwiseCopyable {
        var left: Digest
        var right: Digest
    }
    struct Leaf: BitwiseCopyable {
        var keyHash: Digest
        var valueHash: Digest
    }

    // Inner nodes, in two stores that share their indices: the way down reads only the first, eight nodes a cache line.
    var children = NodeStore<Children>()
    var hashes = NodeStore<Hashes>()
    var leaves = NodeStore<Leaf>()
    private var freeInners: [UInt32] = []
    private var freeLeaves: [UInt32] = []

    /// The root.
    var root = StateNode.empty
    /// Pages that went since their region was last taken, by region; some may be back.
    var gonePages: [UInt8: [StatePageKey]] = [:]
    /// Whether any place may hold a page that is not loaded.
    var hasColdPages = false

    /// How many bytes the loaded nodes take.
    var byteCount: Int {
        let innerByteCount = MemoryLayout<Children>.stride + MemoryLayout<Hashes>.stride
        return Int(children.count) * innerByteCount + Int(leaves.count) * MemoryLayout<Leaf>.stride
    }

    mutating func makeInner(_ left: StateNode, _ right: StateNode) -> StateReference {
        let children = Children(left: left.reference, right: right.reference)
        let hashes = Hashes(left: left.hash, right: right.hash)
        guard let index = freeInners.popLast() else {
            _ = self.hashes.append(hashes)
            return .inner(self.children.append(children))
        }
        self.children[index] = children
        self.hashes[index] = hashes
        return .inner(index)
    }

    mutating func makeLeaf(_ leaf: Leaf) -> StateReference {
        guard let index = freeLeaves.popLast() else { return .leaf(leaves.append(leaf)) }
        leaves[index] = leaf
        return .leaf(index)
    }

    mutating func free(_ reference: StateReference) {
        switch reference.kind {
        case .inner: freeInners.append(reference.index)
        case .leaf: freeLeaves.append(reference.index)
        case .empty, .cold: break
        }
    }
}
