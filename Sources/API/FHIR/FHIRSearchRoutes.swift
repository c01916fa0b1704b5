// API · records found.
internal import Contracts
internal import Cryptography
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// Searching, and what there is to be searched. Every page, a refusal too, is an access event of each patient whose
/// records it looks at or releases. Source: FHIR R4 §3.1.1, and `docs/spec/search.md`.
struct FHIRSearchRoutes: Sendable {
    let services: Services
    // Seals cursors; gone with the process.
    private let cursorKey: SecretBytes
    // Made when it is first asked for: it says something of every parameter there is.
    private let capabilities: CapabilityCache

    init(_ services: Services) {
        self.services = services
        cursorKey = .random(from: services.random)
        capabilities = CapabilityCache(baseURL: services.configuration.baseURL, time: services.time.now())
    }

    var routes: [Route] {
        [
            Route(
                .get, "/fhir/metadata", .open,
                Operation("capabilities", "fhir", "What this server can do.", answer: [.fhir])
            ) { request throws(SteleError) in
                try request.requireFHIRAnswer()
                return HTTPResponse(contentType: ErrorAnswer.fhirType, bytes: capabilities.bytes)
            },
            Route(
                .get, "/fhir/{type:type}", .token,
                Operation(
                    "search", "fhir", "Resources that fulfil every condition, of one patient or, for officers, of all.",
                    query: Self.parameters, answer: [.fhir])
            ) { request async throws(SteleError) in try await search(request, request.request.query) },
            Route(
                .post, "/fhir/{type:type}/_search", .token,
                Operation(
                    "search-post", "fhir", "The same with the parameters in the body, out of reach of logs.",
                    body: [.form], answer: [.fhir]),
                isRepeatable: false
            ) { request async throws(SteleError) in
                try await search(request, request.request.query + (try request.form()))
            },
            Route(
                .get, "/fhir/Patient/{id:id}/$everything", .token,
                Operation(
                    "everything", "fhir",
                    "Everything of one patient that the caller may take away, and what it refers to, page by page.",
                    query: [
                        ("_count", "Most resources of one page, up to 1000."),
                        ("_since", "Only what was written since."),
                        ("_type", "Types, separated by commas."), ("_cursor", "From a next link, with nothing else."),
                    ], answer: [.fhir])
            ) { request async throws(SteleError) in try await everything(request) },
        ]
    }

    private static let parameters = [
        ("_count", "Most resources of one page, up to 1000."), ("_cursor", "From a next link, with nothing else."),
        ("_sort", "Keys, separated by commas; a minus before one turns it."),
        ("_include", "Type:reference, to bring along what is referred to; _revinclude for what refers."),
        ("_summary", "true, text, data or count."), ("_elements", "Elements, separated by commas."),
        ("_total", "none, estimate or accurate."),
    ]

    // MARK: - Search

    private func search(_ request: RouteRequest, _ fields: [HTTPField]) async throws(SteleError) -> HTTPResponse {
        try request.requireFHIRAnswer()
        let caller = try request.requireCaller()
        let type = request.parameters.type("type")
        try caller.require(.search, on: type)
        let use = "\(type.name)\0\(caller.actor.id)"
        let cursor = try cursor(fields.map { SearchField($0.name, $0.value) }, use)
        // On types that R4 gives no such parameter it only says whose records are searched.
        let isNaming = SearchParameters.parameter("patient", of: type) == nil
        let naming = cursor.fields.filter { isNaming && ["patient", "patient:Patient"].contains($0.name) }
        var context = SearchContext(baseURL: services.configuration.baseURL + "/fhir", now: services.time.now())
        // What was passed over once is not in the cursor.
        let prefersLenient = try request.prefersLenient()
        context.isLenient = cursor.moment != nil || prefersLenient
        let written = try SearchQuery(type, cursor.fields.filter { !naming.contains($0) }, in: context)
        guard
            let query = written.narrowed(to: { type in
                caller.session.scopes.contains { $0.allows(.search, on: type) || $0.allows(.read, on: type) }
            })
        else {
            throw SteleError(
                .tokenInsufficient, "the scopes of the access token do not allow what the search looks at",
                hint: "ask for a token with a scope for each type that conditions lead to")
        }
        let scope = try SearchScope.of(query, patient: try Self.patient(naming), by: caller)
        let known = query.parameters + naming
        let place = "\(services.configuration.baseURL)/fhir/\(type.name)"
        let selfQuery = known.map { QueryText.encode($0.name) + "=" + QueryText.encode($0.value) }
        return try await page(
            Question(
                .search(SearchRequest(query, scope: scope, offset: cursor.offset, moment: cursor.moment)),
                action: .search),
            query, fields: known, offset: cursor.offset, use: use, place: place,
            selfURL: selfQuery.isEmpty ? place : place + "?" + selfQuery.joined(separator: "&"), request)
    }

