// Vault · records of several transactions, of one subject or many, that are shown together or not at all.
internal import Cryptography
public import Primitives
internal import Storage
internal import Synchronization

/// Records of one subject that one transaction of a group anchors.
public struct GroupPart: Sendable {
    /// Whose records.
    public let subject: SubjectID
    /// 1–256 records. No resource occurs twice in a group.
    public let drafts: [RecordDraft]

    /// A part of a group.
    public init(subject: SubjectID, drafts: [RecordDraft]) {
        self.subject = subject
        self.drafts = drafts
    }
}

extension Vault {
    /// What one part of a group was staged as.
    public typealias StagedPart = (transaction: StagedTransaction, records: [StagedRecord])

    /// Seals the records of `parts` and makes them durable as one group, in one write: all of it is pending, or nothing
    /// is. `transaction` makes the transaction of each part; none may be submitted before this returns.
    ///
    /// A group is settled together: ``confirm(group:)`` shows all of it at once, ``discard(group:)`` removes all of it.
    /// After a crash ``reconcile(isCommitted:now:)`` does the one or the other: a group of which anything committed is
    /// never discarded.
    ///
    /// - Throws: as ``stage(_:for:transaction:)``; nothing is staged.
    public func stage(
        group parts: [GroupPart],
        transaction: @Sendable (SubjectID, [StagedRecord]) throws(SteleError) -> StagedTransaction
    ) async throws(SteleError) -> [StagedPart] {
        var prepared: [PreparedRecords] = []
        defer { for part in prepared { directory.release(part.locations) } }
        do throws(SteleError) {
            for part in parts { prepared.append(try await prepare(part.drafts, for: part.subject)) }
            let group = PendingGroup(id: random.bytes32(), count: parts.count)
            var stagings: [Staging] = []
            var staged: [StagedPart] = []
            for (part, given) in zip(parts, prepared) {
                let made = try transaction(part.subject, given.records)
                stagings.append(given.staging(for: made, group: group))
                staged.append((made, given.records))
            }
            try await write(group: stagings)
            return staged
        } catch {
            for part in prepared { abandon(part) }
            throw error
        }
    }

    private func write(group stagings: [Staging]) async throws(SteleError) {
        var batch = WriteBatch()
        var written: [Staging] = []
        do throws(SteleError) {
            for staging in stagings {
                let rows = staging.large.isEmpty ? [:] : try await writeBlobs(of: staging)
                written.append(staging)
                batch.append(contentsOf: sealed(staging, rows))
            }
        } catch {
            for staging in written where !staging.large.isEmpty { await removeBlobs(of: staging) }
            throw error
        }
        let changes = stagings.map { ($0.subject, CompartmentChange.stage($0.transaction.id, $0.entries)) }
        try await apply(group: changes, adding: batch, sync: true) {
            // Before anybody can learn that the batch is written, and confirm it.
            self.pending.withLock { pending in
                for staging in stagings { pending[staging.transaction.id] = staging.pending(isStaged: true) }
            }
        }
    }

    /// Shows readers everything that was staged for `transactions`, which are one whole group and have all committed.
    ///
    /// - Throws: ``SteleError`` with code `vault.transaction_unknown` when somebody else settled the group.
    public func confirm(group transactions: [TransactionID]) throws(SteleError) {
        try settle(group: transactions) { (members) throws(SteleError) in
            try apply(settled: members) { .confirm($0) }
        }
    }

    /// Removes everything that was staged for `transactions`, which are one whole group and of which none committed or
    /// ever will.
    ///
    /// - Throws: ``SteleError`` with code `vault.transaction_unknown`.
    public func discard(group transactions: [TransactionID]) throws(SteleError) {
        try settle(group: transactions) { (members) throws(SteleError) in
            for (_, found) in members { for blob in found.blobs { try blobs.delete(blob) } }
            try apply(settled: members) { .discard($0) }
        }
    }

    /// Settles what a crash, or a writer that gave up, left of a group.
    func reconcile(
        group members: [TransactionID: PendingTransaction],
        isCommitted: (TransactionID) throws(SteleError) -> Bool, now: Timestamp, into outcome: inout Reconciliation
    ) throws(SteleError) {
        var committedCount = 0
        var over: [TransactionID] = []
        for (transaction, found) in members {
            if try isCommitted(transaction) {
                committedCount += 1
            } else if found.validUntil < now.seconds {
                over.append(transaction)
            }
        }
        do throws(SteleError) {
            if committedCount == members.count {
                try confirm(group: Array(members.keys))
                outcome.confirmedCount += members.count
            } else if over.count == members.count {
                try discard(group: over)
                outcome.discardedCount += members.count
            } else {
                outcome.waitingCount += members.count
                if committedCount > 0 { outcome.renewals += over.sorted() }
            }
        } catch {
            guard error.code == .vaultTransactionUnknown else { throw error }
        }
    }

    /// Takes a group out of what is pending, for one settler alone, and puts it back if `body` throws.
    private func settle(
        group transactions: [TransactionID],
        _ body: ([(TransactionID, PendingTransaction)]) throws(SteleError) -> Void
    ) throws(SteleError) {
        let members = pending.withLock { pending -> [(TransactionID, PendingTransaction)]? in
            let members = transactions.compactMap { id in pending[id].map { (id, $0) } }
            guard members.count == transactions.count else { return nil }
            for id in transactions { pending[id] = nil }
            return members
        }
        guard let members else { throw Self.transactionUnknown }
        do {
            try body(members)
        } catch {
            pending.withLock { pending in for (id, found) in members { pending[id] = found } }
            throw error
        }
    }

