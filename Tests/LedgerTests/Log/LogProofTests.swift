import Foundation
import Ledger
import Primitives
import Testing

/// The proofs of transparency-dev/merkle `testdata/`, those that must fail included, and those derived from RFC 9162.
@Suite struct PublishedProofTests {
    struct Inclusion: Decodable {
        let leafIdx: UInt64, treeSize: UInt64?, start: UInt64?, end: UInt64?
        let root: Data, leafHash: Data, proof: [Data]?, wantErr: Bool
    }
    struct Consistency: Decodable {
        let size1: UInt64?, start: UInt64?, end: UInt64?, size2: UInt64?, size: UInt64?
        let root1: Data, root2: Data, proof: [Data]?, wantErr: Bool
    }

    static func files(_ folder: String) throws -> [String] {
        let base = sharedCryptoFolder.appending(path: "merkle-rfc6962")
        let names = try FileManager.default.subpathsOfDirectory(atPath: base.appending(path: folder).path)
        return names.filter { $0.hasSuffix(".json") }.sorted().map { "merkle-rfc6962/\(folder)/\($0)" }
    }

    @Test(arguments: [("inclusion", 66), ("subtreeinclusion", 135)])
    func inclusion(folder: String, count: Int) throws {
        let files = try Self.files(folder)
        #expect(files.count == count)
        for file in files {
            let vector = try Inclusion.load(file)
            #expect(Self.verifies(vector) == !vector.wantErr, "\(file)")
        }
    }

    /// A subtree `start..<end` that RFC 9162 trees can have is a tree of its own, so its proofs are ordinary ones.
    static func verifies(_ vector: Inclusion) -> Bool {
        let start = vector.start ?? 0
        let end = vector.treeSize ?? vector.end ?? 0
        guard start <= vector.leafIdx, start < end || vector.start == nil, isAligned(start, end),
            let leafHash = Digest(vector.leafHash), let root = Digest(vector.root)
        else { return false }
        let path = (vector.proof ?? []).compactMap { Digest($0) }
        guard path.count == (vector.proof ?? []).count else { return false }
        return InclusionProof(index: vector.leafIdx - start, treeSize: end - start, path: path)
            .verify(leafHash: leafHash, root: root)
    }

    static func isAligned(_ start: UInt64, _ end: UInt64) -> Bool {
        var width: UInt64 = 1
        while width < end - start { width *= 2 }
        return start % width == 0
    }

    @Test(arguments: [("consistency", 64), ("subtreeconsistency", 0)])
    func consistency(folder: String, count: Int) throws {
        let files = try Self.files(folder)
        var checkedCount = 0
        for file in files {
            let vector = try Consistency.load(file)
            // A subtree that begins at 0 is an ordinary smaller tree; this product has no others, and none for the
            // empty subtree, of which the draft behind these vectors does accept proofs.
            guard vector.start ?? 0 == 0, vector.end != 0 else { continue }
            checkedCount += 1
            let path = (vector.proof ?? []).compactMap { Digest($0) }
            let proof = ConsistencyProof(
                oldSize: vector.size1 ?? vector.end ?? 0, newSize: vector.size2 ?? vector.size ?? 0, path: path)
            let isWellFormed = path.count == (vector.proof ?? []).count
            let holds = isWellFormed && proof.verify(oldRoot: Self.root(vector.root1), newRoot: Self.root(vector.root2))
            #expect(holds == !vector.wantErr, "\(file)")
        }
        #expect(checkedCount >= count && checkedCount > 0)
    }

    /// Some roots are words of another length, of which only the equality matters.
    static func root(_ bytes: Data) -> Digest { Digest(bytes) ?? LogTree.leafHash(of: Array(bytes)) }

