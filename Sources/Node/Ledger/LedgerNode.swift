// Node · one ledger, running: transactions in, receipts and proofs out.
internal import Consensus
public import Cryptography
public import Ledger
internal import Ordering
public import Primitives
public import Storage
internal import Synchronization

extension ErrorCode {
    /// A transaction whose time has passed, or lies too far ahead.
    public static let transactionExpired = ErrorCode("transaction.expired")
    /// Nothing is known under this id.
    public static let transactionUnknown = ErrorCode("transaction.unknown")
    /// A transaction whose body went with the subject it was about.
    public static let transactionErased = ErrorCode("transaction.erased")
    /// A node key that is not among the validators of the genesis.
    public static let keyNotValidator = ErrorCode("key.not_validator")
}

/// A running ledger. Everything that waits is behind it: callers submit, read and prove from any task.
///
/// When ``submit(_:)`` returns, the transaction is durable and final. After a fault of the disk nothing more is
/// accepted, and what was acknowledged is found again at the next start.
public final class LedgerNode: Sendable {
    /// The network.
    public let genesis: Genesis
    /// Its name in every signature.
    public let chainID: Digest
    /// Whether a transaction of an earlier process that is not in the log may still get there.
    public let mayFinishEarlierTransactions: Bool
    /// What keeps personal data out; nil if nothing does.
    public let leaks: LeakGuard?
    /// What keeps the disk from filling up; nil if nothing does.
    public let disk: DiskGuard?
    private let contracts: any ContractSet
    private let time: any TimeSource
    let store: LedgerStore
    private let waiting: Waiting
    let heads: HeadBox
    let sequencer: Sequencer
    private let readings: Readings
    struct Witnessed: Sendable {
        let witnessing: Witnessing
        let box: CosignedBox
    }
    let witnessed = Mutex<Witnessed?>(nil)  // Set once, before anything is served.

    /// Opens the ledger in `store`, starting the network if the store is empty.
    /// - Parameters:
    ///   - store: opened with ``LedgerStore/columnFamilies``.
    ///   - signState: the validator's sign-state, created with ``emptySignState`` at the network's start.
    ///   - key: this validator's vote key.
    ///   - leaks: what keeps personal data out of what is submitted here.
    ///   - disk: what refuses transactions before the disk is full.
    ///   - flushBlockCount: in how many blocks at most the whole tree goes to disk, a part with each; a start applies
    ///     twice as many again at most.
    /// - Throws: a store that is damaged, of another network, or older than the sign-state is refused.
    public init(
        genesis: Genesis, contracts: any ContractSet, store: any KeyValueStore, signState: SyncedSlotFile,
        key: SigningKey, time: any TimeSource, leaks: LeakGuard? = nil, disk: DiskGuard? = nil,
        flushBlockCount: UInt64 = 1024
    ) throws(SteleError) {
        guard let ownIndex = genesis.validators.firstIndex(where: { $0.key == key.publicKey }) else {
            throw SteleError(
                .keyNotValidator, "this node's vote key is not among the validators of the network",
                hint: "start the node with the key that genesis.cbor names")
        }
        let ledger = LedgerStore(store)
        readings = Readings(store)
        let pending = PendingState(store, readings: readings)
        let recovered = try Recovery(
            genesis: genesis, contracts: contracts, store: ledger, pending: pending, signStateFile: signState,
            key: key, ownIndex: UInt64(ownIndex)
        ).run()
        self.genesis = genesis
        chainID = genesis.chainID
        self.leaks = leaks
        self.disk = disk
        self.contracts = contracts
        self.time = time
        self.store = ledger
        waiting = Waiting()
        heads = HeadBox(recovered.head)
        let finalizer = Finalizer(signStateFile: signState, pending: pending, waiting: waiting, heads: heads)
        let engine = EmbeddedEngine()
        mayFinishEarlierTransactions = engine.outlivesProposers
        sequencer = Sequencer(
            recovered: recovered, engine: engine, key: key, ownIndex: UInt64(ownIndex), time: time,
            contracts: contracts, committer: Committer(ledger), finalizer: finalizer, pending: pending,
            waiting: waiting, flushBlockCount: flushBlockCount)
        _ = heads.addListener { [readings] _, changes in readings.forget(changes) }
    }

    /// What a sign-state file holds before anything was signed.
    public static var emptySignState: [UInt8] { SignState().encoded }

    /// The newest final block.
    public var head: Head { heads.head }
    /// How many transactions wait for their batch.
    public var waitingCount: Int { waiting.count }
    /// Whether no transaction is on its way into the log: the next block begins later than this answer.
    public var isQuiet: Bool { waiting.isEmpty }
    /// The fault that stopped this node, if any.
    public var fault: SteleError? { waiting.fault }

