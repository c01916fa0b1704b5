// Node · records on their way out: decided first, then looked for, then recorded, then released.
internal import Contracts
internal import FHIR
internal import Ledger
public import Primitives
internal import Vault

extension Custodian {
    /// Answers a question. Source: `docs/design/architecture.md`, "One read's life".
    ///
    /// The decision comes first and everything else happens inside what it permits, so nothing hidden can show. What
    /// would be released is named in a request that is kept for the patient, and the contract decides again under the
    /// policy in force at its height; only then are records opened. A refusal takes the same way and costs the same.
    ///
    /// While the ledger stands still only an emergency is answered, out of the journal.
    /// - Throws: for faults, `purpose.unknown`, `actor.not_allowed`, `access.contended` and `clock.skewed`; a refusal
    ///   is an ``Answer``.
    public func read(_ question: Question, by asker: Asker) async throws(SteleError) -> Answer {
        for purpose in asker.purposes where !PurposeOfUse.isKnown(purpose) {
            throw SteleError(
                .purposeUnknown, "a purpose of use is no ActReason code that this node knows",
                hint: "use codes such as TREAT, HPAYMT, HOPERAT, HRESCH or PATRQT")
        }
        if let standstill { return try readUnordered(question, by: asker, during: standstill) }
        switch question.kind {
        case .read(let resource, let version):
            return try await read(resource, version, question, by: asker, about: whose(resource, by: asker))
        case .search(let request):
            if case .several(let patients) = request.scope {
                return try await search(request, of: patients, question, by: asker)
            }
            return try await search(request, question, by: asker, about: whose(request.scope, by: asker))
        case .history(let request):
            let whose =
                switch request.scope {
                case .resource(let name): try whose(name, by: asker)
                case .patient(let patient, _): try whose(.patient(patient), by: asker)
                }
            return try await history(request, question, by: asker, about: whose)
        }
    }

    // MARK: - Whose record

    /// Whom a question is put to.
    struct Whose {
        let subject: SubjectID
        /// Whether the asker named the patient: then refusals may be told apart from what is not there.
        var isNamed = false
        /// Whether the subject stands in for a patient whom the asker named and who is none here, or another than their
        /// token's. Whatever it permits, the answer is that of a patient who gave the asker nothing.
        var isStandIn = false
        /// Whom to look into besides, if nobody has what was asked for: so that it takes as long as if somebody had.
        var decoy: SubjectID?
    }

    private func standIn() throws(SteleError) -> Whose {
        Whose(subject: try commons().id, isNamed: true, isStandIn: true)
    }

    /// Makes an answer that releases nothing cost the same whether what was asked for is there or not.
    ///
    /// What is there was looked into under its patient's policy, perhaps for the first time in days; what is not, in
    /// the organisation's own compartment, which is always open. So the latter looks into a decoy, and the former into
    /// the organisation's, as often as preview and contract decide together; and the former looks for a decoy
    /// too, which it leaves alone. Nothing of it shows or stays.
    func balance(_ whose: Whose, _ question: Question, by asker: Asker) throws(SteleError) {
        let commons = try commons().id
        if whose.decoy == nil { _ = try decoy(for: question) }
        let other = whose.decoy ?? commons
        for _ in 0..<2 { _ = try decide(question.action, by: asker, about: other) }
    }

    /// Whom to look into when nobody has what `question` names; nil for what names nobody.
    private func decoy(for question: Question) throws(SteleError) -> SubjectID? {
        if let resource = question.resource { return try vault.directory.subject(near: resource) }
        switch question.kind {
        case .history(let history):
            return try history.patient.flatMap { (patient) throws(SteleError) in
                try vault.directory.subject(near: patient)
            }
        case .search(let request):
            switch request.scope {
            case .patient(let patient): return try vault.directory.subject(near: patient)
            case .identified(let system, let value): return try vault.directory.subject(near: system + "|" + value)
            case .commons, .several: return nil
            }
        case .read: return nil
        }
    }

