// The machine's rules one at a time: what it signs, what it ignores, whom it accuses.
import Consensus
import Cryptography
import Ledger
import Primitives
import Testing

@Suite struct ConsensusMachineTests {
    let network = ToyNetwork(validatorCount: 4)
    let now = Timestamp(seconds: 1_800_000_100)

    /// A machine that has voted for the first batch.
    private func voted() -> (machine: ConsensusMachine, batch: Batch, effects: [ConsensusEffect]) {
        var machine = network.machine(0)
        let batch = network.batch(1, after: .zero, nil)
        let effects = machine.step(.batch(batch, now: now))
        return (machine, batch, effects)
    }

    /// A machine that has executed the first block and signed it, with what it then knows.
    private func signed() -> (machine: ConsensusMachine, header: Header, checkpoint: Checkpoint) {
        var (machine, batch, _) = voted()
        for index in 1...2 { _ = machine.step(.message(network.prepare(index, height: 1, batch.hash, time: now))) }
        let (header, checkpoint) = network.execute(batch, on: nil)
        _ = machine.step(.executed(header: header, checkpoint: checkpoint))
        return (machine, header, checkpoint)
    }

    @Test func oneValidatorNeedsNobodyElse() {
        let alone = ToyNetwork(validatorCount: 1)
        var machine = alone.machine(0)
        let effects = machine.step(.batch(alone.batch(1, after: .zero, nil), now: now))
        #expect(effects.persisted.count == 1 && effects.executed.count == 1)
        let (header, checkpoint) = alone.execute(effects.executed[0].batch, on: nil)
        #expect(machine.step(.executed(header: header, checkpoint: checkpoint)).finalHeights == [1])
    }

    @Test func persistsBeforeItSpeaks() {
        let (_, _, effects) = voted()
        guard case .persist(let state) = effects[0], case .send = effects[1] else {
            Issue.record("expected the promise first and the vote second")
            return
        }
        #expect(state.prepare?.vote.height == 1 && effects.count == 2)
    }

    @Test func signsTheSamePrepareAgainAfterARestart() {
        let (_, batch, effects) = voted()
        var machine = network.machine(0, effects.persisted[0])
        let later = Timestamp(seconds: now.seconds + 60)
        let again = machine.step(.batch(batch, now: later))
        #expect(again.sent == effects.sent, "the vote carries the time it was first signed with")
        // Another batch of the height is seen, and not voted for.
        var restarted = network.machine(0, effects.persisted[0])
        #expect(restarted.step(.batch(network.batch(1, after: .zero, nil, by: 1), now: later)).isEmpty)
    }

    @Test func signsWhatItHadSignedAgainAfterARestartAndNothingElse() {
        var machine = network.machine(0)
        var signState = SignState()
        var commits: [ConsensusMessage] = []
        var headers: [(Header, Checkpoint)] = []
        var newest: (batch: Batch, certificate: PrepareCertificate)?
        for height in UInt64(1)...3 {
            let batch = network.batch(height, after: machine.batchHash, machine.certificate)
            var effects = machine.step(.batch(batch, now: now))
            for index in 1...2 {
                effects += machine.step(.message(network.prepare(index, height: height, batch.hash, time: now)))
            }
            newest = effects.executed.first
            headers.append(network.execute(batch, on: headers.last?.0))
            effects += machine.step(.executed(header: headers.last!.0, checkpoint: headers.last!.1))
            commits += effects.sent.filter { if case .commit = $0 { true } else { false } }
            signState = effects.persisted.last!
        }
        // Nobody else spoke: nothing is final, and all three commits may have been lost with this process.
        var restarted = network.machine(
            0, signState, height: 3, batchHash: newest!.batch.hash, certificate: newest!.certificate)
        var again: [ConsensusMessage] = []
        for (header, checkpoint) in headers {
            again += restarted.step(.executed(header: header, checkpoint: checkpoint)).sent
        }
        #expect(again == commits)
        // With another block at height 1 the links do not reach it, and nothing is signed below the newest.
        var other = network.machine(
            0, signState, height: 3, batchHash: newest!.batch.hash, certificate: newest!.certificate)
        let wrong = network.execute(network.batch(1, after: .zero, nil), on: nil, salt: 1)
        var sent = other.step(.executed(header: wrong.header, checkpoint: wrong.checkpoint)).sent
        for (header, checkpoint) in headers.dropFirst() {
            sent += other.step(.executed(header: header, checkpoint: checkpoint)).sent
        }
        #expect(sent == Array(commits.dropFirst()))
    }

