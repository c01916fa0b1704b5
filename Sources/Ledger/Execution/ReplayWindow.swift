// Ledger · the ids accepted lately, so that no transaction is accepted twice.
public import Primitives

/// Remembers every accepted id until its transaction could no longer be valid.
///
/// A transaction names the second after which it expires, at most ten minutes ahead. Ids are kept by the minute in
/// which they expire, so forgetting is dropping a minute. A restart rebuilds the window from the entries of that time.
public struct ReplayWindow: Sendable {
    private var minutes: [UInt64: Set<TransactionID>] = [:]

    /// An empty window.
    public init() {}

    /// Whether `id`, valid until second `validUntil`, was accepted before.
    public func contains(_ id: TransactionID, validUntil: UInt64) -> Bool {
        minutes[validUntil / 60]?.contains(id) ?? false
    }

    /// Notes an accepted id; false if it was there already.
    public mutating func insert(_ id: TransactionID, validUntil: UInt64) -> Bool {
        minutes[validUntil / 60, default: []].insert(id).inserted
    }

    /// Forgets ids that expired before second `now`.
    public mutating func forget(before now: UInt64) {
        for minute in minutes.keys where (minute + 1) * 60 <= now { minutes[minute] = nil }
    }

    /// How many ids are remembered.
    public var count: Int { minutes.values.reduce(0) { $0 + $1.count } }
}
