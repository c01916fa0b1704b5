// Node · the newest head that witnesses cosigned, and how they fare.
public import Ledger
internal import Synchronization

/// A head whose checkpoint carries cosignatures.
public struct CosignedHead: Sendable {
    /// The head, its own note without them.
    public let head: Head
    /// The checkpoint with every cosignature.
    public let note: SignedNote
    /// The cosignatures, each verified.
    public let cosignatures: [Cosignature]
}

/// How the witnesses of a ledger fare; counts only.
public struct WitnessStatus: Hashable, Sendable {
    /// How many witnesses are asked.
    public internal(set) var peerCount: Int
    /// How many are enough.
    public let quorum: Int
    /// How many cosigned in the newest round.
    public internal(set) var cosignedCount = 0
    /// The size of the newest log that was cosigned, 0 for none.
    public internal(set) var cosignedSize: UInt64 = 0
    /// When the newest cosignature was made, in seconds since 1970; nil if none was.
    public internal(set) var cosignedTime: UInt64?
    /// How many requests failed since the start: no answer, a refusal, or an answer that is not true.
    public internal(set) var failureCount = 0
    /// How many witnesses know a longer log than this node has, or another one of the same size. Either this store is
    /// an old copy, or somebody signs another history with the same key.
    public internal(set) var contradictionCount = 0

    /// Whether enough witnesses cosigned in the newest round.
    public var hasQuorum: Bool { cosignedCount >= quorum }
}

/// What is shared between the rounds and whoever serves proofs. Held for a moment.
final class CosignedBox: Sendable {
    struct State {
        var newest: CosignedHead?
        var status: WitnessStatus
    }
    let state: Mutex<State>

    init(_ policy: WitnessPolicy) {
        state = Mutex(State(status: WitnessStatus(peerCount: policy.peers.count, quorum: policy.quorum)))
    }

    var newest: CosignedHead? { state.withLock { $0.newest } }
    var status: WitnessStatus { state.withLock { $0.status } }
}
