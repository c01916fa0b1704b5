// Node · staged records and the transactions that anchor them: one alone, or a group that is shown whole or not at all.
internal import Contracts
internal import Ledger
public import Primitives
internal import Synchronization
internal import Vault

extension ErrorCode {
    /// Some of what belongs together is on the ledger and some not yet; nothing of it is shown.
    public static let recordsUnsettled = ErrorCode("records.unsettled")
}

extension Custodian {
    /// How often what the ledger refused of a group is sent again, while another part of it has committed.
    static let anchorAttemptCountMax = 3

    typealias Anchored = (transaction: TransactionID, records: [StagedRecord])

    /// Stages records of one subject, anchors them with one transaction and shows them.
    func anchor(_ drafts: [RecordDraft], of subject: SubjectID) async throws(SteleError) -> Anchored {
        let prepared = Mutex<AdmittedTransaction?>(nil)  // Set once, inside `stage`.
        let (staged, records) = try await vault.stage(drafts, for: subject) { (records) throws(SteleError) in
            let made = try anchor(of: records, subject)
            prepared.withLock { $0 = made }
            return made.staged
        }
        // If this throws, the transaction may still commit: the sweep settles it once its time is over.
        let receipt = try await ledger.submit(prepared.withLock { $0! })
        guard receipt.isApplied else {
            try settled { () throws(SteleError) in try vault.discard(staged.id) }
            throw Self.refusal(receipt.status)
        }
        try settled { () throws(SteleError) in try vault.confirm(staged.id) }
        return (staged.id, records)
    }

    /// Stages `parts` together, anchors each with a transaction of its own, and shows all of them in one step once all
    /// have committed.
    ///
    /// Nothing is submitted before everything is durable, so a crash finds either nothing of the group on the ledger,
    /// and removes it, or some of it, and anchors the rest from what was staged. While it runs, and for as long as a
    /// part of it is missing, readers see none of it.
    /// - Throws: the reason of the ledger, with nothing left, if it took no part; `records.unsettled`, or the fault, if
    ///   some may have been taken: the sweep then completes the group.
    func anchor(group parts: [GroupPart]) async throws(SteleError) -> [Anchored] {
        let prepared = Mutex<[TransactionID: AdmittedTransaction]>([:])  // Filled inside `stage`, then read.
        let staged = try await vault.stage(group: parts) { (subject, records) throws(SteleError) in
            let made = try anchor(of: records, subject)
            prepared.withLock { $0[made.transaction.id] = made }
            return made.staged
        }
        var ids = staged.map(\.transaction.id)
        var waiting = ids.map { id in prepared.withLock { $0[id]! } }
        var committed: Set<TransactionID> = []
        for _ in 0..<Self.anchorAttemptCountMax {
            var refused: [(id: TransactionID, status: UInt8)] = []
            var fault: SteleError?
            for (transaction, result) in zip(waiting, await submit(waiting)) {
                let id = transaction.transaction.id
                switch result {
                case .success(let receipt) where receipt.isApplied: committed.insert(id)
                case .success(let receipt): refused.append((id, receipt.status))
                case .failure(let error): fault = error
                }
            }
            // What may have been taken, or not, is for the sweep to find out once its time is over.
            if let fault { throw fault }
            if committed.count == ids.count {
                try settled { () throws(SteleError) in try vault.confirm(group: ids) }
                return zip(ids, staged).map { ($0, $1.records) }
            }
            if committed.isEmpty {
                try settled { () throws(SteleError) in try vault.discard(group: ids) }
                throw Self.refusal(refused[0].status)
            }
            waiting = []
            for (id, _) in refused {
                let renewed = try await renew(id)
                ids = ids.map { $0 == id ? renewed.transaction.id : $0 }
                waiting.append(renewed)
            }
        }
        throw SteleError(
            .recordsUnsettled, "some records are anchored and others of the same transaction were refused",
            hint: "nothing of it is shown; the node goes on trying, so look again in some minutes")
    }

    /// Anchors again, with a new transaction, what is staged for one that never committed and never will. Whatever
    /// comes of it, the next sweep finds it.
    func anchorAnew(_ transaction: TransactionID) async throws(SteleError) {
        do throws(SteleError) {
            _ = try await ledger.submit(try await renew(transaction))
        } catch {
            guard error.code == .vaultTransactionUnknown else { throw error }
        }
    }

    private func renew(_ transaction: TransactionID) async throws(SteleError) -> AdmittedTransaction {
        let (subject, records) = try vault.staged(for: transaction)
        let made = try anchor(of: records, subject)
        try await vault.renew(transaction, as: made.staged)
        return made
    }

    /// Submits `transactions`, all under way at once, and returns what became of each, in their order.
    private func submit(_ transactions: [AdmittedTransaction]) async -> [Result<Receipt, SteleError>] {
        await withTaskGroup(of: (place: Int, result: Result<Receipt, SteleError>).self) { group in
            for place in transactions.indices {
                group.addTask { (place, await self.result(of: transactions[place])) }
            }
            var results: [Result<Receipt, SteleError>?] = Array(repeating: nil, count: transactions.count)
            for await (place, result) in group { results[place] = result }
            return results.map { $0! }
        }
    }

    private func result(of transaction: AdmittedTransaction) async -> Result<Receipt, SteleError> {
        do throws(SteleError) {
            return .success(try await ledger.submit(transaction))
        } catch {
            return .failure(error)
        }
    }

    private func anchor(of records: [StagedRecord], _ subject: SubjectID) throws(SteleError) -> AdmittedTransaction {
        let versions = records.map { record in
            RecordVersion(
                record: record.recordID, anchor: record.anchor, profile: ProfileNumber(UInt64(record.profile))!,
                supersedes: record.supersedes, isTombstone: record.isTombstone)
        }
        return try transaction(RecordsAnchor(subject: subject, versions: versions))
    }

    /// Runs `settle`; a sweep that was faster has done the same.
    private func settled(_ settle: () throws(SteleError) -> Void) throws(SteleError) {
        do throws(SteleError) {
            try settle()
        } catch {
            guard error.code == .vaultTransactionUnknown else { throw error }
        }
    }
}

extension AdmittedTransaction {
    fileprivate var staged: StagedTransaction {
        StagedTransaction(transaction.id, validUntil: transaction.body.validUntil)
    }
}
