// API · backups, asked for on the node's own machine.
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives

/// Making a backup while the node runs.
struct BackupRoutes: Sendable {
    let services: Services

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        guard let backUp = services.configuration.backUp else { return [] }
        return [
            Route(
                .post, "/custodian/v1/backups", .officer,
                Operation(
                    "back-up", "custodian",
                    "Makes a backup in a new folder of the node's machine; for an officer on that machine.",
                    body: [.json(Self.schema)], answer: [.json()]),
                entersAlone: true
            ) { request async throws(SteleError) in
                guard request.isLocal else {
                    throw SteleError(
                        .actorNotAllowed, "a backup is asked for on the node's own machine",
                        hint: "run stele backup there")
                }
                var fields = try JSONFields(try request.json())
                let folder = try fields.text("folder")
                try fields.finish()
                let made = try await backUp(folder)
                return .json([
                    "folder": .string(folder), "files": .number(String(made.fileCount)),
                    "bytes": .number(String(made.byteCount)), "height": .number(String(made.height)),
                ])
            }
        ]
    }

    private static let schema: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["folder"],
        "properties": ["folder": ["type": "string"]],
    ]
}
