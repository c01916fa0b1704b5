// API · the one place where a code becomes an HTTP status, a FHIR issue type and an OAuth error.
internal import FHIR
internal import JSON
internal import Primitives
internal import Vault

/// What a code means to HTTP. Source: `docs/spec/errors.json`, which a test compares with this table.
enum ErrorStatus {
    /// The status of an answer with `code`. What is not listed is a fault of the node: 500.
    static func status(of code: ErrorCode) -> Int { status(named: code.name) }

    /// The same by the code's name.
    static func status(named name: String) -> Int { statuses[name] ?? 500 }

    /// The FHIR issue type of an answer with `code`. Source: FHIR R4, value set issue-type.
    static func issueKind(of code: ErrorCode) -> OperationOutcome.Kind {
        switch code {
        case .tokenMissing, .tokenInvalid: .login
        case .jsonTooDeep, .jsonTooLarge: .tooLong
        case .jsonMalformed, .jsonDuplicateKey, .resourceMalformed, .bundleMalformed: .structure
        case .recordDeleted: .deleted
        case .criteriaSeveral: .multipleMatches
        case .vaultVersionPending: .lockError
        case .routeMethod, .requestMediaType, .searchParameter: .notSupported
        default:
            switch status(of: code) {
            case 400: .invalid
            case 401: .login
            case 403: .forbidden
            case 404: .notFound
            case 405: .notSupported
            case 409, 412: .conflict
            case 413: .tooLong
            case 422: .processing
            case 429: .throttled
            case 503: .transient
            default: .exception
            }
        }
    }

    /// The `error` of an answer of the token endpoint. Source: RFC 6749 §5.2, RFC 7523 §3.2.
    static func oauthError(of code: ErrorCode) -> String {
        switch code {
        case .tokenGrantType: "unsupported_grant_type"
        case .tokenClient, .tokenAssertion, .tokenAlgorithm, .tokenAudience, .tokenLifetime, .tokenReplayed:
            "invalid_client"
        case .tokenScope: "invalid_scope"
        case .tokenMissing, .tokenInvalid: "invalid_token"
        default: status(of: code) >= 500 || code == .tokenThrottled ? "temporarily_unavailable" : "invalid_request"
        }
    }

    private static let statuses: [String: Int] = {
        var statuses: [String: Int] = [:]
        for (status, names) in namesByStatus { for name in names { statuses[name] = status } }
        return statuses
    }()

    private static let namesByStatus: [(status: Int, names: [String])] = [
        (
            400,
            [
                "actor.malformed", "agreement.rejected", "cbor.malformed", "certificate.malformed",
                "contract.arguments", "copy.malformed", "http.client_gone", "http.malformed", "json.duplicate_key",
                "json.malformed",
                "json.too_deep", "key.malformed", "log.range_invalid", "note.malformed", "note.unsigned", "proof.false",
                "proof.malformed", "proof.unwitnessed", "purpose.unknown", "request.malformed", "resource.mismatch",
                "search.cursor",
                "search.parameter", "token.grant_type", "token.purpose", "token.request", "token.scope",
                "transaction.malformed", "transaction.network", "transaction.signature", "trust.malformed",
                "witness.malformed",
            ]
        ),
        (
            401,
            [
                "token.algorithm", "token.assertion", "token.audience", "token.client", "token.invalid",
                "token.lifetime", "token.missing", "token.replayed",
            ]
        ),
        (
            403,
            [
                "access.refused", "actor.not_allowed", "emergency.purpose", "override.review_limit",
                "override.review_overdue", "override.too_long", "review.own", "signer.not_allowed", "subject.not_yours",
                "token.insufficient",
            ]
        ),
        (
            404,
            [
                "actor.unknown", "blob.unknown", "contract.unknown_call", "delegate.unknown", "emergency.unknown",
                "episode.unknown", "erasure.unknown", "grant.unknown", "header.unknown", "hold.unknown",
                "network_key.unknown", "profile.unknown", "record.unavailable",
                "record.unknown", "review.unknown", "role.unknown", "route.unknown", "subject.not_enrolled",
                "subject.unknown", "tile.unknown", "transaction.unknown", "vault.actor_unknown",
                "vault.subject_unknown", "vault.transaction_unknown",
            ]
        ),
        (
            405,
            ["route.method"]
        ),
        (
            406,
            ["request.not_acceptable"]
        ),
        (
            409,
            [
                "access.stale", "actor.exists", "actor.revoked", "backup.exists", "consent_key.shared",
                "contract.reserved", "copy.history_differs", "delegate.exists", "delegate.expired", "delegate.limit",
                "emergency.ended",
                "episode.encounter", "episode.ended", "episode.exists", "episode.limit", "erasure.held",
                "erasure.retained", "keys.in_force", "keys.root_fixed", "keys.node_fixed", "review.open",
                "grant.differs", "grant.expired", "grant.limit", "grant.unasked",
                "idempotency.conflict", "journal.out_of_order", "network_key.exists", "network_key.last_admin",
                "network_key.revoked", "organisation.exists", "policy_key.earlier", "policy_key.foreign",
                "policy_key.incomplete", "policy_key.unprepared", "policy_key.unread", "policy_key.version",
                "profile.exists", "record.exists",
                "record.superseded", "role.exists", "role.not_suspended", "role.revoked", "role.suspended",
                "subject.exists", "transaction.expired",
                "transaction.repeated", "vault.actor_exists", "vault.profiles_full", "vault.resource_elsewhere",
                "vault.subject_exists", "vault.version_pending", "vault.wallet_claimed",
            ]
        ),
        (
            410,
            ["record.deleted", "subject.erased", "transaction.erased"]
        ),
        (
            412,
            ["criteria.none", "criteria.several", "vault.version_conflict"]
        ),
        (
            413,
            ["http.body_too_large", "json.too_large", "transaction.too_large"]
        ),
        (
            414,
            ["http.uri_too_long"]
        ),
        (
            415,
            ["request.media_type"]
        ),
        (
            416,
            ["blob.range", "vault.range"]
        ),
        (
            422,
            [
                "bundle.entry", "bundle.kind", "bundle.malformed", "consent.not_expressible", "leak.refused",
                "resource.id_invalid", "resource.id_reserved", "resource.invalid", "resource.malformed",
                "resource.patient",
                "resource.too_many_facts", "resource.too_many_labels", "resource.type_unknown",
            ]
        ),
        (
            429,
            ["token.throttled"]
        ),
        (
            431,
            ["http.headers_too_large"]
        ),
        (
            503,
            [
                "access.contended", "clock.skewed", "emergency.unavailable", "events.limit", "http.busy",
                "http.timeout", "idempotency.limit", "journal.full", "journal.waiting",
                "ledger.standstill", "node.busy", "records.unsettled", "token.limit",
                "vault.busy", "vault.pending",
            ]
        ),
        (
            507,
            ["disk.full", "disk.reserved", "storage.full"]
        ),
    ]
}
