// API · the delegate with which staff write down what a patient says.
internal import Contracts
internal import HTTPServer
internal import JSON
internal import Ledger
internal import Node
internal import Primitives
internal import Vault

/// Preparing the assisted delegate of a patient: the custodian keeps its key, sealed under the patient's, and the
/// patient's own signature lets it sign, for a time.
struct AssistedDelegateRoutes: Sendable {
    /// Longest time for which it may sign, in days.
    static let dayCountMax: UInt64 = 366

    let services: Services

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [
            Route(
                .post, "/custodian/v1/subjects/{patient:id}/assisted-delegate", .token,
                Operation(
                    "assisted-delegate", "custodian",
                    "Prepares a delegate of kind assisted and answers with the act that the patient must sign. For the "
                        + "patient and for officers.",
                    body: [.json(Self.schema)], answer: [.json()])
            ) { request async throws(SteleError) in try await prepare(request) },
            Route(
                .get, "/ledger/v1/subjects/{subject:hash}/consent-log", .token,
                Operation(
                    "consent-log", "ledger",
                    "The patient's acts of consent as JSON lines, with who signed and who wrote them down.",
                    answer: [Operation.Content("application/jsonl", ["type": "string"])])
            ) { request throws(SteleError) in try log(request) },
        ]
    }

    private func prepare(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        let caller = try request.requireCaller()
        let patient = request.parameters.text("patient")
        guard
            caller.session.patient == patient && caller.isPatient
                || caller.actor.isOfficer && caller.actor.organisation == services.custodian.organisation
        else { throw Caller.notYours }
        var fields = try JSONFields(try request.json())
        guard let days = try fields.required("days").uint, (1...Self.dayCountMax).contains(days) else {
            throw .malformedRequest("`days` is no number from 1 to \(Self.dayCountMax)")
        }
        try fields.finish()
        let subject = try services.custodian.enrolled(patient)
        let until = UnixSeconds(services.time.now().seconds + days * 86_400)
        let (delegate, act) = try await services.custodian.prepareAssistedDelegate(of: subject, until: until)
        guard let body = TransactionBody(decoding: act.body) else {
            preconditionFailure("a body made here is well formed")
        }
        return .json([
            "delegate": .string(delegate.hex), "not_after": .string(until.text),
            "transaction": .string(body.id.hex), "body": .string(Base64.encode(act.body)),
            "signer": .string(body.signer.hex), "valid_until": .number(String(body.validUntil)),
        ])
    }

    private func log(_ request: RouteRequest) throws(SteleError) -> HTTPResponse {
        let subject = request.parameters.hash("subject")
        try request.requireCaller().requireSubject(subject)
        var bytes: [UInt8] = []
        for act in try services.custodian.consentActs(of: subject) {
            let writer = try services.custodian.vault.keptConsent(for: act.receipt.transactionID, of: subject)
            let line: JSONValue = [
                "transaction": .string(act.receipt.transactionID.hex), "time": .string(act.receipt.time.description),
                "height": .number(String(act.receipt.height)), "call": .string(act.call),
                "signed_as": .string(act.signedAs.name), "signer": .string(act.signer.hex),
                "grants": .array(act.grants.map { .string($0.hex) }),
                "written_by": writer.map { ["did": .string($0.writerDID), "name": .string($0.writerDisplayName)] }
                    ?? .null,
            ]
            bytes.append(contentsOf: line.serialized())
            bytes.append(UInt8(ascii: "\n"))
        }
        return HTTPResponse(contentType: "application/jsonl", bytes: bytes)
    }

    private static let schema: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["days"],
        "properties": ["days": ["type": "integer", "minimum": 1, "maximum": 366]],
    ]
}
