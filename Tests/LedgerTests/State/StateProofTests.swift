import Cryptography
import Ledger
import Primitives
import Testing

@Suite struct StateProofTests {
    static let rowCount = 300

    static func tree() throws -> StateTree {
        let stored = StoredPages()
        let tree = StateTree(source: stored)
        try tree.apply((0..<rowCount).map { StateUpdate(key: StateTreeTests.key($0), value: value($0)) })
        stored.store(tree)
        tree.evict(keepingDepth: 2)
        return tree
    }

    static func value(_ number: Int) -> [UInt8] { Array("value \(number)".utf8) }

    @Test func provesEveryRow() throws {
        let tree = try Self.tree()
        for number in 0..<Self.rowCount {
            let key = StateTreeTests.key(number)
            let proof = try tree.proof(of: SHA256.hash(key))
            #expect(proof.end == .row)
            #expect(proof.verify(root: tree.root, key: key, value: Self.value(number)))
            #expect(!proof.verify(root: tree.root, key: key, value: Self.value(number + 1)))
            #expect(!proof.verify(root: tree.root, key: key, value: nil))
            #expect(!proof.verify(root: tree.root, key: StateTreeTests.key(number + 1), value: Self.value(number)))
        }
    }

    @Test func provesAbsenceBothWays() throws {
        let tree = try Self.tree()
        var ends: Set<Int> = []
        for number in Self.rowCount..<2 * Self.rowCount {
            let key = StateTreeTests.key(number)
            let proof = try tree.proof(of: SHA256.hash(key))
            if proof.end == .empty { ends.insert(1) } else { ends.insert(2) }
            #expect(proof.end != .row)
            #expect(proof.verify(root: tree.root, key: key, value: nil))
            #expect(!proof.verify(root: tree.root, key: key, value: Self.value(number)))
            #expect(!proof.verify(root: StateTree.emptyRoot, key: key, value: nil))
        }
        #expect(ends == [1, 2])
    }

    @Test func provesAbsenceInTheSmallestTrees() throws {
        let tree = StateTree(source: StoredPages())
        #expect(try tree.proof(of: SHA256.hash([1])) == StateProof(siblings: [], end: .empty))
        #expect(try tree.proof(of: SHA256.hash([1])).verify(root: StateTree.emptyRoot, key: [1], value: nil))
        try tree.apply([StateUpdate(key: [2], value: [])])
        let absent = try tree.proof(of: SHA256.hash([1]))
        #expect(absent.siblings.isEmpty && absent.verify(root: tree.root, key: [1], value: nil))
        let present = try tree.proof(of: SHA256.hash([2]))
        #expect(present.verify(root: tree.root, key: [2], value: []))
        #expect(!present.verify(root: tree.root, key: [2], value: nil))
        #expect(!absent.verify(root: tree.root, key: [], value: nil))
    }

    /// The leaf of a key off the path would "prove" the absence of any key, so its place is checked.
    @Test func refusesALeafOffThePath() throws {
        let tree = try Self.tree()
        let key = StateTreeTests.key(5)
        let keyHash = SHA256.hash(key)
        let other = (0..<Self.rowCount).first { SHA256.hash(StateTreeTests.key($0)).bit(0) != keyHash.bit(0) }!
        let otherKey = StateTreeTests.key(other)
        let proof = try tree.proof(of: SHA256.hash(otherKey))
        let forged = StateProof(
            siblings: proof.siblings,
            end: .otherLeaf(keyHash: SHA256.hash(otherKey), valueHash: SHA256.hash(Self.value(other))))
        #expect(!forged.verify(root: tree.root, key: key, value: nil))
        let own = try tree.proof(of: keyHash)
        let forgedOwn = StateProof(
            siblings: own.siblings, end: .otherLeaf(keyHash: keyHash, valueHash: SHA256.hash(Self.value(5))))
        #expect(!forgedOwn.verify(root: tree.root, key: key, value: nil))
    }

    /// Even under a root whose maker put a leaf where it does not belong.
    @Test func refusesALeafOutOfPlace() {
        let (key, other) = ([1], [2]) as ([UInt8], [UInt8])
        let (keyHash, otherHash) = (SHA256.hash(key), SHA256.hash(other))
        #expect(keyHash.bit(0) != otherHash.bit(0))
        let leaf = StateReference.hash("JMT::LeafNode", otherHash, SHA256.hash([9]))
        let root = StateReference.hash("JMT::IntrnalNode", leaf, leaf)
        let end = StateProof.End.otherLeaf(keyHash: otherHash, valueHash: SHA256.hash([9]))
        #expect(!StateProof(siblings: [leaf], end: end).verify(root: root, key: key, value: nil))
        #expect(StateProof(siblings: [], end: end).verify(root: leaf, key: key, value: nil))
    }

    @Test(arguments: [7, rowCount + 1, rowCount + 2, rowCount + 3, rowCount + 4])
    func anyChangedByteFails(number: Int) throws {
        let tree = try Self.tree()
        let key = StateTreeTests.key(number)
        let value = number < Self.rowCount ? Self.value(number) : nil
        let bytes = Self.encoded(try tree.proof(of: SHA256.hash(key)))
        #expect(try Self.decoded(bytes).verify(root: tree.root, key: key, value: value))
        for position in bytes.indices {
            for bit in [0, 5] as [UInt8] {
                var changed = bytes
                changed[position] ^= 1 << bit
                let holds = try? Self.decoded(changed).verify(root: tree.root, key: key, value: value)
                #expect(holds != true, "byte \(position)")
            }
        }
        for count in bytes.indices { #expect(throws: CBORError.self) { try Self.decoded(Array(bytes.prefix(count))) } }
        var longer = try Self.decoded(bytes).siblings
        longer.append(StateTree.emptyRoot)
        let proof = StateProof(siblings: longer, end: try Self.decoded(bytes).end)
        #expect(!proof.verify(root: tree.root, key: key, value: value))
    }

    @Test(arguments: [
        "8240", "820340", "830040", "83014058200000", "820241", "8200581f" + String(repeating: "00", count: 31),
        "8202" + "40", "8300" + "40" + "5840" + String(repeating: "00", count: 64), "83024040", "8200592020",
        "8200592001" + String(repeating: "00", count: 8_193), "8200592020" + String(repeating: "00", count: 8_224),
        "80", "00",
        "82005900" + "40" + String(repeating: "00", count: 64),
    ])
    func refusesOtherCBOR(hex: String) throws {
        let bytes = try #require(Hex.decode(hex))
        #expect(throws: CBORError.self) { try Self.decoded(bytes) }
    }

    @Test func readsTheLongestProof() throws {
        let proof = StateProof(
            siblings: Array(repeating: .zero, count: 256), end: .otherLeaf(keyHash: .zero, valueHash: .zero))
        #expect(try Self.decoded(Self.encoded(proof)) == proof)
    }

    static func encoded(_ proof: StateProof) -> [UInt8] {
        var writer = CBORWriter()
        proof.encode(into: &writer)
        return writer.bytes
    }

    static func decoded(_ bytes: [UInt8]) throws -> StateProof {
        var reader = CBORReader(bytes)
        let proof = try StateProof(from: &reader)
        try reader.finish()
        return proof
    }
}
