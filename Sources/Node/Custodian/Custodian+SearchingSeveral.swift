// Node · searches across patients, for officers: each patient decides, each release is an event of theirs.
internal import Contracts
internal import FHIR
internal import Ledger
internal import Primitives
internal import Vault

extension Custodian {
    /// Most subjects of whom a search releases records at once.
    static let searchedChunkCountMax = 256
    /// How many subjects a search looks into at the same time: what bounds its memory besides the open compartments
    /// that the vault keeps anyway.
    static let searchWidth = 4

    /// A resource that was found, and whose it is. Not the entry: that would keep its compartment in memory.
    private struct Found: Sendable {
        let subject: SubjectID
        let resource: ResourceName
        let keys: SortKeys
    }

    /// A page of a search of several patients' records, or of everybody's and the organisation's own.
    ///
    /// Every subject decides for itself, under its own policy key. Each of whom the page releases something has an
    /// event; of whom it only counts something has one too, if nothing but the count was asked for.
    func search(
        _ request: SearchRequest, of patients: Set<String>?, _ question: Question, by asker: Asker
    ) async throws(SteleError) -> Answer {
        guard asker.actor.isOfficer, asker.patient == nil else {
            throw SteleError(
                .actorNotAllowed, "only an officer searches across patients",
                hint: "name one patient: by patient or subject, or by a token for the patient")
        }
        let moment = request.moment ?? .time(time.now())
        // What was opened in an emergency was opened for that patient alone.
        let asker = asker.outsideEmergencies
        let beyond = try beyond(request.query, nil, by: asker)
        let found = try await find(request, among: subjects(of: patients), at: moment, beyond, question, by: asker)
        let page = Array(found.dropFirst(request.offset).prefix(request.query.count))
        // A count alone says something of everybody it counts.
        let concerned = request.query.count == 0 ? found : page
        var wanted: [SubjectID: Set<ResourceName>] = [:]
        var order: [SubjectID] = []
        for one in concerned {
            if wanted[one.subject] == nil { order.append(one.subject) }
            wanted[one.subject, default: []].insert(one.resource)
        }
        let resources = wanted
        var release = ReleaseMaker(self)
        var included: [CompartmentEntry] = []
        for start in stride(from: 0, to: order.count, by: Self.searchedChunkCountMax) {
            let chunk = Array(order[start..<min(start + Self.searchedChunkCountMax, order.count)])
            let settled = try await inParallel(chunk, width: Self.searchedChunkCountMax) {
                (subject) async throws(SteleError) in
                try await self.record(
                    request, resources[subject]!, of: subject, at: moment, beyond, question, by: asker)
            }
            for (subject, (receipt, records)) in zip(chunk, settled) {
                try release.open(records.found, of: subject, under: receipt)
                try release.open(records.included, of: subject, under: receipt, isIncluded: true)
                included += records.includedBeyond
            }
        }
        release.sort(by: page.map(\.resource))
        try await release.openCommons(included, question, by: asker)
        return .released(try release.release(total: found.count, moment: moment))
    }

    /// The subjects of `patients`, or all, in an order that stays and means nothing.
    private func subjects(of patients: Set<String>?) throws(SteleError) -> [SubjectID] {
        var subjects: [SubjectID] = []
        if let patients {
            for patient in patients {
                if let subject = try vault.directory.subject(patient: patient), subject.isOnLedger {
                    subjects.append(subject.id)
                }
            }
        } else {
            try vault.directory.forEachSubject { subject in if subject.isOnLedger { subjects.append(subject.id) } }
        }
        return subjects.sorted()
    }

    /// Everything that the search finds, in its order.
    private func find(
        _ request: SearchRequest, among subjects: [SubjectID], at moment: SearchMoment, _ beyond: Inquiry?,
        _ question: Question, by asker: Asker
    ) async throws(SteleError) -> [Found] {
        let found = try await inParallel(subjects, width: Self.searchWidth) {
            (subject) async throws(SteleError) -> [Found] in
            let inquiry = try self.decide(question.action, by: asker, about: subject)
            guard inquiry.permitted != 0 else { return [] }
            return request.query.matches(in: inquiry.space(at: moment, beyond: beyond)).map {
                Found(subject: subject, resource: $0.record.resource, keys: $0.keys)
            }
        }.flatMap { $0 }
        guard !request.query.sort.isEmpty else { return found }
        return found.enumerated()
            .sorted { left, right in
                left.element.keys.precedes(right.element.keys, by: request.query.sort) ?? (left.offset < right.offset)
            }
            .map(\.element)
    }

    /// Decides again, and records the release of what is still found among `wanted` of `subject`.
    private func record(
        _ request: SearchRequest, _ wanted: Set<ResourceName>, of subject: SubjectID, at moment: SearchMoment,
        _ beyond: Inquiry?, _ question: Question, by asker: Asker
    ) async throws(SteleError) -> (receipt: Receipt, value: FoundRecords) {
        try await settled { (retryOf) async throws(SteleError) -> (event: RecordedEvent, value: FoundRecords) in
            let inquiry = try decide(question.action, by: asker, about: subject)
            let space = inquiry.space(at: moment, beyond: beyond)
            let found =
                request.query.count == 0
                ? [] : request.query.matches(in: space).map(\.record).filter { wanted.contains($0.resource) }
            let records = try inquiry.records(found, with: request.query, in: space)
            let event = try await self.record(
                inquiry, records.found + records.included, asked: question.words, by: asker, retryOf: retryOf)
            return (event, records)
        }
    }

    /// Runs `body` for each of `items`, at most `width` at a time, and returns the results in the same order. The first
    /// failure is thrown, once what runs has ended.
    private func inParallel<Item: Sendable, Value: Sendable>(
        _ items: [Item], width: Int, _ body: @escaping @Sendable (Item) async throws(SteleError) -> Value
    ) async throws(SteleError) -> [Value] {
        typealias Numbered = (index: Int, result: Result<Value, SteleError>)
        let results = await withTaskGroup(of: Numbered.self) { group in
            var results = [Result<Value, SteleError>?](repeating: nil, count: items.count)
            var next = 0
            var hasFailed = false
            func start() {
                guard next < items.count, !hasFailed else { return }
                let (index, item) = (next, items[next])
                next += 1
                group.addTask {
                    do throws(SteleError) { return (index, .success(try await body(item))) } catch {
                        return (index, .failure(error))
                    }
                }
            }
            for _ in 0..<width { start() }
            for await (index, result) in group {
                if case .failure = result { hasFailed = true }
                results[index] = result
                start()
            }
            return results
        }
        var values: [Value] = []
        for result in results { if let result { values.append(try result.get()) } }
        return values
    }
}
