// Node · emergencies while the ledger stands still: decided under the last policy, written down, then released.
public import Contracts
internal import Cryptography
internal import FHIR
internal import Ledger
public import Primitives
internal import Vault

/// An emergency that was opened, or found open, while the ledger stood still.
public struct UnorderedEmergency: Hashable, Sendable {
    /// The number of its entry in the journal; nil if the ledger has it as an override.
    public let number: UInt64?
    /// The patient's logical id.
    public let patient: String
    /// Why.
    public let reason: OverrideReason
    /// Until when it holds, exclusive.
    public let until: UnixSeconds
}

extension ErrorCode {
    /// A ledger that can make nothing final until the node is restarted: no access could be recorded.
    public static let ledgerStandstill = ErrorCode("ledger.standstill")
}

extension Custodian {
    /// Why nothing can be made final now, if so: the one question that decides whether emergencies go to the journal.
    ///
    /// The ledger has a fault, the vault can keep no requests, or the disk has no room for a transaction.
    public var standstill: SteleError? {
        if let fault { return fault }
        do throws(SteleError) {
            try ledger.disk?.checkSubmission()
            return nil
        } catch {
            return error
        }
    }

    /// The part of ``standstill`` that only a restart ends.
    public var fault: SteleError? { ledger.fault ?? vault.fault }

    // MARK: - Opening

    /// Opens a patient's records to `asker` while the ledger stands still, in the journal. One that the ledger has open
    /// already is returned instead: nothing here makes it longer.
    /// - Throws: as ``openEmergency(_:by:)``, `journal.full`, and what made the ledger stand still where there is no
    ///   journal.
    public func openUnordered(_ order: EmergencyOrder, by asker: Asker) throws(SteleError) -> UnorderedEmergency {
        let keys = try emergencyKeys(for: order, by: asker)
        guard let journal else { throw standstill ?? Self.emergencyUnavailable }
        guard order.patient != Self.commonsPatient, let named = try vault.directory.subject(patient: order.patient),
            named.isOnLedger
        else { throw Self.notEnrolled }
        let code = keys.code(of: asker.actor)
        let now = UnixSeconds(time.now())
        if case .override(let transaction, let until)? = try openEmergency(of: code, about: named.id, at: now),
            let known = try emergency(transaction, of: named.id)
        {
            return UnorderedEmergency(number: nil, patient: order.patient, reason: known.reason, until: until)
        }
        let inquiry = try decide(.read, by: asker, about: named.id, isOverride: true)
        let kept = kept(inquiry, [], action: "override", asked: order.words, by: asker)
        let line = try journal.write(about: named.id, at: now) { (journal) throws(SteleError) in
            // Here, where openings have one order: of several at once, none sees room that another takes.
            let waiting = journal.openingCount(of: code)
            let refusal = try ledger.withState(about: named.id) { (state) throws(SteleError) -> Refusal? in
                guard order.seconds <= (try state.parameters()).overrideSecondsMax else { return .overrideTooLong }
                return try state.emergencyRefusal(of: code, at: networkName, time: now, besides: waiting)
            }
            if let refusal { throw refusal.asSteleError }
            var entry = Self.entry(inquiry, kept, code)
            entry.reason = order.reason
            entry.seconds = order.seconds
            return entry
        } sealing: { (number) throws(SteleError) in
            try vault.seal(kept, forJournal: number, of: named.id)
        }
        return UnorderedEmergency(
            number: line.entry.number, patient: order.patient, reason: order.reason,
            until: UnixSeconds(line.entry.time.seconds + UInt64(order.seconds)))
    }

    /// What is open to the person with a code about a subject.
    private enum OpenEmergency {
        /// An override of the ledger.
        case override(TransactionID, until: UnixSeconds)
        /// An opening in the journal.
        case journal(JournalState.Opening)
    }

    private func openEmergency(
        of code: Bytes32, about subject: SubjectID, at now: UnixSeconds
    ) throws(SteleError) -> OpenEmergency? {
        let override = try ledger.withState(about: subject) {
            (state) throws(SteleError) -> (TransactionID, UnixSeconds)? in
            guard let found = try state.openEmergency(of: code, at: networkName, about: subject, time: now),
                let review = try state.review(of: found.transaction, about: subject)
            else { return nil }
            return (found.transaction, review.until)
        }
        if let (transaction, until) = override { return .override(transaction, until: until) }
        return try journal?.withState { $0.opening(of: code, about: subject, at: now) }.map { .journal($0) }
    }

    // MARK: - Releasing

