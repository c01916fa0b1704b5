// Ledger · changed pages of the state tree on their way to storage.
internal import Primitives

/// Pages taken so far, and the storage key of the page being taken.
struct TakenPages {
    var pages: [(key: [UInt8], value: [UInt8]?)] = []
    private(set) var key: [UInt8]

    /// No pages yet; the first to be taken is the one at the top of region `number`.
    init(region number: UInt8) { key = [2, number] }

    /// How many nibbles lead to the page being taken.
    var nibbleCount: Int { Int(key[0]) }

    mutating func descend(_ nibble: Int) {
        if nibbleCount.isMultiple(of: 2) {
            key.append(UInt8(nibble << 4))
        } else {
            key[key.count - 1] |= UInt8(nibble)
        }
        key[0] += 1
    }

    mutating func ascend() {
        key[0] -= 1
        if nibbleCount.isMultiple(of: 2) { key.removeLast() } else { key[key.count - 1] &= 0xf0 }
    }
}

extension StateNodes {
    /// The sixteen places of a page in order. A leaf may be before its own nibble, where nothing else is.
    private typealias Places = InlineArray<16, StateNode>

    /// Takes the page whose root is `reference`, and every changed page below it.
    mutating func take(_ reference: StateReference, into taken: inout TakenPages) {
        var places = Places(repeating: .empty)
        gather(reference, 0..<16, into: &places)
        taken.pages.append((key: taken.key, value: encoded(places, nibbleCount: taken.nibbleCount)))
        for nibble in 0..<16 where places[nibble].reference.kind == .inner && places[nibble].reference.isChanged {
            taken.descend(nibble)
            take(places[nibble].reference, into: &taken)
            taken.ascend()
        }
    }

    /// Finds what is below an inner node that spans `nibbles`, and marks the pages there as unchanged.
    private mutating func gather(_ reference: StateReference, _ nibbles: Range<Int>, into places: inout Places) {
        let middle = nibbles.lowerBound + nibbles.count / 2
        var children = self.children[reference.index]
        let hashes = self.hashes[reference.index]
        gather(&children.left, hashes.left, nibbles.lowerBound..<middle, into: &places)
        gather(&children.right, hashes.right, middle..<nibbles.upperBound, into: &places)
        if nibbles.count == 2 { self.children[reference.index] = children }
    }

    private mutating func gather(
        _ child: inout StateReference, _ hash: Digest, _ nibbles: Range<Int>, into places: inout Places
    ) {
        if child.kind == .inner, nibbles.count > 1 {
            gather(child, nibbles, into: &places)
        } else {
            places[nibbles.lowerBound] = StateNode(reference: child, hash: hash)
            child.isChanged = false
        }
    }

    /// A page's bytes, drawn at ``StatePage``.
    private func encoded(_ places: Places, nibbleCount: Int) -> [UInt8] {
        var byteCount = 4
        for place in 0..<16 {
            switch places[place].reference.kind {
            case .empty: break
            case .leaf: byteCount += 64
            case .inner, .cold: byteCount += 32
            }
        }
        return unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            var occupied: UInt16 = 0
            var leafBits: UInt16 = 0
            var end = unsafe buffer.baseAddress! + 4
            for place in 0..<16 {
                let node = places[place]
                switch node.reference.kind {
                case .empty: continue
                case .leaf:
                    let leaf = leaves[node.reference.index]
                    let bit: UInt16 = 1 << UInt16(leaf.keyHash.nibble(nibbleCount))
                    occupied |= bit
                    leafBits |= bit
                    unsafe leaf.keyHash.store(to: end)
                    unsafe leaf.valueHash.store(to: end + 32)
                    unsafe end += 64
                case .inner, .cold:
                    occupied |= 1 << UInt16(place)
                    unsafe node.hash.store(to: end)
                    unsafe end += 32
                }
            }
            unsafe UnsafeMutableRawPointer(buffer.baseAddress!).storeBytes(
                of: (UInt32(occupied) << 16 | UInt32(leafBits)).bigEndian, as: UInt32.self)
            count = byteCount
        }
    }
}
