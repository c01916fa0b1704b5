// Node · which outside witnesses a ledger asks, and how.
public import Ledger
public import Primitives

/// One outside witness.
public struct WitnessPeer: Hashable, Sendable {
    /// The submission prefix of its service: an `https` or `http` URL without a slash at its end.
    public let url: String
    /// Its key.
    public let key: NoteVerifierKey

    /// The witness at `url`; nil unless `key` is one of a witness.
    public init?(url: String, key: NoteVerifierKey) {
        guard key.kind == .cosignature else { return nil }
        self.url = url
        self.key = key
    }
}

/// Whom to ask, how often, and how many are enough.
public struct WitnessPolicy: Sendable {
    /// Most witnesses of one ledger.
    public static let peerCountMax = 32

    /// The witnesses.
    public var peers: [WitnessPeer]
    /// How many cosignatures make a checkpoint witnessed for this node's own health; a verifier has its own number.
    public var quorum: Int
    /// How often a new head is brought to the witnesses.
    public var interval = Duration.seconds(5)
    /// Longest wait for one witness.
    public var timeout = Duration.seconds(2)

    /// The policy of asking `peers`, of which `quorum` are enough; more than half of them if it is nil.
    public init(_ peers: [WitnessPeer], quorum: Int? = nil) {
        precondition(peers.count <= Self.peerCountMax, "at most \(Self.peerCountMax) witnesses")
        self.peers = peers
        self.quorum = quorum ?? peers.count / 2 + 1
    }
}

/// What a witness answered.
public struct WitnessAnswer: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The media type.
    public let contentType: String?
    /// The body.
    public let body: [UInt8]

    /// An answer.
    public init(status: Int, contentType: String?, body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}

/// Carries requests to witnesses: over HTTP in a node, in memory in tests.
public protocol WitnessTransport: Sendable {
    /// Posts `body` to `url` and returns the answer, or throws when there is none in time.
    func post(_ body: [UInt8], to url: String, within limit: Duration) async throws(SteleError) -> WitnessAnswer
}