    /// Answers a question while the ledger stands still: one record or a search of one patient, whose records are open
    /// to the asker in an emergency. What is released is in the journal before it is opened.
    /// - Throws: `disk.full` or `ledger.standstill` for whatever else is asked, `record.unavailable`, `journal.full`.
    func readUnordered(
        _ question: Question, by asker: Asker, during standstill: SteleError
    ) throws(SteleError) -> Answer {
        let standstill = Self.refusal(during: standstill)
        guard let journal, let code = emergencyCode(of: asker), asker.actor.kind == .person,
            question.action == .read || question.action == .search,
            let (subject, isNamed) = try patient(of: question, by: asker)
        else { throw standstill }
        let now = UnixSeconds(time.now())
        guard let open = try openEmergency(of: code, about: subject, at: now) else { throw standstill }
        let inquiry = try decide(question.action, by: asker, about: subject, isOverride: true)
        let page = try find(question, in: inquiry)
        let kept = kept(
            inquiry, page.entries, action: question.action.name, asked: question.words, withheld: page.withheld,
            by: asker)
        if !page.entries.isEmpty { OpenRelease.current?.cover(subject) }
        let line = try journal.write(about: subject, at: now) { _ in
            var entry = Self.entry(inquiry, kept, code)
            switch open {
            case .override(let transaction, _): entry.override = transaction
            case .journal(let opening): entry.opening = opening.number
            }
            return entry
        } sealing: { (number) throws(SteleError) in
            try vault.seal(kept, forJournal: number, of: subject)
        }
        // Whoever did not name the patient must not learn that there is something that they may not see.
        if page.entries.isEmpty, case .read = question.kind { throw isNamed ? Self.recordUnavailable : standstill }
        var release = ReleaseMaker(self)
        try release.open(page.entries, of: subject, inEntry: line)
        return .released(try release.release(total: page.total, moment: page.moment))
    }

    /// What everybody else is told while the ledger stands still.
    package static func refusal(during standstill: SteleError) -> SteleError {
        guard standstill.code != .diskFull else { return standstill }
        return SteleError(
            .ledgerStandstill, "the ledger stands still, so no access could be recorded and nothing is released",
            hint: "have the operator look at /health/ready; in an emergency, open one and read with the purpose ETREAT",
            cause: standstill.description)
    }

    /// Whose records `question` is about, if it is about those of one patient, and whether the asker named them.
    private func patient(
        of question: Question, by asker: Asker
    ) throws(SteleError) -> (subject: SubjectID, isNamed: Bool)? {
        let own = try asker.patient.flatMap { (patient) throws(SteleError) in
            try vault.directory.subject(patient: patient)
        }
        guard asker.patient == nil || own?.isOnLedger == true else { return nil }
        switch question.kind {
        case .read(let resource, _):
            if let own { return (own.id, true) }
            return try vault.directory.subject(holding: resource).map { ($0, false) }
        case .search(let request):
            guard case .patient(let patient) = request.scope,
                let named = try vault.directory.subject(patient: patient), named.isOnLedger,
                own == nil || own?.id == named.id
            else { return nil }
            return (named.id, true)
        case .history: return nil
        }
    }

    /// What of `question` may be released of the inquiry's subject. Nothing of another compartment comes along.
    private func find(
        _ question: Question, in inquiry: Inquiry
    ) throws(SteleError) -> (entries: [CompartmentEntry], total: Int, moment: SearchMoment, withheld: String) {
        switch question.kind {
        case .read(let resource, let version):
            let found =
                if let version { inquiry.compartment.version(version, of: resource) } else {
                    inquiry.compartment.current(resource)
                }
            let isShown = found.map { !$0.isTombstone && inquiry.permitted >> UInt64($0.profile) & 1 == 1 } ?? false
            return (isShown ? [found!] : [], 1, .now, Self.withheld(found, inquiry))
        case .search(let request):
            let moment = request.moment ?? .entries(inquiry.compartment.entries.count)
            let space = inquiry.space(at: moment, beyond: nil)
            var matches = request.query.matches(in: space).map(\.record)
            if let filter = request.filter { matches = matches.filter(filter) }
            let found = Array(matches.dropFirst(request.offset).prefix(request.query.count))
            return (found, matches.count, moment, "")
        case .history: return ([], 0, .now, "")
        }
    }

    // MARK: - Writing down

    private static func entry(_ inquiry: Inquiry, _ kept: KeptRequest, _ code: Bytes32) -> JournalEntry {
        var entry = JournalEntry()
        entry.askerCommitment = kept.askerCommitment
        entry.asker = inquiry.asker
        entry.action = inquiry.action == .search ? .search : .read
        entry.purposes = inquiry.purposes
        entry.permitted = inquiry.decision.permitted
        entry.manifestRoot = kept.manifestRoot
        entry.actorCode = code
        return entry
    }

    private func kept(
        _ inquiry: Inquiry, _ entries: [CompartmentEntry], action: String, asked: String, withheld: String = "",
        by asker: Asker
    ) -> KeptRequest {
        KeptRequest(
            askerDID: asker.actor.did, askerDisplayName: asker.actor.displayName, askerLabels: Set(inquiry.labels),
            purposes: Set(asker.purposeLabels), action: action, asked: asked,
            withheld: withheld, records: entries.map(KeptRequest.Record.init), askerSignature: asker.assertion,
            askerCommitmentSalt: random.bytes32(), manifestSalt: random.bytes32())
    }
}

extension KeptRequest {
    /// What stands on the ledger for whoever asked.
    var askerCommitment: Digest {
        HMACSHA256.code(of: SHA256.hash(askerSignature), salt: askerCommitmentSalt)
    }
}

extension ReleaseMaker {
    /// Opens records of `subject` that `line` of the journal names.
    mutating func open(
        _ entries: [CompartmentEntry], of subject: SubjectID, inEntry line: JournalLine
    ) throws(SteleError) {
        journalNumber = line.entry.number
        for entry in entries { try open(entry, of: subject, under: line.row.head) }
    }
}
