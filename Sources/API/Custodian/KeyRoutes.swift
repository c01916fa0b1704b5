// API · keys renewed: for officers, and for patients those with which they decide.
internal import Contracts
internal import Cryptography
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// Renewing the root key, the node's key, the keys of one patient's records, and a patient's policy key.
struct KeyRoutes: Sendable {
    let services: Services

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [
            Route(
                .post, "/custodian/v1/keys/root", .officer,
                Operation(
                    "renew-root", "custodian",
                    "Wraps every patient's key under a new root key and destroys the old one.",
                    answer: [.json()]),
                entersAlone: true
            ) { _ async throws(SteleError) in
                .json(["epoch": .number(String(try await services.custodian.renewRoot()))])
            },
            Route(
                .post, "/custodian/v1/keys/node", .officer,
                Operation(
                    "renew-node-key", "custodian",
                    "Replaces the key with which the node signs and revokes the old one on the ledger.",
                    answer: [.json()]),
                entersAlone: true
            ) { _ async throws(SteleError) in
                .json(["key": .string(try await services.custodian.renewNodeKey().hex)])
            },
            Route(
                .post, "/custodian/v1/subjects/{patient:id}/keys", .officer,
                Operation(
                    "renew-keys", "custodian",
                    "Gives each category of a patient's records a new key for what is written from now on.",
                    answer: [.json()])
            ) { request async throws(SteleError) in
                let count = try await services.custodian.renewKeys(of: request.parameters.text("patient"))
                return .json(["categories": .number(String(count))])
            },
            Route(
                .post, "/custodian/v1/policy-key", .token,
                Operation(
                    "succeed-policy-key", "custodian",
                    "Makes the policy key that follows the given version of the patient's own, and says which grants "
                        + "are to be stated under it. It is in force once the patient has signed that.",
                    body: [.json(Self.versionSchema)], answer: [.json(Self.successionSchema)])
            ) { request async throws(SteleError) in try await succession(request) },
            Route(
                .post, "/custodian/v1/subjects/{patient:id}/policy-key", .officer,
                Operation(
                    "renew-policy-key", "custodian",
                    "Replaces the policy key of a patient whose wallet nobody has claimed.", answer: [.json()])
            ) { request async throws(SteleError) in
                let version = try await services.custodian.replacePolicyKey(of: request.parameters.text("patient"))
                return .json(["policy_key_version": .number(String(version))])
            },
        ]
    }

    private func succession(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        let actor = try request.requireCaller().actor
        guard let subject = actor.patientSubject, case .okp(let key) = actor.clientKey else { throw Caller.notYours }
        var fields = try JSONFields(try request.json())
        guard let version = UInt32(exactly: try fields.required("policy_key_version").uint ?? 0), version > 0 else {
            throw .malformedRequest("`policy_key_version` is no version")
        }
        try fields.finish()
        let next = try await services.custodian.succession(of: subject, after: version, for: key)
        return .json([
            "policy_key": .string(next.key.secret.exposedBytes32().hex),
            "policy_key_version": .number(String(next.key.version)), "in_force": .bool(next.isInForce),
            "told_to_another": .bool(next.wasToldToAnother),
            "grants": .array(next.grants.map(Self.json)),
        ])
    }

    private static func json(_ grant: ReadableGrant) -> JSONValue {
        func hex(_ set: TokenSet) -> JSONValue { .array(set.tokens.map { .string($0.hex) }) }
        func parts(_ labels: Set<Label>) -> JSONValue {
            .array(
                labels.sorted { $0.encoded.lexicographicallyPrecedes($1.encoded) }
                    .map { .array($0.parts.map { .string($0) }) })
        }
        return [
            "grant": .string(grant.grant.hex), "kind": .string(grant.kind.name),
            "grantees": hex(grant.tokens.grantees), "purposes": hex(grant.tokens.purposes),
            "classes": hex(grant.tokens.classes), "except": grant.tokens.except.map(hex) ?? .null,
            "labels": [
                "grantees": parts(grant.labels.grantees), "purposes": parts(grant.labels.purposes),
                "classes": parts(grant.labels.classes), "except": parts(grant.labels.except),
            ], "whole": .bool(grant.isWhole),
        ]
    }

    private static let versionSchema: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["policy_key_version"],
        "properties": ["policy_key_version": ["type": "integer", "minimum": 1]],
    ]

    private static let successionSchema: JSONValue = {
        let tokens: JSONValue = ["type": "array", "items": PathPattern.Kind.hash.schema]
        let list: JSONValue = ["type": "array", "items": ["type": "array", "items": ["type": "string"]]]
        let labels: JSONValue = [
            "type": "object",
            "properties": ["grantees": list, "purposes": list, "classes": list, "except": list],
        ]
        return [
            "type": "object",
            "required": ["policy_key", "policy_key_version", "in_force", "told_to_another", "grants"],
            "properties": [
                "policy_key": PathPattern.Kind.hash.schema, "policy_key_version": ["type": "integer"],
                "in_force": ["type": "boolean"], "told_to_another": ["type": "boolean"],
                "grants": [
                    "type": "array",
                    "items": [
                        "type": "object",
                        "properties": [
                            "grant": PathPattern.Kind.hash.schema, "kind": ["type": "string"], "grantees": tokens,
                            "purposes": tokens, "classes": tokens, "except": tokens, "labels": labels,
                            "whole": ["type": "boolean"],
                        ],
                    ],
                ],
            ],
        ]
    }()
}
