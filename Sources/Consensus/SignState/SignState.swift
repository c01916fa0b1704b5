// Consensus · what a validator has signed, kept so that it never signs twice.
public import Primitives

extension ErrorCode {
    /// A sign-state that cannot be decoded: the node refuses to sign.
    public static let signStateMalformed = ErrorCode("signstate.malformed")
}

/// The newest promise of each kind. Durable before the signature leaves the process. Source: `docs/spec/ledger.md` §6.
///
/// ```
/// [1, epoch, closed, [epoch, height, batch hash, time (ms)] or null, [epoch, height, header hash] or null]
/// ```
public struct SignState: Hashable, Sendable {
    /// One signed vote.
    public struct Vote: Hashable, Sendable {
        /// The epoch it was signed in.
        public let epoch: UInt64
        /// The height it is for.
        public let height: UInt64
        /// The batch or header it names.
        public let hash: Digest

        /// A vote.
        public init(epoch: UInt64, height: UInt64, hash: Digest) {
            self.epoch = epoch
            self.height = height
            self.hash = hash
        }
    }

    /// A PREPARE with the clock reading that it signs, so that after a restart the very same bytes are signed again.
    public struct Prepare: Hashable, Sendable {
        /// What it is for.
        public let vote: Vote
        /// What the validator's clock said.
        public let time: Timestamp

        /// A PREPARE signed at `time`.
        public init(_ vote: Vote, time: Timestamp) {
            self.vote = vote
            self.time = time
        }
    }

    /// The current epoch.
    public var epoch: UInt64
    /// Whether the validator promised to sign nothing more in it.
    public var isClosed: Bool
    /// The newest PREPARE.
    public var prepare: Prepare?
    /// The newest COMMIT.
    public var commit: Vote?

    /// The state of a validator that has signed nothing.
    public init(epoch: UInt64 = 0, isClosed: Bool = false, prepare: Prepare? = nil, commit: Vote? = nil) {
        self.epoch = epoch
        self.isClosed = isClosed
        self.prepare = prepare
        self.commit = commit
    }

    /// The PREPARE that may be signed for `vote` when the clock says `now`: none if it breaks a promise, the one signed
    /// before if that was for this vote, and else a new one.
    public func allowedPrepare(_ vote: Vote, now: Timestamp) -> Prepare? {
        guard Self.allows(vote, after: prepare?.vote, in: self) else { return nil }
        return vote == prepare?.vote ? prepare : Prepare(vote, time: now)
    }

    /// Whether a COMMIT for `vote` breaks no promise: nothing signed at this height or above, or the very same vote.
    public func allowsCommit(_ vote: Vote) -> Bool { Self.allows(vote, after: commit, in: self) }

    private static func allows(_ vote: Vote, after last: Vote?, in state: SignState) -> Bool {
        guard vote.epoch == state.epoch, !state.isClosed else { return false }
        guard let last else { return true }
        return vote == last || (vote.epoch, vote.height) > (last.epoch, last.height)
    }
}

// MARK: - Encoding
extension SignState {
    /// The state's one encoding.
    public var encoded: [UInt8] {
        var writer = CBORWriter(capacity: 120)
        writer.write(arrayCount: 5)
        writer.write(UInt64(1))
        writer.write(epoch)
        writer.write(isClosed)
        if let prepare {
            writer.write(arrayCount: 4)
            Self.write(prepare.vote, to: &writer)
            writer.write(prepare.time.milliseconds)
        } else {
            writer.writeNull()
        }
        if let commit {
            writer.write(arrayCount: 3)
            Self.write(commit, to: &writer)
        } else {
            writer.writeNull()
        }
        return writer.bytes
    }

    private static func write(_ vote: Vote, to writer: inout CBORWriter) {
        writer.write(vote.epoch)
        writer.write(vote.height)
        writer.write(vote.hash)
    }

    /// Decodes the state strictly.
    public init(decoding bytes: [UInt8]) throws(SteleError) {
        do throws(CBORError) {
            var reader = CBORReader(bytes)
            _ = try reader.readArrayCount(5...5)
            guard try reader.readUInt() == 1 else { throw CBORError(.outOfRange, at: 1) }
            epoch = try reader.readUInt()
            isClosed = try reader.readBool()
            prepare = nil
            if !reader.readNullIfPresent() {
                _ = try reader.readArrayCount(4...4)
                let vote = try Self.vote(from: &reader)
                prepare = Prepare(vote, time: Timestamp(milliseconds: try reader.readUInt()))
            }
            commit = nil
            if !reader.readNullIfPresent() {
                _ = try reader.readArrayCount(3...3)
                commit = try Self.vote(from: &reader)
            }
            try reader.finish()
        } catch {
            throw SteleError(
                .signStateMalformed, "the sign-state is malformed: \(error.reason.rawValue) at byte \(error.offset)",
                hint: "do not start this node again with its key: restore the whole data directory, or rotate the key")
        }
    }

    private static func vote(from reader: inout CBORReader) throws(CBORError) -> Vote {
        let epoch = try reader.readUInt()
        let height = try reader.readUInt()
        return Vote(epoch: epoch, height: height, hash: try reader.readBytes32())
    }
}
