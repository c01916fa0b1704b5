// API · Consent, AuditEvent and Provenance, answered from the ledger.
internal import Contracts
internal import Cryptography
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// Reading and searching what is told from the ledger. Its resources have ids of 64 hexadecimal digits and are never
/// stored; stored ones of the same types are reached by their own ids. A search finds both, what is told first;
/// `_source=urn:stele:ledger` or `…:vault` asks for the one or the other.
///
/// These routes stand before the ordinary ones, to which they hand what is not theirs.
struct LedgerResourceRoutes: Sendable {
    let services: Services
    /// The ordinary routes under `/fhir`.
    let ordinary: Router
    let cursorKey: SecretBytes
    var custodian: Custodian { services.custodian }

    init(_ services: Services, ordinary: Router) {
        self.services = services
        self.ordinary = ordinary
        cursorKey = .random(from: services.random)
    }

    var routes: [Route] { [.consent, .auditEvent, .provenance].flatMap { routes(of: $0) } }

    private func routes(of type: ResourceType) -> [Route] {
        let name = type.name
        let id = name.lowercased()
        return [
            Route(
                .get, PathPattern("/fhir/\(name)/{id:hash}"), .token,
                Operation("ledger-\(id)", "fhir", "A \(name) told from the ledger.", answer: [.fhir])
            ) { request async throws(SteleError) in try await read(type, request) },
            Route(
                .get, PathPattern("/fhir/\(name)"), .token,
                Operation(
                    "ledger-\(id)-search", "fhir",
                    "\(name) resources of one patient: told from the ledger, and stored.",
                    query: Self.parameters(of: type), answer: [.fhir])
            ) { request async throws(SteleError) in try await search(type, request, request.request.query) },
            Route(
                .post, PathPattern("/fhir/\(name)/_search"), .token,
                Operation(
                    "ledger-\(id)-search-post", "fhir", "The same with the parameters in the body.", body: [.form],
                    answer: [.fhir]),
                isRepeatable: false
            ) { request async throws(SteleError) in
                try await search(type, request, request.request.query + (try request.form()))
            },
        ]
    }

    private static func parameters(of type: ResourceType) -> [(name: String, summary: String)] {
        let own: [(String, String)] =
            switch type {
            case .consent: [("status", "active or inactive.")]
            case .auditEvent:
                [
                    ("date", "When, with a prefix such as ge."), ("agent", "Who, by DID or actor id."),
                    ("action", "C, R, U, D or E."), ("outcome", "0, 4 or 8."),
                ]
            default: [("target", "The record, as Type/id or with its version."), ("recorded", "When.")]
            }
        return [("patient", "The patient; a token's patient if absent.")] + own + [
            ("_count", "Most resources of one page, up to 200."), ("_cursor", "From a next link, with nothing else."),
            ("_source", "urn:stele:ledger for what is told alone, urn:stele:vault for what is stored."),
        ]
    }

    private func read(_ type: ResourceType, _ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        try request.requireFHIRAnswer()
        try request.requireCaller().require(.read, on: type)
        switch type {
        case .consent: return try await readConsent(request)
        case .auditEvent: return try await readAuditEvent(request)
        default: return try await readProvenance(request)
        }
    }

    private func search(
        _ type: ResourceType, _ request: RouteRequest, _ fields: [HTTPField]
    ) async throws(SteleError) -> HTTPResponse {
        try request.requireFHIRAnswer()
        let caller = try request.requireCaller()
        try caller.require(.search, on: type)
        let fields = fields.map { SearchField($0.name, $0.value) }
        let use = Self.use(type, caller)
        var cursor = SearchCursor(fields: fields)
        if let field = fields.first(where: { $0.name == "_cursor" }) {
            guard fields.allSatisfy({ ["_cursor", "_format"].contains($0.name) }) else {
                throw LedgerSearch.refused("_cursor comes with other parameters")
            }
            // A cursor that is not of this search is one of the ordinary search, or none.
            guard let own = try? SearchCursor(field.value, use, key: cursorKey) else {
                return try await searchStored(request, fields)
            }
            cursor = own
            if Self.isStoredOnly(own.fields) { return try await restStored(type, own.fields, request) }
        }
        if Self.isStoredOnly(cursor.fields) { return try await searchStored(request, cursor.fields) }
        let known = Set(Self.parameters(of: type).map(\.name)).subtracting(["_cursor", "_source", "_count", "patient"])
        let search = try LedgerSearch(cursor.fields, known: known, tokenPatient: caller.session.patient)
        switch type {
        case .consent: return try await searchConsents(search, offset: cursor.offset, request)
        case .auditEvent: return try await searchAuditEvents(search, before: cursor.offset, request)
        default: return try await searchProvenances(search, offset: cursor.offset, request)
        }
    }

