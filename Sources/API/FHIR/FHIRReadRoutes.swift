// API · records out.
internal import Contracts
internal import Cryptography
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// Reading and searching. Every answer, a refusal too, is an access event of the patient and names it in
/// `Stele-Transaction`. Source: FHIR R4 §3.1.0.
struct FHIRReadRoutes: Sendable {
    let services: Services
    // Seals cursors; gone with the process.
    private let cursorKey: SecretBytes
    private let capabilities: [UInt8]

    init(_ services: Services) {
        self.services = services
        cursorKey = .random(from: services.random)
        capabilities = CapabilityStatement(baseURL: services.configuration.baseURL, time: services.time.now()).json
            .serialized()
    }

    var routes: [Route] {
        [
            Route(
                .get, "/fhir/metadata", .open,
                Operation("capabilities", "fhir", "What this server can do.", answer: [.fhir])
            ) { request throws(SteleError) in
                try request.requireFHIRAnswer()
                return HTTPResponse(contentType: ErrorAnswer.fhirType, bytes: capabilities)
            },
            Route(
                .get, "/fhir/{type:type}/{id:id}", .token,
                Operation("read", "fhir", "The newest version of a resource, exactly as written.", answer: [.fhir])
            ) { request async throws(SteleError) in try await read(request, version: nil) },
            Route(
                .get, "/fhir/{type:type}/{id:id}/_history/{version:number}", .token,
                Operation("vread", "fhir", "A version of a resource, exactly as written.", answer: [.fhir])
            ) { request async throws(SteleError) in
                guard let version = UInt32(exactly: request.parameters.number("version")) else {
                    throw Services.recordUnavailable
                }
                return try await read(request, version: version)
            },
            Route(
                .get, "/fhir/{type:type}", .token,
                Operation(
                    "search", "fhir", "Resources of one patient that fulfil every condition.",
                    query: Self.searchParameters, answer: [.fhir])
            ) { request async throws(SteleError) in try await search(request, request.request.query) },
            Route(
                .post, "/fhir/{type:type}/_search", .token,
                Operation(
                    "search-post", "fhir", "The same with the parameters in the body, out of reach of logs.",
                    body: [.form], answer: [.fhir]),
                isRepeatable: false
            ) { request async throws(SteleError) in try await search(request, try request.form()) },
            Route(
                .get, "/fhir/Patient/{id:id}/$everything", .token,
                Operation(
                    "everything", "fhir", "Everything of one patient that the caller may take away, page by page.",
                    query: [("_count", "Most resources of one page, up to 1000.")], answer: [.fhir])
            ) { request async throws(SteleError) in try await everything(request) },
        ]
    }

    private static let searchParameters = [
        ("patient", "The patient, as id or Patient/id; also as subject. A token's patient if absent."),
        ("_id", "Ids."), ("code", "Codes, as code or system|code."), ("category", "Categories, the same way."),
        ("identifier", "Business identifiers, as value or system|value."), ("status", "Statuses."),
        ("date", "Dates, with a prefix such as ge."), ("_lastUpdated", "When written."),
        ("_count", "Most resources of one page, up to 1000."), ("_cursor", "From a next link, with nothing else."),
    ]

    // MARK: - One record

    private func read(_ request: RouteRequest, version: UInt32?) async throws(SteleError) -> HTTPResponse {
        try request.requireFHIRAnswer()
        try request.requireCaller().require(.read, on: request.parameters.type("type"))
        let name = ResourceName(type: request.parameters.text("type"), id: request.parameters.text("id"))
        switch try await services.read(Question(.read(name, version: version), action: .read), request) {
        case .refusal(let response): return response
        case .released(let release):
            guard let (entry, bytes) = release.records.first else { throw Services.recordUnavailable }
            var response =
                try request.has(entry)
                ? HTTPResponse(status: 304) : HTTPResponse(contentType: ErrorAnswer.fhirType, bytes: bytes)
            response.headers.add("ETag", VersionTag(entry.version).text)
            response.headers.add("Last-Modified", HTTPDate.text(entry.lastUpdated))
            Self.addEvent(of: release, to: &response)
            return response
        }
    }

