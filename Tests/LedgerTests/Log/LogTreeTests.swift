import Foundation
import Ledger
import Primitives
import Testing

@Suite struct LogTreeTests {
    static func leafHash(_ number: UInt64) -> Digest {
        var leaf: [UInt8] = []
        leaf.append(bigEndian: number)
        return LogTree.leafHash(of: leaf)
    }

    @Test func hasThePublishedRoots() throws {
        struct Vectors: Decodable { let leaves_hex: [String], roots_hex: [String] }
        let vectors = try Vectors.load("rfc6962-reference-tree.json")
        var tree = LogTree()
        #expect(tree.root.hex == vectors.roots_hex[0])
        for (leaf, root) in zip(vectors.leaves_hex, vectors.roots_hex.dropFirst()) {
            tree.append(leafHash: LogTree.leafHash(of: try #require(Hex.decode(leaf))))
            #expect(tree.root.hex == root)
        }
        #expect(tree.count == 8)
    }

    @Test func hasTheDefinedRootAtEverySize() {
        let leaves = leafHashes(300)
        var tree = LogTree()
        for size in 0...300 {
            #expect(tree.root == MerkleReference.root(leaves.prefix(size)))
            if size < 300 { tree.append(leafHash: leaves[size]) }
        }
    }

    @Test func isRebuiltFromTilesAtEverySize() throws {
        var log = LogTiles()
        for leaf in leafHashes(1_000) {
            log.append(leafHash: leaf)
            #expect(try LogTree(treeSize: log.tree.count, source: log) == log.tree)
        }
    }
}

extension Decodable {
    /// The vectors in `name` of the shared folder's `crypto` data.
    static func load(_ name: String) throws -> Self {
        try JSONDecoder().decode(Self.self, from: Data(contentsOf: sharedCryptoFolder.appending(path: name)))
    }
}

/// The published and derived vectors: `../shared/data/crypto`, beside the package.
let sharedCryptoFolder = URL(filePath: #filePath).appending(path: "../../../../../shared/data/crypto").standardized
