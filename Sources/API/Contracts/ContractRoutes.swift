// API · every contract call by name, with JSON arguments.
internal import Contracts
internal import Cryptography
internal import HTTPServer
internal import JSON
internal import Ledger
internal import Node
internal import Primitives
internal import Vault

/// One route for each declared call.
///
/// What the custodian's node key may sign without the vault is signed and submitted for officers. Everything else is
/// answered as the body to sign: the key never comes here, and a node's own key does not sign it by hand.
struct ContractRoutes: Sendable {
    let services: Services

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        Contract.all.flatMap(\.calls).map { call in call.isNodeSigned ? signed(call) : unsigned(call) }
    }

    private func signed(_ call: AnyCallDeclaration) -> Route {
        let answer: JSONValue = [
            "type": "object", "required": ["transaction", "result"],
            "properties": ["transaction": PathPattern.Kind.hash.schema, "result": call.resultSchema],
        ]
        return Route(
            .post, PathPattern(call.path), .officer,
            Operation(
                call.name, call.contractName, call.summary + " Signed by this node's key, for officers.",
                body: [.json(call.argumentSchema)], answer: [.json(answer)])
        ) { request async throws(SteleError) in
            let arguments = try call.arguments(from: JSONValue(try request.json()))
            let (_, receipt) = try await services.custodian.submit(call, arguments: arguments)
            return try services.response(
                to: receipt, of: call.name, path: request.request.path, asCBOR: try request.prefersCBOR())
        }
    }

    private func unsigned(_ call: AnyCallDeclaration) -> Route {
        let answer: JSONValue = [
            "type": "object", "required": ["transaction", "body", "signer", "valid_until"],
            "properties": [
                "transaction": PathPattern.Kind.hash.schema,
                "body": ["type": "string", "contentEncoding": "base64"], "signer": PathPattern.Kind.hash.schema,
                "valid_until": ["type": "integer"],
            ],
        ]
        return Route(
            .post, PathPattern(call.path), .token,
            Operation(
                call.name, call.contractName, call.summary + " Answers with the body that \(call.signer) must sign.",
                query: [("signer", "The public key that will sign, 64 hexadecimal digits; a patient's own if absent.")],
                body: [.json(call.argumentSchema)], answer: [.json(answer)])
        ) { request throws(SteleError) in
            let arguments = try call.arguments(from: JSONValue(try request.json()))
            let body = services.custodian.unsigned(call, arguments: arguments, signer: try signer(request)).body
            guard let parsed = TransactionBody(decoding: body) else {
                preconditionFailure("a body made here is well formed")
            }
            return .json([
                "transaction": .string(parsed.id.hex), "body": .string(Base64.encode(body)),
                "signer": .string(parsed.signer.hex), "valid_until": .number(String(parsed.validUntil)),
            ])
        }
    }

    /// The key that the query names, or the consent key of the patient who asks.
    private func signer(_ request: RouteRequest) throws(SteleError) -> PublicKey {
        if let text = try request.query("signer") {
            guard let key = PublicKey(hex: text) else {
                throw .malformedRequest("the query parameter signer is not 64 hexadecimal digits")
            }
            return key
        }
        guard let subject = try request.requireCaller().actor.patientSubject else {
            throw .malformedRequest("the query parameter signer is missing")
        }
        return try services.custodian.vault.directory.subject(subject).consentKey
    }
}

extension AnyCallDeclaration {
    /// Whether the custodian's node signs the call for officers.
    ///
    /// Not what the vault must go along with, though the contract lets a node key sign it: a profile registered by hand
    /// would mislabel the records under its number, a version anchored by hand supersede one that the vault serves, and
    /// an actor revoked on the ledger alone could go on asking.
    fileprivate var isNodeSigned: Bool {
        ["identity.register", "identity.issue_role", "identity.revoke_role"].contains(name)
    }
}
