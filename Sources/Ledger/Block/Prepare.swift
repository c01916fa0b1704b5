// Ledger · the votes that certify order, and the batch that carries them.
internal import Cryptography
public import Primitives

/// One validator's promise that this batch, and no other, is next in this epoch. Source: `docs/spec/ledger.md` §3.
public struct PrepareVote: Hashable, Sendable {
    /// Latest clock reading that a vote may carry: some 35,000 years after the epoch.
    public static let timeMax = Timestamp(milliseconds: 1 << 50)

    /// The voter's index in the validator set.
    public let validator: UInt64
    /// The voter's clock.
    public let time: Timestamp
    /// Over ``PrepareVote/signedBytes(chainID:epoch:height:batchHash:time:)``.
    public let signature: [UInt8]

    /// A vote.
    public init(validator: UInt64, time: Timestamp, signature: [UInt8]) {
        self.validator = validator
        self.time = time
        self.signature = signature
    }

    /// `chain id ‖ u64 epoch ‖ u64 height ‖ batch hash ‖ u64 time (ms)`, signed under the tag `prepare`.
    public static func signedBytes(
        chainID: Digest, epoch: UInt64, height: UInt64, batchHash: Digest, time: Timestamp
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(88)
        bytes.append(chainID)
        bytes.append(bigEndian: epoch)
        bytes.append(bigEndian: height)
        bytes.append(batchHash)
        bytes.append(bigEndian: time.milliseconds)
        return bytes
    }

    /// Whether one of `validators` made this vote for this batch, at a time that a certificate can carry.
    public func isSigned(
        chainID: Digest, epoch: UInt64, height: UInt64, batchHash: Digest, by validators: ValidatorSet
    ) -> Bool {
        guard validator < UInt64(validators.validators.count), time <= Self.timeMax else { return false }
        let message = Self.signedBytes(
            chainID: chainID, epoch: epoch, height: height, batchHash: batchHash, time: time)
        return Ed25519.isValid(
            signature: signature, tag: "prepare", of: message, by: validators.validators[Int(validator)].key)
    }
}

/// PREPARE votes of a quorum: proof of the order of one batch.
///
/// `[epoch, height, batch hash, [[validator, time (ms), signature 64] …]]`, voters ascending.
public struct PrepareCertificate: Hashable, Sendable {
    /// The epoch of the votes.
    public let epoch: UInt64
    /// The batch's height.
    public let height: UInt64
    /// The batch.
    public let batchHash: Digest
    /// The votes, validators ascending.
    public let votes: [PrepareVote]

    /// A certificate of these votes.
    public init(epoch: UInt64, height: UInt64, batchHash: Digest, votes: [PrepareVote]) {
        self.epoch = epoch
        self.height = height
        self.batchHash = batchHash
        self.votes = votes
    }

    /// Whether the votes are distinct, signed, and weigh a quorum of `validators`.
    public func isValid(chainID: Digest, validators: ValidatorSet) -> Bool {
        var weight: UInt64 = 0
        var previous: UInt64?
        for vote in votes {
            if let previous, vote.validator <= previous { return false }
            previous = vote.validator
            guard
                vote.isSigned(chainID: chainID, epoch: epoch, height: height, batchHash: batchHash, by: validators)
            else { return false }
            weight += validators.validators[Int(vote.validator)].weight
        }
        return weight >= validators.quorum
    }

    /// The weighted median of the voters' clocks: up to a third of liars cannot leave the honest range.
    /// - Precondition: ``isValid(chainID:validators:)`` holds.
    public func medianTime(_ validators: ValidatorSet) -> Timestamp {
        let sorted = votes.sorted { $0.time < $1.time }
        let weights = sorted.map { validators.validators[Int($0.validator)].weight }
        let half = (weights.reduce(0, +) + 1) / 2
        var sum: UInt64 = 0
        for (vote, weight) in zip(sorted, weights) {
            sum += weight
            if sum >= half { return vote.time }
        }
        return Timestamp(milliseconds: 0)
    }

    /// Appends the certificate's one encoding.
    public func encode(into writer: inout CBORWriter) {
        writer.write(arrayCount: 4)
        writer.write(epoch)
        writer.write(height)
        writer.write(batchHash)
        writer.write(arrayCount: votes.count)
        for vote in votes {
            writer.write(arrayCount: 3)
            writer.write(vote.validator)
            writer.write(vote.time.milliseconds)
            writer.write(bytes: vote.signature)
        }
    }

    /// Reads a certificate; its votes are not verified.
    public init(from reader: inout CBORReader) throws(CBORError) {
        _ = try reader.readArrayCount(4...4)
        epoch = try reader.readUInt()
        height = try reader.readUInt()
        batchHash = try reader.readBytes32()
        var votes: [PrepareVote] = []
        for _ in 0..<(try reader.readArrayCount(1...Genesis.validatorCountMax)) {
            _ = try reader.readArrayCount(3...3)
            let validator = try reader.readUInt(max: UInt64(Genesis.validatorCountMax))
            let time = Timestamp(milliseconds: try reader.readUInt(max: PrepareVote.timeMax.milliseconds))
            votes.append(
                PrepareVote(validator: validator, time: time, signature: try reader.readBytes(64...64)))
        }
        self.votes = votes
    }
}