    @Test func derivedProofs() throws {
        struct Vectors: Decodable {
            struct Inclusion: Decodable { let size: Int, index: Int, proof: [String] }
            struct Consistency: Decodable { let size1: Int, size2: Int, proof: [String] }
            let leaves_hex: [String], roots: [String: String], inclusion: [Inclusion], consistency: [Consistency]
        }
        let vectors = try Vectors.load("rfc9162.json")
        var log = LogTiles()
        let leafHashes = try vectors.leaves_hex.map { LogTree.leafHash(of: try #require(Hex.decode($0))) }
        for leafHash in leafHashes { log.append(leafHash: leafHash) }
        for (size, published) in vectors.roots { #expect(try log.root(Int(size)!).hex == published) }
        for vector in vectors.inclusion {
            let proof = try log.inclusionProof(index: UInt64(vector.index), treeSize: UInt64(vector.size))
            #expect(proof.path.map(\.hex) == vector.proof)
            #expect(try proof.verify(leafHash: leafHashes[vector.index], root: log.root(vector.size)))
        }
        for vector in vectors.consistency {
            let proof = try log.consistencyProof(from: UInt64(vector.size1), to: UInt64(vector.size2))
            #expect(proof.path.map(\.hex) == vector.proof)
            #expect(try proof.verify(oldRoot: log.root(vector.size1), newRoot: log.root(vector.size2)))
        }
    }
}

extension LogTiles {
    /// The root when the log had `size` leaves.
    fileprivate func root(_ size: Int) throws -> Digest { try LogTree(treeSize: UInt64(size), source: self).root }
}

/// Proofs computed from tiles, against the recursive definition.
@Suite struct LogProofTests {
    static let leaves = leafHashes(1_400)
    static let log: LogTiles = {
        var log = LogTiles()
        for leaf in leaves { log.append(leafHash: leaf) }
        return log
    }()

    static let sizes = [1, 2, 3, 7, 8, 9, 255, 256, 257, 511, 513, 1_000, 1_280, 1_400]

    @Test(arguments: sizes)
    func inclusion(size: Int) throws {
        let root = MerkleReference.root(Self.leaves.prefix(size))
        for index in Set([0, size / 3, size / 2, size - 2, size - 1].filter { $0 >= 0 }) {
            let proof = try Self.log.inclusionProof(index: UInt64(index), treeSize: UInt64(size))
            #expect(proof.path == MerkleReference.path(index, Self.leaves.prefix(size)))
            #expect(proof.verify(leafHash: Self.leaves[index], root: root))
            #expect(!proof.verify(leafHash: Self.leaves[(index + 1) % 1_400], root: root))
        }
    }

    @Test(arguments: sizes)
    func consistency(size: Int) throws {
        let root = MerkleReference.root(Self.leaves.prefix(size))
        for old in Set([1, 2, size / 3, size / 2, size - 1, size].filter { (1...size).contains($0) }) {
            let proof = try Self.log.consistencyProof(from: UInt64(old), to: UInt64(size))
            #expect(proof.path == MerkleReference.subproof(old, Self.leaves.prefix(size), true))
            let oldRoot = MerkleReference.root(Self.leaves.prefix(old))
            #expect(proof.verify(oldRoot: oldRoot, newRoot: root))
            #expect(!proof.verify(oldRoot: root, newRoot: oldRoot) || old == size)
        }
    }

    /// A proof depends on sizes and places alone: here is every one of every tree of up to 70 leaves.
    @Test func everyProofOfSmallTrees() throws {
        for size in 1...70 {
            let leaves = Self.leaves.prefix(size)
            let root = MerkleReference.root(leaves)
            for place in 0..<size {
                let inclusion = try Self.log.inclusionProof(index: UInt64(place), treeSize: UInt64(size))
                let consistency = try Self.log.consistencyProof(from: UInt64(place + 1), to: UInt64(size))
                let holds =
                    inclusion.path == MerkleReference.path(place, leaves)
                    && inclusion.verify(leafHash: leaves[place], root: root)
                    && !inclusion.verify(leafHash: Self.leaves[size], root: root)
                    && consistency.path == MerkleReference.subproof(place + 1, leaves, true)
                    && consistency.verify(oldRoot: MerkleReference.root(leaves.prefix(place + 1)), newRoot: root)
                    && !consistency.verify(oldRoot: Self.leaves[size], newRoot: root)
                #expect(holds, "leaf \(place) of \(size)")
            }
        }
    }

    @Test func proofsAtRandomSizes() throws {
        var random = TestRandom(state: 12)
        for _ in 0..<300 {
            let size = Int.random(in: 1...1_400, using: &random)
            let index = Int.random(in: 0..<size, using: &random)
            let old = Int.random(in: 1...size, using: &random)
            let inclusion = try Self.log.inclusionProof(index: UInt64(index), treeSize: UInt64(size))
            #expect(inclusion.path == MerkleReference.path(index, Self.leaves.prefix(size)))
            let consistency = try Self.log.consistencyProof(from: UInt64(old), to: UInt64(size))
            #expect(consistency.path == MerkleReference.subproof(old, Self.leaves.prefix(size), true))
        }
    }

    @Test func oneProverServesManyLeaves() throws {
        var prover = LogProver(treeSize: 1_300, source: Self.log)
        for index in stride(from: 1_299, through: 0, by: -13) as StrideThrough<Int> {
            let index = UInt64(index)
            #expect(try prover.inclusionProof(index: index) == Self.log.inclusionProof(index: index, treeSize: 1_300))
        }
        #expect(try prover.consistencyProof(from: 777) == Self.log.consistencyProof(from: 777, to: 1_300))
    }

    @Test func anyChangedByteFails() throws {
        let proof = try Self.log.inclusionProof(index: 700, treeSize: 1_400)
        for position in proof.path.indices {
            for byte in 0..<32 {
                var bytes = proof.path[position].bytes
                bytes[byte] ^= 1
                var path = proof.path
                path[position] = Digest(bytes)!
                let changed = InclusionProof(index: 700, treeSize: 1_400, path: path)
                #expect(!changed.verify(leafHash: Self.leaves[700], root: Self.log.tree.root))
            }
        }
        #expect(proof.verify(leafHash: Self.leaves[700], root: Self.log.tree.root))
    }

    @Test func refusesWhatIsNotInTheTree() {
        #expect(thrownCode { try Self.log.inclusionProof(index: 5, treeSize: 5) } == .logRangeInvalid)
        #expect(thrownCode { try Self.log.consistencyProof(from: 0, to: 5) } == .logRangeInvalid)
        #expect(thrownCode { try Self.log.consistencyProof(from: 6, to: 5) } == .logRangeInvalid)
        #expect(thrownCode { try Self.log.inclusionProof(index: 0, treeSize: 1 << 40) } == .logTileMissing)
        #expect(thrownCode { try Self.log.inclusionProof(index: 0, treeSize: 1_401) } == .logTileCorrupt)
    }

    @Test func survivesCBOR() throws {
        let inclusion = try Self.log.inclusionProof(index: 700, treeSize: 1_400)
        let consistency = try Self.log.consistencyProof(from: 700, to: 1_400)
        var writer = CBORWriter()
        inclusion.encode(into: &writer)
        consistency.encode(into: &writer)
        var reader = CBORReader(writer.bytes)
        #expect(try InclusionProof(from: &reader) == inclusion)
        #expect(try ConsistencyProof(from: &reader) == consistency)
        try reader.finish()
    }

    @Test(arguments: [31, 33, 32 * 65]) func refusesPathsOfAnotherLength(byteCount: Int) {
        var writer = CBORWriter()
        writer.write(arrayCount: 3)
        writer.write(0 as UInt64)
        writer.write(1 as UInt64)
        writer.write(bytes: [UInt8](repeating: 0, count: byteCount))
        var reader = CBORReader(writer.bytes)
        #expect(throws: CBORError(.outOfRange, at: 3)) { try InclusionProof(from: &reader) }
    }
}

/// The code of the `SteleError` that `body` throws, or nil.
func thrownCode<Result>(_ body: () throws -> Result) -> ErrorCode? {
    do { _ = try body() } catch let error as SteleError { return error.code } catch { return nil }
    return nil
}
