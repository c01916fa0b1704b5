// Trust files, verifier keys, notes and checkpoints as somebody hostile would write them: no crash, one spelling.
import Cryptography
import Ledger
import Primitives
import SteleTesting
import Testing

@Suite struct HostileTextTests {
    static let network = try! TestNetwork(random: SeededRandom(95), time: Timestamp(seconds: 1_800_000_000))
    static let checkpoint = Checkpoint(
        origin: network.genesis.origin, size: 12_345, root: SHA256.hash([1]),
        block: Checkpoint.Block(epoch: 0, height: 77, headerHash: SHA256.hash([2])))
    static let note = NoteSigner(name: network.genesis.origin, key: network.voteKey).sign(checkpoint.text)

    /// Changes of text: characters that matter to some parser, and bytes that are no text.
    private static func mutate(_ bytes: [UInt8], _ random: inout TestRandom) -> [UInt8] {
        let marks = Array("\n \r\t+-#0=\u{0}\u{2014}\u{2028}".utf8)
        var bytes = bytes
        guard Int.random(in: 0..<3, using: &random) > 0 else { return Mutation.of(bytes, &random) }
        for _ in 0...Int.random(in: 0..<3, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            bytes.insert(marks.randomElement(using: &random)!, at: place)
        }
        return bytes
    }

    @Test func notesHaveOneSpelling() {
        var random = Mutation.random(96)
        let trust = Self.network.trust
        for _ in 0..<Mutation.count(usual: 20_000) {
            let bytes = Self.mutate(Self.note.encoded, &random)
            guard let note = try? SignedNote(parsing: bytes) else { continue }
            #expect(note.encoded == bytes)
            // A trusted signature is over exactly this text: whatever verifies says what was signed.
            if let checkpoint = try? trust.verify(bytes) { #expect(checkpoint == Self.checkpoint) }
        }
        #expect(throws: Never.self) { try trust.verify(Self.note.encoded) }
    }

    @Test func checkpointsHaveOneSpelling() {
        var random = Mutation.random(97)
        for _ in 0..<Mutation.count(usual: 20_000) {
            let bytes = Self.mutate(Self.checkpoint.text, &random)
            guard let checkpoint = try? Checkpoint(parsing: bytes) else { continue }
            #expect(checkpoint.text == bytes)
        }
    }

    @Test func trustFilesMeanWhatTheySay() throws {
        var random = Mutation.random(98)
        let other = NoteVerifierKey(name: Self.network.genesis.origin, publicKey: Self.network.nodeKey.publicKey)
        let valid = "# keys\n" + Self.network.trust.text + other.text + " 3\n"
        for _ in 0..<Mutation.count(usual: 20_000) {
            let bytes = Self.mutate(Array(valid.utf8), &random)
            guard let text = String(validating: bytes, as: UTF8.self), let trust = try? TrustedKeys(parsing: text)
            else { continue }
            let again = try TrustedKeys(parsing: trust.text)
            #expect(again.text == trust.text && again.keys.map(\.weight) == trust.keys.map(\.weight))
            #expect(Set(trust.keys.map(\.key)).count == trust.keys.count)
        }
    }

    @Test(
        arguments: [
            "", "\n", "# nothing\n", "stele/x+00000000+AA== 1\n", String(repeating: "#", count: 65_537),
        ])
    func refusesTrustFilesWithoutAKey(text: String) {
        #expect(throws: SteleError.self) { try TrustedKeys(parsing: text) }
    }

    @Test func refusesKeysTwiceAndWeightsThatAreNone() {
        let line = NoteVerifierKey(name: "a", publicKey: SHA256.hash([1])).text
        let other = NoteVerifierKey(name: "b", publicKey: SHA256.hash([2])).text
        for text in [
            "\(line) 1\n\(line) 1\n", "\(line) 0\n", "\(line) -1\n", "\(line) 4294967297\n", "\(line) 1 1\n",
            "\(line) x\n", "\(line) 1\n\(other) 1\n",
        ] {
            #expect(throws: SteleError.self) { try TrustedKeys(parsing: text) }
        }
    }

    @Test func aQuorumOfTheFileMustHaveSigned() throws {
        let signer = NoteVerifierKey(name: Self.network.genesis.origin, publicKey: Self.network.voteKey.publicKey)
        let other = NoteVerifierKey(name: Self.network.genesis.origin, publicKey: Self.network.nodeKey.publicKey)
        #expect(throws: Never.self) {
            try TrustedKeys(parsing: "\(signer.text) 5\n\(other.text) 2\n").verify(Self.note.encoded)
        }
        #expect(throws: SteleError.self) {
            try TrustedKeys(parsing: "\(signer.text) 4\n\(other.text) 2\n").verify(Self.note.encoded)
        }
        #expect(throws: SteleError.self) { try TrustedKeys(parsing: "\(other.text) 1\n").verify(Self.note.encoded) }
    }
}
