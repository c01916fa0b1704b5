// API · the description of every route, made from the routes themselves.
internal import JSON

/// The OpenAPI 3.1 document of a set of routes.
struct OpenAPIDocument: Sendable {
    let json: JSONValue

    init(_ routes: [Route], baseURL: String) {
        var order: [String] = []
        var items: [String: [JSONValue.Member]] = [:]
        for route in routes {
            let path = route.pattern.text
            if items[path] == nil { order.append(path) }
            items[path, default: []].append(
                .init(route.method.rawValue.lowercased(), Self.operation(of: route)))
        }
        json = [
            "openapi": "3.1.0",
            "info": [
                "title": "Stele", "version": "1",
                "description": "A permissioned ledger for health data: FHIR R4, OAuth 2, the ledger and its contracts.",
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": .string(baseURL)]],
            "paths": .object(order.map { .init($0, .object(items[$0] ?? [])) }),
            "components": [
                "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
                "schemas": ["Error": Self.errorSchema],
            ],
        ]
    }

    private static func operation(of route: Route) -> JSONValue {
        let operation = route.operation
        var members: [JSONValue.Member] = [
            .init("operationId", .string(operation.id)), .init("tags", [.string(operation.tag)]),
            .init("summary", .string(operation.summary)),
        ]
        var parameters: [JSONValue] = route.pattern.parts.compactMap { part in
            guard case .parameter(let name, let kind) = part else { return nil }
            return ["name": .string(name), "in": "path", "required": true, "schema": kind.schema]
        }
        parameters += operation.query.map { name, summary in
            [
                "name": .string(name), "in": "query", "description": .string(summary),
                "schema": ["type": "string"],
            ]
        }
        if route.isRepeatable {
            parameters.append([
                "name": "Idempotency-Key", "in": "header", "schema": ["type": "string", "maxLength": 255],
                "description": "A repeat within ten minutes with the same key and bytes gets the same answer.",
            ])
        }
        if !parameters.isEmpty { members.append(.init("parameters", .array(parameters))) }
        if !operation.body.isEmpty {
            members.append(.init("requestBody", ["required": true, "content": content(operation.body)]))
        }
        var success: [JSONValue.Member] = [.init("description", "Done.")]
        if !operation.answer.isEmpty { success.append(.init("content", content(operation.answer))) }
        members.append(
            .init(
                "responses",
                .object([
                    .init(String(operation.status), .object(success)), .init("default", error(of: route)),
                ])))
        members.append(.init("security", route.access.isOpen ? [] : [["token": []]]))
        return .object(members)
    }

    private static func content(_ contents: [Operation.Content]) -> JSONValue {
        .object(contents.map { .init($0.mediaType, ["schema": $0.schema]) })
    }

    private static func error(of route: Route) -> JSONValue {
        if route.pattern.text.hasPrefix("/fhir") {
            return [
                "description": "An OperationOutcome with the code of docs/spec/errors.json.",
                "content": ["application/fhir+json": ["schema": ["type": "object"]]],
            ]
        }
        return [
            "description": "A code of docs/spec/errors.json, what happened, and what to do next.",
            "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Error"]]],
        ]
    }

    private static let errorSchema: JSONValue = [
        "type": "object", "required": ["error"],
        "properties": [
            "error": [
                "type": "object", "required": ["code", "message", "hint", "id", "details"],
                "properties": [
                    "code": ["type": "string", "pattern": "^[a-z0-9_]+\\.[a-z0-9_]+$"], "message": ["type": "string"],
                    "hint": ["type": "string"], "id": ["type": "string"], "details": ["type": "object"],
                ],
            ]
        ],
    ]
}

extension Route.Access {
    var isOpen: Bool {
        if case .open = self { true } else { false }
    }
}
