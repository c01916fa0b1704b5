// Node · makes durable blocks final and tells everyone who waits.
internal import Consensus
internal import Ledger
internal import Primitives
internal import Storage

/// Makes durable blocks final, on a thread of its own: while the sign-state of one syncs, the next goes into the store.
actor Finalizer {
    private let thread: DedicatedThread
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }
    private let signStateFile: SyncedSlotFile
    private let pending: PendingState
    private let waiting: Waiting
    private let heads: HeadBox

    init(signStateFile: SyncedSlotFile, pending: PendingState, waiting: Waiting, heads: HeadBox) {
        thread = DedicatedThread("stele.finalizer")
        self.signStateFile = signStateFile
        self.pending = pending
        self.waiting = waiting
        self.heads = heads
    }

    /// Makes `jobs`, consecutive durable blocks that follow the newest final one, final, and tells everyone who waits.
    func finish(_ jobs: [CommitJob]) throws(SteleError) {
        guard let first = jobs.first, let last = jobs.last else { return }
        precondition(first.block.header.height == heads.head.header.height + 1)
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