    /// Writes the end of a group in one step. Not synced: reconciling brings again what a loss of power takes back.
    private func apply(
        settled members: [(TransactionID, PendingTransaction)], _ change: (TransactionID) -> CompartmentChange
    ) throws(SteleError) {
        var batch = WriteBatch()
        var changes: [(OpenSubject, CompartmentChange)] = []
        for (id, found) in members {
            batch.delete(pendingRows.key(id), in: PendingRows.family)
            changes.append((try openSubject(found.subject), change(id)))
        }
        try apply(group: changes, adding: batch, sync: false)
    }
}

// MARK: - Several compartments at once
extension Vault {
    private func apply(
        group changes: [(OpenSubject, CompartmentChange)], adding batch: WriteBatch, sync: Bool,
        whileHeld: @Sendable () -> Void
    ) async throws(SteleError) {
        let result: Result<Void, SteleError> = await withCheckedContinuation { continuation in
            do throws(SteleError) {
                try apply(
                    group: changes, adding: batch, sync: sync, whileHeld: whileHeld,
                    completion: { continuation.resume(returning: $0) })
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
        try result.get()
    }

    /// Applies `changes` while the compartments concerned are held, all of them, and hands over one batch: whoever
    /// reads after a change of one of them sees those of the others too.
    private func apply(
        group changes: [(OpenSubject, CompartmentChange)], adding batch: WriteBatch, sync: Bool,
        whileHeld: () -> Void = {}, completion: @escaping GroupCommitter.Completion = { _ in }
    ) throws(SteleError) {
        var bySubject: [SubjectID: (subject: OpenSubject, changes: [CompartmentChange])] = [:]
        for (subject, change) in changes {
            bySubject[subject.keys.subject, default: (subject, [])].changes.append(change)
        }
        // In one order, so that two groups never wait for each other.
        let parts = bySubject.sorted { $0.key < $1.key }.map(\.value)
        for part in parts {
            // The list of what is pending and the compartment are written together; they can differ only by damage.
            guard try part.subject.accepts(part.changes) else { throw .damaged("compartment") }
        }
        var batch = batch
        try hold(parts[...], &batch) { batch in
            whileHeld()
            committer.enqueue(batch, sync: sync) { result in withExtendedLifetime(parts) { completion(result) } }
        }
        for part in parts {
            let entryCount = try part.subject.withState { (state) throws(SteleError) in state.entryCount }
            noteCost(of: part.subject.keys.subject, entryCount: entryCount)
        }
    }

    private func hold(
        _ parts: ArraySlice<(subject: OpenSubject, changes: [CompartmentChange])>, _ batch: inout WriteBatch,
        then body: (WriteBatch) -> Void
    ) throws(SteleError) {
        guard let (subject, changes) = parts.first else { return body(batch) }
        try subject.applying(
            changes, random: random, to: &batch,
            { change, entries, batch in
                guard case .discard = change else { return }
                for entry in entries { batch.delete(subject.keys.recordRow(entry.recordID), in: Self.recordFamily) }
            },
            then: { (batch) throws(SteleError) in try hold(parts.dropFirst(), &batch, then: body) })
    }
}

// MARK: - Anchoring anew
extension Vault {
    /// What is staged for `transaction`, as a new transaction for it needs it.
    ///
    /// - Throws: ``SteleError`` with code `vault.transaction_unknown`.
    public func staged(for transaction: TransactionID) throws(SteleError) -> (
        subject: SubjectID, records: [StagedRecord]
    ) {
        guard let found = pending.withLock({ $0[transaction] }), found.isStaged else { throw Self.transactionUnknown }
        let records = try openSubject(found.subject).withState { (state) throws(SteleError) -> [StagedRecord] in
            guard let entries = state.pending[transaction] else { throw .damaged("compartment") }
            return entries.map { entry in
                StagedRecord(
                    recordID: entry.recordID, resource: entry.resource, version: entry.version, anchor: entry.anchor,
                    profile: entry.profile, supersedes: state.compartment.current(entry.resource)?.recordID,
                    isTombstone: entry.isTombstone)
            }
        }
        return (found.subject, records)
    }

    /// Makes `next` the transaction that anchors what was staged for `transaction`, which never committed and never
    /// will. Durable when this returns; only then may `next` be submitted.
    ///
    /// - Throws: ``SteleError`` with code `vault.transaction_unknown`.
    public func renew(_ transaction: TransactionID, as next: StagedTransaction) async throws(SteleError) {
        guard let found = pending.withLock({ $0.removeValue(forKey: transaction) }) else {
            throw Self.transactionUnknown
        }
        let renewed = PendingTransaction(
            subject: found.subject, validUntil: next.validUntil, isStaged: found.isStaged, blobs: found.blobs,
            group: found.group)
        var batch = WriteBatch()
        batch.delete(pendingRows.key(transaction), in: PendingRows.family)
        pendingRows.put(next.id, renewed, into: &batch)
        do throws(SteleError) {
            let change = CompartmentChange.renew(transaction, next.id)
            try await apply(group: [(openSubject(found.subject), change)], adding: batch, sync: true) {
                self.pending.withLock { $0[next.id] = renewed }
            }
        } catch {
            pending.withLock { pending in if pending[next.id] == nil { pending[transaction] = found } }
            throw error
        }
    }
}
