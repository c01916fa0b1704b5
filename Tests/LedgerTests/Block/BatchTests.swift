// Batches: put together from their parts, taken apart again, and refused in every other form.
import Cryptography
import Ledger
import Primitives
import Testing

@Suite struct BatchTests {
    static let key = SigningKey.random(from: SeededRandom(31))
    static let validators = ValidatorSet([Validator(key: key.publicKey, weight: 1)])
    static let chainID = SHA256.hash([9])

    static func certificate(height: UInt64, _ batchHash: Digest) -> PrepareCertificate {
        let time = Timestamp(seconds: 1_800_000_000)
        let message = PrepareVote.signedBytes(
            chainID: chainID, epoch: 0, height: height, batchHash: batchHash, time: time)
        let vote = PrepareVote(validator: 0, time: time, signature: key.sign(tag: "prepare", message))
        return PrepareCertificate(epoch: 0, height: height, batchHash: batchHash, votes: [vote])
    }

    static func batch(_ envelopes: [[UInt8]], height: UInt64 = 2) -> Batch {
        let previous = SHA256.hash([8])
        return Batch(
            chainID: chainID, epoch: 3, height: height, previousHash: previous, proposer: 0,
            certificate: height == 1 ? nil : certificate(height: height - 1, previous), envelopes: envelopes, key: key)
    }

    static let envelopes: [[UInt8]] = [
        [1], [UInt8](repeating: 2, count: 23), [UInt8](repeating: 3, count: 24), [UInt8](repeating: 4, count: 255),
        [UInt8](repeating: 5, count: 256), [UInt8](repeating: 6, count: 65_535),
    ]

    @Test func readsBackWhatItWrites() throws {
        for batch in [Self.batch(Self.envelopes), Self.batch([]), Self.batch([[7]], height: 1)] {
            let decoded = try Batch(decoding: batch.encoded, signature: batch.signature)
            #expect(decoded.hash == batch.hash && decoded.envelopes == batch.envelopes && decoded.epoch == 3)
            #expect(decoded.certificate == batch.certificate && decoded.previousHash == batch.previousHash)
            #expect(decoded.isSigned(by: Self.validators) && decoded.height == batch.height)
        }
    }

    /// A store keeps the head of a batch, and the envelopes in the entries.
    @Test func isPutTogetherFromItsHeadAndEnvelopes() throws {
        for count in [0, 1, 6, 23, 24, 25, 255, 256, 257] {
            let envelopes = (0..<count).map { Self.envelopes[$0 % 5] }
            let batch = Self.batch(envelopes)
            let again = try Batch(head: batch.head, envelopes: envelopes, signature: batch.signature)
            #expect(again.encoded == batch.encoded && again.hash == batch.hash, "\(count) envelopes")
        }
    }

    @Test func isSignedByItsProposerOverEverything() throws {
        let batch = Self.batch([[1], [2]])
        let other = Self.batch([[2], [1]])
        #expect(try !Batch(decoding: other.encoded, signature: batch.signature).isSigned(by: Self.validators))
        #expect(try !Batch(decoding: batch.encoded, signature: []).isSigned(by: Self.validators))
        #expect(!batch.isSigned(by: ValidatorSet([])))
        let stranger = ValidatorSet([Validator(key: SHA256.hash([1]), weight: 1)])
        #expect(!batch.isSigned(by: stranger))
    }

    @Test func holdsTheMostTransactionsAndNoMore() throws {
        let most = [[UInt8]](repeating: [1], count: Batch.transactionCountMax)
        let batch = Self.batch(most)
        #expect(try Batch(decoding: batch.encoded, signature: batch.signature).envelopes.count == most.count)
        let over = Self.batch(most + [[1]])
        #expect(throws: SteleError.self) { try Batch(decoding: over.encoded, signature: over.signature) }
        let tooLarge = Self.batch([[UInt8]](repeating: [UInt8](repeating: 1, count: 65_535), count: 18))
        #expect(throws: SteleError.self) { try Batch(decoding: tooLarge.encoded, signature: tooLarge.signature) }
        let empty = Self.batch([[]])
        #expect(throws: SteleError.self) { try Batch(decoding: empty.encoded, signature: empty.signature) }
    }

    @Test func acceptsOnlyOneSpellingOfAnything() throws {
        var random = Mutation.random(32)
        let valid = Self.batch([[1, 2, 3], [4]])
        for length in 0..<valid.encoded.count {
            #expect(throws: SteleError.self) { try Batch(decoding: Array(valid.encoded[..<length]), signature: []) }
        }
        var acceptedCount = 0
        for _ in 0..<Mutation.count(usual: 20_000) {
            let bytes = Mutation.of(valid.encoded, &random)
            guard let batch = try? Batch(decoding: bytes, signature: valid.signature) else { continue }
            acceptedCount += 1
            #expect(try Reencoding.of(bytes) == bytes)
            #expect(try Batch(head: batch.head, envelopes: batch.envelopes, signature: []).encoded == bytes)
            #expect(bytes == valid.encoded || !batch.isSigned(by: Self.validators))
        }
        #expect(acceptedCount > 100)
    }
}
