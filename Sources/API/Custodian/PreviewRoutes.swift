// API · what somebody would see, for the patient.
internal import Contracts
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// The preview of a decision.
struct PreviewRoutes: Sendable {
    /// Most records that one answer lists.
    static let recordCountMax = 10_000

    let services: Services

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [
            Route(
                .post, "/custodian/v1/preview", .token,
                Operation(
                    "preview", "custodian",
                    "What an asker with these labels would see of the patient's own records now, counted by kind and, if "
                        + "asked for, one by one. Nothing is recorded.",
                    body: [.json(Self.questionSchema)], answer: [.json(Self.previewSchema)]),
                isRepeatable: false
            ) { request throws(SteleError) in try preview(request) }
        ]
    }

    private func preview(_ request: RouteRequest) throws(SteleError) -> HTTPResponse {
        guard let subject = try request.requireCaller().actor.patientSubject else { throw Caller.notYours }
        var fields = try JSONFields(try request.json())
        let labels = try Self.labels(try fields.required("labels"))
        let purposes = try fields.texts("purposes")
        let name = try fields.optionalText("action") ?? Action.read.name
        guard let action = Action.allCases.first(where: { $0.name == name }) else {
            throw .malformedRequest("`action` is no action")
        }
        let isListed = try fields.optionalBool("records") ?? false
        try fields.finish()
        let preview = try services.custodian.preview(of: subject, by: labels, purposes: purposes, action: action)
        var members: [JSONValue.Member] = [
            .init("has_permit", .bool(preview.hasPermit)),
            .init(
                "categories",
                .array(
                    preview.lines.map { line in
                        [
                            "category": .string(line.category), "permitted": .number(String(line.permittedCount)),
                            "withheld": .number(String(line.withheldCount)),
                        ]
                    })),
        ]
        if isListed {
            members.append(.init("records", .array(preview.items.prefix(Self.recordCountMax).map(Self.json))))
        }
        return .json(.object(members))
    }

    private static func json(_ item: Preview.Item) -> JSONValue {
        [
            "resource": .string(item.resource.description), "version": .number(String(item.version)),
            "last_updated": .string(item.lastUpdated.description), "category": .string(item.category),
            "permitted": .bool(item.isPermitted),
        ]
    }

    /// Labels as the access log shows them: `["role", "st-anna", "surgeon"]`.
    private static func labels(_ node: JSONNode) throws(SteleError) -> [Label] {
        let labels = node.elements.compactMap { element in
            Label(parts: element.elements.compactMap(\.string))
        }
        guard node.kind == .array, !labels.isEmpty, labels.count == node.count, labels.count <= TokenSet.countMax else {
            throw .malformedRequest("`labels` is not an array of 1 to 16 labels, each an array of texts")
        }
        return labels
    }

    private static let questionSchema: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["labels", "purposes"],
        "properties": [
            "labels": [
                "type": "array", "minItems": 1, "maxItems": 16,
                "items": ["type": "array", "items": ["type": "string"]],
                "examples": [[["role", "st-anna", "surgeon"]]],
            ],
            "purposes": ["type": "array", "minItems": 1, "items": ["type": "string"]],
            "action": ["enum": .array(Action.allCases.map { .string($0.name) })], "records": ["type": "boolean"],
        ],
    ]

    private static let previewSchema: JSONValue = [
        "type": "object", "required": ["has_permit", "categories"],
        "properties": [
            "has_permit": ["type": "boolean"],
            "categories": [
                "type": "array",
                "items": [
                    "type": "object",
                    "properties": [
                        "category": ["type": "string"], "permitted": ["type": "integer"],
                        "withheld": ["type": "integer"],
                    ],
                ],
            ],
            "records": [
                "type": "array", "maxItems": .number(String(recordCountMax)),
                "items": [
                    "type": "object",
                    "properties": [
                        "resource": ["type": "string"], "version": ["type": "integer"],
                        "last_updated": ["type": "string", "format": "date-time"], "category": ["type": "string"],
                        "permitted": ["type": "boolean"],
                    ],
                ],
            ],
        ],
    ]
}