    /// What a cursor is for.
    private static func use(_ type: ResourceType, _ caller: Caller) -> String {
        "ledger\0\(type.name)\0\(caller.actor.id)"
    }

    // MARK: - Answers

    /// The patient of a search.
    func patient(of search: LedgerSearch) throws(SteleError) -> String {
        guard let patient = search.patient else { throw LedgerSearch.refused("a search names one patient") }
        return patient
    }

    /// The patient whom the caller is, if `patient` is them.
    func own(_ patient: String?, _ caller: Caller) throws(SteleError) -> (subject: SubjectID, patient: String)? {
        guard let subject = caller.actor.patientSubject, let own = caller.session.patient,
            patient == nil || patient == own
        else { return nil }
        return (subject, own)
    }

    func asker(_ caller: Caller) -> Asker {
        Asker(
            actor: caller.actor, purposes: caller.session.purposes, assertion: caller.session.assertion,
            patient: caller.session.patient)
    }

    /// A page of `resources` told of `patient`, of `total`; the last is filled up with what is stored.
    ///
    /// - Parameter next: Where the next page of what is told begins, if there is one.
    func page(
        _ type: ResourceType, _ resources: [JSONValue], of patient: String, total: Int?, next: Int?,
        _ search: LedgerSearch, _ request: RouteRequest, receipt: Receipt? = nil
    ) async throws(SteleError) -> HTTPResponse {
        let caller = try request.requireCaller()
        var mayHaveStored = false
        if !search.isToldOnly { mayHaveStored = try self.mayHaveStored(type, patient, caller) }
        // A page with little room left would make those after it as small.
        let room = search.count - resources.count
        let fillsUp = mayHaveStored && next == nil && room * 2 >= search.count
        let stored = fillsUp ? try await self.stored(type, search, of: patient, count: room, request) : nil
        var nextURL = stored?.nextURL
        var following: SearchCursor?
        if let next {
            following = SearchCursor(fields: search.fields, offset: next)
        } else if mayHaveStored, !fillsUp {
            following = SearchCursor(fields: search.fields + [SearchField("_source", LedgerVocabulary.vault)])
        }
        if let following {
            nextURL =
                "\(services.configuration.baseURL)/fhir/\(type.name)?_cursor="
                + following.sealed(Self.use(type, caller), key: cursorKey, random: services.random)
        }
        let bundle = LedgerBundle(baseURL: services.configuration.baseURL, time: receipt?.time ?? services.time.now())
        let whole = total.flatMap { told in mayHaveStored && !fillsUp ? nil : told + (stored?.total ?? 0) }
        var response = HTTPResponse(
            contentType: ErrorAnswer.fhirType,
            bytes: bundle.bytes(
                type, resources, stored: stored?.entries ?? [], total: whole, search.fields, nextURL: nextURL))
        let events = [receipt?.transactionID.hex, stored?.events].compactMap { $0 }
        if !events.isEmpty { response.headers.add("Stele-Transaction", events.joined(separator: ", ")) }
        if let obligations = stored?.obligations { response.headers.add("Stele-Obligations", obligations) }
        return response
    }

    func resource(_ json: JSONValue, receipt: Receipt? = nil) -> HTTPResponse {
        var response = HTTPResponse(contentType: ErrorAnswer.fhirType, bytes: json.serialized())
        if case .string(let version)? = json["meta"]?["versionId"] {
            response.headers.add("ETag", "W/\"\(version)\"")
        }
        if let receipt { response.headers.add("Stele-Transaction", receipt.transactionID.hex) }
        return response
    }

    /// The answer to a consultation that told nothing. Whoever did not name the patient learns nothing from it.
    func refusal(_ event: TransactionID, isRefused: Bool, isNamed: Bool, _ request: RouteRequest) -> HTTPResponse {
        let error = isRefused && isNamed ? Services.accessRefused : Services.recordUnavailable
        services.metrics.count(.requestsNotReleased)
        var response = services.errors.response(to: error, path: request.request.path)
        response.headers.add("Stele-Transaction", event.hex)
        return response
    }

    func addObligations(_ obligations: [String], to response: inout HTTPResponse) {
        guard !obligations.isEmpty else { return }
        let named = response.headers["Stele-Obligations"]?.split(separator: ",").map { $0.drop { $0 == " " } } ?? []
        response.headers.set(
            "Stele-Obligations", Set(named.map(String.init) + obligations).sorted().joined(separator: ", "))
    }
}
