// API · a transaction: everything it asks for, or nothing.
internal import FHIR
internal import HTTPServer
internal import Node
internal import Primitives
internal import Vault

/// Does what the entries of a transaction ask for, all or nothing, then reads what they read. Source: FHIR R4
/// §3.1.0.11.2.
///
/// Every entry is checked by itself; patients are found by their identifiers; each resource's patient is known then,
/// and the records of all of them are held while criteria and conditional references are looked up and everything is
/// written in one step. References to another entry become `Type/id`, in place; nothing else of a resource changes but
/// a server-assigned id. Reads come last and do not undo what was written: what a read may show is decided for itself.
struct TransactionRun: Sendable {
    /// Most patients whose records one transaction changes.
    static let patientCountMax = 256

    private let services: Services
    private let single: EntryRequests
    private let bundle: Bundle
    private let request: RouteRequest
    private let caller: Caller

    init(
        _ services: Services, _ single: EntryRequests, _ bundle: Bundle, _ request: RouteRequest
    ) throws(SteleError) {
        self.services = services
        self.single = single
        self.bundle = bundle
        self.request = request
        let isChange = bundle.entries.contains { !($0.request?.method.isRead ?? false) }
        caller = isChange ? try request.requireWriter(services) : try request.requireCaller()
    }

    /// The responses, in the order of the entries.
    func run() async throws(SteleError) -> [BundleEntryResponse] {
        var entries: [TransactionEntry] = []
        var reads: [(place: Int, route: Route, request: RouteRequest)] = []
        for (place, entry) in bundle.entries.enumerated() {
            try Self.inEntry(place) { () throws(SteleError) in
                if entry.request?.method.isRead ?? false {
                    let (route, inner) = try single.route(entry, request)
                    reads.append((place, route, inner))
                } else {
                    entries.append(try TransactionEntry(entry, at: place, single, by: caller))
                }
            }
        }
        var responses: [BundleEntryResponse?] = Array(repeating: nil, count: bundle.entries.count)
        for (place, response) in try await change(entries) { responses[place] = response }
        for read in reads {
            do throws(SteleError) {
                responses[read.place] = BundleEntryResponse(try await read.route.answer(read.request))
            } catch {
                responses[read.place] = BundleEntryResponse(error)
            }
        }
        return responses.compactMap { $0 }
    }

    // MARK: - Steps

    private func change(
        _ entries: [TransactionEntry]
    ) async throws(SteleError) -> [(Int, BundleEntryResponse)] {
        guard entries.contains(where: { $0.type == .patient && $0.criteria != nil }) else {
            return try await changeKnowingPatients(entries)
        }
        return try await services.custodian.identifyingPatients { () async throws(SteleError) in
            var entries = entries
            for index in entries.indices where entries[index].type == .patient {
                guard let criteria = entries[index].criteria else { continue }
                try await Self.inEntry(entries[index].place) { () async throws(SteleError) in
                    let found = try await services.findPatients(criteria, request)
                    try entries[index].resolve(found, newID: services.newID())
                }
            }
            return try await changeKnowingPatients(entries)
        }
    }

    private func changeKnowingPatients(
        _ entries: [TransactionEntry]
    ) async throws(SteleError) -> [(Int, BundleEntryResponse)] {
        var links = TransactionLinks(services, bundle, request)
        links.note(entries)
        try await links.findPatients(of: entries)
        var patients: [Int: String?] = [:]
        for entry in entries {
            try Self.inEntry(entry.place) { () throws(SteleError) in
                patients[entry.place] = .some(try patient(of: entry, links))
            }
        }
        guard Set(patients.values).count <= Self.patientCountMax else {
            throw EntryRequests.refused(
                "a transaction changes the records of \(Self.patientCountMax) patients at most")
        }
        let (held, known) = (patients, links)
        return try await services.custodian.exclusively(
            patients.values, enrolling: services.enrolment(by: caller)
        ) { (writer) async throws(SteleError) in
            try await change(entries, of: held, known, with: writer)
        }
    }

