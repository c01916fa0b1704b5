// Ledger · the serial section: ordered transactions go in, one certified-ready block comes out.
internal import Cryptography
public import Primitives

/// A transaction whose signatures verified and whose call is decoded: all that can be done before its order is known.
public struct AdmittedTransaction: Sendable {
    /// The transaction.
    public let transaction: Transaction
    /// Its call.
    public let call: any PreparedCall

    /// A transaction with its decoded call. The caller vouches that ``Transaction/isSigned()`` holds.
    public init(_ transaction: Transaction, call: any PreparedCall) {
        self.transaction = transaction
        self.call = call
    }

    /// Decodes, checks and prepares one envelope; about 45 µs, nearly all of it the signature.
    public init(
        admitting envelope: [UInt8], chainID: Digest, contracts: some ContractSet
    ) throws(SteleError) {
        let transaction = try Transaction(decoding: envelope)
        guard transaction.body.chainID == chainID else {
            throw SteleError(
                .transactionNetwork, "the transaction was made for another network",
                hint: "build it with this network's chain id, which GET /ledger/v1/checkpoint names")
        }
        guard transaction.isSigned() else {
            throw SteleError(
                .transactionSignature, "a signature of the transaction does not verify",
                hint: "sign \"stele/v1/tx\\0\" followed by the body, with the key that is named beside the signature")
        }
        self.init(transaction, call: try contracts.prepare(transaction))
    }
}

/// One line of an executed block.
public struct BlockEntry: Sendable {
    /// The transaction as received.
    public let transaction: Transaction
    /// What became of it.
    public let outcome: Outcome
    /// Its leaf in the log.
    public let leaf: Leaf
}

/// Everything that executing a batch produced; nothing of it is durable yet.
public struct ExecutedBlock: Sendable {
    /// The batch.
    public let batch: Batch
    /// The header that certifies it.
    public let header: Header
    /// The log index of the block's seal; entry *i* of ``entries`` is at `firstIndex + 1 + i`.
    public let firstIndex: UInt64
    /// The seal of the previous header.
    public let seal: Leaf
    /// The transactions that have a leaf, in order.
    public let entries: [BlockEntry]
    /// Transactions of the batch that were dropped as repeats or expired, by place in the batch.
    public let dropped: [Int]
    /// The rows it changed, in key order.
    public let changes: [StateChange]
    /// The same as hashes of key and value: what the state tree was given.
    public let updates: [StateUpdate]
    /// The checkpoint to be signed.
    public let checkpoint: Checkpoint
}

/// The ledger as a deterministic machine: one batch in, one block out. Used by one thread at a time.
///
/// Every node that executes the same batches on the same genesis gets the same bytes. The machine is ahead of the disk
/// by whatever its driver has not yet written; after a crash it is rebuilt from the last durable block.
public final class Chain {
    /// The network's genesis.
    public let genesis: Genesis
    /// `H("stele/v1/genesis\0" ‖ genesis)`.
    public let chainID: Digest
    /// Who certifies blocks.
    public let validators: ValidatorSet
    /// The newest executed header.
    public private(set) var header: Header
    /// Its hash.
    public private(set) var headerHash: Digest
    /// The hashes of the log, and the tiles that changed since they were last taken.
    public private(set) var log: LogTiles
    /// The tree that certifies the state.
    public let tree: StateTree
    private let view: StateView
    private var window: ReplayWindow
    private var leafBytes: [UInt8] = []

    /// The chain whose newest executed block is `header`.
    /// - Parameters:
    ///   - reader: the flat rows after that block.
    ///   - window: the ids accepted in the last ten minutes.
    public init(
        genesis: Genesis, header: Header, log: LogTiles, tree: StateTree, reader: any StateReader, window: ReplayWindow
    ) {
        self.genesis = genesis
        chainID = genesis.chainID
        validators = ValidatorSet(genesis.validators)
        self.header = header
        headerHash = header.hash
        self.log = log
        self.tree = tree
        view = StateView(reader: reader)
        self.window = window
    }

    /// The time of a block that carries `certificate`: never before the last block, and never a liar's.
    /// Source: `docs/spec/ledger.md` §3.
    public func time(after certificate: PrepareCertificate?) -> Timestamp {
        let next = Timestamp(milliseconds: header.time.milliseconds + 1)
        guard let certificate else { return next }
        return max(next, certificate.medianTime(validators))
    }

