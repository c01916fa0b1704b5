// Envelopes: what is accepted has one spelling and an author for every signature; everything else has a code.
import Cryptography
import Ledger
import Primitives
import Testing

@Suite struct TransactionTests {
    static let random = SeededRandom(11)
    static let keys = (0..<17).map { _ in SigningKey.random(from: random) }

    static func unsigned(_ signer: SigningKey = keys[0], arguments: [UInt8] = [0x82, 0x41, 1, 0x41, 2])
        -> UnsignedTransaction
    {
        UnsignedTransaction(
            chainID: SHA256.hash([1]), signer: signer.publicKey, validUntil: 1_800_000_000, call: "toy.set",
            arguments: arguments, random: random)
    }

    private func code(_ envelope: [UInt8]) -> ErrorCode? {
        do {
            _ = try Transaction(decoding: envelope)
            return nil
        } catch {
            return error.code
        }
    }

    /// An envelope with these parts, well formed or not.
    private func envelope(
        version: UInt64 = 1, body: [UInt8], signatures: [(key: [UInt8], signature: [UInt8])], partCount: Int = 3
    ) -> [UInt8] {
        var writer = CBORWriter()
        writer.write(arrayCount: partCount)
        writer.write(version)
        writer.write(bytes: body)
        writer.write(arrayCount: signatures.count)
        for (key, signature) in signatures {
            writer.write(arrayCount: 2)
            writer.write(bytes: key)
            writer.write(bytes: signature)
        }
        return writer.bytes
    }

    // MARK: - What is accepted

    @Test func saysWhatWasSignedAndByWhom() throws {
        let unsigned = Self.unsigned()
        let transaction = try Transaction(decoding: unsigned.signed(by: [Self.keys[3], Self.keys[0]]))
        #expect(transaction.id == unsigned.id && transaction.id == SHA256.hash(tag: "txid", unsigned.body))
        #expect(transaction.signers == [Self.keys[3].publicKey, Self.keys[0].publicKey] && transaction.isSigned())
        let body = transaction.body
        #expect(body.call == "toy.set" && body.validUntil == 1_800_000_000 && body.signer == Self.keys[0].publicKey)
        #expect(Array(body.encoded[body.argumentRange]) == [0x82, 0x41, 1, 0x41, 2])
    }

    @Test func itsNameDoesNotDependOnItsSignatures() throws {
        let unsigned = Self.unsigned()
        let (one, two) = (unsigned.signed(by: [Self.keys[0]]), unsigned.signed(by: [Self.keys[0], Self.keys[1]]))
        #expect(try Transaction(decoding: one).id == Transaction(decoding: two).id)
    }

    // MARK: - Signatures

    @Test func everySignatureMustVerify() throws {
        let valid = Self.unsigned().signed(by: Array(Self.keys[..<16]))
        #expect(try Transaction(decoding: valid).isSigned())
        for place in [0, 7, 15] {
            // The last 64 bytes are the last signature; the ones before lie 100 bytes apart.
            var forged = valid
            forged[valid.count - 1 - 101 * (15 - place)] ^= 1
            #expect(try !Transaction(decoding: forged).isSigned(), "signature \(place)")
        }
    }

    @Test func aSignatureIsForItsOwnBodyAndKeyAlone() throws {
        let (first, second) = (Self.unsigned(), Self.unsigned())
        let signature = Self.keys[0].sign(tag: "tx", first.body)
        let moved = envelope(body: second.body, signatures: [(Self.keys[0].publicKey.bytes, signature)])
        #expect(try !Transaction(decoding: moved).isSigned())
        let untagged = envelope(
            body: first.body, signatures: [(Self.keys[0].publicKey.bytes, Self.keys[0].sign(first.body))])
        #expect(try !Transaction(decoding: untagged).isSigned())
    }

    @Test func refusesMissingRepeatedAndTooManySigners() {
        let unsigned = Self.unsigned()
        func signed(_ keys: some Sequence<SigningKey>) -> [UInt8] {
            envelope(
                body: unsigned.body,
                signatures: keys.map { ($0.publicKey.bytes, $0.sign(tag: "tx", unsigned.body)) })
        }
        #expect(code(signed([Self.keys[0]])) == nil)
        #expect(code(signed(Self.keys[..<16])) == nil)
        #expect(code(signed([])) == .transactionMalformed)
        #expect(code(signed([Self.keys[1]])) == .transactionMalformed, "the signer did not sign")
        #expect(code(signed([Self.keys[0], Self.keys[0]])) == .transactionMalformed)
        #expect(code(signed([Self.keys[0], Self.keys[1], Self.keys[0]])) == .transactionMalformed)
        #expect(code(signed(Self.keys[..<17])) == .transactionMalformed)
    }

    @Test func refusesKeysAndSignaturesOfOtherLengths() {
        let body = Self.unsigned().body
        let (key, signature) = (Self.keys[0].publicKey.bytes, Self.keys[0].sign(tag: "tx", body))
        for (key, signature) in [
            (key, Array(signature.dropLast())), (key, signature + [0]), (key, []), (Array(key.dropLast()), signature),
            (key + [0], signature), ([], signature),
        ] {
            #expect(code(envelope(body: body, signatures: [(key, signature)])) == .transactionMalformed)
        }
    }

