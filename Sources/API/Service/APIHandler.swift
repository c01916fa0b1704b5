// API · every route of a node behind one handler.
public import HTTPServer
internal import JSON
public import Node
internal import Vault
public import Primitives

/// Answers FHIR, OAuth and ledger requests for one custodian.
///
/// A request finds its route, then its caller, then — on a POST with an `Idempotency-Key` — the answer it had before;
/// only then does the route run. Whatever goes wrong is an answer with a stable code. Query strings, bodies and tokens
/// are never logged and never in a metric.
public final class APIHandler: HTTPHandler {
    private let services: Services
    private let router: Router
    private let repeats: IdempotencyCache
    private let report: @Sendable (SteleError) -> Void

    /// The API of `custodian`.
    /// - Parameter report: told of faults of the node, those answered with 500 or more, for the operator's log.
    public init(
        custodian: Custodian, configuration: APIConfiguration, time: any TimeSource, random: any RandomSource,
        report: @escaping @Sendable (SteleError) -> Void = { _ in }
    ) {
        let services = Services(custodian: custodian, configuration: configuration, time: time, random: random)
        let ordinary = [
            FHIRReadRoutes(services).routes, FHIRSearchRoutes(services).routes, FHIRHistoryRoutes(services).routes,
            FHIRWriteRoutes(services).routes, FHIRValidateRoutes().routes,
        ].flatMap { $0 }
        let ledgerResources = LedgerResourceRoutes(services, ordinary: Router(ordinary))
        // What is told from the ledger stands first: its paths are narrower.
        let single = ledgerResources.routes + ConsentWriteRoutes(ledgerResources).routes + ordinary
        let groups: [[Route]] = [
            TokenRoutes(services).routes, DiscoveryRoutes(services).routes, LedgerRoutes(services).routes,
            ProofRoutes(services).routes,
            EventRoutes(services).routes, NoticeRoutes(services).routes, EmergencyRoutes(services).routes,
            EpisodeRoutes(services).routes, AccessRoutes(services).routes,
            ContractRoutes(services).routes, SubjectRoutes(services).routes,
            ErasureRoutes(services).routes, BackupRoutes(services).routes, KeyRoutes(services).routes,
            ActorRoutes(services).routes, AssistedDelegateRoutes(services).routes, PreviewRoutes(services).routes,
            ImportRoutes(services).routes, CopyRoutes(services).routes, single,
            BundleRoutes(services, over: single).routes,
            HealthRoutes(services).routes,
        ]
        let routes = groups.flatMap { $0 }
        let document = OpenAPIDocument(routes, baseURL: configuration.baseURL).json.serialized()
        let describing = Route(
            .get, "/openapi.json", .open,
            Operation("openapi", "operations", "This description of the API.", answer: [.json()])
        ) { _ throws(SteleError) in HTTPResponse(contentType: "application/json", bytes: document) }
        self.services = services
        self.report = report
        router = Router(routes + [describing])
        repeats = IdempotencyCache(time: time)
    }

    public func respond(to request: HTTPRequest) async -> HTTPResponse {
        let start = ContinuousClock.now
        let release = OpenRelease(services.custodian)
        var (response, pattern) = await release.serving { await answer(request) }
        if release.holdsRecords {
            if release.isWithdrawn { response = refuse(Self.withdrawn, request) }
            response.onSending = { cut in release.beginSending(cut) }
        }
        if response.headers["Cache-Control"] == nil { response.headers.add("Cache-Control", "no-store") }
        response.headers.add("X-Content-Type-Options", "nosniff")
        services.metrics.record(
            route: pattern, method: request.method, status: response.status,
            seconds: (ContinuousClock.now - start) / .seconds(1))
        return response
    }

    /// The answer to `request`, and the pattern of the route that gave it.
    private func answer(_ request: HTTPRequest) async -> (HTTPResponse, pattern: String) {
        var pattern = "none"
        do throws(SteleError) {
            let (route, parameters) = try find(request)
            pattern = route.pattern.text
            // While the keys are replaced nobody is served; what replaces them enters alone by itself.
            let response =
                route.entersAlone
                ? try await answer(request, route, parameters)
                : try await services.custodian.admission.shared { () async throws(SteleError) -> HTTPResponse in
                    try await answer(request, route, parameters)
                }
            return (response, pattern)
        } catch {
            return (refuse(error, request), pattern)
        }
    }

    public func refusal(_ refusal: HTTPRefusal) -> HTTPResponse {
        services.errors.response(to: refusal.error, path: refusal.path ?? "", status: refusal.status)
    }

    /// Ends every access token of an actor. A revoked actor's tokens are dead without this; it only frees their memory.
    public func endSessions(of actorID: String) { services.tokens.revokeAll(of: actorID) }

    // MARK: - Steps

    private static var withdrawn: SteleError {
        SteleError(
            .accessContended, "the patient's consent changed while the answer was prepared, so it stays here",
            hint: "ask again; what the request wrote, if it wrote anything, stands")
    }

    private func find(_ request: HTTPRequest) throws(SteleError) -> (Route, PathParameters) {
        switch router.match(request.method, request.segments) {
        case .route(let route, let parameters): return (route, parameters)
        case .otherMethods:
            throw SteleError(
                .routeMethod, "the path does not have this method", hint: "use a method that Allow lists")
        case .nothing:
            throw SteleError(
                .routeUnknown, "there is nothing at this path",
                hint: "GET /openapi.json lists the paths; none ends with a slash")
        }
    }

    private func answer(
        _ request: HTTPRequest, _ route: Route, _ parameters: PathParameters
    ) async throws(SteleError) -> HTTPResponse {
        let caller = try authorise(request, route)
        let checked = RouteRequest(request: request, parameters: parameters, caller: caller)
        guard route.isRepeatable, let key = try checked.header("Idempotency-Key") else {
            let response = try await route.answer(checked)
            // What ended while the answer was prepared gets nothing: a revocation holds for requests under way too.
            if let caller, route.isReading || OpenRelease.current?.holdsRecords == true,
                try services.callers.caller(for: caller.session) == nil
            {
                throw .tokenInvalid
            }
            return response
        }
        return try await repeats.answer(key, actorID: caller?.actor.id ?? "", request) { () async -> HTTPResponse in
            do throws(SteleError) {
                return try await route.answer(checked)
            } catch {
                return self.refuse(error, request)
            }
        }
    }

    /// The caller of `request`, who may call `route`.
    private func authorise(_ request: HTTPRequest, _ route: Route) throws(SteleError) -> Caller? {
        switch route.access {
        case .open: return nil
        case .local where RouteRequest.isLocal(request.clientAddress): return nil
        case .token:
            guard let caller = try services.callers.caller(of: request) else { throw .tokenMissing }
            return caller
        case .officer, .local:
            guard let caller = try services.callers.caller(of: request) else { throw .tokenMissing }
            try caller.requireOfficer(of: services.custodian.organisation)
            return caller
        }
    }

    private func refuse(_ error: SteleError, _ request: HTTPRequest) -> HTTPResponse {
        var response = services.errors.response(to: error, path: request.path)
        if response.status >= 500 { report(error) }
        if error.code == .routeMethod, case .otherMethods(let methods) = router.match(request.method, request.segments)
        {
            response.headers.add("Allow", methods.map(\.rawValue).sorted().joined(separator: ", "))
        }
        return response
    }
}
