// Consensus · order, prepare, commit: the rule by which a block becomes final.
public import Cryptography
public import Ledger
public import Primitives

/// Decides what one validator signs. Events go in, effects come out, nothing else happens.
///
/// Safety rests on ``SignState``: at most one PREPARE and one COMMIT for each (epoch, height). A consortium of one runs
/// the same machine: its own votes are a quorum. Source: `docs/spec/ledger.md` §3, §4, §6.
public struct ConsensusMachine: Sendable {
    /// How many heights ahead votes are kept.
    public static let heightsAheadMax: UInt64 = 8

    private let chainID: Digest
    private let origin: String
    private let validators: ValidatorSet
    private let ownIndex: UInt64
    private let key: SigningKey
    private let noteKeys: [NoteVerifierKey]
    private var signState: SignState
    // The newest batch with a certificate: the next batch must build on it.
    private var prepared: (height: UInt64, batchHash: Digest, certificate: PrepareCertificate?)
    private var committedHeight: UInt64
    private var rounds: [UInt64: Round] = [:]

    /// What is known about one height.
    private struct Round {
        var batch: Batch?
        var prepares: [UInt64: Evidence.BatchVote] = [:]
        var isPrepared = false
        var executed: (header: Header, checkpoint: Checkpoint)?
        var commits: [UInt64: Evidence.SignedCheckpoint] = [:]
    }

    /// A validator that has ordered batches up to `height`.
    /// - Parameters:
    ///   - batchHash: the batch at `height`, zeros at height 0.
    ///   - certificate: the votes for that batch, nil at height 0.
    ///   - committedHeight: the newest block that is final; later ones are to be handed in again, in order, as
    ///     ``ConsensusEvent/executed(header:checkpoint:)``.
    public init(
        chainID: Digest, origin: String, validators: ValidatorSet, ownIndex: UInt64, key: SigningKey,
        signState: SignState, height: UInt64, batchHash: Digest, certificate: PrepareCertificate?,
        committedHeight: UInt64
    ) {
        self.chainID = chainID
        self.origin = origin
        self.validators = validators
        self.ownIndex = ownIndex
        self.key = key
        self.signState = signState
        noteKeys = validators.validators.map { NoteVerifierKey(name: origin, publicKey: $0.key) }
        prepared = (height, batchHash, certificate)
        self.committedHeight = committedHeight
    }

    /// The votes for the newest ordered batch: what the next batch carries.
    public var certificate: PrepareCertificate? { prepared.certificate }
    /// The newest ordered batch.
    public var batchHash: Digest { prepared.batchHash }
    /// The height of the newest ordered batch.
    public var height: UInt64 { prepared.height }
    /// The current epoch.
    public var epoch: UInt64 { signState.epoch }

    /// Takes one event and says what to do about it. Events that break a rule have no effect.
    public mutating func step(_ event: ConsensusEvent) -> [ConsensusEffect] {
        var effects: [ConsensusEffect] = []
        switch event {
        case .batch(let batch, let now): deliver(batch, now, &effects)
        case .executed(let header, let checkpoint): commit(header, checkpoint, &effects)
        case .message(.prepare(let epoch, let height, let batchHash, let vote)):
            guard epoch == signState.epoch, isNear(height),
                vote.isSigned(chainID: chainID, epoch: epoch, height: height, batchHash: batchHash, by: validators)
            else { return [] }
            record(Evidence.BatchVote(batchHash: batchHash, vote: vote), at: height, &effects)
        case .message(.commit(let checkpoint, let index, let signature)):
            guard checkpoint.origin == origin, let block = checkpoint.block, isNear(block.height),
                let validator = validator(index),
                Ed25519.isValid(signature: signature, of: checkpoint.text, by: validator.key)
            else { return [] }
            record(
                Evidence.SignedCheckpoint(checkpoint: checkpoint, signature: signature), of: index, in: block, &effects)
        }
        return effects
    }
}

// MARK: - Prepare
extension ConsensusMachine {
    private mutating func deliver(_ batch: Batch, _ now: Timestamp, _ effects: inout [ConsensusEffect]) {
        let height = prepared.height + 1
        guard batch.chainID == chainID, batch.epoch == signState.epoch, batch.height == height,
            batch.previousHash == prepared.batchHash, rounds[height]?.batch == nil,
            batch.isSigned(by: validators), carriesCertificate(batch)
        else { return }
        rounds[height, default: Round()].batch = batch
        let vote = SignState.Vote(epoch: batch.epoch, height: height, hash: batch.hash)
        if let prepare = signState.allowedPrepare(vote, now: now) {
            let signature = key.sign(
                tag: "prepare",
                PrepareVote.signedBytes(
                    chainID: chainID, epoch: batch.epoch, height: height, batchHash: batch.hash, time: prepare.time))
            signState.prepare = prepare
            let own = PrepareVote(validator: ownIndex, time: prepare.time, signature: signature)
            effects.append(.persist(signState))
            effects.append(.send(.prepare(epoch: batch.epoch, height: height, batchHash: batch.hash, vote: own)))
            record(Evidence.BatchVote(batchHash: batch.hash, vote: own), at: height, &effects)
        }
        certify(height, &effects)
    }

