// Node · cuts batches, has them ordered, executes them, hands them on: the serial section.
internal import Consensus
internal import Cryptography
internal import Ledger
internal import Ordering
internal import Primitives
internal import Storage

/// Drives the consensus machine and the chain on a thread of its own.
///
/// While one block syncs the next one executes; at most one is ahead of the store. One hop into this actor moves a
/// whole batch, not a transaction.
actor Sequencer {
    /// Oldest clock a block may carry when something waits: after an idle spell an empty block refreshes it first, so
    /// that a custodian need not submit twice (`docs/spec/ledger.md` §3).
    static let clockAgeMsMax: UInt64 = 500
    /// With fewer waiting than this, the next batch is cut only once the block before it is in the store.
    static let gatheredCount = 128
    /// How many blocks may be on their way to the disk: one into the store, and before it one into the sign-state.
    static let inFlightCountMax = 2
    /// How much memory the state tree may take before its deeper pages are left to the disk.
    static let treeByteCountMax = 2 << 30

    private let thread: DedicatedThread
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }
    private let chain: Chain
    private var machine: ConsensusMachine
    private var signState: SignState
    private let engine: any OrderingEngine
    private let key: SigningKey
    private let ownIndex: UInt64
    private let time: any TimeSource
    private let contracts: any ContractSet
    private let committer: Committer
    private let finalizer: Finalizer
    private let pending: PendingState
    private let waiting: Waiting
    // Blocks on their way to the disk, oldest first; each task ends when its block is final.
    private var inFlight: [Task<SteleError?, Never>] = []
    // Ends when the newest of them is in the store.
    private var storing: Task<SteleError?, Never>?
    private var flushRound: FlushRound
    private var isDraining = false
    private var mustEvict = false  // Set at the end of a round; done once that round is durable.
    // What is asked of the newest executed block once it is final, or of the fault that keeps it from that.
    private var questions: [(SteleError?) -> Void] = []

    init(
        recovered: Recovered, engine: any OrderingEngine, key: SigningKey, ownIndex: UInt64, time: any TimeSource,
        contracts: any ContractSet, committer: Committer, finalizer: Finalizer, pending: PendingState,
        waiting: Waiting, flushBlockCount: UInt64
    ) {
        thread = DedicatedThread("stele.sequencer")
        chain = recovered.chain
        machine = recovered.machine
        signState = recovered.signState
        flushRound = FlushRound(
            heights: recovered.regionHeights, blockCount: flushBlockCount, header: recovered.chain.header)
        self.engine = engine
        self.key = key
        self.ownIndex = ownIndex
        self.time = time
        self.contracts = contracts
        self.committer = committer
        self.finalizer = finalizer
        self.pending = pending
        self.waiting = waiting
    }

    /// Works until nothing waits. Any fault stops the node for good: what is not durable is not acknowledged.
    func drain() async {
        guard !isDraining else { return }
        isDraining = true
        defer { isDraining = false }
        do throws(SteleError) {
            while waiting.fault == nil {
                // Before the next block, or with several writers there would always be one more to wait for.
                if !questions.isEmpty {
                    if let error = await inFlight.last?.value { throw error }
                    answerQuestions(nil)
                }
                // A small block costs as much to seal and to sync as a large one, so it had better not be small.
                if waiting.count < Self.gatheredCount, let error = await storing?.value { throw error }
                let transactions = waiting.cut()
                if transactions.isEmpty {
                    if questions.isEmpty { break }
                    continue
                }
                var jobs: [CommitJob] = []
                if clockIsOld { jobs.append(try makeBlock([])) }
                jobs.append(try makeBlock(transactions))
                try await handOver(jobs)
            }
        } catch {
            waiting.fail(error)
        }
        if let fault = waiting.fault { answerQuestions(fault) }
    }

    private func answerQuestions(_ fault: SteleError?) {
        let answered = questions
        questions = []
        for question in answered { question(fault) }
    }

    /// A proof of rows, under the head that is final when it is made. It waits for the blocks that are on their way to
    /// the disk, at most, and the next block waits for it.
    func rowProofs(
        _ keys: [[UInt8]], heads: HeadBox, store: LedgerStore
    ) async throws(SteleError) -> (head: Head, rows: [RowProof]) {
        // The tree is that of the newest executed block, so that block must be final first.
        let proofs: Result<(head: Head, rows: [RowProof]), SteleError> = await withCheckedContinuation { continuation in
            questions.append { fault in
                continuation.resume(
                    returning: Result { () throws(SteleError) in
                        if let fault { throw fault }
                        return try self.rowProofs(keys, under: heads.head, store: store)
                    })
            }
            Task.immediate { await self.drain() }
        }
        return try proofs.get()
    }

    private func rowProofs(
        _ keys: [[UInt8]], under head: Head, store: LedgerStore
    ) throws(SteleError) -> (head: Head, rows: [RowProof]) {
        precondition(head.header.height == chain.header.height)
        var rows: [RowProof] = []
        for key in keys {
            let proof = try chain.tree.proof(of: SHA256.hash(key))
            rows.append(RowProof(key: key, value: try store.store.get(key, in: LedgerStore.state), proof: proof))
        }
        return (head, rows)
    }

    /// Waits until everything executed is durable.
    func settle() async {
        while isDraining || !inFlight.isEmpty {
            guard let task = inFlight.last else {
                await Task.yield()
                continue
            }
            _ = await task.value
            if inFlight.last == task { inFlight = [] }
        }
    }

    private var clockIsOld: Bool {
        let newest = machine.certificate?.medianTime(chain.validators) ?? Timestamp(milliseconds: 0)
        return time.now().milliseconds > newest.milliseconds + Self.clockAgeMsMax
    }

    // MARK: - One block

    private func makeBlock(_ transactions: [AdmittedTransaction]) throws(SteleError) -> CommitJob {
        let proposal = Batch(
            chainID: chain.chainID, epoch: machine.epoch, height: machine.height + 1,
            previousHash: machine.batchHash, proposer: ownIndex, certificate: machine.certificate,
            envelopes: transactions.map(\.transaction.envelope), key: key)
        let batch = try engine.append(proposal)
        // Another's batch holds other transactions: they are admitted here, as they were there.
        let admitted: [AdmittedTransaction?] =
            batch.hash == proposal.hash
            ? transactions
            : batch.envelopes.map {
                try? AdmittedTransaction(admitting: $0, chainID: chain.chainID, contracts: contracts)
            }
        return try run(machine.step(.batch(batch, now: time.now())), admitted)
    }

    /// Performs effects until the block is final. With one validator each step leads straight to the next.
    private func run(_ effects: [ConsensusEffect], _ admitted: [AdmittedTransaction?]) throws(SteleError) -> CommitJob {
        var queue = effects
        var executed: (block: ExecutedBlock, certificate: PrepareCertificate)?
        while !queue.isEmpty {
            switch queue.removeFirst() {
            case .persist(let state): signState = state
            case .send, .accuse: break  // A consortium of one has nobody to tell.
            case .execute(let batch, let certificate):
                let block = try chain.execute(batch, transactions: admitted)
                pending.push(block.changes, height: block.header.height)
                executed = (block, certificate)
                queue.append(
                    contentsOf: machine.step(.executed(header: block.header, checkpoint: block.checkpoint)))
            case .finalize(_, let note):
                guard let (block, certificate) = executed else { break }
                return CommitJob(
                    block: block, certificate: certificate, signState: signState, note: note, log: chain.log,
                    flush: takeFlush())
            }
        }
        throw LedgerStore.damaged("the validator's own batch was not accepted by its own rule")
    }

    private func takeFlush() -> CommitJob.Flush? {
        // What was taken is not on disk yet, so until the tree has been made smaller nothing more is.
        guard !mustEvict, let flush = flushRound.take(from: chain) else { return nil }
        mustEvict = flushRound.isComplete && chain.tree.loadedByteCount > Self.treeByteCountMax
        return flush
    }

    private func handOver(_ jobs: [CommitJob]) async throws(SteleError) {
        let isFlushing = jobs.contains { $0.flush != nil }
        if let error = await storing?.value { throw error }
        if inFlight.count == Self.inFlightCountMax, let error = await inFlight.removeFirst().value { throw error }
        if mustEvict, !isFlushing {
            chain.tree.evict(keepingDepth: 4)
            mustEvict = false
        }
        // Both begin on this thread and go straight to the other one, past whatever else wants to run.
        let storing = Task.immediate {
            await self.attempt { () throws(SteleError) in try await self.committer.write(jobs) }
        }
        let before = inFlight.last
        self.storing = storing
        inFlight.append(
            Task.immediate {
                if let error = await storing.value { return error }
                if let error = await before?.value { return error }
                return await self.attempt { () throws(SteleError) in try await self.finalizer.finish(jobs) }
            })
    }

    /// A fault stops the node, whichever step of whichever block it comes from.
    private func attempt(_ step: () async throws(SteleError) -> Void) async -> SteleError? {
        do throws(SteleError) {
            try await step()
            return nil
        } catch {
            waiting.fail(error)
            return error
        }
    }
}
