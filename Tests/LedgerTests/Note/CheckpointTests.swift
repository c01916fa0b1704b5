import Foundation
import Ledger
import Primitives
import Testing

@Suite struct CheckpointTests {
    /// The example of C2SP tlog-checkpoint.
    static let example = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"

    @Test func readsThePublishedExample() throws {
        let checkpoint = try Checkpoint(parsing: Array(Self.example.utf8))
        #expect(checkpoint.origin == "example.com/behind-the-sofa")
        #expect(checkpoint.size == 20_852_163)
        #expect(checkpoint.root.hex == "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62")
        #expect(checkpoint.extensionLines.isEmpty && checkpoint.block == nil)
        #expect(checkpoint.text == Array(Self.example.utf8))
    }

    @Test func namesItsBlock() throws {
        let block = Checkpoint.Block(epoch: 3, height: 4_000_000_000, headerHash: Digest(repeating: 0xab))
        let checkpoint = Checkpoint(origin: "ledger.example.org/c1", size: 7, root: Digest(repeating: 1), block: block)
        let text = """
            ledger.example.org/c1
            7
            AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=
            block 3 4000000000 q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=

            """
        #expect(checkpoint.text == Array(text.utf8))
        #expect(try Checkpoint(parsing: checkpoint.text) == checkpoint)
        #expect(checkpoint.block == block)
    }

    @Test(arguments: [
        "block", "block ", "block 1 2", "block 01 2 HASH", "block 1 2 HASH ", "block 1  2 HASH", "block +1 2 HASH",
        "block -1 2 HASH",
        "block 1 2 AAAA", "Block 1 2 HASH", "block 1 2 HASH\nblock 1 2 HASH", "block 1 18446744073709551616 HASH",
    ])
    func namesNoBlockOtherwise(line: String) throws {
        let hash = Base64.encode([UInt8](repeating: 0, count: 32))
        let text = Self.example + line.replacingOccurrences(of: "HASH", with: hash) + "\n"
        let checkpoint = try Checkpoint(parsing: Array(text.utf8))
        #expect(checkpoint.block == nil)
        #expect(checkpoint.text == Array(text.utf8))
    }

    @Test(arguments: [
        "", "\n", "o\n1\n", "o\n1\nROOT", "\n1\nROOT\n", "o\n\nROOT\n", "o\n01\nROOT\n", "o\n+1\nROOT\n",
        "o\n1 \nROOT\n", "o\n0x1\nROOT\n",
        "o\n-1\nROOT\n", "o\n18446744073709551616\nROOT\n", "o\n1\nAAAA\n", "o\n1\nROOT\n\n", "o\n1\nROOT\n\nx\n",
        "o\n1\nROOT\r\n",
        "o\n1\nROOT\nx\ty\n", "o\n1\n ROOT\n", "o\n１\nROOT\n", "o\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n",
        "o\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
    ])
    func refusesOtherText(text: String) {
        let root = Base64.encode([UInt8](repeating: 0, count: 32))
        let bytes = Array(text.replacingOccurrences(of: "ROOT", with: root).utf8)
        #expect(thrownCode { try Checkpoint(parsing: bytes) } == .checkpointMalformed)
    }

    @Test func refusesWhatIsNotUTF8() {
        #expect(thrownCode { try Checkpoint(parsing: [0xff] + Array(Self.example.utf8)) } == .checkpointMalformed)
    }

    @Test func readsTheSmallestAndTheLargestSize() throws {
        let root = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
        for size in [0, UInt64.max] {
            #expect(try Checkpoint(parsing: Array("o\n\(size)\n\(root)\n".utf8)).size == size)
        }
    }
}

/// The conversations of FiloSottile/torchwood `cmd/litewitness/testdata`, held with notes, checkpoints and consistency
/// proofs of this target: what that witness accepts and refuses, a witness built from these parts must too.
@Suite struct WitnessConversationTests {
    struct Request {
        let oldSize: UInt64
        let path: [Digest]
        let note: [UInt8]
        let status: Int
    }

    static func requests(_ file: String) throws -> [Request] {
        let folder = sharedCryptoFolder.appending(path: "torchwood-witness/cmd/litewitness/testdata")
        let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        return try text.components(separatedBy: "POST http").dropFirst().map { part in
            let fenced = part.components(separatedBy: "```\n")
            let halves = try #require(fenced[1].range(of: "\n\n"))
            let head = fenced[1][..<halves.lowerBound].split(separator: "\n")
            return Request(
                oldSize: try #require(UInt64(head[0].dropFirst(4))),
                path: try head.dropFirst().map { try #require(Base64.decode($0).flatMap { Digest($0) }) },
                note: Array(fenced[1][halves.upperBound...].utf8),
                status: try #require(Int(fenced[2].dropFirst(5).prefix(3))))
        }
    }

    struct Witness {
        let origin: String
        let key: NoteVerifierKey
        var newest: (size: UInt64, root: Digest)?

        /// C2SP tlog-witness, "add-checkpoint".
        mutating func answer(_ request: Request) -> Int {
            guard let note = try? SignedNote(parsing: request.note),
                let checkpoint = try? Checkpoint(parsing: note.text), checkpoint.origin == origin,
                (try? note.verifiedKeys(among: [key])) != nil
            else { return 403 }
            guard request.oldSize <= checkpoint.size else { return 400 }
            guard request.oldSize == newest?.size ?? 0 else { return 409 }
            if let newest {
                let proof = ConsistencyProof(oldSize: newest.size, newSize: checkpoint.size, path: request.path)
                guard proof.verify(oldRoot: newest.root, newRoot: checkpoint.root) else { return 422 }
            } else {
                guard request.path.isEmpty else { return 422 }
            }
            newest = (checkpoint.size, checkpoint.root)
            return 200
        }
    }

    @Test func sigsum() throws {
        let origin = "sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562"
        let publicKey = try #require(PublicKey(hex: "ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f"))
        var witness = Witness(origin: origin, key: NoteVerifierKey(name: origin, publicKey: publicKey))
        let requests = try Self.requests("litewitness.txt")
        #expect(requests.count == 9)
        for request in requests { #expect(witness.answer(request) == request.status) }
        #expect(witness.newest?.size == 5)
    }

    @Test func goChecksumDatabase() throws {
        let key = try NoteVerifierKey(parsing: "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")
        var witness = Witness(origin: "go.sum database tree", key: key)
        for request in try Self.requests("sumdb.txt") { #expect(witness.answer(request) == request.status) }
        #expect(witness.newest?.size == 35_225_469)
    }
}
