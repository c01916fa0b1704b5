// API · tokens: asked for, looked at, ended.
internal import Cryptography
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// The OAuth routes. Source: RFC 6749 §4.4, RFC 7523, RFC 7662, RFC 7009, SMART App Launch 2.2 Backend Services.
struct TokenRoutes: Sendable {
    let services: Services
    private let replays: ReplayGuard
    private let failures: FailureLimiter

    init(_ services: Services) {
        self.services = services
        replays = ReplayGuard(services.custodian.vault.directory)
        failures = FailureLimiter(failureCountMax: services.configuration.tokenFailureCountMax)
    }

    var routes: [Route] {
        [
            Route(
                .post, "/oauth/token", .open,
                Operation(
                    "token", "oauth",
                    "Issues an access token for at most 300 seconds. Form fields: grant_type=client_credentials, "
                        + "client_assertion_type, client_assertion, scope, purpose_of_use (ActReason codes), patient.",
                    body: [.form], answer: [.json(Self.tokenSchema)]),
                isRepeatable: false
            ) { request async throws(SteleError) in try await issue(request) },
            Route(
                .post, "/oauth/introspect", .token,
                Operation(
                    "introspect", "oauth", "Says what an access token stands for; a patient sees only their own.",
                    body: [.form], answer: [.json()]),
                isRepeatable: false
            ) { request throws(SteleError) in
                try Introspection(services).answer(
                    to: try request.requireCaller(), about: Self.token(in: try request.form()))
            },
            Route(
                .post, "/oauth/revoke", .open,
                Operation(
                    "revoke", "oauth", "Ends an access token. Whoever has the token may end it.", body: [.form]),
                isRepeatable: false
            ) { request throws(SteleError) in try revoke(request) },
        ]
    }

    // MARK: - Issuing

    private func issue(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        let now = services.time.now().seconds
        let address = request.request.clientAddress
        try failures.check(address, now: now)
        do throws(SteleError) {
            let response = try await issue(TokenRequest(request), now: now)
            services.metrics.count(.tokensIssued)
            return response
        } catch {
            failures.note(address, now: now)
            services.metrics.count(.tokensRefused)
            throw error
        }
    }

    private func issue(_ request: TokenRequest, now: UInt64) async throws(SteleError) -> HTTPResponse {
        let assertion = try ClientAssertion(
            parsing: request.assertion, audience: services.configuration.tokenEndpoint, now: now)
        guard request.clientID.map({ $0 == assertion.clientID }) ?? true else {
            throw SteleError(
                .tokenAssertion, "client_id is not the client that the assertion names",
                hint: "leave client_id out, or send the assertion's iss")
        }
        let (actor, key) = try client(of: assertion)
        try await replays.note(assertion, now: now)
        let scopes = try Self.scopes(request.scope, of: actor)
        let purposes = try Self.purposes(request.purposes, of: actor)
        let session = Session(
            actorID: actor.id, clientID: assertion.clientID, clientKey: key, scopes: scopes, purposes: purposes,
            patient: try patient(request.patient, of: actor), assertion: assertion.bytes, issued: now)
        let token = try services.tokens.issue(session, random: services.random, now: now)
        var members: [JSONValue.Member] = [
            .init("access_token", .string(token)), .init("token_type", "bearer"),
            .init("expires_in", .number(String(TokenTable.lifetimeSeconds))),
            .init("scope", .string(scopes.map(\.text).joined(separator: " "))),
            .init("purpose_of_use", .string(purposes.joined(separator: " "))),
        ]
        if let patient = session.patient { members.append(.init("patient", .string(patient))) }
        return .json(.object(members))
    }

    /// The actor whose registered key signed `assertion`. Unknown, revoked and wrongly signed get one answer.
    private func client(
        of assertion: ClientAssertion
    ) throws(SteleError) -> (actor: RegisteredActor, key: JWKPublicKey) {
        let actor = try services.custodian.vault.directory.actor(clientID: assertion.clientID)
        // A client that is unknown costs a verification too: time does not tell who is registered.
        let isSigned = assertion.isSigned(by: actor?.clientKey ?? services.decoyKey)
        guard isSigned, let actor, let key = actor.clientKey, !actor.isRevoked else {
            throw SteleError(
                .tokenClient, "no client in good standing has the id and the key of the assertion",
                hint: "check the client id and the key; stele actor list shows who is registered")
        }
        return (actor, key)
    }

    /// The scopes that `text` lists, if `actor` may have them.
    private static func scopes(_ text: String, of actor: RegisteredActor) throws(SteleError) -> [Scope] {
        let scopes = try Scope.list(text)
        let contexts: Set<Scope.Context> =
            if actor.patientSubject != nil { [.patient] } else if actor.kind == .person { [.user, .system] } else {
                [.system]
            }
        guard scopes.allSatisfy({ contexts.contains($0.context) }) else {
            throw SteleError(
                .tokenScope, "a scope has a context that this client may not have",
                hint: "patients ask for patient/…, staff for user/… or system/…, systems for system/…")
        }
        return scopes
    }

    /// The purposes that `codes` name, if `actor` may claim them.
    private static func purposes(_ codes: [String], of actor: RegisteredActor) throws(SteleError) -> [String] {
        // A patient's own request has one purpose; claiming another would make use of grants meant for others.
        if actor.patientSubject != nil {
            guard codes.isEmpty || codes == [patientPurpose] else {
                throw purpose("a patient's request has the purpose PATRQT and no other")
            }
            return [patientPurpose]
        }
        guard !codes.isEmpty else { throw purpose("purpose_of_use is missing") }
        guard codes.count <= purposeCountMax, Set(codes).count == codes.count, codes.allSatisfy(PurposeOfUse.isKnown)
        else { throw purpose("purpose_of_use names a code that is unknown, or named twice, or more than four") }
        return codes
    }

    private static let patientPurpose = "PATRQT"
    /// Most purposes of one token: with their ancestors they fit a set of 16 labels.
    private static let purposeCountMax = 4

    private static func purpose(_ rule: String) -> SteleError {
        SteleError(.tokenPurpose, rule, hint: "send ActReason codes such as TREAT, HPAYMT or HRESCH")
    }

    /// The patient the token is for. Whether the id exists is not told.
    private func patient(_ id: String?, of actor: RegisteredActor) throws(SteleError) -> String? {
        guard let subject = actor.patientSubject else { return id }
        let own = try services.custodian.vault.directory.subject(subject).patient
        guard id == nil || id == own else { throw Caller.notYours }
        return own
    }

    // MARK: - Looking and ending

    private func revoke(_ request: RouteRequest) throws(SteleError) -> HTTPResponse {
        // RFC 7009 §2.2: an unknown token is answered like a known one.
        services.tokens.revoke(try Self.token(in: try request.form()))
        return HTTPResponse()
    }

    private static func token(in form: [HTTPField]) throws(SteleError) -> String {
        let values = form.filter { $0.name == "token" }
        guard values.count == 1 else { throw TokenRequest.malformed("`token` is missing or occurs more than once") }
        return values[0].value
    }

    private static let tokenSchema: JSONValue = [
        "type": "object", "required": ["access_token", "token_type", "expires_in", "scope", "purpose_of_use"],
        "properties": [
            "access_token": ["type": "string"], "token_type": ["const": "bearer"],
            "expires_in": ["type": "integer", "maximum": 300], "scope": ["type": "string"],
            "purpose_of_use": ["type": "string"], "patient": ["type": "string"],
        ],
    ]
}
