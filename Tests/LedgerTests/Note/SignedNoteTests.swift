import Cryptography
import Foundation
import Ledger
import Primitives
import Testing

@Suite struct SignedNoteTests {
    /// The example of C2SP signed-note, "Verifier keys".
    static let key = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    static let note = """
        This is an example message.

        — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=

        """

    @Test func verifiesThePublishedExample() throws {
        let key = try NoteVerifierKey(parsing: Self.key)
        let note = try SignedNote(parsing: Array(Self.note.utf8))
        #expect(try note.verifiedKeys(among: [key]) == [key])
        #expect(note.text == Array("This is an example message.\n".utf8))
        #expect(note.encoded == Array(Self.note.utf8))
    }

    @Test func derivedNotes() throws {
        struct Vectors: Decodable {
            struct Case: Decodable { let name: String, note: String, verifier_keys: [String], expected: String }
            let cases: [Case]
        }
        let cases = try Vectors.load("signed-note.json").cases
        #expect(cases.count == 12)
        for vector in cases {
            let keys = try vector.verifier_keys.map { try NoteVerifierKey(parsing: $0) }
            let note = try? SignedNote(parsing: Array(vector.note.utf8))
            let verified = note.flatMap { try? $0.verifiedKeys(among: keys) }
            #expect((verified != nil) == (vector.expected == "accept"), "\(vector.name)")
            guard let note, verified != nil else { continue }
            #expect(try Checkpoint(parsing: note.text).text == note.text)
        }
    }

    @Test func anyChangedByteFails() throws {
        let key = try NoteVerifierKey(parsing: Self.key)
        let whole = Array(Self.note.utf8)
        for position in whole.indices {
            for bit in 0..<8 as Range<UInt8> {
                var bytes = whole
                bytes[position] ^= 1 << bit
                let verified = try? SignedNote(parsing: bytes).verifiedKeys(among: [key])
                #expect(verified == nil, "byte \(position)")
            }
        }
        for count in whole.indices {
            let verified = try? SignedNote(parsing: Array(whole.prefix(count))).verifiedKeys(among: [key])
            #expect(verified == nil)
        }
    }

    static func signer(_ number: UInt8, name: String = "ledger.example.org/c1") throws -> NoteSigner {
        let seed = [UInt8](repeating: number, count: 32)
        return NoteSigner(name: name, key: try SigningKey(seed: SecretBytes(seed)))
    }

    @Test func countsEachTrustedKeyOnce() throws {
        let text = Array("head\n".utf8)
        let signers = try (1...3).map { try Self.signer($0) }
        let signatures = try signers.map { signer in
            let line = signer.sign(text).encoded.dropFirst(text.count + 1)
            let blob = try #require(
                Base64.decode(String(decoding: line.dropLast(), as: UTF8.self).split(separator: " ")[2]))
            return (key: signer.verifierKey, bytes: Array(blob[4...]))
        }
        let note = SignedNote(text: text, signatures: [signatures[0], signatures[1], signatures[0], signatures[2]])
        #expect(try SignedNote(parsing: note.encoded) == note)
        let trusted = [signers[1].verifierKey, signers[0].verifierKey]
        #expect(try note.verifiedKeys(among: trusted) == [signers[0].verifierKey, signers[1].verifierKey])
        #expect(thrownCode { try note.verifiedKeys(among: []) } == .noteUnsigned)
        let bad = SignedNote(text: text, signatures: [signatures[0], (signers[1].verifierKey, signatures[2].bytes)])
        #expect(thrownCode { try bad.verifiedKeys(among: trusted) } == .noteUnsigned)
        #expect(try bad.verifiedKeys(among: [signers[0].verifierKey]).count == 1)
        let short = SignedNote(
            text: text, signatures: [(signers[0].verifierKey, Array(signatures[0].bytes.prefix(63)))])
        #expect(thrownCode { try short.verifiedKeys(among: trusted) } == .noteUnsigned)
    }

    @Test func endsItsTextAtTheLastBlankLine() throws {
        let signer = try Self.signer(1)
        for text in ["\n", "a\n\nb\n", "a\n\n", "— x AAAA\n\n— x AAAA\n"] {
            let note = signer.sign(Array(text.utf8))
            #expect(try SignedNote(parsing: note.encoded).text == Array(text.utf8))
            #expect(try SignedNote(parsing: note.encoded).verifiedKeys(among: [signer.verifierKey]).count == 1)
        }
    }

    @Test(arguments: [
        "", "\n", "\n\n", "a\n\n", "a\n\n\n", "a\n— x AAAAAAA=\n", "a\n\n— x AAAAAAA=", "a\n\n— x AAAAAAA=\n\n",
        "a\n\n— x AAAAAA==\n", "a\n\n— x AAAAAAB=\n", "a\n\n— x AAAAAAA\n", "a\n\n— AAAAAAA=\n", "a\n\n—  AAAAAAA=\n",
        "a\n\n— x  AAAAAAA=\n", "a\n\n— x AAAAAAA= \n", "a\n\n— x+y AAAAAAA=\n", "a\n\n—x AAAAAAA=\n",
        "a\n\n-- x AAAAAAA=\n",
        "a\n\n— x AAAAAAA=\r\n", "a\tb\n\n— x AAAAAAA=\n", "a\0\n\n— x AAAAAAA=\n", "a\n\n— x\u{a0}y AAAAAAA=\n",
        "a\n\n— x\u{2003}y AAAAAAA=\n", "a\n\n— x AAAAAAA=\nb\n", "a\n\nb\n— x AAAAAAA=\n", "a\n\n— x \n",
    ])
    func refusesWhatIsNoNote(text: String) {
        #expect(thrownCode { try SignedNote(parsing: Array(text.utf8)) } == .noteMalformed)
    }

    @Test func hasLimits() throws {
        let line = "— x AAAAAAA=\n"
        func code(_ lineCount: Int, textCount: Int = 1) -> ErrorCode? {
            let text = String(repeating: "a", count: textCount) + "\n\n" + String(repeating: line, count: lineCount)
            return thrownCode { try SignedNote(parsing: Array(text.utf8)) }
        }
        #expect(code(100) == nil)
        #expect(code(101) == .noteMalformed)
        let rest = 2 + line.utf8.count
        #expect(code(1, textCount: SignedNote.byteCountMax - rest) == nil)
        #expect(code(1, textCount: SignedNote.byteCountMax - rest + 1) == .noteMalformed)
        #expect(thrownCode { try SignedNote(parsing: [0xff, 0x0a, 0x0a] + Array(line.utf8)) } == .noteMalformed)
    }
}

@Suite struct NoteVerifierKeyTests {
    @Test(arguments: [
        SignedNoteTests.key, "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "log.open.example/prod+11926f34+Afm28mJlq7j9XKvX3xEw+DoswndnvsqqIobhZrITg/kP",
    ])
    func readsAndWrites(text: String) throws {
        #expect(try NoteVerifierKey(parsing: text).text == text)
    }

    @Test(arguments: [
        "", "+", "++", "example.com/foo", "example.com/foo+530d903a",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/fo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k=",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n",
        "example.com/foo +530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "example.com/foo+530d903a+Ae==",
    ])
    func refusesOtherText(text: String) {
        #expect(thrownCode { try NoteVerifierKey(parsing: text) } == .noteMalformed)
    }

    @Test func aNameHasNoSpace() async {
        await #expect(processExitsWith: .failure) { _ = NoteVerifierKey(name: "a b", publicKey: .zero) }
    }
}
