// Quorums: any two meet in an honest validator, and the honest ones alone are one.
import Cryptography
import Ledger
import Primitives
import Testing

@Suite struct QuorumTests {
    private func set(_ weights: [UInt64]) -> ValidatorSet {
        let random = SeededRandom(9)
        return ValidatorSet(weights.map { Validator(key: random.bytes32(), weight: $0) })
    }

    @Test func equalWeights() {
        #expect((1...7).map { set(Array(repeating: 1, count: $0)).quorum } == [1, 2, 3, 3, 4, 5, 5])
        for count in 1...100 {
            let validators = set(Array(repeating: 1, count: count))
            let liars = UInt64((count - 1) / 3)
            #expect(2 * validators.quorum > validators.weight + liars, "two quorums of \(count) may meet in liars only")
            #expect(validators.weight - liars >= validators.quorum, "the honest ones of \(count) are no quorum")
        }
    }

    @Test func unequalWeights() {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<1000 {
            let count = Int.random(in: 1...20, using: &random)
            let weights = (0..<count).map { _ in UInt64.random(in: 1...Genesis.weightMax, using: &random) }
            let validators = set(weights)
            // Liars weigh less than a third.
            let liars = (validators.weight - 1) / 3
            #expect(2 * validators.quorum > validators.weight + liars)
            #expect(validators.weight - liars >= validators.quorum)
        }
    }

    @Test func aThirdOfLiarsCannotMoveTheMedianOutOfTheHonestRange() {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<2000 {
            let count = Int.random(in: 4...10, using: &random)
            let validators = set(Array(repeating: 1, count: count))
            let liarCount = (count - 1) / 3
            let voters = Array((0..<count).shuffled(using: &random).prefix(Int(validators.quorum))).sorted()
            let votes = voters.map { index in
                // The first ones lie, as far as anybody can.
                let time =
                    index < liarCount
                    ? (random.chance(50) ? 0 : 1 << 50) : UInt64.random(in: 1000...2000, using: &random)
                return PrepareVote(validator: UInt64(index), time: Timestamp(milliseconds: time), signature: [])
            }
            let median = PrepareCertificate(epoch: 0, height: 1, batchHash: .zero, votes: votes).medianTime(validators)
            #expect((1000...2000).contains(median.milliseconds))
        }
    }
}
