// Node · what a sender gets once a transaction is durable and final.
public import Primitives

/// The place and outcome of one transaction. With ``LedgerNode/proof(of:rows:openings:)`` it becomes an offline proof.
public struct Receipt: Hashable, Sendable {
    /// The transaction.
    public let transactionID: TransactionID
    /// Its block.
    public let height: UInt64
    /// Its index in the log.
    public let logIndex: UInt64
    /// 0 if applied, else the contract's reason.
    public let status: UInt8
    /// The result as deterministic CBOR.
    public let result: [UInt8]
    /// The block's time.
    public let time: Timestamp

    /// Whether the contract applied it.
    public var isApplied: Bool { status == 0 }
}
