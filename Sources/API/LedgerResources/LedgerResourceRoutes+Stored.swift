// API · stored resources of the types that are told from the ledger, found beside those told.
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// What an ordinary search found, to stand in one Bundle with what is told.
struct StoredPage {
    /// The entries as they were written.
    let entries: [[UInt8]]
    let total: Int
    let nextURL: String?
    /// What `Stele-Transaction` and `Stele-Obligations` said.
    let events: String?
    let obligations: String?
}

extension LedgerResourceRoutes {
    /// Whether a search with `fields` is about stored resources alone: what is told has the source `urn:stele:ledger`.
    static func isStoredOnly(_ fields: [SearchField]) -> Bool {
        fields.contains { field in
            field.name == "_source" && !field.value.split(separator: ",").contains { $0 == LedgerVocabulary.ledger }
        }
    }

    /// Hands the search of `fields` to the ordinary routes.
    func searchStored(_ request: RouteRequest, _ fields: [SearchField]) async throws(SteleError) -> HTTPResponse {
        let fields = fields.filter { $0.name != "_source" || $0.value != LedgerVocabulary.vault }
        let form = fields.map { QueryText.encode($0.name) + "=" + QueryText.encode($0.value) }.joined(separator: "&")
        let original = request.request
        let isPosted = original.method == "POST"
        guard let target = HTTPTarget(isPosted ? original.path : original.path + "?" + form),
            case .route(let route, let parameters) = ordinary.match(original.method, original.segments)
        else { throw Services.recordUnavailable }
        let stripped = HTTPRequest(
            method: original.method, target: target, headers: original.headers,
            body: isPosted ? Array(form.utf8) : original.body, clientAddress: original.clientAddress)
        return try await route.answer(RouteRequest(request: stripped, parameters: parameters, caller: request.caller))
    }

    /// The pages after the last that told something: a patient who permits themself no records finds nothing there.
    func restStored(
        _ type: ResourceType, _ fields: [SearchField], _ request: RouteRequest
    ) async throws(SteleError) -> HTTPResponse {
        let response = try await searchStored(request, fields)
        guard response.status == 403, try request.requireCaller().isPatient else { return response }
        let bundle = LedgerBundle(baseURL: services.configuration.baseURL, time: services.time.now())
        let asked = fields.filter { $0.name != "_source" }
        return HTTPResponse(
            contentType: ErrorAnswer.fhirType,
            bytes: bundle.bytes(type, [], stored: [], total: nil, asked, nextURL: nil))
    }

    /// Whether stored resources of `type` have to be looked for.
    ///
    /// A patient's own search looks only where there is something, so that looking at one's own log leaves no line in
    /// it. Anybody else's always looks: whether there is something is nothing they may learn.
    func mayHaveStored(_ type: ResourceType, _ patient: String, _ caller: Caller) throws(SteleError) -> Bool {
        guard let own = try own(patient, caller) else { return true }
        return try !custodian.vault.compartment(of: own.subject).current(type: type.name).isEmpty
    }

    /// The stored resources that `search` finds, `count` at most; nil for a patient who permits themself no records.
    func stored(
        _ type: ResourceType, _ search: LedgerSearch, of patient: String, count: Int, _ request: RouteRequest
    ) async throws(SteleError) -> StoredPage? {
        let fields =
            search.fields.filter { !["_count", "patient", "patient:Patient"].contains($0.name) }
            + [SearchField("patient", patient), SearchField("_count", String(count))]
        let response = try await searchStored(request, fields)
        if response.status == 403, try request.requireCaller().isPatient { return nil }
        // Only what ended since it was told is refused now.
        guard response.status == 200, case .bytes(let bytes) = response.body,
            let bundle = try? JSONDocument(parsing: bytes).root
        else { throw Services.accessRefused }
        return StoredPage(
            entries: bundle["entry"]?.elements.map { Array($0.sourceBytes) } ?? [],
            total: bundle["total"]?.uint.map { Int(clamping: $0) } ?? 0,
            nextURL: bundle["link"]?.elements.first { $0["relation"]?.isString("next") ?? false }?["url"]?.string,
            events: response.headers["Stele-Transaction"], obligations: response.headers["Stele-Obligations"])
    }
}