    @Test func aClosedEpochIsSignedNoMore() {
        var machine = network.machine(0, SignState(isClosed: true))
        #expect(machine.step(.batch(network.batch(1, after: .zero, nil), now: now)).isEmpty)
    }

    @Test func ignoresBatchesThatBreakARule() {
        let other = ToyNetwork(validatorCount: 4, seed: 2)
        let (_, batch, _) = voted()
        let certificate = PrepareCertificate(epoch: 0, height: 1, batchHash: batch.hash, votes: [])
        let forged = Batch(
            chainID: network.chainID, epoch: 0, height: 1, previousHash: .zero, proposer: 1, certificate: nil,
            envelopes: [], key: network.keys[0])
        let nobody = Batch(
            chainID: network.chainID, epoch: 0, height: 1, previousHash: .zero, proposer: 9, certificate: nil,
            envelopes: [], key: network.keys[0])
        let later = Batch(
            chainID: network.chainID, epoch: 1, height: 1, previousHash: .zero, proposer: 0, certificate: nil,
            envelopes: [], key: network.keys[0])
        for wrong in [
            other.batch(1, after: .zero, nil), network.batch(2, after: .zero, certificate),
            network.batch(1, after: batch.hash, nil), network.batch(1, after: .zero, certificate), forged, nobody,
            later,
        ] {
            var machine = network.machine(0)
            #expect(machine.step(.batch(wrong, now: now)).isEmpty)
        }
    }

    @Test func demandsACertificateForTheBatchBefore() {
        let (machine, header, _) = signed()
        let certificate = machine.certificate!
        let outsider = ToyNetwork(validatorCount: 4, seed: 3)
        let forged = PrepareCertificate(
            epoch: 0, height: 1, batchHash: header.batchHash,
            votes: certificate.votes.map {
                PrepareVote(validator: $0.validator, time: $0.time, signature: outsider.keys[0].sign([1]))
            })
        let tooFew = PrepareCertificate(
            epoch: 0, height: 1, batchHash: header.batchHash, votes: Array(certificate.votes.dropLast()))
        for wrong in [nil, forged, tooFew] {
            var copy = machine
            #expect(copy.step(.batch(network.batch(2, after: header.batchHash, wrong), now: now)).isEmpty)
        }
        var copy = machine
        #expect(!copy.step(.batch(network.batch(2, after: header.batchHash, certificate), now: now)).isEmpty)
    }

    @Test func countsAVoteOnceAndOnlyIfItIsGenuine() {
        var (machine, batch, _) = voted()
        let vote = network.prepare(1, height: 1, batch.hash, time: now)
        guard case .prepare(_, _, _, let genuine) = vote else { return }
        let inAnothersName = ConsensusMessage.prepare(
            epoch: 0, height: 1, batchHash: batch.hash,
            vote: PrepareVote(validator: 2, time: now, signature: genuine.signature))
        let farFuture = network.prepare(
            3, height: 1, batch.hash, time: Timestamp(milliseconds: PrepareVote.timeMax.milliseconds + 1))
        for message in [vote, vote, vote, inAnothersName, farFuture] {
            #expect(machine.step(.message(message)).executed.isEmpty)
        }
        #expect(machine.step(.message(network.prepare(2, height: 1, batch.hash, time: now))).executed.count == 1)
    }

