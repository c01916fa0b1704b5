// Cosignatures as C2SP writes them: what a witness signs, and what a verifier makes of good and bad ones.
import Cryptography
import Ledger
import Primitives
import Testing

@Suite struct CosignatureTests {
    static let text = Array("example.com/log\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n".utf8)
    let random = SeededRandom(5)
    let log: NoteSigner
    let one: Cosigner
    let two: Cosigner
    let note: SignedNote

    init() {
        log = NoteSigner(name: "example.com/log", key: .random(from: random))
        one = Cosigner(name: "witness.example/one", key: .random(from: random))
        two = Cosigner(name: "witness.example/two", key: .random(from: random))
        note = log.sign(Self.text)
    }

    @Test func theKeyIDAndTheMessageAreThoseOfThePage() throws {
        let key = one.verifierKey
        let expected = SHA256.hash(Array("witness.example/one\n".utf8) + [4] + key.publicKey.bytes).bytes[..<4]
        #expect(key.id == Array(expected) && key.kind == .cosignature)
        #expect(try NoteVerifierKey(parsing: key.text) == key)
        let line = String(decoding: one.line(for: Self.text, time: 1_679_315_147), as: UTF8.self)
        let blob = try #require(Base64.decode(line.split(separator: " ")[2].dropLast()))
        #expect(line.hasPrefix("— witness.example/one ") && line.hasSuffix("\n") && blob.count == 76)
        #expect(Array(blob[..<4]) == key.id)
        #expect(blob[4..<12].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } == 1_679_315_147)
        let message = Array("cosignature/v1\ntime 1679315147\n".utf8) + Self.text
        #expect(Ed25519.isValid(signature: Array(blob[12...]), of: message, by: key.publicKey))
    }

    @Test func cosignaturesStandBelowTheLogsOwnSignature() throws {
        let first = try note.adding(cosignatureIn: one.line(for: Self.text, time: 10), by: one.verifierKey)
        #expect(first.cosignature.time == 10)
        // An answer may hold lines of others; they are left where they are.
        let lines = two.line(for: Self.text, time: 20) + one.line(for: Self.text, time: 30)
        let both = try first.note.adding(cosignatureIn: lines, by: two.verifierKey).note
        #expect(both.text == note.text && both.encoded.starts(with: note.encoded))
        let found = try both.cosignatures(by: [two.verifierKey, one.verifierKey, two.verifierKey])
        #expect(found.map(\.key) == [two.verifierKey, one.verifierKey] && found.map(\.time) == [20, 10])
        #expect(try both.verifiedKeys(among: [log.verifierKey]) == [log.verifierKey])
        #expect(try note.cosignatures(by: [one.verifierKey]).isEmpty)
    }

    @Test func aCosignatureOfAnotherTextTimeOrKeyIsNone() throws {
        let other = Array("example.com/log\n8\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n".utf8)
        let stranger = Cosigner(name: "witness.example/one", key: .random(from: random))
        let plain = NoteSigner(name: "witness.example/one", key: .random(from: random)).sign(Self.text)
        let plainLine = Array(plain.encoded[(Self.text.count + 1)...])
        for answer in [
            one.line(for: other, time: 10), stranger.line(for: Self.text, time: 10), plainLine, [],
            Array("hello\n".utf8),
            Array(one.line(for: Self.text, time: 10).dropLast()),
        ] {
            #expect(throws: SteleError.self) { try note.adding(cosignatureIn: answer, by: one.verifierKey) }
        }
        // The time is signed: a changed one does not verify.
        var blob = try #require(
            Base64.decode(
                String(decoding: one.line(for: Self.text, time: 10), as: UTF8.self).split(separator: " ")[2].dropLast())
        )
        blob[11] = 11
        let forged = Array("— witness.example/one \(Base64.encode(blob))\n".utf8)
        #expect(throws: SteleError.self) { try note.adding(cosignatureIn: forged, by: one.verifierKey) }
        let tampered = try SignedNote(parsing: note.encoded + forged)
        #expect(throws: SteleError.self) { try tampered.cosignatures(by: [one.verifierKey]) }
        #expect(try tampered.cosignatures(by: [two.verifierKey]).isEmpty)
    }

    @Test func aWitnessKeySignsForNoLogAndALogsKeyForNoWitness() throws {
        #expect(throws: SteleError.self) { try TrustedKeys(parsing: one.verifierKey.text) }
        let key = SigningKey.random(from: random)
        let confused = Cosigner(name: "example.com/log", key: key)
        let note = NoteSigner(name: "example.com/log", key: key).sign(Self.text)
        #expect(try note.cosignatures(by: [confused.verifierKey]).isEmpty)
        #expect(throws: SteleError.self) { try note.verifiedKeys(among: [confused.verifierKey]) }
    }
}
