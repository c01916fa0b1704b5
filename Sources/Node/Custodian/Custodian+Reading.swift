// Node · records on their way out: decided first, then looked for, then recorded, then released.
internal import Contracts
internal import Cryptography
internal import Ledger
public import Primitives
internal import Vault

extension Custodian {
    /// Answers a question. Source: `docs/design/architecture.md`, "One read's life".
    ///
    /// The decision comes first and everything else happens inside what it permits, so nothing hidden can show. What
    /// would be released is named in a request that is kept for the patient, and the contract decides again under the
    /// policy in force at its height; only then are records opened. A refusal takes the same way and costs the same.
    /// - Throws: for faults, `purpose.unknown`, `access.contended` and `clock.skewed`; a refusal is an ``Answer``.
    public func read(_ question: Question, by asker: Asker) async throws(SteleError) -> Answer {
        for purpose in asker.purposes where !PurposeOfUse.isKnown(purpose) {
            throw SteleError(
                .purposeUnknown, "a purpose of use is no ActReason code that this node knows",
                hint: "use codes such as TREAT, HPAYMT, HOPERAT, HRESCH or PATRQT")
        }
        let whose = try whose(question, by: asker)
        var retryOf: TransactionID?
        for _ in 0..<Self.attemptCountMax {
            let prepared = try prepare(question, by: asker, about: whose)
            let made = try transaction(prepared.call(retryOf: retryOf))
            try await vault.keep(prepared.kept, for: made.transaction.id, of: whose.subject)
            let receipt = try await ledger.submit(made)
            if receipt.status == Refusal.accessStale.status { continue }
            guard receipt.isApplied else { throw Self.refusal(receipt.status) }
            if isSkewed(receipt) {
                // Nothing is released under a time that is not now; the next block carries a fresh one.
                retryOf = made.transaction.id
                continue
            }
            return try release(prepared, under: receipt, of: whose)
        }
        if retryOf != nil {
            throw SteleError(
                .clockSkewed, "block time and this machine's clock are more than two seconds apart",
                hint: "set the machine's clock; nothing is released until they agree")
        }
        throw SteleError(
            .accessContended, "the patient's policy kept changing while the answer was prepared",
            hint: "ask again in a moment")
    }

    // MARK: - Whose record

    /// Whom a question is put to.
    private struct Whose {
        let subject: SubjectID
        /// Whether the asker named the patient: then refusals may be told apart from what is not there.
        var isNamed = false
        /// Whether the subject stands in for a patient whom the asker named and who is none here, or another than their
        /// token's. Whatever it permits, the answer is that of a patient who gave the asker nothing.
        var isStandIn = false
    }

    /// The subject a question is about. What belongs to nobody is asked of the organisation's own compartment.
    private func whose(_ question: Question, by asker: Asker) throws(SteleError) -> Whose {
        let standIn = Whose(subject: try commons().id, isNamed: true, isStandIn: true)
        var named: SubjectID?
        if let patient = asker.patient {
            guard let found = try vault.directory.subject(patient: patient), found.isOnLedger else { return standIn }
            named = found.id
        }
        switch question.kind {
        case .search(_, let patient, _, _, _):
            guard let subject = try vault.directory.subject(patient: patient), subject.isOnLedger,
                named == nil || named == subject.id
            else { return standIn }
            return Whose(subject: subject.id, isNamed: true)
        case .history(let history):
            if let patient = history.patient {
                guard let subject = try vault.directory.subject(patient: patient), subject.isOnLedger,
                    named == nil || named == subject.id
                else { return standIn }
                return Whose(subject: subject.id, isNamed: true)
            }
            fallthrough
        case .read:
            guard let resource = question.resource else {
                preconditionFailure("a question names a patient or a record")
            }
            let holder = try vault.directory.subject(holding: resource)
            if let named, holder != standIn.subject { return Whose(subject: named, isNamed: true) }
            return Whose(subject: holder ?? standIn.subject)
        }
    }

    // MARK: - Preparing

    private struct Prepared {
        let subject: SubjectID
        let asker: TokenSet
        let purposes: TokenSet
        let action: Action
        let decision: Decision
        let mayAsk: Bool
        let isSearch: Bool
        let total: Int
        let entries: [CompartmentEntry]
        let askerCommitment: Digest
        let kept: KeptRequest
        /// Whether a record that was asked for by name was deleted.
        let isOneTombstone: Bool

        func call(retryOf: TransactionID?) -> AccessRequest {
            AccessRequest(
                subject: subject, askerCommitment: askerCommitment, asker: asker, action: action, purposes: purposes,
                expected: decision.permitted, manifestRoot: kept.manifestRoot, retryOf: retryOf)
        }
    }

