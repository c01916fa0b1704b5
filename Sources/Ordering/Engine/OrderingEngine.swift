// Ordering · what orders batches. Trusted for progress only; finality comes from the validators.
public import Ledger
public import Primitives

/// Gives each height exactly one batch.
///
/// An engine is trusted for liveness alone: a wrong answer can stop a network, never fork it. Appending is idempotent,
/// so after an unclear answer the same batch is appended again.
public protocol OrderingEngine: Sendable {
    /// Whether a batch proposed before this process began can still be delivered: then a transaction that a crash cut
    /// off may commit until its time is over.
    var outlivesProposers: Bool { get }
    /// Proposes `batch` for its height and returns the batch that holds it: this one, or another's that came first.
    /// - Throws: when the engine cannot be reached or cannot say; try the same batch again.
    func append(_ batch: Batch) throws(SteleError) -> Batch
}

/// The engine of a single node: whatever it proposes is next.
public struct EmbeddedEngine: OrderingEngine {
    /// An engine without state: durability is the block's, not the engine's.
    public init() {}

    public var outlivesProposers: Bool { false }
    public func append(_ batch: Batch) throws(SteleError) -> Batch { batch }
}