    private static func patient(_ fields: [SearchField]) throws(SteleError) -> String? {
        guard let field = fields.first else { return nil }
        let id = field.value.hasPrefix("Patient/") ? String(field.value.dropFirst(8)) : field.value
        guard Resource.isID(id), fields.allSatisfy({ $0.value == field.value }) else {
            throw .searchRefused("patient names one patient")
        }
        return id
    }

    /// The cursor that `fields` hold, or a first page of what they ask for.
    private func cursor(_ fields: [SearchField], _ use: String) throws(SteleError) -> SearchCursor {
        guard let field = fields.first(where: { $0.name == "_cursor" }) else { return SearchCursor(fields: fields) }
        guard fields.allSatisfy({ ["_cursor", "_format"].contains($0.name) }) else {
            throw .searchRefused("_cursor comes with other parameters")
        }
        return try SearchCursor(field.value, use, key: cursorKey)
    }

    // MARK: - Everything

    private func everything(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        try request.requireFHIRAnswer()
        let caller = try request.requireCaller()
        try caller.require(.search, on: nil)
        let patient = request.parameters.text("id")
        let use = "$everything\0\(caller.actor.id)\0\(patient)"
        let cursor = try cursor(request.request.query.map { SearchField($0.name, $0.value) }, use)
        let order = try EverythingOrder(cursor.fields)
        let search = SearchRequest(
            order.query, scope: .patient(patient), offset: cursor.offset, moment: cursor.moment, filter: order.isWanted)
        let place = "\(services.configuration.baseURL)/fhir/Patient/\(patient)/$everything"
        return try await page(
            Question(.search(search), action: .export), order.query, fields: cursor.fields, offset: cursor.offset,
            use: use, place: place, selfURL: place, request)
    }

    // MARK: - Pages

    /// One page: the answer to `question`, with a link to the next if there is more.
    private func page(
        _ question: Question, _ query: SearchQuery, fields: [SearchField], offset: Int, use: String, place: String,
        selfURL: String, _ request: RouteRequest
    ) async throws(SteleError) -> HTTPResponse {
        let release: Release
        switch try await services.read(question, request) {
        case .refusal(let response): return response
        case .released(let released): release = released
        }
        var nextURL: String?
        let next = offset + query.count
        if query.count > 0, next < release.total {
            let cursor = SearchCursor(fields: fields, offset: next, moment: release.moment)
            nextURL = place + "?_cursor=" + cursor.sealed(use, key: cursorKey, random: services.random)
        }
        let bundle = SearchBundle(
            baseURL: services.configuration.baseURL, time: release.receipts.first?.time ?? services.time.now())
        var response = HTTPResponse(
            contentType: ErrorAnswer.fhirType,
            bytes: try bundle.bytes(release, query, selfURL: selfURL, nextURL: nextURL))
        response.addEvents(of: release)
        return response
    }
}

/// What `$everything` is asked for. Source: FHIR R4 OperationDefinition Patient-everything.
private struct EverythingOrder {
    let query: SearchQuery
    private let types: Set<String>?
    private let since: Int64?

    init(_ fields: [SearchField]) throws(SteleError) {
        var types: Set<ResourceType>?
        var since: DateTime?
        var counts: [SearchField] = []
        for field in fields {
            switch field.name {
            case "_format": continue
            case "_count": counts.append(field)
            case "_type":
                let named = field.value.split(separator: ",").map { ResourceType(name: String($0)) }
                guard !named.isEmpty, !named.contains(nil) else { throw .searchRefused("_type names no R4 types") }
                types = Set(named.compactMap { $0 })
            case "_since":
                guard let time = DateTime(field.value) else { throw .searchRefused("_since is no instant") }
                since = time
            default: throw .searchRefused("$everything takes _count, _since, _type and _cursor only")
            }
        }
        query = try SearchQuery(nil, counts, in: SearchContext(now: Timestamp(milliseconds: 0)))
            .includingReferred(of: types)
        self.types = types.map { Set($0.map(\.name)) }
        self.since = since?.start
    }

    /// Whether a record is of a type wanted and was written since.
    @Sendable func isWanted(_ entry: CompartmentEntry) -> Bool {
        (types?.contains(entry.resource.type) ?? true)
            && (since.map { Int64(clamping: entry.lastUpdated.milliseconds) >= $0 } ?? true)
    }
}
