// API · people, devices and systems: registered, listed, given new keys, revoked.
internal import Cryptography
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// The directory of actors, for officers.
struct ActorRoutes: Sendable {
    let services: Services
    private var custodian: Custodian { services.custodian }

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [
            Route(
                .get, "/custodian/v1/actors", .officer,
                Operation("actors", "custodian", "Every actor, by id.", answer: [.json()])
            ) { _ throws(SteleError) in
                var actors: [JSONValue] = []
                for actor in try custodian.vault.directory.actors() {
                    var suspended: [JSONValue] = []
                    for role in actor.roles where try custodian.isSuspended(role, of: actor) {
                        suspended.append(.string(role))
                    }
                    actors.append(Self.json(actor, suspended: suspended))
                }
                return .json(["actors": .array(actors)])
            },
            Route(
                .post, "/custodian/v1/actors", .officer,
                Operation(
                    "add-actor", "custodian", "Registers an actor with the public key that signs its assertions.",
                    body: [.json(Self.draftSchema)], status: 201, answer: [.json()])
            ) { request async throws(SteleError) in try await add(request) },
            Route(
                .put, "/custodian/v1/actors/{id:id}/key", .token,
                Operation(
                    "rotate-actor-key", "custodian",
                    "Replaces the key that signs the actor's assertions: for officers, and for patients their own.",
                    body: [.json(Self.keySchema)], status: 204)
            ) { request async throws(SteleError) in
                var fields = try JSONFields(try request.json())
                let key = try JWKPublicKey(jwk: try fields.required("key"))
                try fields.finish()
                let id = request.parameters.text("id")
                let caller = try request.requireCaller()
                if caller.actor.patientSubject == nil || caller.actor.id != id {
                    try caller.requireOfficer(of: custodian.organisation)
                }
                try await custodian.rotateActorKey(id: id, to: key)
                services.tokens.revokeAll(of: id)
                return HTTPResponse(status: 204)
            },
            Route(
                .put, "/custodian/v1/actors/{id:id}/roles", .officer,
                Operation(
                    "set-actor-roles", "custodian", "Replaces an actor's roles; the next request is decided with them.",
                    body: [
                        .json([
                            "type": "object", "additionalProperties": false, "required": ["roles"],
                            "properties": ["roles": ["type": "array", "items": ["type": "string"]]],
                        ])
                    ], answer: [.json()])
            ) { request async throws(SteleError) in
                var fields = try JSONFields(try request.json())
                let roles = try fields.texts("roles")
                try fields.finish()
                return .json(
                    Self.json(try await custodian.setActorRoles(id: request.parameters.text("id"), to: roles)))
            },
            suspension(.put, "suspend-role", "Lets a role of an actor hold no more until it is resumed.", true),
            suspension(.delete, "resume-role", "Lets a suspended role of an actor hold again.", false),
            Route(
                .delete, "/custodian/v1/actors/{id:id}", .officer,
                Operation(
                    "revoke-actor", "custodian", "Ends an actor's rights and, at once, its access tokens.", status: 204)
            ) { request async throws(SteleError) in
                let id = request.parameters.text("id")
                try await custodian.revokeActor(id: id)
                services.tokens.revokeAll(of: id)
                return HTTPResponse(status: 204)
            },
        ]
    }

    private func suspension(
        _ method: Route.Method, _ id: String, _ summary: String, _ isSuspended: Bool
    ) -> Route {
        Route(
            method, "/custodian/v1/actors/{id:id}/roles/{role:id}/suspension", .officer,
            Operation(id, "custodian", summary + " What is asked afterwards is decided with it.", status: 204)
        ) { request async throws(SteleError) in
            try await custodian.suspendRole(
                request.parameters.text("role"), of: request.parameters.text("id"), isSuspended)
            return HTTPResponse(status: 204)
        }
    }

    private func add(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        var fields = try JSONFields(try request.json())
        guard let kind = RegisteredActor.Kind(name: try fields.text("kind")) else {
            throw .malformedRequest("`kind` is not person, device or system")
        }
        let key = try fields.required("key")
        let draft = ActorDraft(
            id: try fields.text("id"), kind: kind, displayName: try fields.text("display_name"),
            roles: try fields.texts("roles"), key: try JWKPublicKey(jwk: key), did: try fields.optionalText("did"),
            organisation: try fields.optionalText("organisation"), isOfficer: try fields.flag("is_officer"))
        try fields.finish()
        return .json(Self.json(try await custodian.addActor(draft)), status: 201)
    }

    private static func json(_ actor: RegisteredActor, suspended: [JSONValue] = []) -> JSONValue {
        [
            "id": .string(actor.id), "did": .string(actor.did), "kind": .string(actor.kind.name),
            "display_name": .string(actor.displayName), "organisation": .string(actor.organisation),
            "roles": .array(actor.roles.map { .string($0) }), "suspended_roles": .array(suspended),
            "client_id": actor.clientID.map { .string($0) } ?? .null, "ledger_id": .string(actor.ledgerID.hex),
            "is_officer": .bool(actor.isOfficer), "is_patient": .bool(actor.patientSubject != nil),
            "is_revoked": .bool(actor.isRevoked),
        ]
    }

    private static let jwkSchema: JSONValue = [
        "type": "object", "description": "A public JSON Web Key: OKP Ed25519, EC P-256 or P-384, or RSA.",
    ]

    private static let keySchema: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["key"], "properties": ["key": jwkSchema],
    ]

    private static let draftSchema: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["id", "kind", "display_name", "key"],
        "properties": [
            "id": PathPattern.Kind.id.schema, "kind": ["enum": ["person", "device", "system"]],
            "display_name": ["type": "string"], "roles": ["type": "array", "items": ["type": "string"]],
            "key": jwkSchema,
            "did": ["type": "string"], "organisation": ["type": "string"], "is_officer": ["type": "boolean"],
        ],
    ]
}

extension RegisteredActor.Kind {
    var name: String {
        switch self {
        case .person: "person"
        case .device: "device"
        case .system: "system"
        }
    }

    fileprivate init?(name: String) {
        guard let kind = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = kind
    }
}
