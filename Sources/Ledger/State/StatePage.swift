// Ledger · four levels of the state tree as they are stored.
internal import Primitives

/// Which page: the nibbles of the path from the root, 0–63 of them.
struct StatePageKey: Hashable {
    /// Two keys differ within 64 nibbles, so what they have in common ends before the last.
    static let nibbleCountMax = 63

    let nibbleCount: Int
    // Zero after the path.
    let path: Digest

    /// The page on the way to `keyHash` after `nibbleCount` nibbles.
    init(pathOf keyHash: Digest, nibbleCount: Int) {
        var bytes = keyHash.bytes
        if !nibbleCount.isMultiple(of: 2) { bytes[nibbleCount / 2] &= 0xf0 }
        for index in (nibbleCount + 1) / 2..<32 { bytes[index] = 0 }
        self.nibbleCount = nibbleCount
        path = Digest(bytes, at: 0)
    }

    /// Whether `keyHash` lies below this page.
    func contains(_ keyHash: Digest) -> Bool { path.commonPrefixBitCount(with: keyHash) >= 4 * nibbleCount }

    /// The key in storage: `u8 nibble count ‖ packed nibbles`, the last half byte zero when the count is odd.
    var encoded: [UInt8] { [UInt8(nibbleCount)] + path.bytes.prefix((nibbleCount + 1) / 2) }
}

/// Sixteen places, by the nibble that follows the page's path.
///
/// ```
/// 0  u16  which places are occupied, bit n for nibble n
/// 2  u16  which of those hold a leaf
/// 4  …    for each occupied place in order:  key hash 32 ‖ value hash 32   a leaf
///                                            hash 32                       the page below
/// ```
/// Source: `docs/spec/state-tree.md` §4.
struct StatePage {
    enum Place {
        case empty
        case leaf(keyHash: Digest, valueHash: Digest)
        case page(Digest)
    }

    var places = [Place](repeating: .empty, count: 16)

    /// Reads the page stored under `key`, or returns nil: wrong length, a leaf that belongs elsewhere, too few leaves
    /// for a page, or a page below that cannot be.
    init?(_ bytes: [UInt8], key: StatePageKey) {
        guard bytes.count >= 4 else { return nil }
        let occupied: UInt16 = bytes.bigEndian(at: 0)
        let leaves: UInt16 = bytes.bigEndian(at: 2)
        let leafCount = leaves.nonzeroBitCount
        guard leaves & ~occupied == 0, bytes.count == 4 + 32 * (occupied.nonzeroBitCount + leafCount) else {
            return nil
        }
        // One leaf alone stands in the page above, unless there is none above.
        guard occupied != leaves || leafCount >= (key.nibbleCount == 0 ? 1 : 2) else { return nil }
        var offset = 4
        for nibble in 0..<16 where occupied >> UInt16(nibble) & 1 == 1 {
            let first = Digest(bytes, at: offset)
            offset += 32
            guard leaves >> UInt16(nibble) & 1 == 1 else {
                guard key.nibbleCount < StatePageKey.nibbleCountMax, first != StateHash.empty else { return nil }
                places[nibble] = .page(first)
                continue
            }
            guard key.contains(first), Int(first.nibble(key.nibbleCount)) == nibble else { return nil }
            places[nibble] = .leaf(keyHash: first, valueHash: Digest(bytes, at: offset))
            offset += 32
        }
    }
}
