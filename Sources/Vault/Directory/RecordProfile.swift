// Vault · the sets of labels a subject's records carry.
public import Primitives

/// One of a subject's profiles: the labels its records share. The ledger knows it by number, as a set of tokens.
public struct RecordProfile: Hashable, Sendable {
    /// Most profiles a subject has: one bit each in a bitmap.
    public static let countMax = 64

    /// The number, 0–63, in the order in which they were first needed.
    public let number: UInt8
    /// The labels.
    public let labels: Set<Label>
    /// Whether its registration on the ledger is known to have committed. Records are staged only for those that are.
    public internal(set) var isOnLedger: Bool
}
