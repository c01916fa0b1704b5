// API · every contract call by name, with JSON arguments.
internal import Contracts
internal import Cryptography
internal import HTTPServer
internal import JSON
internal import Ledger
internal import Node
internal import Primitives
internal import Vault

/// One route for each declared call, which does what the declaration says of its signer.
///
/// Whoever names the key that will sign gets the body to sign: no private key ever comes here. Otherwise the custodian
/// signs for its officers what its vault need not go along with, and what a subject signs is handed out.
struct ContractRoutes: Sendable {
    let services: Services

    init(_ services: Services) { self.services = services }

    var routes: [Route] { Contract.all.flatMap(\.calls).map(route) }

    private func route(_ call: AnyCallDeclaration) -> Route {
        Route(
            .post, PathPattern(call.path), .token,
            Operation(
                call.name, call.contractName,
                "\(call.summary) Signed by \(call.signer.words). Without a signer it is \(call.unsignedPhrase).",
                query: [
                    (
                        "signer",
                        "The public key that will sign, 64 hexadecimal digits: the answer is the body for it to sign."
                    )
                ],
                body: [.json(call.argumentSchema)], answer: [.json(call.answerSchema)])
        ) { request async throws(SteleError) in
            let arguments = try call.arguments(from: JSONValue(try request.json()))
            if let signer = try signer(of: call, arguments, request) {
                return handOut(services.custodian.unsigned(call, arguments: arguments, signer: signer))
            }
            let (_, receipt) = try await services.custodian.submit(call, arguments: arguments)
            return try services.response(
                to: receipt, of: call.name, path: request.request.path, asCBOR: try request.prefersCBOR())
        }
    }

    private func handOut(_ transaction: UnsignedTransaction) -> HTTPResponse {
        guard let body = TransactionBody(decoding: transaction.body) else {
            preconditionFailure("a body made here is well formed")
        }
        return .json([
            "transaction": .string(body.id.hex), "body": .string(Base64.encode(transaction.body)),
            "signer": .string(body.signer.hex), "valid_until": .number(String(body.validUntil)),
        ])
    }

    /// Who is to sign elsewhere: the key that the query names, or the consent key of the subject. Nil where this node
    /// signs for the officer who asks.
    private func signer(
        of call: AnyCallDeclaration, _ arguments: [UInt8], _ request: RouteRequest
    ) throws(SteleError) -> PublicKey? {
        if let text = try request.query("signer") {
            guard let key = PublicKey(hex: text) else {
                throw .malformedRequest("the query parameter signer is not 64 hexadecimal digits")
            }
            return key
        }
        let custodian = services.custodian
        let caller = try request.requireCaller()
        if call.signer.isSubject, let subject = caller.actor.patientSubject {
            return try custodian.consentKey(of: subject)
        }
        if call.signer.nodeKind != nil {
            try caller.requireOfficer(of: custodian.organisation)
            return nil
        }
        guard caller.isOfficer(of: custodian.organisation),
            case .string(let text)? = try call.json(ofArguments: arguments)["subject"],
            let subject = SubjectID(hex: text)
        else {
            throw SteleError(
                .requestMalformed, "the request does not say whose key will sign the call",
                hint: "add ?signer= with the public key of \(call.signer.words)")
        }
        return try custodian.consentKey(of: subject)
    }
}

extension AnyCallDeclaration {
    /// What the route answers: a receipt, or what is to be signed.
    fileprivate var answerSchema: JSONValue {
        let unsigned: JSONValue = [
            "type": "object", "required": ["transaction", "body", "signer", "valid_until"],
            "properties": [
                "transaction": PathPattern.Kind.hash.schema,
                "body": ["type": "string", "contentEncoding": "base64"], "signer": PathPattern.Kind.hash.schema,
                "valid_until": ["type": "integer"],
            ],
        ]
        if case .always? = reservation { return unsigned }
        guard signer.nodeKind != nil else { return unsigned }
        let applied: JSONValue = [
            "type": "object", "required": ["transaction", "result"],
            "properties": ["transaction": PathPattern.Kind.hash.schema, "result": resultSchema],
        ]
        return ["anyOf": [applied, unsigned]]
    }
}