    private func change(
        _ given: [TransactionEntry], of patients: [Int: String?], _ known: TransactionLinks, with writer: RecordWriter
    ) async throws(SteleError) -> [(Int, BundleEntryResponse)] {
        var (entries, links) = (given, known)
        for index in entries.indices where !entries[index].isResolved {
            guard let criteria = entries[index].criteria else { continue }
            try await Self.inEntry(entries[index].place) { () async throws(SteleError) in
                let found = try await services.find(criteria, of: patients[entries[index].place] ?? nil, request)
                try entries[index].resolve(found.map(\.id), newID: services.newID())
            }
        }
        links.note(entries)
        try await links.findOthers(of: entries, patients)
        try Self.requireDistinct(entries)
        var changes: [RecordChange] = []
        var places: [Int] = []
        var responses: [(Int, BundleEntryResponse)] = []
        var resources: [Int: Resource] = [:]
        for entry in entries {
            let patient = patients[entry.place] ?? nil
            try Self.inEntry(entry.place) { () throws(SteleError) in
                let resource = try entry.resource.map { (resource) throws(SteleError) in
                    try links.resolving(resource, at: entry.place)
                }
                if let submission = try entry.submission(resource) {
                    changes.append(RecordChange(submission, patient: patient))
                    places.append(entry.place)
                    if case .version(let resource) = submission.change { resources[entry.place] = resource }
                } else {
                    let name = entry.id.map { ResourceName(type: entry.type.name, id: $0) }
                    let found = try name.flatMap { (name) throws(SteleError) in
                        try writer.current(name, patient: patient)
                    }
                    responses.append(
                        (
                            entry.place,
                            BundleEntryResponse(
                                found.map { Written($0) }, isDeletion: entry.action == .delete, services)
                        ))
                }
            }
        }
        let written = try await writer.write(changes, asOne: true)
        services.metrics.count(.recordsWritten, written.count { $0?.isNew ?? false })
        let wantsBodies = request.request.headers["Prefer"]?.contains("return=representation") ?? false
        for (place, written) in zip(places, written) {
            let resource = resources[place]
            var response = BundleEntryResponse(written, isDeletion: resource == nil, services)
            if wantsBodies, let resource, let written { response.resource = try written.stored(resource).bytes }
            responses.append((place, response))
        }
        return responses
    }

    /// The patient whose record `entry` changes, or nil for one of the organisation's own.
    private func patient(of entry: TransactionEntry, _ links: TransactionLinks) throws(SteleError) -> String? {
        if entry.type == .patient { return entry.id }
        guard let resource = entry.resource else {
            guard let criteria = entry.criteria else {
                let name = ResourceName(type: entry.type.name, id: entry.id ?? "")
                return try services.custodian.owner(of: name) ?? nil
            }
            let patient = try criteria.patient(caller, services)
            guard patient != nil || RecordOwner.shared.contains(entry.type) else {
                throw .searchRefused("a conditional delete names one patient")
            }
            return patient
        }
        let resolved = try links.resolving(resource, at: entry.place)
        return try RecordOwner.patient(of: resolved, resolved.subjectReference)
    }

    // MARK: - Rules

    /// Source: R4 §3.1.0.11.2: no two entries may change one resource, conditional ones included.
    private static func requireDistinct(_ entries: [TransactionEntry]) throws(SteleError) {
        var names: Set<String> = []
        for entry in entries {
            guard let name = entry.name, !names.insert(name).inserted else { continue }
            throw try inEntry(entry.place) { () throws(SteleError) -> SteleError in
                throw EntryRequests.refused("another entry changes the same resource")
            }
        }
    }

    private static func inEntry<Value>(
        _ place: Int, _ body: () throws(SteleError) -> Value
    ) throws(SteleError) -> Value {
        do throws(SteleError) { return try body() } catch { throw named(place, error) }
    }

    private static func inEntry<Value: Sendable>(
        _ place: Int, _ body: () async throws(SteleError) -> Value
    ) async throws(SteleError) -> Value {
        do throws(SteleError) { return try await body() } catch { throw named(place, error) }
    }

    static func named(_ place: Int, _ error: SteleError) -> SteleError {
        SteleError(
            error.code, "entry \(place) (counted from 0): \(error.message)", hint: error.hint, cause: error.cause,
            findings: error.findings.map { finding in
                SteleError.Finding(
                    kind: finding.kind, place: "Bundle.entry[\(place)].resource" + finding.place.drop { $0 != "." },
                    message: finding.message)
            })
    }
}

extension Bundle.Request.Method {
    /// Whether it changes nothing.
    var isRead: Bool { self == .GET || self == .HEAD }
}