    /// The subject that holds a resource. What belongs to nobody, or does not exist, is asked of the organisation's own
    /// compartment.
    private func whose(_ resource: ResourceName, by asker: Asker) throws(SteleError) -> Whose {
        let standIn = try standIn()
        let holder = try vault.directory.subject(holding: resource)
        guard let patient = asker.patient else {
            guard let holder else {
                return Whose(subject: standIn.subject, decoy: try vault.directory.subject(near: resource))
            }
            return Whose(subject: holder)
        }
        guard let named = try vault.directory.subject(patient: patient), named.isOnLedger else {
            return Whose(
                subject: standIn.subject, isNamed: true, isStandIn: true,
                decoy: try vault.directory.subject(near: patient))
        }
        if holder != standIn.subject { return Whose(subject: named.id, isNamed: true) }
        return Whose(subject: standIn.subject)
    }

    /// The subject that a search is about.
    private func whose(_ scope: SearchRequest.Scope, by asker: Asker) throws(SteleError) -> Whose {
        let subject: SubjectID?
        let name: String
        switch scope {
        case .patient(let patient):
            subject = try vault.directory.subject(patient: patient).flatMap { $0.isOnLedger ? $0.id : nil }
            name = patient
        case .identified(let system, let value):
            let known = try vault.directory.subjects(identifiedBy: value, system: system)
            subject = known.count == 1 ? known[0] : nil
            name = system + "|" + value
        case .commons, .several: return Whose(subject: try commons().id)
        }
        if let patient = asker.patient {
            guard let subject, try vault.directory.subject(patient: patient)?.id == subject else {
                return try standIn()
            }
        }
        if let subject { return Whose(subject: subject, isNamed: true) }
        var standIn = try standIn()
        standIn.decoy = try vault.directory.subject(near: name)
        return standIn
    }

    // MARK: - One record

    private func read(
        _ resource: ResourceName, _ version: UInt32?, _ question: Question, by asker: Asker, about whose: Whose
    ) async throws(SteleError) -> Answer {
        let (receipt, value) = try await settled {
            (retryOf) async throws(SteleError) -> (event: RecordedEvent, value: (Inquiry, CompartmentEntry?)) in
            let inquiry = try decide(question.action, by: asker, about: whose.subject)
            let permitted = whose.isStandIn ? 0 : inquiry.permitted
            let found =
                if let version { inquiry.compartment.version(version, of: resource) } else {
                    inquiry.compartment.current(resource)
                }
            let isShown = found.map { permitted >> UInt64($0.profile) & 1 == 1 } ?? false
            let entry = isShown ? found : nil
            if entry == nil, !whose.isNamed || whose.isStandIn || !inquiry.hasPermit {
                try balance(whose, question, by: asker)
            }
            let event = try await record(
                inquiry, entry.map { [$0] } ?? [], asked: question.words, withheld: Self.withheld(found, inquiry),
                by: asker, retryOf: retryOf)
            return (event, (inquiry, entry))
        }
        let (inquiry, entry) = value
        if whose.isNamed, whose.isStandIn || !inquiry.hasPermit { return .refused(receipt.transactionID) }
        guard let entry else { return .unavailable(receipt.transactionID) }
        var release = ReleaseMaker(self)
        try release.open([entry], of: whose.subject, under: receipt)
        let made = try release.release(total: 1, moment: .now)
        return entry.isTombstone ? .gone(made) : .released(made)
    }

    /// Why a record that was asked for by name is not in the answer: for the patient alone.
    static func withheld(_ entry: CompartmentEntry?, _ inquiry: Inquiry) -> String {
        guard let entry, let profile = ProfileNumber(UInt64(entry.profile)) else { return "absent" }
        switch inquiry.decision.verdict(on: profile) {
        case .permitted, .overridden: return entry.isTombstone ? "it was deleted" : ""
        case .denied(let grant): return "denied by grant \(grant.hex)"
        case .notPermitted: return "no grant permits it"
        }
    }
}