    @Test func keepsNoVotesFromFarAhead() {
        var machine = network.machine(0)
        for height in [UInt64(0), ConsensusMachine.heightsAheadMax + 1, .max] {
            let vote = network.prepare(1, height: height, .zero, time: now)
            _ = machine.step(.message(vote))
            // Were it kept, a second and different vote would be evidence.
            let second = network.prepare(1, height: height, SHA256.hash([1]), time: now)
            #expect(machine.step(.message(second)).accused.isEmpty)
        }
    }

    @Test func accusesWhoeverPreparesTwoBatches() throws {
        var (machine, batch, _) = voted()
        _ = machine.step(.message(network.prepare(1, height: 1, batch.hash, time: now)))
        let effects = machine.step(.message(network.prepare(1, height: 1, SHA256.hash([7]), time: now)))
        guard case .prepares(let epoch, let height, let first, let second)? = effects.accused.first else {
            Issue.record("expected evidence")
            return
        }
        #expect(first.batchHash == batch.hash && second.batchHash == SHA256.hash([7]))
        for vote in [first, second] {
            #expect(
                vote.vote.isSigned(
                    chainID: network.chainID, epoch: epoch, height: height, batchHash: vote.batchHash,
                    by: network.validators))
        }
    }

    @Test func accusesWhoeverCommitsTwoHeaders() {
        var (machine, header, checkpoint) = signed()
        let wrong = network.execute(network.batch(1, after: .zero, nil), on: nil, salt: 9).checkpoint
        #expect(machine.step(.message(network.commit(3, wrong))).isEmpty)
        let accused = machine.step(.message(network.commit(3, checkpoint))).accused
        guard case .commits(3, let first, let second)? = accused.first else {
            Issue.record("expected evidence")
            return
        }
        #expect(first.checkpoint == wrong && second.checkpoint == checkpoint)
        #expect(Ed25519.isValid(signature: second.signature, of: checkpoint.text, by: network.keys[3].publicKey))
        #expect(header.height == 1)
    }

    /// A liar could otherwise keep an honest signature out by sending rubbish in its place first.
    @Test func aForgedCommitDoesNotTakeThePlaceOfTheRealOne() {
        var (machine, batch, _) = voted()
        let (header, checkpoint) = network.execute(batch, on: nil)
        for index in 1...2 {
            let forged = ConsensusMessage.commit(
                checkpoint, validator: UInt64(index), signature: network.keys[3].sign(checkpoint.text))
            #expect(machine.step(.message(forged)).isEmpty)
        }
        for index in 1...2 { _ = machine.step(.message(network.prepare(index, height: 1, batch.hash, time: now))) }
        for index in 1...2 { _ = machine.step(.message(network.commit(index, checkpoint))) }
        #expect(machine.step(.executed(header: header, checkpoint: checkpoint)).finalHeights == [1])
    }

    @Test func whoComputesOtherwiseFinalisesNothing() {
        var (machine, batch, _) = voted()
        for index in 1...2 { _ = machine.step(.message(network.prepare(index, height: 1, batch.hash, time: now))) }
        let right = network.execute(batch, on: nil)
        let wrong = network.execute(batch, on: nil, salt: 1)
        for index in 1...3 { _ = machine.step(.message(network.commit(index, right.checkpoint))) }
        #expect(machine.step(.executed(header: wrong.header, checkpoint: wrong.checkpoint)).finalHeights.isEmpty)
    }

    @Test func checkpointsOfAnotherLogAreIgnored() {
        var (machine, header, _) = signed()
        let foreign = Checkpoint(
            origin: "stele/0000000000000000/toy", size: 1, root: .zero,
            block: Checkpoint.Block(epoch: 0, height: 1, headerHash: header.hash))
        #expect(machine.step(.message(network.commit(1, foreign))).isEmpty)
        #expect(machine.step(.message(network.commit(1, network.checkpoint(of: header)))).isEmpty)
        #expect(machine.step(.message(network.commit(2, network.checkpoint(of: header)))).finalHeights == [1])
    }
}