    // MARK: - Shape

    @Test func refusesEveryTruncationAndWhateverFollows() {
        let valid = Self.unsigned().signed(by: [Self.keys[0]])
        for length in 0..<valid.count { #expect(code(Array(valid[..<length])) == .transactionMalformed, "\(length)") }
        #expect(code(valid + [0]) == .transactionMalformed)
    }

    @Test func refusesOtherVersionsAndParts() {
        let body = Self.unsigned().body
        let signatures = [(key: Self.keys[0].publicKey.bytes, signature: Self.keys[0].sign(tag: "tx", body))]
        #expect(code(envelope(body: body, signatures: signatures)) == nil)
        for version: UInt64 in [0, 2, .max] {
            #expect(code(envelope(version: version, body: body, signatures: signatures)) == .transactionMalformed)
        }
        #expect(code(envelope(body: body, signatures: signatures, partCount: 2)) == .transactionMalformed)
        #expect(code(envelope(body: body, signatures: signatures, partCount: 4)) == .transactionMalformed)
    }

    @Test func takesTheLargestEnvelopeAndNoLarger() {
        let overhead = Self.unsigned(arguments: []).signed(by: [Self.keys[0]]).count + 3
        func envelope(_ byteCount: Int) -> [UInt8] {
            Self.unsigned(arguments: [UInt8](repeating: 0, count: byteCount - overhead)).signed(by: [Self.keys[0]])
        }
        let largest = envelope(Transaction.envelopeByteCountMax)
        #expect(largest.count == Transaction.envelopeByteCountMax && code(largest) == nil)
        #expect(code(envelope(Transaction.envelopeByteCountMax + 1)) == .transactionTooLarge)
        #expect(code([UInt8](repeating: 0x9f, count: 1 << 22)) == .transactionTooLarge)
    }

    // MARK: - Bodies

    /// A body written field by field, so that each field can be wrong.
    private func body(
        keys: [UInt64] = [1, 2, 3, 4, 5, 6], random: Int = 16, validUntil: UInt64 = 9, call: String = "toy.set",
        chainID: Int = 32
    ) -> [UInt8] {
        var writer = CBORWriter()
        writer.write(mapCount: keys.count)
        for key in keys {
            writer.write(key)
            switch key {
            case 1: writer.write(bytes: [UInt8](repeating: 1, count: chainID))
            case 2: writer.write(Self.keys[0].publicKey)
            case 3: writer.write(bytes: [UInt8](repeating: 3, count: random))
            case 4: writer.write(validUntil)
            case 5: writer.write(text: call)
            default: writer.write(bytes: [0xa0])
            }
        }
        return writer.bytes
    }

    @Test func decodesExactlyOneShapeOfBody() {
        #expect(TransactionBody(decoding: body()) != nil)
        for wrong in [
            body(keys: [1, 2, 3, 4, 5]), body(keys: [1, 2, 3, 4, 5, 6, 7]), body(keys: [2, 1, 3, 4, 5, 6]),
            body(keys: [1, 2, 3, 4, 5, 5]), body(keys: [1, 2, 3, 4, 6, 5]), body(random: 15), body(random: 17),
            body(random: 0), body(validUntil: 1 << 40 + 1), body(validUntil: .max), body(call: "a."),
            body(call: String(repeating: "a", count: 65)), body(call: ""), body(chainID: 31), body(chainID: 33),
            body() + [0], Array(body().dropLast()), [],
        ] {
            #expect(TransactionBody(decoding: wrong) == nil)
        }
        #expect(TransactionBody(decoding: body(validUntil: 1 << 40)) != nil)
        #expect(TransactionBody(decoding: body(call: String(repeating: "a", count: 64))) != nil)
    }

    // MARK: - Fuzz

    /// Whatever is accepted has one encoding, and is named by its body.
    @Test func acceptsOnlyOneSpellingOfAnything() throws {
        var random = Mutation.random(21)
        var acceptedCount = 0
        let valid = [
            Self.unsigned().signed(by: [Self.keys[0]]),
            Self.unsigned(arguments: []).signed(by: [Self.keys[0], Self.keys[1], Self.keys[2]]),
        ]
        for _ in 0..<Mutation.count(usual: 100_000) {
            let bytes = Mutation.of(valid.randomElement(using: &random)!, &random)
            guard let transaction = try? Transaction(decoding: bytes) else { continue }
            acceptedCount += 1
            #expect(transaction.envelope == bytes)
            #expect(try Reencoding.of(bytes) == bytes)
            #expect(try Reencoding.of(transaction.body.encoded) == transaction.body.encoded)
            #expect(transaction.id == SHA256.hash(tag: "txid", transaction.body.encoded))
            #expect(transaction.signers.contains(transaction.body.signer))
            if bytes != valid[0], bytes != valid[1] { #expect(!transaction.isSigned()) }
        }
        #expect(acceptedCount > 100, "the mutations no longer reach what lies behind the decoder")
    }

    @Test func rubbishIsRefused() {
        var random = Mutation.random(22)
        for _ in 0..<Mutation.count(usual: 5000) {
            let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            #expect(code(bytes) == .transactionMalformed)
        }
    }
}
