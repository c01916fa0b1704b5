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

    /// `docs/spec/state-tree.md` §4, byte for byte.
    @Test func hasTheSpecifiedBytes() throws {
        let stored = StoredPages()
        let tree = StateTree(source: stored)
        let value = Digest(repeating: 7)
        func digest(_ first: UInt8, _ second: UInt8) -> Digest {
            Digest([first, second] + [UInt8](repeating: 0, count: 30))!
        }
        let keys = [digest(0x20, 0), digest(0xf1, 0), digest(0xf1, 0x10)]
        try tree.apply(keys.map { StateUpdate(keyHash: $0, valueHash: value) })
        stored.store(tree.takeChangedPages())
        func node(_ prefix: String, _ left: Digest, _ right: Digest) -> Digest {
            SHA256.hash(Array(prefix.utf8) + left.bytes + right.bytes)
        }
        // The two keys below f1 part at the last bit of their third nibble.
        var hash = node(
            "JMT::IntrnalNode", node("JMT::LeafNode", keys[1], value), node("JMT::LeafNode", keys[2], value))
        for _ in 0..<3 { hash = node("JMT::IntrnalNode", hash, StateReference.empty) }
        #expect(stored.pages.keys.sorted { $0[0] < $1[0] } == [[0], [1, 0xf0], [2, 0xf1]])
        #expect(
            stored.pages[[2, 0xf1]]! == [0x00, 0x03, 0x00, 0x03] + keys[1].bytes + value.bytes + keys[2].bytes
                + value.bytes)
        #expect(stored.pages[[0]]!.prefix(4) == [0x80, 0x04, 0x00, 0x04])
        #expect(stored.pages[[0]]!.count == 4 + 64 + 32)
        #expect(stored.pages[[1, 0xf0]]! == [0x00, 0x02, 0x00, 0x00] + hash.bytes)
    }
}
