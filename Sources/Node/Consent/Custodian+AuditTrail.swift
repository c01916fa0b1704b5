// Node · a subject's accesses and acts of consent together, newest first.
internal import Contracts
internal import Ledger
public import Primitives
public import Vault

/// One thing that happened to a subject's record or consent.
public enum AuditLine: Sendable {
    /// Somebody asked for records.
    case access(AccessLogLine)
    /// Somebody decided; with who wrote it down, if it was written down here.
    case consent(ConsentAct, writer: KeptConsent?)

    /// Its place in the ledger.
    public var receipt: Receipt {
        switch self {
        case .access(let line): line.receipt
        case .consent(let act, _): act.receipt
        }
    }
}

extension Custodian {
    /// Calls `body` with everything that happened to a subject before `bound` in the log, newest first, until it
    /// returns false. Costs a look at each thing that is shown, and one at every act of consent.
    public func forEachAuditLine(
        of subject: SubjectID, before bound: UInt64 = .max, _ body: (AuditLine) throws(SteleError) -> Bool
    ) throws(SteleError) {
        var acts = try consentActs(of: subject).filter { $0.receipt.logIndex < bound }
        var number = try lastAccess(of: subject, before: bound)
        while true {
            var access: AccessLogLine?
            if number > 0 { access = try accessLog(of: subject, from: number, limit: 1).first }
            if let act = acts.last, act.receipt.logIndex > access?.receipt.logIndex ?? 0 {
                acts.removeLast()
                let kept = try vault.keptConsent(for: act.receipt.transactionID, of: subject)
                guard try body(.consent(act, writer: kept)) else { return }
                continue
            }
            guard let access else { return }
            number -= 1
            guard try body(.access(access)) else { return }
        }
    }

    /// What `transaction` did to a subject's record or consent, or nil if it did nothing of the kind.
    public func auditLine(_ transaction: TransactionID, of subject: SubjectID) throws(SteleError) -> AuditLine? {
        guard let receipt = try ledger.receipt(of: transaction), receipt.isApplied else { return nil }
        let line = try ledger.line(at: receipt.logIndex)
        let body = try Transaction(decoding: line.envelope).body
        if let event = AccessEvent(of: body, result: receipt.result, time: UnixSeconds(receipt.time)) {
            let listed = try accessLog(of: subject, from: event.number, limit: 1).first
            return listed?.receipt.transactionID == transaction ? listed.map { .access($0) } : nil
        }
        guard let act = try consentActs(of: subject).first(where: { $0.receipt.transactionID == transaction }) else {
            return nil
        }
        return .consent(act, writer: try vault.keptConsent(for: transaction, of: subject))
    }

    /// The number of the newest access before `bound` in the log, or 0.
    private func lastAccess(of subject: SubjectID, before bound: UInt64) throws(SteleError) -> UInt64 {
        var low: UInt64 = 0
        var high = try ledger.withState(about: subject) { (state) throws(SteleError) in
            try state.accessChain(of: subject).count
        }
        guard bound != .max else { return high }
        while low < high {
            let middle = (low + high + 1) / 2
            guard let line = try ledger.lines(indexPrefix: LedgerNode.eventKey(subject, middle), limit: 1).first else {
                throw LedgerStore.damaged("the index of access events has a gap")
            }
            if line.receipt.logIndex < bound { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