    // The certificate gives this block its time, so any quorum for the batch before will do, but one there must be.
    private func carriesCertificate(_ batch: Batch) -> Bool {
        guard batch.height > 1 else { return batch.certificate == nil }
        guard let certificate = batch.certificate, certificate.height + 1 == batch.height,
            certificate.batchHash == batch.previousHash
        else { return false }
        return certificate == prepared.certificate || certificate.isValid(chainID: chainID, validators: validators)
    }

    private mutating func record(_ vote: Evidence.BatchVote, at height: UInt64, _ effects: inout [ConsensusEffect]) {
        if let earlier = rounds[height]?.prepares[vote.vote.validator] {
            if earlier.batchHash != vote.batchHash {
                effects.append(.accuse(.prepares(epoch: signState.epoch, height: height, earlier, vote)))
            }
            return
        }
        rounds[height, default: Round()].prepares[vote.vote.validator] = vote
        certify(height, &effects)
    }

    private mutating func certify(_ height: UInt64, _ effects: inout [ConsensusEffect]) {
        guard height == prepared.height + 1, let round = rounds[height], let batch = round.batch, !round.isPrepared
        else { return }
        let votes = round.prepares.values.filter { $0.batchHash == batch.hash }.map(\.vote)
            .sorted { $0.validator < $1.validator }
        guard weight(of: votes.map(\.validator)) >= validators.quorum else { return }
        let certificate = PrepareCertificate(
            epoch: signState.epoch, height: height, batchHash: batch.hash, votes: votes)
        rounds[height]?.isPrepared = true
        prepared = (height, batch.hash, certificate)
        effects.append(.execute(batch, certificate))
    }
}

// MARK: - Commit
extension ConsensusMachine {
    private mutating func commit(
        _ header: Header, _ checkpoint: Checkpoint, _ effects: inout [ConsensusEffect]
    ) {
        guard header.height > committedHeight, header.height <= prepared.height else { return }
        rounds[header.height, default: Round()].executed = (header, checkpoint)
        let vote = SignState.Vote(epoch: signState.epoch, height: header.height, hash: header.hash)
        if signState.allowsCommit(vote) {
            let isSignedAgain = vote == signState.commit
            signState.commit = vote
            effects.append(.persist(signState))
            // What this validator signed before a crash follows from the newest by the links between headers.
            if isSignedAgain { signAncestors(of: header, &effects) }
            sign(checkpoint, &effects)
        }
        finalize(&effects)
    }

    private mutating func signAncestors(of header: Header, _ effects: inout [ConsensusEffect]) {
        var unsigned: [Checkpoint] = []
        var next = header
        while let (parent, checkpoint) = rounds[next.height - 1]?.executed, parent.hash == next.previousHash {
            unsigned.append(checkpoint)
            next = parent
        }
        for checkpoint in unsigned.reversed() { sign(checkpoint, &effects) }
    }

    private mutating func sign(_ checkpoint: Checkpoint, _ effects: inout [ConsensusEffect]) {
        guard let block = checkpoint.block else { return }
        let signature = key.sign(checkpoint.text)
        rounds[block.height]?.commits[ownIndex] = Evidence.SignedCheckpoint(
            checkpoint: checkpoint, signature: signature)
        effects.append(.send(.commit(checkpoint, validator: ownIndex, signature: signature)))
    }

    private mutating func record(
        _ commit: Evidence.SignedCheckpoint, of index: UInt64, in block: Checkpoint.Block,
        _ effects: inout [ConsensusEffect]
    ) {
        if let earlier = rounds[block.height]?.commits[index] {
            if earlier.checkpoint != commit.checkpoint, earlier.checkpoint.block?.epoch == block.epoch {
                effects.append(.accuse(.commits(validator: index, earlier, commit)))
            }
            return
        }
        rounds[block.height, default: Round()].commits[index] = commit
        finalize(&effects)
    }

    // A signature counts only on the very text this validator computed: a different result is a divergence.
    private mutating func finalize(_ effects: inout [ConsensusEffect]) {
        while let round = rounds[committedHeight + 1], let checkpoint = round.executed?.checkpoint {
            let commits = round.commits.filter { $0.value.checkpoint == checkpoint }.sorted { $0.key < $1.key }
            guard weight(of: commits.map(\.key)) >= validators.quorum else { return }
            committedHeight += 1
            rounds[committedHeight] = nil
            let note = SignedNote(
                text: checkpoint.text, signatures: commits.map { (noteKeys[Int($0.key)], $0.value.signature) })
            effects.append(.finalize(height: committedHeight, note: note))
        }
    }

    private func weight(of indexes: [UInt64]) -> UInt64 {
        indexes.reduce(0) { $0 + validators.validators[Int($1)].weight }
    }

    private func validator(_ index: UInt64) -> Validator? {
        index < UInt64(validators.validators.count) ? validators.validators[Int(index)] : nil
    }

    private func isNear(_ height: UInt64) -> Bool {
        height > committedHeight && height <= prepared.height + Self.heightsAheadMax
    }
}
