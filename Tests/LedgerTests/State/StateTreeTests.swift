import Cryptography
import Ledger
import Primitives
import Testing

/// The tree against its own definition, through every way of changing, storing, unloading and loading it.
@Suite struct StateTreeTests {
    /// penumbra-zone/jmt `src/tests/sha2_256_vectors.json`.
    @Test(arguments: [
        ([], "5350415253455f4d45524b4c455f504c414345484f4c4445525f484153485f5f"),
        (["hello"], "6b97115f56e533f2fd443f7e76e4d1ff94d34e6b2e233f2dbdf5cfd1ec39a30c"),
        (["hello", "goodbye"], "e1e1e220d4b4a9611a9a09dbcee964b4a6c3a40f6f4dee265ad45cf64568790b"),
    ])
    func hasThePublishedRoots(keys: [String], root: String) throws {
        let tree = StateTree(source: StoredPages())
        let updates = keys.map { StateUpdate(key: Array($0.utf8), value: Array("world".utf8)) }
        #expect(try tree.apply(updates).hex == root)
        for update in updates.reversed() {
            try tree.apply([StateUpdate(keyHash: update.keyHash, valueHash: nil)])
        }
        #expect(tree.root == StateTree.emptyRoot)
    }

    /// A hundred histories of 500 changes: inserts, overwrites and removals in blocks of any size, with the tree
    /// stored, unloaded to any depth and opened again in between.
    @Test(arguments: 0..<10)
    func hasTheDefinedRootAfterLongHistories(seed: Int) throws {
        var random = TestRandom(state: UInt64(seed))
        for _ in 0..<10 { try Self.runHistory(changeCount: 500, random: &random) }
    }

    /// 100,000 short histories, of a key and others that part from its path at any bit.
    @Test func hasTheDefinedRootAfterAnyShortHistory() throws {
        let source = StoredPages()
        var failing: [UInt64] = []
        for seed in 0..<100_000 as Range<UInt64> where try !Self.holds(shortHistory: seed, source) {
            failing.append(seed)
        }
        #expect(failing.isEmpty)
    }

