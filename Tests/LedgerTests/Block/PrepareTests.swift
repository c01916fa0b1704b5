// Prepare certificates: whose votes count, and what time they make.
import Cryptography
import Ledger
import Primitives
import Testing

@Suite struct PrepareTests {
    static let keys = (0..<4).map { _ in SigningKey.random(from: random) }
    static let random = SeededRandom(61)
    static let validators = ValidatorSet(keys.map { Validator(key: $0.publicKey, weight: 1) })
    static let chainID = SHA256.hash([1])
    static let batchHash = SHA256.hash([2])

    private func vote(
        _ index: Int, time: UInt64 = 1000, epoch: UInt64 = 0, height: UInt64 = 5, batchHash: Digest = batchHash,
        as claimed: UInt64? = nil
    ) -> PrepareVote {
        let time = Timestamp(milliseconds: time)
        let message = PrepareVote.signedBytes(
            chainID: Self.chainID, epoch: epoch, height: height, batchHash: batchHash, time: time)
        return PrepareVote(
            validator: claimed ?? UInt64(index), time: time, signature: Self.keys[index].sign(tag: "prepare", message))
    }

    private func isValid(_ votes: [PrepareVote]) -> Bool {
        PrepareCertificate(epoch: 0, height: 5, batchHash: Self.batchHash, votes: votes)
            .isValid(chainID: Self.chainID, validators: Self.validators)
    }

    @Test func aQuorumOfGenuineVotesIsValid() {
        #expect(isValid([vote(0), vote(1), vote(2)]) && isValid([vote(1), vote(2), vote(3)]))
        #expect(isValid((0..<4).map { vote($0) }))
    }

    @Test func nothingElseIs() {
        let far = PrepareVote.timeMax.milliseconds + 1
        for votes in [
            [], [vote(0), vote(1)], [vote(0), vote(1), vote(1)], [vote(1), vote(0), vote(2)],
            [vote(0), vote(1), vote(2, as: 3)], [vote(0), vote(1), vote(2, as: 4)],
            [vote(0), vote(1), vote(2, as: .max)], [vote(0), vote(1), vote(2, epoch: 1)],
            [vote(0), vote(1), vote(2, height: 4)], [vote(0), vote(1), vote(2, batchHash: .zero)],
            [vote(0), vote(1), vote(2, time: far)],
            [vote(0), vote(1), PrepareVote(validator: 2, time: vote(2).time, signature: [])],
        ] {
            #expect(!isValid(votes))
        }
        let certificate = PrepareCertificate(
            epoch: 0, height: 5, batchHash: Self.batchHash, votes: [vote(0), vote(1), vote(2)])
        #expect(!certificate.isValid(chainID: .zero, validators: Self.validators))
    }

    @Test func readsBackWhatItWrites() throws {
        let certificate = PrepareCertificate(
            epoch: 0, height: 5, batchHash: Self.batchHash, votes: [vote(0), vote(2, time: 1 << 50), vote(3)])
        var writer = CBORWriter()
        certificate.encode(into: &writer)
        var reader = CBORReader(writer.bytes)
        #expect(try PrepareCertificate(from: &reader) == certificate)
        #expect(reader.isAtEnd)
    }

    @Test func theTimeIsTheWeightedMedian() {
        func median(_ votes: [(weight: UInt64, time: UInt64)]) -> UInt64 {
            let validators = ValidatorSet(votes.map { Validator(key: Self.random.bytes32(), weight: $0.weight) })
            let cast = votes.enumerated().map { index, vote in
                PrepareVote(validator: UInt64(index), time: Timestamp(milliseconds: vote.time), signature: [])
            }
            return PrepareCertificate(epoch: 0, height: 1, batchHash: .zero, votes: cast).medianTime(validators)
                .milliseconds
        }
        #expect(median([(1, 7)]) == 7)
        #expect(median([(1, 9), (1, 5), (1, 7)]) == 7)
        #expect(median([(1, 1), (1, 2), (1, 3), (1, 4)]) == 2)
        #expect(median([(10, 100), (1, 1), (1, 2)]) == 100)
        #expect(median([(1, 0), (1, 50), (1, 1 << 50)]) == 50)
    }
}
