// What a validator has promised: the rule for every pair of votes, and the bytes on disk.
import Consensus
import Cryptography
import Foundation
import Primitives
import Testing

@Suite struct SignStateTests {
    private func vote(_ epoch: UInt64, _ height: UInt64, _ hash: UInt8) -> SignState.Vote {
        SignState.Vote(epoch: epoch, height: height, hash: SHA256.hash([hash]))
    }

    @Test func allowsOnlyWhatBreaksNoPromise() {
        for (lastHeight, lastHash) in [(UInt64(3), UInt8(1)), (7, 2)] {
            let last = vote(2, lastHeight, lastHash)
            let state = SignState(
                epoch: 2, prepare: SignState.Prepare(last, time: Timestamp(milliseconds: 11)), commit: last)
            for epoch in UInt64(0)...3 {
                for height in UInt64(1)...9 {
                    for hash in UInt8(1)...2 {
                        let next = vote(epoch, height, hash)
                        let isAllowed = epoch == 2 && (height > lastHeight || next == last)
                        let prepare = state.allowedPrepare(next, now: Timestamp(milliseconds: 99))
                        #expect((prepare != nil) == isAllowed && state.allowsCommit(next) == isAllowed)
                        #expect(prepare.map { $0.time.milliseconds == (next == last ? 11 : 99) } ?? true)
                    }
                }
            }
        }
    }

    @Test func anEarlierEpochsVoteBindsNobodyInALaterOne() {
        let state = SignState(epoch: 3, prepare: SignState.Prepare(vote(2, 9, 1), time: Timestamp(milliseconds: 1)))
        #expect(state.allowedPrepare(vote(3, 1, 2), now: Timestamp(milliseconds: 5)) != nil)
    }

    @Test func readsBackWhatItWrites() throws {
        let prepare = SignState.Prepare(vote(1, 5, 1), time: Timestamp(milliseconds: .max))
        for state in [
            SignState(), SignState(epoch: .max, isClosed: true), SignState(epoch: 1, prepare: prepare),
            SignState(epoch: 1, prepare: prepare, commit: vote(1, .max, 2)),
        ] {
            #expect(try SignState(decoding: state.encoded) == state)
        }
    }

    @Test func refusesEveryOtherSpelling() throws {
        let prepare = SignState.Prepare(vote(1, 5, 1), time: Timestamp(milliseconds: 1_800_000_000_000))
        let valid = SignState(epoch: 1, prepare: prepare, commit: vote(1, 4, 2)).encoded
        for length in 0..<valid.count {
            #expect(throws: SteleError.self) { _ = try SignState(decoding: Array(valid[..<length])) }
        }
        #expect(throws: SteleError.self) { _ = try SignState(decoding: valid + [0]) }
        let environment = ProcessInfo.processInfo.environment
        var random = SeededGenerator(seed: environment["STELE_SEED"].flatMap { UInt64($0) } ?? 3)
        let count = environment["STELE_MUTATIONS"].flatMap { Int($0) } ?? 20_000
        for _ in 0..<count {
            var bytes = valid
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard let state = try? SignState(decoding: bytes) else { continue }
            #expect(state.encoded == bytes)
        }
    }
}