    /// Executes the batch of the next height.
    /// - Parameter transactions: the batch's envelopes, admitted, in order; nil where one is not admissible.
    /// - Throws: only for faults of storage, after which this machine must not be used again.
    public func execute(
        _ batch: Batch, transactions: [AdmittedTransaction?]
    ) throws(SteleError) -> ExecutedBlock {
        precondition(batch.height == header.height + 1 && transactions.count == batch.envelopes.count)
        let time = time(after: batch.certificate)
        window.forget(before: time.seconds)
        let firstIndex = log.tree.count
        let seal = Leaf(
            kind: .seal, status: 0, index: 0, height: batch.height, id: headerHash, resultHash: .zero)
        append(seal)
        var entries: [BlockEntry] = []
        entries.reserveCapacity(transactions.count)
        var dropped: [Int] = []
        for (place, admitted) in transactions.enumerated() {
            guard let admitted, accepts(admitted.transaction, at: time) else {
                dropped.append(place)
                continue
            }
            let transaction = admitted.transaction
            let context = CallContext(
                transactionID: transaction.id, signer: transaction.body.signer, signers: transaction.signers,
                time: time,
                height: batch.height, state: view)
            let outcome = try admitted.call.execute(in: context)
            if outcome.status == 0 { view.applyTransaction() } else { view.refuseTransaction() }
            let leaf = Leaf(
                kind: .transaction, status: outcome.status, index: UInt32(entries.count + 1), height: batch.height,
                id: transaction.id, resultHash: SHA256.hash(outcome.result))
            append(leaf)
            entries.append(BlockEntry(transaction: transaction, outcome: outcome, leaf: leaf))
        }
        let changes = view.takeBlock()
        let updates = changes.map { StateUpdate(key: $0.key, value: $0.value) }
        let stateRoot = try tree.apply(updates)
        header = Header(
            chainID: chainID, height: batch.height, batchEpoch: batch.epoch, time: time, previousHash: headerHash,
            batchHash: batch.hash, transactionCount: UInt64(entries.count), logSize: log.tree.count,
            logRoot: log.tree.root,
            stateRoot: stateRoot, validatorsHash: header.nextValidatorsHash,
            nextValidatorsHash: header.nextValidatorsHash, parametersHash: header.parametersHash)
        headerHash = header.hash
        return ExecutedBlock(
            batch: batch, header: header, firstIndex: firstIndex, seal: seal, entries: entries, dropped: dropped,
            changes: changes, updates: updates, checkpoint: checkpoint(of: header))
    }

    /// The checkpoint whose signature certifies `header`.
    public func checkpoint(of header: Header) -> Checkpoint {
        Checkpoint(
            origin: genesis.origin, size: header.logSize, root: header.logRoot,
            block: Checkpoint.Block(epoch: header.batchEpoch, height: header.height, headerHash: header.hash))
    }

    private func accepts(_ transaction: Transaction, at time: Timestamp) -> Bool {
        transaction.body.validUntil >= time.seconds
            && transaction.body.validUntil <= time.seconds + Transaction.validitySecondsMax + Self.clockSlackSeconds
            && window.insert(transaction.id, validUntil: transaction.body.validUntil)
    }

    /// How far a sender's clock may run ahead of block time before its longest-lived transactions are dropped.
    public static let clockSlackSeconds: UInt64 = 60

    private func append(_ leaf: Leaf) {
        leafBytes.removeAll(keepingCapacity: true)
        leaf.append(to: &leafBytes)
        log.append(leafHash: LogTree.leafHash(of: leafBytes))
    }
}

// MARK: - The first block
extension Chain {
    /// What block 0 holds: the rows of the genesis, no leaf.
    public struct Start {
        /// Header 0.
        public let header: Header
        /// The first rows.
        public let changes: [StateChange]
    }

    /// Works out block 0 of a network.
    /// - Parameters:
    ///   - tree: an empty state tree; the genesis rows are applied to it.
    ///   - reader: an empty state.
    public static func start(
        _ genesis: Genesis, contracts: some ContractSet, tree: StateTree, reader: any StateReader
    ) throws(SteleError) -> Start {
        let view = StateView(reader: reader)
        try contracts.writeGenesis(genesis, into: view)
        view.applyTransaction()
        let changes = view.takeBlock()
        let root = try tree.apply(changes.map { StateUpdate(key: $0.key, value: $0.value) })
        let validatorsHash = ValidatorSet(genesis.validators).hash
        let header = Header(
            chainID: genesis.chainID, height: 0, batchEpoch: 0, time: genesis.time, previousHash: .zero,
            batchHash: .zero, transactionCount: 0, logSize: 0, logRoot: LogTree.emptyRoot, stateRoot: root,
            validatorsHash: validatorsHash, nextValidatorsHash: validatorsHash,
            parametersHash: SHA256.hash(tag: "params", []))
        return Start(header: header, changes: changes)
    }
}

// MARK: - Flushing
extension Chain {
    /// Every tile of the log that changed since this was last called; see ``LogTiles/takeChangedTiles()``.
    public func takeChangedTiles() -> [(key: [UInt8], bytes: [UInt8])] { log.takeChangedTiles() }
}
