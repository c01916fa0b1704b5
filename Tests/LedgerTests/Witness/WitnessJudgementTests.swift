// A witness's rule against a growing log, forks and rollbacks, and a published conversation.
import Cryptography
import Foundation
import Ledger
import Primitives
import Testing

@Suite struct WitnessJudgementTests {
    let random = SeededRandom(12)
    let signer: NoteSigner
    let trust: TrustedKeys

    init() {
        let key = SigningKey.random(from: random)
        signer = NoteSigner(name: "example.com/log", key: key)
        trust = TrustedKeys(
            origin: "example.com/log", validators: ValidatorSet([Validator(key: key.publicKey, weight: 1)]))
    }

    private func leaves(_ count: Int, from seed: UInt64 = 1) -> [Digest] {
        let random = SeededRandom(seed)
        return (0..<count).map { _ in LogTree.leafHash(of: random.bytes(80)) }
    }

    private func tree(_ leaves: some Sequence<Digest>) -> WitnessedTree {
        let root = MerkleReference.root(Array(leaves)[...])
        return WitnessedTree(size: UInt64(Array(leaves).count), root: root)
    }

    private func note(_ tree: WitnessedTree) -> SignedNote {
        signer.sign(Array("example.com/log\n\(tree.size)\n\(Base64.encode(tree.root.bytes))\n".utf8))
    }

    private func judge(
        _ leaves: [Digest], from oldSize: Int, latest: WitnessedTree?, path: [Digest]? = nil
    ) throws -> WitnessJudgement {
        let request = WitnessRequest(
            oldSize: UInt64(oldSize),
            path: path ?? (oldSize == 0 ? [] : MerkleReference.subproof(oldSize, leaves[...], true)),
            note: note(tree(leaves)))
        // What is sent is what is read.
        let read = try WitnessRequest(parsing: request.encoded)
        #expect(read.oldSize == request.oldSize && read.path == request.path && read.note == request.note)
        return .of(read, trust: trust, latest: latest)
    }

    @Test func aGrowingLogIsCosignedFromAnySizeToAny() throws {
        let all = leaves(40)
        #expect(try judge(Array(all[..<9]), from: 0, latest: nil) == .cosign(tree(all[..<9])))
        for old in 1...40 {
            for new in old...40 {
                let judgement = try judge(Array(all[..<new]), from: old, latest: tree(all[..<old]))
                #expect(judgement == .cosign(tree(all[..<new])), "\(old) to \(new)")
            }
        }
    }

    @Test func nothingSmallerAndNothingElseIsCosigned() throws {
        let all = leaves(20)
        let other = leaves(20, from: 2)
        let mixed = Array(all[..<10]) + other[10...]
        let latest = tree(all[..<12])
        // Rollback, from whatever size it pretends.
        #expect(try judge(Array(all[..<10]), from: 10, latest: latest) == .conflict(size: 12))
        #expect(try judge(Array(all[..<10]), from: 0, latest: latest) == .conflict(size: 12))
        #expect(try judge(Array(all[..<10]), from: 12, latest: latest, path: []) == .malformed)
        // Another history: of the same size, of a larger one, and one that branched before.
        #expect(try judge(Array(mixed[..<12]), from: 12, latest: latest, path: []) == .fork(size: 12))
        #expect(try judge(mixed, from: 12, latest: latest) == .inconsistent)
        #expect(try judge(other, from: 12, latest: latest) == .inconsistent)
        #expect(try judge(Array(all), from: 12, latest: latest, path: []) == .inconsistent)
        #expect(try judge(Array(all), from: 0, latest: nil, path: [all[0]]) == .inconsistent)
        // A log is not begun anew.
        #expect(try judge(other, from: 0, latest: latest) == .conflict(size: 12))
    }

    @Test func onlyTheLogsOwnKeysAreBelieved() throws {
        let stranger = NoteSigner(name: "example.com/log", key: .random(from: random))
        let text = Array("example.com/log\n1\n\(Base64.encode(leaves(1)[0].bytes))\n".utf8)
        let request = WitnessRequest(oldSize: 0, path: [], note: stranger.sign(text))
        #expect(WitnessJudgement.of(request, trust: trust, latest: nil) == .unsigned)
    }

    @Test(arguments: [
        "", "old 1", "old 1\n", "old 01\n\n", "old -1\n\n", "old 1 \n\n", "OLD 1\n\n", "old 1\nAAAA\n\n", "old 1\r\n\n",
        "old 18446744073709551616\n\n", "new 1\n\n", "old 1\n\n",
    ])
    func malformedRequestsAreRefused(text: String) {
        let whole =
            text
            + (text.hasSuffix("\n\n") && text != "old 1\n\n"
                ? String(decoding: note(tree(leaves(1))).encoded, as: UTF8.self) : "")
        #expect(throws: SteleError.self) { try WitnessRequest(parsing: Array(whole.utf8)) }
    }

    @Test func aProofOfMoreThan63HashesIsRefused() {
        let request = WitnessRequest(oldSize: 1, path: leaves(64), note: note(tree(leaves(1))))
        #expect(throws: SteleError.self) { try WitnessRequest(parsing: request.encoded) }
    }

    /// The conversation that litewitness, another implementation, is tested with. Its 403 for a log that is not known
    /// is older than the protocol's 404.
    @Test func aPublishedConversationGoesAsPublished() throws {
        let file = sharedCryptoFolder.appending(path: "torchwood-witness/cmd/litewitness/testdata/litewitness.txt")
        let text = try String(contentsOf: file, encoding: .utf8)
        let key = try #require(PublicKey(hex: "ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f"))
        let origin = "sigsum.org/v1/tree/" + SHA256.hash(key.bytes).hex
        let trust = TrustedKeys(origin: origin, validators: ValidatorSet([Validator(key: key, weight: 1)]))
        var latest: WitnessedTree?
        var count = 0
        for part in text.components(separatedBy: "POST http://localhost:7380/add-checkpoint\n").dropFirst() {
            let pieces = part.components(separatedBy: "```\n")
            let status = try #require(pieces[2].firstMatch(of: /HTTP (\d+)/)).1
            let size = pieces[2].firstMatch(of: /body == "(\d+)/).flatMap { UInt64($0.1) }
            count += 1
            guard let request = try? WitnessRequest(parsing: Array(pieces[1].utf8)) else {
                // A signature whose base64 has stray bits is no signature here, and a false one there.
                #expect(status == "403", "request \(count)")
                continue
            }
            let checkpoint = try Checkpoint(parsing: request.note.text)
            guard checkpoint.origin == origin else {
                #expect(status == "403")
                continue
            }
            switch WitnessJudgement.of(request, trust: trust, latest: latest) {
            case .cosign(let tree):
                #expect(status == "200", "request \(count)")
                latest = tree
            case .conflict(let known), .fork(let known): #expect(status == "409" && known == size, "request \(count)")
            case .inconsistent: #expect(status == "422", "request \(count)")
            case .unsigned: #expect(status == "403", "request \(count)")
            case .malformed: #expect(status == "400", "request \(count)")
            }
        }
        #expect(count >= 9 && latest?.size == 5)
    }
}
