// Consensus · order, prepare, commit: the rule by which a block becomes final.
public import Cryptography
public import Ledger
public import Primitives

/// Something a validator learns.
public enum ConsensusEvent: Sendable {
    /// The engine delivered the batch of the next height; `now` is this validator's clock.
    case batch(Batch, now: Timestamp)
    /// A validator voted for a batch.
    case prepare(epoch: UInt64, height: UInt64, batchHash: Digest, vote: PrepareVote)
    /// This validator executed a prepared batch; the checkpoint certifies its header.
    case executed(header: Header, checkpoint: Checkpoint)
    /// A validator signed a checkpoint.
    case commit(height: UInt64, headerHash: Digest, validator: UInt64, signature: [UInt8])
}

/// Something the driver must do, in order.
public enum ConsensusEffect: Sendable {
    /// Make this durable before any later ``send`` leaves the process or any later ``finalize`` is acknowledged.
    case persist(SignState)
    /// Send to every other validator.
    case send(ConsensusMessage)
    /// The batch is ordered for good: execute it.
    case execute(Batch, PrepareCertificate)
    /// The block is final; `note` is the signed checkpoint.
    case finalize(height: UInt64, note: SignedNote)
    /// A validator broke a promise: keep the proof.
    case accuse(Evidence)
}

/// What validators say to each other.
public enum ConsensusMessage: Hashable, Sendable {
    /// A PREPARE vote.
    case prepare(epoch: UInt64, height: UInt64, batchHash: Digest, vote: PrepareVote)
    /// A COMMIT signature on the checkpoint of a block.
    case commit(height: UInt64, headerHash: Digest, validator: UInt64, signature: [UInt8])
}

/// Two votes of one validator that cannot both be honest.
public struct Evidence: Hashable, Sendable {
    /// Who voted twice.
    public let validator: UInt64
    /// Where.
    public let epoch: UInt64
    /// Where.
    public let height: UInt64
    /// The two batches voted for.
    public let hashes: [Digest]
}

/// Decides what one validator signs. Events go in, effects come out, nothing else happens.
///
/// Safety rests on ``SignState``: at most one PREPARE and one COMMIT for each (epoch, height). A consortium of one runs
/// the same machine: its own votes are a quorum. Source: design/consortium.md §E.2.
public struct ConsensusMachine: Sendable {
    /// How many heights ahead votes are kept.
    public static let heightsAheadMax: UInt64 = 8

    private let chainID: Digest
    private let validators: ValidatorSet
    private let ownIndex: UInt64
    private let key: SigningKey
    private let signer: NoteSigner
    private let noteKeys: [NoteVerifierKey]
    private var signState: SignState
    // The newest batch with a certificate: the next batch must build on it.
    private var prepared: (height: UInt64, batchHash: Digest, certificate: PrepareCertificate?)
    private var committedHeight: UInt64
    private var rounds: [UInt64: Round] = [:]

    /// What is known about one height.
    private struct Round {
        var batch: Batch?
        var prepares: [UInt64: (batchHash: Digest, vote: PrepareVote)] = [:]
        var isPrepared = false
        var header: (hash: Digest, checkpoint: Checkpoint)?
        var commits: [UInt64: (headerHash: Digest, signature: [UInt8])] = [:]
    }

