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
        stored.store(tree.takeChangedPages())
        return (stored, tree.root)
    }

    /// Opens the tree and changes every row; what it throws, if anything.
    static func touchAll(_ stored: StoredPages, root: Digest, rowCount: Int = 600) -> ErrorCode? {
        let tree = StateTree(root: root, source: stored)
        let code = thrownCode {
            try tree.apply((0..<rowCount).map { StateUpdate(key: StateTreeTests.key($0), value: [2]) })
        }
        if code != nil { #expect(tree.root == root, "a throw changes nothing") }
        return code
    }

    @Test func anyChangedByteIsFound() throws {
        let (stored, root) = try Self.storedTree()
        #expect(Self.touchAll(stored, root: root) == nil)
        var random = TestRandom(state: 5)
        let keys = stored.pages.keys.sorted { $0.lexicographicallyPrecedes($1) }
        for round in 0..<400 {
            let key = round < keys.count ? keys[round] : keys.randomElement(using: &random)!
            let whole = stored.pages[key]!
            var damaged = whole
            let position = round < 4 ? round : Int.random(in: 0..<damaged.count, using: &random)
            damaged[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            stored.pages[key] = damaged
            #expect(Self.touchAll(stored, root: root) == .statePageCorrupt)
            stored.pages[key] = whole
        }
    }

    @Test func anyCutOrMissingPageIsFound() throws {
        let (stored, root) = try Self.storedTree(rowCount: 60)
        for (key, whole) in stored.pages {
            for count in 0..<whole.count {
                stored.pages[key] = Array(whole.prefix(count))
                #expect(Self.touchAll(stored, root: root, rowCount: 60) == .statePageCorrupt)
            }
            stored.pages[key] = whole + [0]
            #expect(Self.touchAll(stored, root: root, rowCount: 60) == .statePageCorrupt)
            stored.pages[key] = nil
            #expect(Self.touchAll(stored, root: root, rowCount: 60) == .statePageMissing)
            stored.pages[key] = whole
        }
        #expect(Self.touchAll(stored, root: root, rowCount: 60) == nil)
    }

    @Test func anOldPageIsFound() throws {
        let (stored, root) = try Self.storedTree()
        let old = stored.pages
        let tree = StateTree(root: root, source: stored)
        try tree.apply([StateUpdate(key: StateTreeTests.key(7), value: [7])])
        for (key, value) in tree.takeChangedPages() {
            stored.pages[key] = value
            #expect(value != old[key])
        }
        #expect(Self.touchAll(stored, root: tree.root) == nil)
        stored.pages[[0]] = old[[0]]
        #expect(Self.touchAll(stored, root: tree.root) == .statePageCorrupt)
    }

    @Test func aFailedLoadCanBeTriedAgain() throws {
        let (stored, root) = try Self.storedTree()
        let tree = StateTree(root: root, source: stored)
        let key = try #require(stored.pages.keys.first { $0[0] == 1 })
        let whole = stored.pages.removeValue(forKey: key)
        let updates = (0..<600).map { StateUpdate(key: StateTreeTests.key($0), value: [2]) }
        #expect(thrownCode { try tree.apply(updates) } == .statePageMissing)
        stored.pages[key] = whole
        let expected = StateReference.root(
            Dictionary(uniqueKeysWithValues: updates.map { ($0.keyHash, $0.valueHash!) }))
        #expect(try tree.apply(updates) == expected)
    }

    @Test func aFailedLoadLeavesNothingBehind() throws {
        let (stored, root) = try Self.storedTree()
        stored.pages[[0]]![70] ^= 1
        let tree = StateTree(root: root, source: stored)
        for _ in 0..<100 { #expect(thrownCode { try tree.proof(of: .zero) } == .statePageCorrupt) }
        #expect(tree.loadedByteCount < 2_000)
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
        var upper = StateReference.hash("JMT::IntrnalNode", StateReference.empty, hash)
        for _ in 0..<3 { upper = StateReference.hash("JMT::IntrnalNode", upper, StateReference.empty) }

        let stored = StoredPages()
        let tree = StateTree(source: stored)
        try tree.apply(keys.map { StateUpdate(keyHash: $0, valueHash: value) })
        stored.store(tree.takeChangedPages())
        let pages: [[UInt8]: [UInt8]] = [
            [0]: [0x80, 0x04, 0x00, 0x04] + leaves[0] + upper.bytes,
            [1, 0xf0]: [0x00, 0x02, 0x00, 0x00] + hash.bytes,
            [2, 0xf1]: [0x00, 0x03, 0x00, 0x03] + leaves[1] + leaves[2],
        ]
        #expect(stored.pages == pages)

        func code(_ changed: [[UInt8]: [UInt8]]) -> ErrorCode? {
            stored.pages = pages.merging(changed) { $1 }
            let reopened = StateTree(root: tree.root, source: stored)
            return thrownCode { for key in keys { _ = try reopened.proof(of: key) } }
        }
        #expect(code([:]) == nil)
        // The leaf alone in its half, at another nibble.
        #expect(code([[0]: [0x80, 0x08, 0x00, 0x08] + leaves[0] + upper.bytes]) == .statePageCorrupt)
        // A leaf in a page of its own.
        let lonely: [[UInt8]: [UInt8]] = [
            [2, 0xf1]: [0x00, 0x03, 0x00, 0x02] + leafHashes[1].bytes + leaves[2],
            [3, 0xf1, 0x00]: [0x00, 0x01, 0x00, 0x01] + leaves[1],
        ]
        #expect(code(lonely) == .statePageCorrupt)
        // A page below that is empty.
        let padded = [0xc0, 0x04, 0x00, 0x04] + leaves[0] + StateReference.empty.bytes + upper.bytes
        #expect(code([[0]: padded]) == .statePageCorrupt)
    }
}
