import Cryptography
import Ledger
import Primitives
import Testing

/// Whatever happened to the stored pages, the tree says so; it neither trusts them nor stops the process.
@Suite struct StatePageTests {
    static func storedTree(rowCount: Int = 600) throws -> (pages: StoredPages, root: Digest) {
        let stored = StoredPages()
        let tree = StateTree(source: stored)
        try tree.apply((0..<rowCount).map { StateUpdate(key: StateTreeTests.key($0), value: [1]) })
        stored.store(tree)
        return (stored, tree.root)
    }

    /// Opens the tree and changes every row; what it throws, if anything.
    static func touchAll(_ stored: StoredPages, root: Digest, rowCount: Int = 600) throws -> ErrorCode? {
        let tree = try stored.open()
        let code = thrownCode {
            try tree.apply((0..<rowCount).map { StateUpdate(key: StateTreeTests.key($0), value: [2]) })
        }
        if code != nil { #expect(tree.root == root, "a throw changes nothing") }
        return code
    }

    @Test func anyChangedByteIsFound() throws {
        let (stored, root) = try Self.storedTree()
        #expect(try Self.touchAll(stored, root: root) == nil)
        var random = TestRandom(state: 5)
        let keys = stored.pages.keys.sorted { $0.lexicographicallyPrecedes($1) }
        for round in 0..<400 {
            let key = round < keys.count ? keys[round] : keys.randomElement(using: &random)!
            let whole = stored.pages[key]!
            var damaged = whole
            let position = round < 4 ? round : Int.random(in: 0..<damaged.count, using: &random)
            damaged[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            stored.pages[key] = damaged
            #expect(try Self.touchAll(stored, root: root) == .statePageCorrupt)
            stored.pages[key] = whole
        }
    }

    @Test func anyCutOrMissingPageIsFound() throws {
        let (stored, root) = try Self.storedTree(rowCount: 60)
        for (key, whole) in stored.pages {
            for count in 0..<whole.count {
                stored.pages[key] = Array(whole.prefix(count))
                #expect(try Self.touchAll(stored, root: root, rowCount: 60) == .statePageCorrupt)
            }
            stored.pages[key] = whole + [0]
            #expect(try Self.touchAll(stored, root: root, rowCount: 60) == .statePageCorrupt)
            stored.pages[key] = nil
            #expect(try Self.touchAll(stored, root: root, rowCount: 60) == .statePageMissing)
            stored.pages[key] = whole
        }
        #expect(try Self.touchAll(stored, root: root, rowCount: 60) == nil)
    }

    @Test func anOldPageIsFound() throws {
        let (stored, _) = try Self.storedTree()
        let old = stored.pages
        let tree = try stored.open()
        try tree.apply([StateUpdate(key: StateTreeTests.key(7), value: [7])])
        let changed = stored.store(tree)
        for (key, value) in changed { #expect(value != old[key]) }
        #expect(try Self.touchAll(stored, root: tree.root) == nil)
        let key = try #require(changed.first?.key)
        stored.pages[key] = old[key]
        #expect(try Self.touchAll(stored, root: tree.root) == .statePageCorrupt)
    }

    @Test func aFailedLoadCanBeTriedAgain() throws {
        let (stored, _) = try Self.storedTree()
        let tree = try stored.open()
        let key = try #require(stored.pages.keys.first { $0[0] == 2 })
        let whole = stored.pages.removeValue(forKey: key)
        let updates = (0..<600).map { StateUpdate(key: StateTreeTests.key($0), value: [2]) }
        #expect(thrownCode { try tree.apply(updates) } == .statePageMissing)
        stored.pages[key] = whole
        let expected = StateReference.root(
            Dictionary(uniqueKeysWithValues: updates.map { ($0.keyHash, $0.valueHash!) }))
        #expect(try tree.apply(updates) == expected)
    }

    @Test func aFailedLoadLeavesNothingBehind() throws {
        let (stored, _) = try Self.storedTree()
        let key = try #require(stored.pages.keys.first { $0[0] == 2 })
        stored.pages[key]![70] ^= 1
        let tree = try stored.open()
        let whole = tree.loadedByteCount
        let path = Digest([key[1]] + [UInt8](repeating: 0, count: 31), at: 0)
        for _ in 0..<100 { #expect(thrownCode { try tree.proof(of: path) } == .statePageCorrupt) }
        #expect(tree.loadedByteCount < whole + 2_000)
    }

    /// `docs/spec/state-tree.md` §4, byte for byte, and the same tree spelled in ways that hash alike.
    @Test func hasTheSpecifiedBytesAndNoOthers() throws {
        let value = Digest(repeating: 7)
        let keys = [0x2000, 0xf100, 0xf110].map { (start: UInt16) in
            Digest([UInt8(start >> 8), UInt8(start & 255)] + [UInt8](repeating: 0, count: 30))!
        }
        let leafHashes = keys.map { StateReference.hash("JMT::LeafNode", $0, value) }
        let leaves = keys.map { $0.bytes + value.bytes }
        // The two keys below f1 part at the last bit of their third nibble.
        var hash = StateReference.hash("JMT::IntrnalNode", leafHashes[1], leafHashes[2])
        for _ in 0..<3 { hash = StateReference.hash("JMT::IntrnalNode", hash, StateReference.empty) }

        let stored = StoredPages()
        let tree = StateTree(source: stored)
        try tree.apply(keys.map { StateUpdate(keyHash: $0, valueHash: value) })
        stored.store(tree)
        let pages: [[UInt8]: [UInt8]] = [[2, 0xf1]: [0x00, 0x03, 0x00, 0x03] + leaves[1] + leaves[2]]
        var regions = [[UInt8]](repeating: [], count: 256)
        regions[0x20] = leaves[0]
        regions[0xf1] = hash.bytes
        #expect(stored.pages == pages)
        #expect(stored.regions == regions)

        func code(_ changed: [[UInt8]: [UInt8]]) throws -> ErrorCode? {
            stored.pages = pages.merging(changed) { $1 }
            let reopened = try stored.open()
            #expect(reopened.root == tree.root)
            return thrownCode { for key in keys { _ = try reopened.proof(of: key) } }
        }
        #expect(try code([:]) == nil)
        // A leaf at another nibble.
        #expect(try code([[2, 0xf1]: [0x00, 0x05, 0x00, 0x05] + leaves[1] + leaves[2]]) == .statePageCorrupt)
        // A leaf in a page of its own.
        let lonely: [[UInt8]: [UInt8]] = [
            [2, 0xf1]: [0x00, 0x03, 0x00, 0x02] + leafHashes[1].bytes + leaves[2],
            [3, 0xf1, 0x00]: [0x00, 0x01, 0x00, 0x01] + leaves[1],
        ]
        #expect(try code(lonely) == .statePageCorrupt)
        // A page below that is empty.
        let padded = [0x00, 0x07, 0x00, 0x03] + leaves[1] + leaves[2] + StateReference.empty.bytes
        #expect(try code([[2, 0xf1]: padded]) == .statePageCorrupt)
    }

    /// A region's row is read strictly: what it says is checked only once all regions are of one block.
    @Test func refusesARegionThatIsNone() {
        let leaf = [UInt8](repeating: 0x20, count: 64)
        #expect(StateRegion(decoding: leaf, number: 0x20) != nil)
        #expect(StateRegion(decoding: leaf, number: 0x21) == nil)
        for count in 1..<100 where count != 32 && count != 64 {
            #expect(StateRegion(decoding: Array(repeating: 0x20, count: count), number: 0x20) == nil)
        }
    }

    /// Regions taken at different times, and to each the changes since then, make the tree of the newest time.
    @Test func opensFromRegionsOfDifferentTimes() throws {
        let stored = StoredPages()
        let tree = StateTree(source: stored)
        var random = TestRandom(state: 11)
        var heights = [Int](repeating: 0, count: StateRegion.count)
        var deltas: [[StateUpdate]] = []
        for height in 1...300 {
            let numbers = Set((0..<20).map { _ in Int.random(in: 0..<2_000, using: &random) })
            let updates = numbers.map { StateUpdate(key: StateTreeTests.key($0), value: height % 3 == 0 ? nil : [9]) }
            try tree.apply(updates)
            deltas.append(updates)
            let region = UInt8.random(in: 0...255, using: &random)
            stored.store(tree, regions: region...region)
            heights[Int(region)] = height
            guard height.isMultiple(of: 20) else { continue }
            let opened = try stored.open()
            for (index, updates) in deltas.enumerated() {
                try opened.apply(updates.filter { heights[Int(StateRegion.number(of: $0.keyHash))] <= index })
            }
            #expect(opened.root == tree.root)
        }
    }
}