    /// Whether each root of a history is the defined one, and in one of sixteen histories, whether the last proves what
    /// its key has and nothing else. Every 256th has keys that part at any bit, the others early: each level costs a
    /// hash.
    static func holds(shortHistory seed: UInt64, _ source: StoredPages) throws -> Bool {
        var random = TestRandom(state: seed)
        let key = key(Int.random(in: 0..<1 << 20, using: &random))
        let keyHash = SHA256.hash(key)
        var keyHashes = [keyHash]
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            keyHashes.append(
                random.digest(
                    partingAt: Int.random(in: 0...(seed % 256 == 0 ? 255 : 15), using: &random),
                    from: keyHashes.randomElement(using: &random)!))
        }
        let tree = StateTree(source: source)
        var rows: [Digest: Digest] = [:]
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            var block: [Digest: Digest?] = [:]
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let value = Bool.random(using: &random) ? values.randomElement(using: &random)!.hash : nil
                block.updateValue(value, forKey: keyHashes.randomElement(using: &random)!)
            }
            for (key, value) in block { rows[key] = value }
            let root = try tree.apply(block.map { StateUpdate(keyHash: $0.key, valueHash: $0.value) })
            guard root == tree.root, root == StateReference.root(rows) else { return false }
        }
        guard seed.isMultiple(of: 16) else { return true }
        let proof = try tree.proof(of: keyHash)
        return ([nil] + values.map { $0 }).allSatisfy { value in
            proof.verify(root: tree.root, key: key, value: value?.bytes) == (value?.hash == rows[keyHash])
        }
    }

    static let values = ([[], [1], [2]] as [[UInt8]]).map { (bytes: $0, hash: SHA256.hash($0)) }

    static func runHistory(changeCount: Int, random: inout TestRandom) throws {
        let stored = StoredPages()
        var tree = StateTree(source: stored)
        var rows: [Digest: Digest] = [:]
        var known: [Digest] = []
        var changesLeft = changeCount
        let isMostlyRemoving = Bool.random(using: &random)
        while changesLeft > 0 {
            var block: [Digest: Digest?] = [:]
            for _ in 0..<Int.random(in: 1...min(changesLeft, 40), using: &random) {
                let isNew = known.isEmpty || Int.random(in: 0..<3, using: &random) == 0
                let key = isNew ? random.clusteredDigest() : known.randomElement(using: &random)!
                if isNew { known.append(key) }
                let isRemoved = Int.random(in: 0..<(isMostlyRemoving ? 2 : 4), using: &random) == 0
                block.updateValue(
                    isRemoved ? nil : Digest(repeating: UInt8.random(in: 0...3, using: &random)), forKey: key)
                changesLeft -= 1
            }
            for (key, value) in block { rows[key] = value }
            let root = try tree.apply(block.map { StateUpdate(keyHash: $0.key, valueHash: $0.value) })
            #expect(tree.root == root)
            if Int.random(in: 0..<4, using: &random) == 0 { #expect(root == StateReference.root(rows)) }

            switch Int.random(in: 0..<7, using: &random) {
            case 0: stored.store(tree)
            case 1:
                stored.store(tree)
                tree.evict(keepingDepth: Int.random(in: 2...5, using: &random))
            case 2: tree.evict(keepingDepth: Int.random(in: 2...5, using: &random))
            case 3:
                stored.store(tree)
                tree = try stored.open()
                #expect(tree.root == root)
            case 4:
                let first = UInt8.random(in: 0...255, using: &random)
                stored.store(tree, regions: first...UInt8.random(in: first...255, using: &random))
            default: break
            }
        }
        stored.store(tree)
        try checkStored(stored, rows: rows, root: tree.root)
    }

    /// Storage holds exactly the pages of the rows: those of a tree made of them at once.
    static func checkStored(_ stored: StoredPages, rows: [Digest: Digest], root: Digest) throws {
        #expect(root == StateReference.root(rows))
        let fresh = StateTree(source: StoredPages())
        #expect(try fresh.apply(rows.map { StateUpdate(keyHash: $0.key, valueHash: $0.value) }) == root)
        let pages = StoredPages()
        pages.store(fresh)
        let isEqual = pages.pages == stored.pages && pages.regions == stored.regions
        #expect(isEqual)
    }

    @Test func removingWhatIsNotThereChangesNothing() throws {
        let stored = StoredPages()
        let tree = StateTree(source: stored)
        try tree.apply([1, 2, 3].map { StateUpdate(key: [$0], value: [$0]) })
        stored.store(tree)
        let root = tree.root
        #expect(try tree.apply([4, 5, 6].map { StateUpdate(key: [$0], value: nil) }) == root)
        #expect(try tree.apply([StateUpdate(key: [2], value: [2])]) == root)
        #expect(stored.store(tree).isEmpty)
    }

    @Test func storesOnlyThePagesOnTheWay() throws {
        let stored = StoredPages()
        let tree = StateTree(source: stored)
        try tree.apply((0..<5_000).map { StateUpdate(key: Self.key($0), value: [1]) })
        stored.store(tree)
        try tree.apply([StateUpdate(key: Self.key(17), value: [2])])
        let changed = stored.store(tree)
        #expect((1...3).contains(changed.count))
        #expect(changed.contains { $0.key == [2, StateRegion.number(of: SHA256.hash(Self.key(17)))] })
        #expect(Set(changed.map { $0.key.first! }).count == changed.count)
    }

    @Test func keepsOneSmallPartInMemory() throws {
        let stored = StoredPages()
        let tree = StateTree(source: stored)
        try tree.apply((0..<20_000).map { StateUpdate(key: Self.key($0), value: [1]) })
        let whole = tree.loadedByteCount
        tree.evict(keepingDepth: 2)
        #expect(tree.loadedByteCount >= whole - 1_000, "what is not stored yet stays")
        stored.store(tree)
        tree.evict(keepingDepth: 2)
        #expect(tree.loadedByteCount < 255 * 80, "what is above the regions stays")
        try tree.apply([StateUpdate(key: Self.key(3), value: [9])])
        #expect(stored.readCount <= 3)
    }

    @Test func aBlockChangesAKeyOnce() async {
        await #expect(processExitsWith: .failure) {
            let update = StateUpdate(key: [1], value: [1])
            try StateTree(source: StoredPages()).apply([update, update])
        }
    }

    static func key(_ number: Int) -> [UInt8] {
        var key: [UInt8] = []
        key.append(bigEndian: UInt64(number))
        return key
    }
}

extension Digest {
    /// Thirty-two times `byte`.
    init(repeating byte: UInt8) { self.init([UInt8](repeating: byte, count: 32), at: 0) }
}
