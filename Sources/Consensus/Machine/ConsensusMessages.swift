// Consensus · what a validator learns, what it must do, and what validators say to each other.
public import Ledger
public import Primitives

/// Something a validator learns.
public enum ConsensusEvent: Sendable {
    /// The engine delivered the batch of the next height; `now` is this validator's clock.
    case batch(Batch, now: Timestamp)
    /// This validator executed a prepared batch; the checkpoint certifies its header.
    case executed(header: Header, checkpoint: Checkpoint)
    /// A validator spoke.
    case message(ConsensusMessage)
}

/// Something the driver must do, in order.
public enum ConsensusEffect: Sendable {
    /// Make this durable before any later ``send`` leaves the process or any later ``finalize`` is acknowledged.
    case persist(SignState)
    /// Send to every other validator, again and again until the height is final there.
    case send(ConsensusMessage)
    /// The batch is ordered for good: make it durable with its certificate before any later ``persist``; execute it.
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
    /// A COMMIT: a signature on the checkpoint of a block. The checkpoint comes with it, so that whoever receives it
    /// can tell at once whether it is genuine.
    case commit(Checkpoint, validator: UInt64, signature: [UInt8])
}

/// Two signed statements of one validator that cannot both be honest. Whoever has the validators' keys can check it.
public enum Evidence: Hashable, Sendable {
    /// PREPAREs for two batches of one epoch and height.
    case prepares(epoch: UInt64, height: UInt64, BatchVote, BatchVote)
    /// COMMITs to two headers of one epoch and height.
    case commits(validator: UInt64, SignedCheckpoint, SignedCheckpoint)

    /// A PREPARE and the batch it is for.
    public struct BatchVote: Hashable, Sendable {
        /// The batch.
        public let batchHash: Digest
        /// The vote.
        public let vote: PrepareVote
    }

    /// A checkpoint with one signature.
    public struct SignedCheckpoint: Hashable, Sendable {
        /// What was signed.
        public let checkpoint: Checkpoint
        /// The note signature on its text.
        public let signature: [UInt8]
    }

    /// Who broke a promise.
    public var validator: UInt64 {
        switch self {
        case .prepares(_, _, let first, _): first.vote.validator
        case .commits(let validator, _, _): validator
        }
    }
}
