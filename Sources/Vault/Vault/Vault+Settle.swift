// Vault · what becomes of staged records: shown, or removed.
internal import Cryptography
public import Primitives
internal import Storage
internal import Synchronization

/// What ``Vault/reconcile(isCommitted:now:)`` found.
public struct Reconciliation: Hashable, Sendable {
    /// How many transactions had committed; their records are shown now.
    public var confirmedCount = 0
    /// How many can commit no more; what was staged for them is removed.
    public var discardedCount = 0
    /// How many may still commit.
    public var waitingCount = 0
    /// Transactions that can commit no more while another of their group has committed: their records are to be
    /// anchored anew (``Vault/renew(_:as:)``), so that the group is shown whole.
    public var renewals: [TransactionID] = []

    /// Nothing found.
    public init() {}
}

extension Vault {
    /// Shows readers what was staged for `transaction`, which has committed.
    ///
    /// Readers see it when this returns. It is not synced: what a loss of power takes back, reconciling brings again.
    ///
    /// - Throws: ``SteleError`` with code `vault.transaction_unknown` when nothing is staged for it, or that was
    ///   settled.
    public func confirm(_ transaction: TransactionID) throws(SteleError) {
        try settle(transaction) { (pending) throws(SteleError) in
            guard pending.isStaged else { throw Self.transactionUnknown }
            try confirm(transaction, pending)
        }
    }

    /// Removes what was staged for `transaction`, which was refused or can commit no more: ciphertext, blobs and index.
    ///
    /// - Throws: ``SteleError`` with code `vault.transaction_unknown`.
    public func discard(_ transaction: TransactionID) throws(SteleError) {
        try settle(transaction) { (pending) throws(SteleError) in try discard(transaction, pending) }
    }

    /// Settles by the ledger what is pending: after opening, before anything else is asked of the vault, and then from
    /// time to time.
    ///
    /// - Parameters:
    ///   - isCommitted: Whether a transaction committed and was applied.
    ///   - now: The time of a block, read *before* this is called, so that everything that block or an earlier one
    ///     holds is known to `isCommitted`. A transaction valid until an earlier second, and not committed, never will
    ///     be.
    public func reconcile(
        isCommitted: (TransactionID) throws(SteleError) -> Bool, now: Timestamp
    ) throws(SteleError) -> Reconciliation {
        var outcome = Reconciliation()
        var groups: [PendingGroup: [TransactionID: PendingTransaction]] = [:]
        for (transaction, found) in pending.withLock({ $0 }) {
            if let group = found.group, found.isStaged {
                groups[group, default: [:]][transaction] = found
                continue
            }
            // Staging that never ended handed its transaction to nobody, and the writer is gone: see `stage`.
            let isCommitted = found.isStaged ? try isCommitted(transaction) : false
            let isOver = !found.isStaged || found.validUntil < now.seconds
            guard isCommitted || isOver else {
                outcome.waitingCount += 1
                continue
            }
            do {
                try settle(transaction) { (pending) throws(SteleError) in
                    if isCommitted { try confirm(transaction, pending) } else { try discard(transaction, pending) }
                }
                if isCommitted { outcome.confirmedCount += 1 } else { outcome.discardedCount += 1 }
            } catch  where error.code == .vaultTransactionUnknown {
                continue  // Its writer settled it meanwhile.
            }
        }
        for (group, members) in groups {
            guard members.count == group.count else {
                outcome.waitingCount += members.count  // Somebody is at it.
                continue
            }
            try reconcile(group: members, isCommitted: isCommitted, now: now, into: &outcome)
        }
        return outcome
    }

    /// How many transactions have something staged.
    public var pendingCount: Int { pending.withLock { $0.count } }

    /// Takes `transaction` out of what is pending, for one settler alone, and puts it back if `body` throws.
    func settle(
        _ transaction: TransactionID, _ body: (PendingTransaction) throws(SteleError) -> Void
    ) throws(SteleError) {
        guard let found = pending.withLock({ $0.removeValue(forKey: transaction) }) else {
            throw Self.transactionUnknown
        }
        do {
            try body(found)
        } catch {
            pending.withLock { $0[transaction] = found }
            throw error
        }
    }

    private func confirm(_ transaction: TransactionID, _ pending: PendingTransaction) throws(SteleError) {
        try apply(.confirm(transaction), pending) { _, _, _ in }
    }

    private func discard(_ transaction: TransactionID, _ pending: PendingTransaction) throws(SteleError) {
        // Blobs first: the row that names them goes last.
        for id in pending.blobs { try blobs.delete(id) }
        if pending.isStaged {
            try apply(.discard(transaction), pending) { entries, keys, batch in
                for entry in entries { batch.delete(keys.recordRow(entry.recordID), in: Self.recordFamily) }
            }
        } else {
            var batch = WriteBatch()
            batch.delete(pendingRows.key(transaction), in: PendingRows.family)
            committer.enqueue(batch, sync: false)
        }
    }

    private func apply(
        _ change: CompartmentChange, _ pending: PendingTransaction,
        adding complete: ([CompartmentEntry], PatientKeys, inout WriteBatch) -> Void
    ) throws(SteleError) {
        let subject = try openSubject(pending.subject)
        let entryCount = try subject.apply(change, committer: committer, random: random, sync: false) {
            entries, batch in
            complete(entries, subject.keys, &batch)
            batch.delete(pendingRows.key(change.transaction), in: PendingRows.family)
        }
        // The list of what is pending and the compartment are written together; they can differ only by damage.
        guard let entryCount else { throw .damaged("compartment") }
        noteCost(of: pending.subject, entryCount: entryCount)
    }

    static var transactionUnknown: SteleError {
        SteleError(
            .vaultTransactionUnknown, "nothing is staged for this transaction",
            hint: "stage the records first; what was settled once needs no settling again")
    }
}