    private func prepare(
        _ question: Question, by asker: Asker, about whose: Whose
    ) throws(SteleError) -> Prepared {
        let subject = whose.subject
        let key = try vault.directory.subject(subject).policyKey
        guard let askerTokens = TokenSet(padding: asker.labels.map { key.token(for: $0) }, random: random),
            let purposeTokens = TokenSet(padding: asker.purposeLabels.map { key.token(for: $0) }, random: random)
        else {
            throw SteleError(
                .actorNotAllowed, "the actor holds more roles or purposes than one request can carry",
                hint: "ask for a token with fewer purposes of use")
        }
        let asked = ConsentQuestion(
            asker: askerTokens, purposes: purposeTokens, action: question.action, time: UnixSeconds(time.now()))
        let (decision, mayAsk) = try ledger.withState(about: subject) {
            (state) throws(SteleError) -> (Decision, Bool) in
            guard let policy = try AccessPreview.policy(of: subject, in: state) else {
                throw Self.refusal(Refusal.subjectUnknown.status)
            }
            return (ConsentEvaluator.decide(asked, under: policy), ConsentEvaluator.hasPermit(asked, under: policy))
        }
        let compartment = try vault.compartment(of: subject)
        let (entries, total) = Self.find(
            question, in: compartment, permitted: whose.isStandIn ? 0 : decision.permitted.bits)
        let salt = random.bytes32()
        let kept = KeptRequest(
            askerDID: asker.actor.did, askerDisplayName: asker.actor.displayName, askerLabels: Set(asker.labels),
            purposes: Set(asker.purposeLabels), action: question.action.name, asked: question.words,
            withheld: Self.withheld(question, in: compartment, decision), records: entries.map(KeptRequest.Record.init),
            askerSignature: asker.assertion, askerCommitmentSalt: salt, manifestSalt: random.bytes32())
        var isSearch = false
        if case .search = question.kind { isSearch = true }
        if case .history(let history) = question.kind { isSearch = history.patient != nil }
        return Prepared(
            subject: subject, asker: askerTokens, purposes: purposeTokens, action: question.action,
            decision: decision, mayAsk: mayAsk && !whose.isStandIn, isSearch: isSearch, total: total, entries: entries,
            askerCommitment: HMACSHA256.code(of: SHA256.hash(asker.assertion), salt: salt), kept: kept,
            isOneTombstone: question.isRead && entries.first?.isTombstone == true)
    }

    private static func find(
        _ question: Question, in compartment: Compartment, permitted: UInt64
    ) -> (entries: [CompartmentEntry], total: Int) {
        switch question.kind {
        case .read(let resource, let version):
            let entry =
                if let version { compartment.version(version, of: resource) } else { compartment.current(resource) }
            guard let entry, permitted >> UInt64(entry.profile) & 1 == 1 else { return ([], 0) }
            return ([entry], 1)
        case .search(let type, _, let offset, let count, let matches):
            let found = compartment.current(type: type, permitted: permitted).filter(matches)
            return (Array(found.dropFirst(offset).prefix(count)), found.count)
        case .history(let history): return history.find(in: compartment, permitted: permitted)
        }
    }

    /// Why a record that was asked for by name is not in the answer: for the patient alone.
    private static func withheld(
        _ question: Question, in compartment: Compartment, _ decision: Decision
    ) -> String {
        guard case .read(let resource, let version) = question.kind else { return "" }
        let entry =
            if let version { compartment.version(version, of: resource) } else { compartment.current(resource) }
        guard let entry, let profile = ProfileNumber(UInt64(entry.profile)) else { return "absent" }
        switch decision.verdict(on: profile) {
        case .permitted, .overridden: return entry.isTombstone ? "it was deleted" : ""
        case .denied(let grant): return "denied by grant \(grant.hex)"
        case .notPermitted: return "no grant permits it"
        }
    }

    // MARK: - Releasing

    private func isSkewed(_ receipt: Receipt) -> Bool {
        let now = time.now().milliseconds
        let block = receipt.time.milliseconds
        return max(now, block) - min(now, block) > Self.skewMsMax
    }

    private func release(
        _ prepared: Prepared, under receipt: Receipt, of whose: Whose
    ) throws(SteleError) -> Answer {
        guard prepared.mayAsk || !whose.isNamed else { return .refused(receipt.transactionID) }
        guard prepared.isSearch && whose.isNamed || !prepared.entries.isEmpty else {
            return .unavailable(receipt.transactionID)
        }
        var records: [(entry: CompartmentEntry, bytes: [UInt8])] = []
        for entry in prepared.entries { records.append((entry, try vault.open(entry, of: whose.subject))) }
        // Those of the event: a grant may have been exchanged for one that asks more since the preview.
        guard let result = try? AccessRequest.Result(decoding: receipt.result) else {
            throw LedgerStore.damaged("an access event does not decode")
        }
        let obligations = result.permits.reduce(into: Obligations()) { $0.formUnion($1.obligations) }
        let release = Release(
            receipt: receipt, total: prepared.total, records: records, obligations: obligations.names)
        return prepared.isOneTombstone ? .gone(release) : .released(release)
    }
}
