// The state tree as its specification words it: sort, split by bits, hash. What the real tree is tested against.
import Cryptography
import Ledger
import Primitives
import Testing

enum StateReference {
    static let empty = Digest(Array("SPARSE_MERKLE_PLACEHOLDER_HASH__".utf8))!

    static func root(_ rows: [Digest: Digest]) -> Digest {
        root(rows.sorted { $0.key < $1.key }[...], depth: 0)
    }

    static func hash(_ prefix: String, _ left: Digest, _ right: Digest) -> Digest {
        SHA256.hash(Array(prefix.utf8) + left.bytes + right.bytes)
    }

    private static func root(_ rows: ArraySlice<(key: Digest, value: Digest)>, depth: Int) -> Digest {
        switch rows.count {
        case 0: return empty
        case 1:
            let row = rows.first!
            return hash("JMT::LeafNode", row.key, row.value)
        default:
            let middle = rows.firstIndex { $0.key.bytes[depth / 8] >> UInt8(7 - depth % 8) & 1 == 1 } ?? rows.endIndex
            let left = root(rows[..<middle], depth: depth + 1)
            let right = root(rows[middle...], depth: depth + 1)
            return hash("JMT::IntrnalNode", left, right)
        }
    }
}

/// Pages and regions in memory, as the node stores them.
final class StoredPages: StateNodeSource {
    var pages: [[UInt8]: [UInt8]] = [:]
    var regions = [[UInt8]](repeating: [], count: StateRegion.count)
    var readCount = 0

    /// Stores what changed in regions `numbers` and returns the pages that did.
    @discardableResult
    func store(
        _ tree: StateTree, regions numbers: ClosedRange<UInt8> = 0...255
    ) -> [(key: [UInt8], value: [UInt8]?)] {
        var changed: [(key: [UInt8], value: [UInt8]?)] = []
        for number in numbers {
            let (region, pages) = tree.takeRegion(number)
            regions[Int(number)] = region.encoded
            changed += pages
        }
        for (key, value) in changed { pages[key] = value }
        return changed
    }

    /// The tree that is stored.
    func open() throws -> StateTree {
        let regions = try regions.enumerated().map { number, bytes in
            try #require(StateRegion(decoding: bytes, number: UInt8(number)))
        }
        return StateTree(regions: regions, source: self)
    }

    func page(_ key: [UInt8]) throws(SteleError) -> [UInt8]? {
        readCount += 1
        return pages[key]
    }
}

/// SplitMix64: the same histories on every run.
struct TestRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    /// A digest that has the bits of `other` up to the one at `depth`, the opposite one there, and any in the bytes
    /// after it.
    mutating func digest(partingAt depth: Int, from other: Digest) -> Digest {
        var bytes = other.bytes
        bytes[depth / 8] ^= 0x80 >> UInt8(depth % 8)
        for index in (depth / 8 + 1)..<32 { bytes[index] = UInt8(truncatingIfNeeded: next()) }
        return Digest(bytes)!
    }

    /// A digest whose first bits are few kinds, so that paths run together for a while.
    mutating func clusteredDigest() -> Digest {
        var bytes: [UInt8] = []
        for _ in 0..<4 { bytes.append(bigEndian: next()) }
        let sharedCount = Int.random(in: 0...31, using: &self)
        for index in 0..<sharedCount { bytes[index] = index == 0 ? UInt8.random(in: 0...1, using: &self) << 7 : 0xa5 }
        if Bool.random(using: &self) { bytes[31] &= 1 }
        return Digest(bytes)!
    }
}
