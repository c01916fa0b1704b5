// Node · the patient's log: every access and every refusal, with who, why and what, and the proof that none is missing.
public import Contracts
internal import Cryptography
public import Ledger
public import Primitives
public import Vault

/// One line of a subject's access log.
public struct AccessLogLine: Sendable {
    /// The event's number, from 1 without gaps.
    public let number: UInt64
    /// The transaction and block that hold it.
    public let receipt: Receipt
    /// What was asked for.
    public let action: String
    /// Whether nothing was permitted.
    public let isRefused: Bool
    /// The grants it rested on.
    public let grants: [Digest]
    /// Who asked, for what, and which record versions were released; nil if the event was not this custodian's.
    public let request: KeptRequest?
    /// What came of it, in plain words.
    public let reason: String
    /// The same in one word.
    public let outcome: AccessOutcome
    /// The emergency that this opened, or under which it was decided.
    public let emergency: Emergency?
    /// When it happened, by the custodian's clock, if that was while the ledger stood still: the event is unordered.
    public let claimed: UnixSeconds?
    /// The transaction itself.
    public let body: TransactionBody
}

extension Custodian {
    /// Up to `limit` events of a subject's log, from event `first` on.
    public func accessLog(
        of subject: SubjectID, from first: UInt64 = 1, limit: Int = 1000
    ) throws(SteleError) -> [AccessLogLine] {
        let count = try ledger.withState(about: subject) { (state) throws(SteleError) in
            try state.accessChain(of: subject).count
        }
        guard first >= 1, first <= count else { return [] }
        var lines: [AccessLogLine] = []
        let last = first + UInt64(clamping: min(Int(clamping: count - first), max(1, limit) - 1))
        for (line, number) in zip(try ledger.accessEvents(of: subject, first...last), first...last) {
            lines.append(try logLine(line, number: number, of: subject))
        }
        return lines
    }

    private func logLine(
        _ line: LedgerNode.Line, number: UInt64, of subject: SubjectID
    ) throws(SteleError) -> AccessLogLine {
        let receipt = line.receipt
        let body = try Transaction(decoding: line.envelope).body
        let kept = try vault.keptRequest(for: receipt.transactionID, of: subject)
        guard let event = AccessEvent(of: body, result: receipt.result, time: UnixSeconds(receipt.time)) else {
            throw LedgerStore.damaged("an access event does not decode")
        }
        if event.kind == .override {
            guard let emergency = try emergency(receipt.transactionID, of: subject) else {
                throw LedgerStore.damaged("an override has no review")
            }
            return AccessLogLine(
                number: number, receipt: receipt, action: "override", isRefused: false, grants: [], request: kept,
                reason: "records opened in an emergency: \(emergency.words)", outcome: .opened, emergency: emergency,
                claimed: event.claimed, body: body)
        }
        let permits = (try? AccessRequest.Result(decoding: receipt.result))?.permits ?? []
        let emergency = try event.override.flatMap { (override) throws(SteleError) in
            try self.emergency(override, of: subject)
        }
        let afterwards = event.claimed.map { "; at \($0.text), while the ledger stood still" } ?? ""
        let basis = emergency.map { "in an emergency: \($0.words)" } ?? "under your grant"
        let aside = emergency.map { ", asked in an emergency: \($0.words)" } ?? ""
        let released = kept?.records.count ?? 0
        let withheld = kept?.withheld ?? ""
        let reason =
            switch (released, event.permitted.isEmpty) {
            case _ where kept?.asked == KeptRequest.ownLog: "you looked at this log"
            case _ where kept?.asked == KeptRequest.account: "was given an account of your disclosures"
            case (0, true) where withheld.isEmpty: "refused: no grant permits this asker anything\(aside)"
            case (0, _) where !withheld.isEmpty: "nothing released: \(withheld)\(aside)"
            case (0, _): "nothing found among what this asker may see\(aside)"
            default: "\(released) record\(released == 1 ? "" : "s") released \(basis)"
            }
        let outcome = AccessOutcome(of: kept, permitted: event.permitted)
        return AccessLogLine(
            number: number, receipt: receipt, action: event.action.name, isRefused: outcome != .released,
            grants: permits.map(\.grant), request: kept, reason: reason + afterwards, outcome: outcome,
            emergency: emergency, claimed: event.claimed, body: body)
    }
}

// MARK: - Proofs
extension Custodian {
    /// A proof that a record's bytes are those anchored; with `event`, also that its release was authorised, and by
    /// which grants.
    /// - Throws: `record.unavailable` if the subject has no such record.
    public func recordProof(
        _ resource: ResourceName, version: UInt32? = nil, of subject: SubjectID, event: TransactionID? = nil
    ) async throws(SteleError) -> ProofFile {
        let compartment = try vault.compartment(of: subject)
        let found = if let version { compartment.version(version, of: resource) } else { compartment.current(resource) }
        guard let entry = found else { throw Self.recordUnavailable }
        let (salt, content) = try vault.opening(of: entry, of: subject)
        var transactions = [entry.transaction]
        if let event {
            guard let receipt = try ledger.receipt(of: event), receipt.isApplied,
                let result = try? AccessRequest.Result(decoding: receipt.result)
            else { throw Self.recordUnavailable }
            transactions += try ledger.grantTransactions(making: Set(result.permits.map(\.grant)), of: subject)
            transactions.append(event)
        }
        return try await ledger.proof(
            of: transactions, openings: [RecordOpening(record: entry.recordID, salt: salt, bytes: content)])
    }

    /// A proof of every access event of a subject with the grants they rest on, and of the row that counts the events:
    /// none was left out.
    public func accessLogProof(of subject: SubjectID) async throws(SteleError) -> ProofFile {
        try await ledger.accessLogProof(of: subject)
    }

    /// A proof of the transaction that made or ended a grant.
    public func proof(of transactions: [TransactionID]) async throws(SteleError) -> ProofFile {
        try await ledger.proof(of: transactions)
    }

    static var recordUnavailable: SteleError {
        SteleError(
            .recordUnavailable, "there is no such record that you may see",
            hint: "check the id; if you should see it, ask the patient for a grant")
    }
}