    /// Waits until everything accepted so far is durable. The store is the caller's to close.
    public func settle() async {
        await sequencer.drain()
        await sequencer.settle()
    }
}

// MARK: - Submitting
extension LedgerNode {
    /// Submits one envelope and returns once it is durable and final.
    ///
    /// The same transaction again gets the same receipt: after an unclear answer, send it again.
    /// - Throws: with a code and a next step if it never enters a block. A contract's refusal is a receipt.
    /// - Complexity: about 45 µs of CPU in the caller's task, nearly all of it the signature.
    public func submit(_ envelope: [UInt8]) async throws(SteleError) -> Receipt {
        try await submit(admit(envelope))
    }

    /// Decodes and verifies an envelope, ready to be submitted.
    public func admit(_ envelope: [UInt8]) throws(SteleError) -> AdmittedTransaction {
        try AdmittedTransaction(admitting: envelope, chainID: chainID, contracts: contracts)
    }

    /// Submits an admitted transaction.
    public func submit(_ admitted: AdmittedTransaction) async throws(SteleError) -> Receipt {
        let id = admitted.transaction.id
        let stored = try receipt(of: id)
        if let stored, isFinal(stored) { return stored }
        // What is in the store already is waited for, however long its block takes to become final.
        if stored == nil {
            let now = time.now().seconds
            let validUntil = admitted.transaction.body.validUntil
            guard validUntil >= now, validUntil <= now + Transaction.validitySecondsMax else { throw Self.expired }
            try disk?.checkSubmission()
            try await leaks?.check(admitted.transaction)
        }
        let receipt = try await waiting.enqueue(admitted) { [sequencer] in
            Task.immediate { await sequencer.drain() }
        }
        if let receipt { return receipt }
        // The chain dropped it: a repeat that became durable between the look-up above and the queue, or too late.
        if let receipt = try finalReceipt(of: id) { return receipt }
        throw Self.expired
    }

    private static var expired: SteleError {
        SteleError(
            .transactionExpired, "the transaction's valid_until has passed or is over ten minutes ahead",
            hint: "check this machine's clock, then build and sign the transaction again")
    }
}

// MARK: - Reading
extension LedgerNode {
    /// The receipt of a durable transaction, or nil. Its block may be final a moment later only.
    public func receipt(of id: TransactionID) throws(SteleError) -> Receipt? {
        guard let index = try store.logIndex(of: id) else { return nil }
        return try line(at: index).receipt
    }

    /// The receipt of a final transaction, or nil: what whoever asks is told.
    public func finalReceipt(of id: TransactionID) throws(SteleError) -> Receipt? {
        try receipt(of: id).flatMap { isFinal($0) ? $0 : nil }
    }

    private func isFinal(_ receipt: Receipt) -> Bool { receipt.height <= heads.head.header.height }

    /// One transaction of the log with its receipt.
    public struct Line: Sendable {
        /// The transaction as received.
        public let envelope: [UInt8]
        /// Its leaf.
        public let leaf: Leaf
        /// Its place and outcome.
        public let receipt: Receipt
    }

    /// The transaction at `index` of the log.
    public func line(at index: UInt64) throws(SteleError) -> Line {
        let row = try store.entry(at: index)
        if let row, row.isErased { throw Self.erased }
        guard let row, let content = row.content,
            let block = try store.block(at: row.leaf.height)
        else {
            throw SteleError(
                .transactionUnknown, "the log has no transaction at index \(index)",
                hint: "ask for an index below the size in GET /ledger/v1/checkpoint; seals are no transactions")
        }
        let receipt = Receipt(
            transactionID: row.leaf.id, height: row.leaf.height, logIndex: index, status: row.leaf.status,
            result: content.result, time: block.header.time)
        return Line(envelope: content.envelope, leaf: row.leaf, receipt: receipt)
    }

    /// The leaf at `index` of the log, which is there whatever became of the body; nil past the end.
    public func leaf(at index: UInt64) throws(SteleError) -> Leaf? { try store.entry(at: index)?.leaf }

    static var erased: SteleError {
        SteleError(
            .transactionErased, "the transaction was about a patient who was erased; only its leaf is left",
            hint: "the log still proves that there was a transaction; what it said is gone for everybody")
    }

    /// The transactions that contracts listed under keys starting with `prefix`, in key order.
    public func lines(
        indexPrefix prefix: [UInt8], limit: Int = .max, newestFirst: Bool = false
    ) throws(SteleError) -> [Line] {
        var lines: [Line] = []
        for (_, value) in try store.store.scan(
            prefix: prefix, in: LedgerStore.index, reverse: newestFirst, limit: limit)
        {
            lines.append(try line(at: Self.logIndex(value)))
        }
        return lines
    }