    /// A validator that has executed blocks up to `height`.
    /// - Parameters:
    ///   - batchHash: the batch at `height`, zeros at height 0.
    ///   - certificate: the votes for that batch, nil at height 0.
    ///   - committedHeight: the newest block whose checkpoint is signed; later ones are to be handed in again as
    ///     ``ConsensusEvent/executed(header:checkpoint:)``.
    public init(
        chainID: Digest, origin: String, validators: ValidatorSet, ownIndex: UInt64, key: SigningKey,
        signState: SignState, height: UInt64, batchHash: Digest, certificate: PrepareCertificate?,
        committedHeight: UInt64
    ) {
        self.chainID = chainID
        self.validators = validators
        self.ownIndex = ownIndex
        self.key = key
        self.signState = signState
        signer = NoteSigner(name: origin, key: key)
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
        case .prepare(let epoch, let height, let batchHash, let vote):
            guard epoch == signState.epoch, isNear(height) else { return [] }
            let message = PrepareVote.signedBytes(
                chainID: chainID, epoch: epoch, height: height, batchHash: batchHash, time: vote.time)
            guard let validator = validator(vote.validator),
                Ed25519.isValid(signature: vote.signature, tag: "prepare", of: message, by: validator.key)
            else { return [] }
            record(vote, for: batchHash, at: height, &effects)
        case .executed(let header, let checkpoint): commit(header, checkpoint, &effects)
        case .commit(let height, let headerHash, let index, let signature):
            guard isNear(height), validator(index) != nil else { return [] }
            if rounds[height, default: Round()].commits[index] == nil {
                rounds[height, default: Round()].commits[index] = (headerHash, signature)
            }
            finalize(height, &effects)
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
        if signState.allowsPrepare(vote) {
            let signature = key.sign(
                tag: "prepare",
                PrepareVote.signedBytes(
                    chainID: chainID, epoch: batch.epoch, height: height, batchHash: batch.hash, time: now))
            signState.prepare = vote
            let prepare = PrepareVote(validator: ownIndex, time: now, signature: signature)
            effects.append(.persist(signState))
            effects.append(
                .send(.prepare(epoch: batch.epoch, height: height, batchHash: batch.hash, vote: prepare)))
            record(prepare, for: batch.hash, at: height, &effects)
        } else {
            certify(height, &effects)
        }
    }

    // The certificate gives this block its time, so any quorum for the batch before will do, but one there must be.
    private func carriesCertificate(_ batch: Batch) -> Bool {
        guard batch.height > 1 else { return batch.certificate == nil }
        guard let certificate = batch.certificate, certificate.height + 1 == batch.height,
            certificate.batchHash == batch.previousHash
        else { return false }
        return certificate == prepared.certificate || certificate.isValid(chainID: chainID, validators: validators)
    }

    private mutating func record(
        _ vote: PrepareVote, for batchHash: Digest, at height: UInt64, _ effects: inout [ConsensusEffect]
    ) {
        if let earlier = rounds[height]?.prepares[vote.validator] {
            if earlier.batchHash != batchHash {
                effects.append(
                    .accuse(
                        Evidence(
                            validator: vote.validator, epoch: signState.epoch, height: height,
                            hashes: [earlier.batchHash, batchHash])))
            }
            return
        }
        rounds[height, default: Round()].prepares[vote.validator] = (batchHash, vote)
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
        let hash = header.hash
        rounds[header.height, default: Round()].header = (hash, checkpoint)
        let vote = SignState.Vote(epoch: signState.epoch, height: header.height, hash: hash)
        if signState.allowsCommit(vote) {
            signState.commit = vote
            let signature = key.sign(checkpoint.text)
            rounds[header.height]?.commits[ownIndex] = (hash, signature)
            effects.append(.persist(signState))
            effects.append(
                .send(
                    .commit(height: header.height, headerHash: hash, validator: ownIndex, signature: signature)))
        }
        finalize(header.height, &effects)
    }

    private mutating func finalize(_ height: UInt64, _ effects: inout [ConsensusEffect]) {
        guard height == committedHeight + 1, let round = rounds[height], let header = round.header else { return }
        let text = header.checkpoint.text
        // A signature counts only on the very text this validator computed: a different result is a divergence.
        let signatures = round.commits.filter { index, commit in
            commit.headerHash == header.hash
                && (index == ownIndex
                    || Ed25519.isValid(
                        signature: commit.signature, of: text, by: validators.validators[Int(index)].key))
        }
        guard weight(of: Array(signatures.keys)) >= validators.quorum else { return }
        let note = SignedNote(
            text: text,
            signatures: signatures.sorted { $0.key < $1.key }.map { (noteKeys[Int($0.key)], $0.value.signature) })
        rounds[height] = nil
        committedHeight = height
        effects.append(.finalize(height: height, note: note))
        finalize(height + 1, &effects)
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
