// Node · searches of one patient's records: looked for inside what is permitted, and released under events.
internal import Contracts
internal import FHIR
internal import Ledger
internal import Primitives
internal import Vault

/// What a search found of one subject.
struct FoundRecords: Sendable {
    /// The page's part of what was found.
    var found: [CompartmentEntry]
    /// What came along and is the subject's too.
    var included: [CompartmentEntry] = []
    /// What came along out of the organisation's own compartment.
    var includedBeyond: [CompartmentEntry] = []
}

extension Custodian {
    /// A page of a search of one subject's records.
    ///
    /// There is an event whether anything is found or not. References into the organisation's own compartment are
    /// followed as far as the asker may see it; what comes along from there has an event of its own, after this one.
    func search(
        _ request: SearchRequest, _ question: Question, by asker: Asker, about whose: Whose
    ) async throws(SteleError) -> Answer {
        func isRefused(_ page: Page) -> Bool {
            if whose.isNamed, whose.isStandIn || !page.hasPermit { return true }
            // An identifier names nobody to whom may not see the record that has it.
            if case .identified = request.scope { return page.total == 0 }
            return false
        }
        let (receipt, page) = try await settled {
            (retryOf) async throws(SteleError) -> (event: RecordedEvent, value: Page) in
            let inquiry = try decide(question.action, by: asker, about: whose.subject)
            let page = try find(request, in: inquiry, beyond: beyond(request.query, whose.subject, by: asker), whose)
            if isRefused(page) { try balance(whose, question, by: asker) }
            let event = try await record(
                inquiry, page.records.found + page.records.included, asked: question.words, by: asker, retryOf: retryOf)
            return (event, page)
        }
        if isRefused(page) { return .refused(receipt.transactionID) }
        var release = ReleaseMaker(self)
        try release.open(page.records.found, of: whose.subject, under: receipt)
        try release.open(page.records.included, of: whose.subject, under: receipt, isIncluded: true)
        try await release.openCommons(page.records.includedBeyond, question, by: asker)
        return .released(try release.release(total: page.total, moment: page.moment))
    }

    private struct Page: Sendable {
        let hasPermit: Bool
        let total: Int
        let records: FoundRecords
        let moment: SearchMoment
    }

    private func find(
        _ request: SearchRequest, in inquiry: Inquiry, beyond: Inquiry?, _ whose: Whose
    ) throws(SteleError) -> Page {
        let moment = request.moment ?? .entries(inquiry.compartment.entries.count)
        let space = inquiry.space(at: moment, beyond: beyond, isEmpty: whose.isStandIn)
        var matches = request.query.matches(in: space).map(\.record)
        if let filter = request.filter { matches = matches.filter(filter) }
        let found = Array(matches.dropFirst(request.offset).prefix(request.query.count))
        return Page(
            hasPermit: inquiry.hasPermit, total: matches.count,
            records: try inquiry.records(found, with: request.query, in: space), moment: moment)
    }

    /// What the asker may see of the organisation's own compartment, if `query` leads out of another one.
    func beyond(_ query: SearchQuery, _ subject: SubjectID?, by asker: Asker) throws(SteleError) -> Inquiry? {
        let commons = try commons().id
        return query.isLinked && subject != commons ? try decide(.search, by: asker, about: commons) : nil
    }
}

extension Inquiry {
    /// What a search sees of this subject.
    func space(at moment: SearchMoment, beyond: Inquiry?, isEmpty: Bool = false) -> CompartmentSpace {
        CompartmentSpace(
            compartment, permitted: isEmpty ? 0 : permitted, at: moment,
            beyond: isEmpty ? nil : beyond.map { ($0.compartment, $0.permitted) })
    }

    /// `found` with what comes along, apart by whose it is.
    func records(
        _ found: [CompartmentEntry], with query: SearchQuery, in space: CompartmentSpace
    ) throws(SteleError) -> FoundRecords {
        var records = FoundRecords(found: found)
        for entry in try query.included(with: found, in: space) {
            let isOwn = compartment.version(entry.version, of: entry.resource)?.recordID == entry.recordID
            if isOwn { records.included.append(entry) } else { records.includedBeyond.append(entry) }
        }
        return records
    }
}

/// Opens what may be released, and puts it together.
struct ReleaseMaker {
    private let custodian: Custodian
    private var found: [Release.Record] = []
    private var included: [Release.Record] = []
    private var receipts: [Receipt] = []
    var journalNumber: UInt64?

    init(_ custodian: Custodian) { self.custodian = custodian }

    /// Opens records of `subject` that the event of `receipt` names.
    mutating func open(
        _ entries: [CompartmentEntry], of subject: SubjectID, under receipt: Receipt, isIncluded: Bool = false
    ) throws(SteleError) {
        note(receipt)
        for entry in entries { try open(entry, of: subject, under: receipt.transactionID, isIncluded: isIncluded) }
    }

    mutating func open(
        _ entry: CompartmentEntry, of subject: SubjectID, under event: TransactionID, isIncluded: Bool = false
    ) throws(SteleError) {
        let record = Release.Record(
            entry: entry, bytes: try custodian.vault.open(entry, of: subject), isIncluded: isIncluded, event: event)
        if isIncluded { included.append(record) } else { found.append(record) }
    }

    /// Records and opens what came along out of the organisation's own compartment, as far as it is still permitted.
    mutating func openCommons(
        _ entries: [CompartmentEntry], _ question: Question, by asker: Asker
    ) async throws(SteleError) {
        guard !entries.isEmpty else { return }
        let custodian = self.custodian
        let commons = try custodian.commons().id
        var names: Set<ResourceName> = []
        let distinct = entries.filter { names.insert($0.resource).inserted }
        let (receipt, shown) = try await custodian.settled {
            (retryOf) async throws(SteleError) -> (event: RecordedEvent, value: [CompartmentEntry]) in
            let inquiry = try custodian.decide(question.action, by: asker, about: commons)
            let shown = distinct.filter { inquiry.permitted >> UInt64($0.profile) & 1 == 1 }
            let event = try await custodian.record(
                inquiry, shown, asked: question.words, by: asker, retryOf: retryOf)
            return (event, shown)
        }
        try open(shown, of: commons, under: receipt, isIncluded: true)
    }

    mutating func note(_ receipt: Receipt) {
        if receipts.last?.transactionID != receipt.transactionID { receipts.append(receipt) }
    }

    /// Brings what was found into the order of `names`.
    mutating func sort(by names: [ResourceName]) {
        let places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        found.sort { (places[$0.entry.resource] ?? 0) < (places[$1.entry.resource] ?? 0) }
    }

    func release(total: Int, moment: SearchMoment) throws(SteleError) -> Release {
        Release(
            journalNumber: journalNumber, receipts: receipts, total: total, foundCount: found.count,
            records: found + included, obligations: try custodian.obligations(of: receipts), moment: moment)
    }
}