    /// Whether any transaction is listed under a key starting with `prefix`.
    func isListed(indexPrefix prefix: [UInt8]) throws(SteleError) -> Bool {
        try store.store.first(prefix: prefix, in: LedgerStore.index) != nil
    }

    /// The transactions that contracts listed under keys from `lower` up to but not including `upper`, in key order.
    public func lines(indexFrom lower: [UInt8], to upper: [UInt8]) throws(SteleError) -> [Line] {
        var lines: [Line] = []
        for (_, value) in try store.store.scan(from: lower, to: upper, in: LedgerStore.index) {
            lines.append(try line(at: Self.logIndex(value)))
        }
        return lines
    }

    /// Calls `body` with each key from `lower` up to but not including `upper` under which contracts listed a
    /// transaction, in key order, and the transaction. Memory does not grow with their number.
    func forEachLine(
        indexFrom lower: [UInt8], to upper: [UInt8], _ body: ([UInt8], Line) throws(SteleError) -> Void
    ) throws(SteleError) {
        let range = KeyRange(from: lower, to: upper)
        try store.store.forEach(range, in: LedgerStore.index, reverse: false) { (key, value) throws(SteleError) in
            try body(key, line(at: Self.logIndex(value)))
            return true
        }
    }

    static func logIndex(_ value: [UInt8]) throws(SteleError) -> UInt64 {
        guard value.count == 8 else { throw LedgerStore.damaged("an index row is malformed") }
        return value.bigEndian(at: 0)
    }

    /// The committed row at `key`.
    public func value(for key: [UInt8]) throws(SteleError) -> [UInt8]? {
        try store.store.get(key, in: LedgerStore.state)
    }

    /// Calls `body` with a read-only view of the committed state: the view that previews use. Callers with the same
    /// `subject` wait for each other, and find each other's decoded rows.
    public func withState<Result: Sendable>(
        about subject: SubjectID, _ body: (StateView) throws(SteleError) -> Result
    ) throws(SteleError) -> Result {
        try readings.withView(about: subject, body)
    }

    /// The header of the final block at `height`, as certified.
    public func header(at height: UInt64) throws(SteleError) -> Header? {
        height <= heads.head.header.height ? try store.block(at: height)?.header : nil
    }

    /// The signed checkpoint of the final block at `height`. Before its sign-state is on disk nobody gets to see it.
    public func note(at height: UInt64) throws(SteleError) -> [UInt8]? {
        height <= heads.head.header.height ? try store.note(at: height) : nil
    }

    /// The bytes of a tile of the final log, cut to the width asked for; nil if the log does not have it yet.
    public func tile(_ tile: TileCoordinate) throws(SteleError) -> [UInt8]? {
        let head = heads.head
        let width = TileCoordinate.width(level: tile.level, index: tile.index, treeSize: head.header.logSize)
        guard tile.width <= width else { return nil }
        let source = LayeredTileSource(head.log, over: store)
        return try source.tile(level: tile.level, index: tile.index).map { Array($0.prefix(32 * tile.width)) }
    }

    /// Calls `listener` for each new final block, on the committer's thread: it must not wait.
    public func addListener(_ listener: @escaping @Sendable (Head) -> Void) -> UInt64 {
        heads.addListener { head, _ in listener(head) }
    }

    /// Ends what ``addListener(_:)`` began.
    public func removeListener(_ id: UInt64) { heads.removeListener(id) }
}

// MARK: - Witnesses
extension LedgerNode {
    /// Has checkpoints cosigned by the witnesses of `policy`, once. The caller runs what this returns.
    public func witness(_ policy: WitnessPolicy, transport: any WitnessTransport) -> Witnessing {
        let box = CosignedBox(policy)
        let witnessing = Witnessing(policy, transport: transport, time: time, heads: heads, box: box) { [store] head in
            LayeredTileSource(head.log, over: store)
        }
        witnessed.withLock { $0 = Witnessed(witnessing: witnessing, box: box) }
        return witnessing
    }

    /// The newest head that at least one witness cosigned, or nil.
    public var cosignedHead: CosignedHead? { witnessed.withLock { $0 }?.box.newest }

    /// How the witnesses fare; nil if none are asked.
    public var witnessStatus: WitnessStatus? { witnessed.withLock { $0 }?.box.status }

    /// The checkpoint to serve: the cosigned one, unless witnesses have been silent for over a minute; else the newest.
    public var checkpointNote: [UInt8] {
        guard let status = witnessStatus, let cosigned = cosignedHead, let cosignedTime = status.cosignedTime,
            time.now().seconds <= cosignedTime + Self.cosignedAgeSecondsMax
        else { return head.note }
        return cosigned.note.encoded
    }

    /// How old a cosigned checkpoint may be before the newest one is served in its place, in seconds.
    private static let cosignedAgeSecondsMax: UInt64 = 90
}
