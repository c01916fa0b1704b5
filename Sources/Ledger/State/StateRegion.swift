// Ledger · one of the 256 parts in which a state tree goes to storage.
public import Primitives

/// The part of the state tree whose key hashes begin with one byte, as it was when its pages were last taken.
///
/// Regions are stored at different times: a little of the tree goes to disk with each block, and no block waits for all
/// of it. The two levels of pages above them are never stored; they follow from the regions.
///
/// ```
/// nothing                             no row
/// hash 32                             the page at the region's top
/// key hash 32 ‖ value hash 32         a leaf, the only row
/// ```
/// Source: `docs/spec/state-tree.md` §4.
public struct StateRegion: Hashable, Sendable {
    /// How many there are.
    public static let count = 256

    enum Content: Hashable {
        case empty
        case leaf(keyHash: Digest, valueHash: Digest)
        case page(Digest)
    }
    let content: Content

    init(_ content: Content) { self.content = content }

    /// A region without rows.
    public static let empty = StateRegion(.empty)

    /// Reads region `number`, or returns nil: wrong length, or a leaf that belongs elsewhere.
    public init?(decoding bytes: [UInt8], number: UInt8) {
        switch bytes.count {
        case 0: content = .empty
        case 32: content = .page(Digest(bytes, at: 0))
        case 64 where bytes[0] == number:
            content = .leaf(keyHash: Digest(bytes, at: 0), valueHash: Digest(bytes, at: 32))
        default: return nil
        }
    }

    /// The bytes drawn above.
    public var encoded: [UInt8] {
        switch content {
        case .empty: []
        case .leaf(let keyHash, let valueHash): keyHash.bytes + valueHash.bytes
        case .page(let hash): hash.bytes
        }
    }

    /// Which region the row at the key with `keyHash` is in.
    public static func number(of keyHash: Digest) -> UInt8 { keyHash.nibble(0) << 4 | keyHash.nibble(1) }
}

// MARK: - Nodes
extension StateNodes {
    /// How many bits lead to a region's top.
    static let regionBitCount = 8

    /// The tree of `regions`, one for each number, with their pages not loaded.
    init(regions: [StateRegion]) {
        precondition(regions.count == StateRegion.count)
        self.init()
        root = joined(regions, 0..<regions.count)
    }

    private mutating func joined(_ regions: [StateRegion], _ range: Range<Int>) -> StateNode {
        if range.count == 1 {
            switch regions[range.lowerBound].content {
            case .empty: return .empty
            case .leaf(let keyHash, let valueHash):
                let reference = makeLeaf(Leaf(keyHash: keyHash, valueHash: valueHash))
                return StateNode(reference: reference, hash: StateHash.leaf(keyHash, valueHash))
            case .page(let hash):
                hasColdPages = true
                return StateNode(reference: .cold, hash: hash)
            }
        }
        let middle = range.lowerBound + range.count / 2
        let left = joined(regions, range.lowerBound..<middle)
        let right = joined(regions, middle..<range.upperBound)
        if let only = Self.collapsed(left, right) { return only }
        return StateNode(reference: makeInner(left, right), hash: StateHash.inner(left.hash, right.hash))
    }

    /// Region `number` as it is now, and every page of it that changed since this was last called, nil for one that
    /// went.
    mutating func takeRegion(_ number: UInt8) -> (region: StateRegion, pages: [(key: [UInt8], value: [UInt8]?)]) {
        var parent: UInt32?
        var isRight = false
        var node = root
        for depth in 0..<Self.regionBitCount where node.reference.kind == .inner {
            let index = node.reference.index
            isRight = number >> UInt8(7 - depth) & 1 == 1
            parent = index
            let (children, hashes) = (children[index], hashes[index])
            node =
                isRight
                ? StateNode(reference: children.right, hash: hashes.right)
                : StateNode(reference: children.left, hash: hashes.left)
        }
        var taken = TakenPages(region: number)
        var content = StateRegion.Content.empty
        switch node.reference.kind {
        case .empty: break
        case .cold: content = .page(node.hash)
        case .leaf:
            // Above the region's top a leaf may be another region's.
            let leaf = leaves[node.reference.index]
            if StateRegion.number(of: leaf.keyHash) == number {
                content = .leaf(keyHash: leaf.keyHash, valueHash: leaf.valueHash)
            }
        case .inner:
            content = .page(node.hash)
            if node.reference.isChanged, let parent {
                take(node.reference, into: &taken)
                if isRight { children[parent].right.isChanged = false } else { children[parent].left.isChanged = false }
            }
        }
        if let gone = gonePages.removeValue(forKey: number) {
            // A page that went may be back.
            taken.pages += Set(gone.map(\.encoded)).subtracting(taken.pages.map(\.key)).map { (key: $0, value: nil) }
        }
        return (StateRegion(content), taken.pages)
    }
}
