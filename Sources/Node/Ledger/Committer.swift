// Node · makes executed blocks durable and tells everyone who waits.
internal import Consensus
internal import Ledger
internal import Primitives
internal import Storage

/// Writes blocks on a thread of its own, so that the next block executes while this one syncs.
///
/// The order is what keeps promises: first the block with its rows, synced; then the sign-state, synced; only then does
/// the signature count for anything, and whoever waits is told. A crash between the two leaves a block that is signed
/// again, identically, at the next start.
actor Committer {
    private let thread: DedicatedThread
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }
    private let store: LedgerStore
    private let signStateFile: SyncedSlotFile
    private let pending: PendingState
    private let waiting: Waiting
    private let heads: HeadBox

    init(
        store: LedgerStore, signStateFile: SyncedSlotFile, pending: PendingState, waiting: Waiting, heads: HeadBox
    ) {
        thread = DedicatedThread("stele.committer")
        self.store = store
        self.signStateFile = signStateFile
        self.pending = pending
        self.waiting = waiting
        self.heads = heads
    }

    /// Makes `jobs`, consecutive blocks, durable and final.
    func commit(_ jobs: [CommitJob]) throws(SteleError) {
        guard let last = jobs.last else { return }
        try store.write(jobs)
        try signStateFile.write(last.signState.encoded)
        heads.publish(
            Head(header: last.block.header, note: last.note.encoded, log: last.log),
            changes: jobs.flatMap(\.block.changes))
        // After everyone forgot what the changed rows were: see ``PendingState/decoded(group:)``.
        pending.durable(last.block.header.height)
        for job in jobs { waiting.finish(Self.endings(of: job)) }
    }

    private static func endings(of job: CommitJob) -> [(TransactionID, Receipt?)] {
        let block = job.block
        var endings: [(TransactionID, Receipt?)] = []
        endings.reserveCapacity(block.entries.count + block.dropped.count)
        for (place, line) in block.entries.enumerated() {
            let receipt = Receipt(
                transactionID: line.transaction.id, height: block.header.height,
                logIndex: block.firstIndex + 1 + UInt64(place), status: line.outcome.status,
                result: line.outcome.result, time: block.header.time)
            endings.append((line.transaction.id, receipt))
        }
        for place in block.dropped {
            // Only what was admitted is proposed here, so a dropped envelope always decodes.
            if let transaction = try? Transaction(decoding: block.batch.envelopes[place]) {
                endings.append((transaction.id, nil))
            }
        }
        return endings
    }
}
