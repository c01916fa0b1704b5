// Ledger · what the ledger asks of the contracts, which live in a target above.
public import Primitives

/// The contracts a network runs. The ledger orders and proves; a contract set decides.
public protocol ContractSet: Sendable {
    /// Decodes a transaction's call and checks everything that needs no state.
    ///
    /// Runs in parallel before ordering; bytes are parsed here and nowhere else. What is refused here never enters a
    /// block.
    /// - Throws: ``SteleError`` with the code and the next step for the sender.
    func prepare(_ transaction: Transaction) throws(SteleError) -> any PreparedCall

    /// Writes the rows that a network starts with.
    func writeGenesis(_ genesis: Genesis, into state: StateView) throws(SteleError)
}

/// A decoded call, ready to run in order.
public protocol PreparedCall: Sendable {
    /// Decides and writes. Deterministic: depends on the call, the context and the state alone.
    /// - Throws: only for faults of storage; a refusal is an ``Outcome``.
    func execute(in context: CallContext) throws(SteleError) -> Outcome
}

/// What a call knows besides its arguments.
public struct CallContext {
    /// The running transaction.
    public let transactionID: TransactionID
    /// The key named in the body; its signature was verified.
    public let signer: PublicKey
    /// Every key whose signature was verified, ``signer`` included.
    public let signers: [PublicKey]
    /// The block's time: the only clock a contract sees.
    public let time: Timestamp
    /// The block's height.
    public let height: UInt64
    /// The state.
    public let state: StateView

    /// A context for one call.
    public init(
        transactionID: TransactionID, signer: PublicKey, signers: [PublicKey], time: Timestamp, height: UInt64,
        state: StateView
    ) {
        self.transactionID = transactionID
        self.signer = signer
        self.signers = signers
        self.time = time
        self.height = height
        self.state = state
    }
}

/// What became of one transaction. Recorded whichever way it went.
public struct Outcome: Hashable, Sendable {
    /// 0 if applied, else the contract's reason, byte 1 of the leaf.
    public let status: UInt8
    /// The result as deterministic CBOR; its hash is in the leaf.
    public let result: [UInt8]
    /// Keys under which the node lists this transaction for later look-up. Not part of what is certified.
    public let indexKeys: [[UInt8]]

    /// Applied, with a result.
    public static func applied(_ result: [UInt8], indexKeys: [[UInt8]] = []) -> Outcome {
        Outcome(status: 0, result: result, indexKeys: indexKeys)
    }

    /// Refused for the reason numbered `status`; the transaction's writes vanish.
    public static func refused(_ status: UInt8, _ result: [UInt8] = [0xa0]) -> Outcome {
        precondition(status != 0)
        return Outcome(status: status, result: result, indexKeys: [])
    }
}