    // MARK: - Several

    private func search(_ request: RouteRequest, _ fields: [HTTPField]) async throws(SteleError) -> HTTPResponse {
        try request.requireFHIRAnswer()
        let caller = try request.requireCaller()
        let type = request.parameters.type("type")
        try caller.require(.search, on: type)
        var cursor = SearchCursor(fields: fields, offset: 0)
        if let field = fields.first(where: { $0.name == "_cursor" }) {
            guard fields.allSatisfy({ ["_cursor", "_format"].contains($0.name) }) else {
                throw SearchQuery.refused("_cursor comes with other parameters")
            }
            cursor = try SearchCursor(field.value, type, for: caller.actor.id, key: cursorKey)
        }
        let query = try SearchQuery(type, cursor.fields, tokenPatient: caller.session.patient)
        let question = Question(
            .search(
                type: type.name, patient: query.patient, offset: cursor.offset, count: query.count,
                matches: query.matches),
            action: .search)
        let place = "\(services.configuration.baseURL)/fhir/\(type.name)"
        let written = query.parameters.map { QueryText.encode($0.name) + "=" + QueryText.encode($0.value) }
        return try await page(
            question, cursor: SearchCursor(fields: query.parameters, offset: cursor.offset + query.count), type,
            place: place, selfURL: place + "?" + written.joined(separator: "&"), request)
    }

    private func everything(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        try request.requireFHIRAnswer()
        let caller = try request.requireCaller()
        try caller.require(.search, on: nil)
        let patient = request.parameters.text("id")
        let fields = request.request.query.filter { $0.name != "_format" }
        guard fields.allSatisfy({ $0.name == "_count" || $0.name == "_cursor" }) else {
            throw SearchQuery.refused("$everything takes _count and _cursor only")
        }
        var cursor = SearchCursor(fields: fields, offset: 0)
        if let field = fields.first(where: { $0.name == "_cursor" }) {
            cursor = try SearchCursor(field.value, .patient, for: caller.actor.id + "\0" + patient, key: cursorKey)
        }
        let query = try SearchQuery(
            .patient, cursor.fields + [HTTPField(name: "patient", value: patient)], tokenPatient: nil)
        let question = Question(
            .search(type: nil, patient: patient, offset: cursor.offset, count: query.count, matches: { _ in true }),
            action: .export)
        let place = "\(services.configuration.baseURL)/fhir/Patient/\(patient)/$everything"
        return try await page(
            question, cursor: SearchCursor(fields: cursor.fields, offset: cursor.offset + query.count), .patient,
            binding: caller.actor.id + "\0" + patient, place: place, selfURL: place, request)
    }

    /// One page: the answer to `question`, with a link to the page at `cursor` if there is more.
    private func page(
        _ question: Question, cursor: SearchCursor, _ type: ResourceType, binding: String? = nil, place: String,
        selfURL: String, _ request: RouteRequest
    ) async throws(SteleError) -> HTTPResponse {
        let release: Release
        switch try await services.read(question, request) {
        case .refusal(let response): return response
        case .released(let released): release = released
        }
        var nextURL: String?
        if !release.records.isEmpty, cursor.offset < release.total {
            let caller = try request.requireCaller().actor.id
            let actorID = binding ?? caller
            nextURL =
                place + "?_cursor="
                + cursor.sealed(type, for: actorID, key: cursorKey, random: services.random)
        }
        let bundle = SearchBundle(baseURL: services.configuration.baseURL, time: release.receipt.time)
        var response = HTTPResponse(
            contentType: ErrorAnswer.fhirType, bytes: bundle.bytes(release, selfURL: selfURL, nextURL: nextURL))
        Self.addEvent(of: release, to: &response)
        return response
    }

    /// Names the event and, if grants ask something of the reader, what.
    private static func addEvent(of release: Release, to response: inout HTTPResponse) {
        response.headers.add("Stele-Transaction", release.receipt.transactionID.hex)
        if !release.obligations.isEmpty {
            response.headers.add("Stele-Obligations", release.obligations.joined(separator: ", "))
        }
    }
}
