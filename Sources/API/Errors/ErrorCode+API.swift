// API · the codes of its refusals, each declared once.
public import Primitives

extension ErrorCode {
    /// A path that no route answers.
    public static let routeUnknown = ErrorCode("route.unknown")
    /// A method that the path does not have.
    public static let routeMethod = ErrorCode("route.method")
    /// A parameter, header or body that is not what the path takes.
    public static let requestMalformed = ErrorCode("request.malformed")
    /// A body of a media type that the path does not take.
    public static let requestMediaType = ErrorCode("request.media_type")
    /// A request that takes no answer of a kind that the path gives.
    public static let requestNotAcceptable = ErrorCode("request.not_acceptable")
    /// An Idempotency-Key that came before with another request.
    public static let idempotencyConflict = ErrorCode("idempotency.conflict")
    /// More requests with an Idempotency-Key under way than are kept.
    public static let idempotencyLimit = ErrorCode("idempotency.limit")
    /// More event streams than a node keeps open.
    public static let eventsLimit = ErrorCode("events.limit")
    /// A resource whose id or type is not the one of its path.
    public static let resourceMismatch = ErrorCode("resource.mismatch")
    /// A record that was deleted, to whoever may see it.
    public static let recordDeleted = ErrorCode("record.deleted")
    /// Criteria of a conditional request that more than one resource fulfils.
    public static let criteriaSeveral = ErrorCode("criteria.several")
    /// A conditional reference that no resource fulfils.
    public static let criteriaNone = ErrorCode("criteria.none")
    /// A bundle of a kind that a server is not sent for processing.
    public static let bundleKind = ErrorCode("bundle.kind")
    /// A cursor that this node did not make, or made before it was restarted.
    public static let searchCursor = ErrorCode("search.cursor")
    /// A block that the ledger does not have.
    public static let headerUnknown = ErrorCode("header.unknown")
    /// A tile or a bundle of entries that the log does not have.
    public static let tileUnknown = ErrorCode("tile.unknown")
    /// A request for another subject's data.
    public static let subjectNotYours = ErrorCode("subject.not_yours")
}

extension ErrorCode {
    /// A request for a token that lacks a parameter, repeats one, or holds a malformed one.
    public static let tokenRequest = ErrorCode("token.request")
    /// A grant type other than client_credentials.
    public static let tokenGrantType = ErrorCode("token.grant_type")
    /// A client that is unknown or revoked, or an assertion that its key did not sign.
    public static let tokenClient = ErrorCode("token.client")
    /// A client assertion that is not a well-formed JWT with the claims it needs.
    public static let tokenAssertion = ErrorCode("token.assertion")
    /// A client assertion signed with an algorithm that is not accepted.
    public static let tokenAlgorithm = ErrorCode("token.algorithm")
    /// A client assertion made for another audience.
    public static let tokenAudience = ErrorCode("token.audience")
    /// A client assertion that has expired, is not valid yet, or is valid for too long.
    public static let tokenLifetime = ErrorCode("token.lifetime")
    /// A client assertion that was used before.
    public static let tokenReplayed = ErrorCode("token.replayed")
    /// A scope that is malformed, or that the client may not have.
    public static let tokenScope = ErrorCode("token.scope")
    /// A purpose of use that is missing, unknown, or not the client's to claim.
    public static let tokenPurpose = ErrorCode("token.purpose")
    /// Too many failed requests for tokens from one address.
    public static let tokenThrottled = ErrorCode("token.throttled")
    /// More tokens or assertions than a node keeps.
    public static let tokenLimit = ErrorCode("token.limit")
    /// A request without an access token where one is needed.
    public static let tokenMissing = ErrorCode("token.missing")
    /// An access token that is unknown, expired or revoked.
    public static let tokenInvalid = ErrorCode("token.invalid")
    /// An access token whose scopes do not allow the request.
    public static let tokenInsufficient = ErrorCode("token.insufficient")
}

extension SteleError {
    static var tokenMissing: SteleError {
        SteleError(
            .tokenMissing, "this path needs an access token",
            hint: "get one from POST /oauth/token and send it as Authorization: Bearer")
    }

    static var tokenInvalid: SteleError {
        SteleError(
            .tokenInvalid, "the access token is unknown, expired or revoked", hint: "get a new one from /oauth/token")
    }

    /// A resource that does not fit its path by `rule`.
    static func mismatchedResource(_ rule: String) -> SteleError {
        SteleError(
            .resourceMismatch, "the resource does not fit its path: \(rule)",
            hint: "send the resource to the path of its own type and id")
    }

    /// A request that breaks `rule`. Never repeats what was sent.
    static func malformedRequest(_ rule: String) -> SteleError {
        SteleError(.requestMalformed, rule, hint: "compare the request with /openapi.json and correct it")
    }
}
