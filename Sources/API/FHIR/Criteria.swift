// API · what a conditional request finds, decided like any search.
internal import Contracts
internal import FHIR
internal import HTTPServer
internal import Node
internal import Primitives
internal import Vault

/// The criteria of a conditional create, update or delete, or of a conditional reference. Source: FHIR R4 §3.1.0.8.1.
///
/// They run over one patient's records, or the organisation's own, and there only over what the caller is permitted to
/// search: each use is a search with an access event. A Patient is found among all patients, by business identifier
/// only.
struct Criteria: Sendable {
    let type: ResourceType
    let fields: [HTTPField]

    /// The criteria that the query `text` spells.
    init(_ type: ResourceType, _ text: String) throws(SteleError) {
        let query = text.hasPrefix("?") ? String(text.dropFirst()) : text
        guard let target = HTTPTarget("/?" + query) else { throw .searchRefused("the criteria are no query") }
        try self.init(type, target.query)
    }

    /// The criteria that `fields` are.
    init(_ type: ResourceType, _ fields: [HTTPField]) throws(SteleError) {
        self.type = type
        self.fields = fields.filter { $0.name != "_format" }
        guard !self.fields.isEmpty else { throw .searchRefused("a conditional request has criteria") }
    }

    /// The criteria as a query.
    func query(_ services: Services) throws(SteleError) -> SearchQuery {
        let context = SearchContext(baseURL: services.configuration.baseURL + "/fhir", now: services.time.now())
        return try SearchQuery(type, fields.map { SearchField($0.name, $0.value) }, in: context)
    }

    /// The identifiers that a Patient is looked for by.
    func identifiers(_ services: Services) throws(SteleError) -> [BusinessIdentifier] {
        guard let identifiers = try query(services).identifiers else {
            throw .searchRefused("a Patient is found by identifier alone, given as system|value")
        }
        return identifiers
    }

    /// The patient that the criteria themselves name, or the token's; nil if neither does.
    func patient(_ caller: Caller, _ services: Services) throws(SteleError) -> String? {
        guard let patients = try query(services).patients else { return caller.session.patient }
        guard patients.count == 1 else { throw .searchRefused("the criteria name one patient") }
        return patients.first
    }
}

extension Services {
    /// The resources that fulfil `criteria` among those of `patient`, or the organisation's own if that is nil: two at
    /// most.
    /// - Throws: `access.refused` if nothing at all may be searched there, and what a search throws.
    func find(
        _ criteria: Criteria, of patient: String?, _ request: RouteRequest
    ) async throws(SteleError) -> [ResourceName] {
        var query = try criteria.query(self)
        guard query.patients.map({ $0 == Set([patient].compactMap { $0 }) }) ?? true else {
            throw .searchRefused("the criteria name another patient than the resource")
        }
        query.limit(to: 2)
        let scope = patient.map { SearchRequest.Scope.patient($0) } ?? .commons
        switch try await read(Question(.search(SearchRequest(query, scope: scope)), action: .search), request) {
        case .released(let release): return release.records.map(\.entry.resource)
        case .refusal: throw Self.accessRefused
        }
    }

    /// The logical ids of the patients whose identifiers fulfil `criteria`.
    ///
    /// An officer, who enrols patients, finds every one. Anybody else finds those whose Patient resource they are
    /// permitted to search, and leaves an event with each; a search that finds no candidate leaves its event too.
    func findPatients(_ criteria: Criteria, _ request: RouteRequest) async throws(SteleError) -> [String] {
        let candidates = try custodian.patients(identifiedBy: try criteria.identifiers(self))
        let caller = try request.requireCaller()
        if caller.actor.isOfficer, caller.session.patient == nil { return candidates }
        var found: [String] = []
        // No patient has an empty id: the question is put to a stand-in, and takes as long.
        for patient in candidates.isEmpty ? [""] : candidates {
            let search = SearchRequest(
                SearchQuery(everythingOf: .patient, count: 1), scope: .patient(patient),
                filter: { $0.resource.id == patient })
            let question = Question(.search(search), action: .search)
            if case .released(let release) = try await read(question, request), !release.records.isEmpty {
                found.append(patient)
            }
        }
        return found
    }

    static var criteriaSeveral: SteleError {
        SteleError(
            .criteriaSeveral, "more than one resource fulfils the criteria",
            hint: "narrow the criteria so that they fit one resource, or name it by its id")
    }
}
