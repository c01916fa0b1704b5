// Node · what was written down while the ledger stood still, brought to the ledger when it works again.
internal import Contracts
internal import Ledger
public import Primitives
internal import Vault

extension Custodian {
    /// How many emergencies and releases in them wait for the ledger.
    public var journalCount: Int { journal?.waitingCount ?? 0 }

    /// Records what the journal has and the ledger does not, in order, each as an unordered event of its patient's log.
    ///
    /// It stops when the ledger stands still again, and goes on when it is called again, also by another process after
    /// a crash: the ledger says which entry is the next.
    /// - Returns: How many were recorded now.
    /// - Throws: the contract's reason, with the rest left for the next call.
    public func recordJournal() async throws(SteleError) -> Int {
        guard let journal, journal.waitingCount > 0, standstill == nil else { return 0 }
        // No patient has this key: a logical id has no slash.
        return try await writing.withLock("/journal") { () async throws(SteleError) -> Int in
            var recordedCount = 0
            while standstill == nil {
                let recorded = try ledger.journal(of: organisation).count
                journal.recorded(upTo: recorded)
                guard let line = try journal.withState({ $0.lines.first }) else { break }
                try await record(line)
                recordedCount += 1
            }
            return recordedCount
        }
    }

    private func record(_ line: JournalLine) async throws(SteleError) {
        guard let keys = emergencyKeys else { throw Self.emergencyUnavailable }
        let entry = line.entry
        // In a backup from before an erasure: the request went with the patient's keys, and the event goes once the
        // ledger is told of the erasure. What happened to others follows it, so it is recorded all the same.
        var kept: KeptRequest?
        if try vault.directory.erasure(of: line.subject) == nil {
            kept = try vault.request(sealed: line.sealed, forJournal: entry.number, of: line.subject)
        }
        var opening: TransactionID?
        if let number = entry.opening {
            let key = AccessUnordered.indexKey(number, of: networkName)
            guard let found = try ledger.lines(indexPrefix: key, limit: 1).first else { throw .damagedJournal }
            opening = found.receipt.transactionID
        }
        let made = try transaction(
            AccessUnordered(subject: line.subject, entry, previous: line.previous, opening: opening), key: keys.override
        )
        if let kept { try await vault.keep(kept, for: made.transaction.id, of: line.subject) }
        let receipt = try await ledger.submit(made)
        // Repeated after a crash or an answer that was lost: the caller looks again what the ledger has.
        if receipt.status == Refusal.journalOutOfOrder.status,
            try ledger.journal(of: organisation).count >= entry.number
        {
            return
        }
        guard receipt.isApplied else { throw Self.refusal(receipt.status) }
        guard let kept else { return }
        accessIndex.add(
            IndexedAccess(
                logIndex: receipt.logIndex, time: UnixSeconds(receipt.time), subject: line.subject,
                action: entry.isOpening ? "override" : entry.action.name,
                outcome: entry.isOpening ? .opened : AccessOutcome(of: kept, permitted: entry.permitted),
                isEmergency: true, kept: kept))
    }

    /// Throws unless the ledger has everything that the journal has: what is erased must not be told of afterwards.
    func checkJournal() async throws(SteleError) {
        _ = try await recordJournal()
        guard journalCount == 0 else {
            throw standstill
                ?? SteleError(
                    .journalWaiting, "the journal of emergencies has entries that the ledger does not have yet",
                    hint: "wait until the node has recorded them, then repeat the call")
        }
    }
}

extension ErrorCode {
    /// A journal with entries that must be on the ledger first.
    public static let journalWaiting = ErrorCode("journal.waiting")
}
