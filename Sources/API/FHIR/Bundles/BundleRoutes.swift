// API · many requests in one: batches and transactions.
internal import FHIR
internal import HTTPServer
internal import Node
internal import Primitives

/// `POST /fhir`. Source: FHIR R4 §3.1.0.11.
struct BundleRoutes: Sendable {
    let services: Services
    /// Answers the requests that entries are.
    private let single: EntryRequests

    /// The routes, `routes` being those that a single request under `/fhir` has.
    init(_ services: Services, over routes: [Route]) {
        self.services = services
        single = EntryRequests(services, routes)
    }

    var routes: [Route] {
        [
            Route(
                .post, "/fhir", .token,
                Operation(
                    "bundle", "fhir", "Does what the entries of a batch or transaction ask for.", body: [.fhir],
                    answer: [.fhir])
            ) { request async throws(SteleError) in
                try request.requireFHIRAnswer()
                try request.requireFHIRBody()
                let bundle = try Bundle(parsing: request.request.body)
                let reads = bundle.entries.contains { $0.request.map { [.GET, .HEAD].contains($0.method) } ?? false }
                // What is released is decided anew each time, so it is never the answer to a repeat.
                if reads, try request.header("Idempotency-Key") != nil {
                    throw .malformedRequest("a bundle that reads takes no Idempotency-Key: send what it writes apart")
                }
                let responses: [BundleEntryResponse]
                switch bundle.kind {
                case .batch: responses = await BatchRun(single, bundle, request).run()
                case .transaction: responses = try await TransactionRun(services, single, bundle, request).run()
                default:
                    throw SteleError(
                        .bundleKind, "only a batch or a transaction is processed here",
                        hint: "send other bundles to POST /custodian/v1/import, or as a Bundle resource to /fhir/Bundle"
                    )
                }
                return HTTPResponse(
                    contentType: ErrorAnswer.fhirType, bytes: responses.bundle("\(bundle.kind.rawValue)-response"))
            }
        ]
    }
}

/// The requests of entries, each answered as if it had come alone.
struct EntryRequests: Sendable {
    let services: Services
    private let router: Router

    init(_ services: Services, _ routes: [Route]) {
        self.services = services
        router = Router(routes)
    }

    /// The request of the entry at `place` as a route sees it, and the route; an entry without one is refused.
    func route(
        _ entry: Bundle.Entry, _ request: RouteRequest
    ) throws(SteleError) -> (Route, RouteRequest) {
        guard let asked = entry.request else { throw Self.refused("it has no request") }
        var headers = HTTPHeaders()
        if entry.resource != nil { headers.add("Content-Type", ErrorAnswer.fhirType) }
        let conditions = [
            ("If-Match", asked.ifMatch), ("If-None-Exist", asked.ifNoneExist), ("If-None-Match", asked.ifNoneMatch),
            ("If-Modified-Since", asked.ifModifiedSince.flatMap { Self.httpDate($0) }),
        ]
        for case (let name, let value?) in conditions { headers.add(name, value) }
        let preference = try request.preference()
        headers.add(
            "Prefer",
            preference == .representation && !Self.wantsBody(request)
                ? "return=minimal"
                : preference.rawValue)
        guard let target = target(asked.url) else { throw Self.refused("its url is no path under this server") }
        let inner = HTTPRequest(
            method: asked.method.rawValue, target: target, headers: headers, body: entry.resource?.bytes ?? [],
            clientAddress: request.request.clientAddress)
        switch router.match(asked.method.rawValue, target.segments) {
        case .route(let route, let parameters):
            return (route, RouteRequest(request: inner, parameters: parameters, caller: request.caller))
        case .otherMethods:
            throw SteleError(
                .routeMethod, "the path of an entry does not have its method",
                hint: "use GET, POST, PUT or DELETE as for a single request")
        case .nothing: throw Self.refused("there is nothing at its url")
        }
    }

    /// The answer to the request of `entry`; whatever goes wrong is an answer too.
    func answer(_ entry: Bundle.Entry, _ request: RouteRequest) async -> BundleEntryResponse {
        do throws(SteleError) {
            if let fault = entry.fault { throw fault }
            let (route, inner) = try route(entry, request)
            return BundleEntryResponse(try await route.answer(inner))
        } catch {
            return BundleEntryResponse(error)
        }
    }

    /// `url`, relative to this server or absolute, as a target.
    func target(_ url: String) -> HTTPTarget? {
        let base = services.configuration.baseURL + "/fhir/"
        let relative = url.hasPrefix(base) ? String(url.dropFirst(base.utf8.count)) : url
        guard !relative.hasPrefix("/"), !relative.contains("://") else { return nil }
        return HTTPTarget("/fhir/" + relative)
    }

    static func refused(_ rule: String) -> SteleError {
        SteleError(
            .bundleEntry, "an entry of the bundle cannot be processed: \(rule)",
            hint:
                "give each entry a request with method and url, such as PUT Patient/p1, and a resource where it needs one"
        )
    }

    /// Whether the client asked for bodies in so many words: by default a bundle of responses has none.
    private static func wantsBody(_ request: RouteRequest) -> Bool {
        request.request.headers["Prefer"]?.contains("return=representation") ?? false
    }

    private static func httpDate(_ instant: String) -> String? {
        DateTime(instant).flatMap { UInt64(exactly: $0.start) }.map { HTTPDate.text(Timestamp(milliseconds: $0)) }
    }
}
