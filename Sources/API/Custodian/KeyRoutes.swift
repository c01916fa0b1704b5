// API · keys renewed: for officers.
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives

/// Renewing the root key, the node's key, and the keys of one patient's records.
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
        ]
    }
}
