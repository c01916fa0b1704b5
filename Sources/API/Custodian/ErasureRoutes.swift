// API · erasure, and what keeps records from it.
internal import Contracts
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// Erasing patients, and legal holds: for officers.
struct ErasureRoutes: Sendable {
    let services: Services

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [
            Route(
                .post, "/custodian/v1/subjects/{patient:id}/erasure", .officer,
                Operation(
                    "erase", "custodian",
                    "Erases a patient: records, index, kept requests, keys, and what the ledger's files say of them. "
                        + "Answers once nothing can be read any more, with the signed statement.",
                    body: [.json(Self.erasureSchema)], answer: [.json(Self.answerSchema)]),
                entersAlone: true
            ) { request async throws(SteleError) in try await erase(request) },
            Route(
                .get, "/custodian/v1/erasures/{subject:hash}", .officer,
                Operation(
                    "erasure", "custodian", "How far an erasure is, and its statement once it is finished.",
                    answer: [.json(Self.answerSchema)])
            ) { request throws(SteleError) in
                .json(Self.json(try services.custodian.erasure(of: request.parameters.hash("subject"))))
            },
            Route(
                .put, "/custodian/v1/subjects/{patient:id}/hold", .officer,
                Operation(
                    "hold", "custodian",
                    "Puts a patient's records under a legal hold: they cannot be erased until it ends.",
                    body: [.json(Self.holdSchema)], answer: [.json()])
            ) { request async throws(SteleError) in try await hold(request) },
            Route(
                .delete, "/custodian/v1/subjects/{patient:id}/hold", .officer,
                Operation("release-hold", "custodian", "Ends a legal hold.", answer: [.json()])
            ) { request async throws(SteleError) in
                let patient = request.parameters.text("patient")
                try await services.custodian.releaseHold(of: patient)
                return .json(["patient": .string(patient), "hold": .null])
            },
        ]
    }

    private func erase(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        var fields = try JSONFields(try request.json())
        let name = try fields.text("because")
        try fields.finish()
        guard let reason = ErasureReason.allCases.first(where: { $0.name == name }) else {
            let names = ErasureReason.allCases.map(\.name).joined(separator: ", ")
            throw .malformedRequest("`because` is none of \(names)")
        }
        return .json(
            Self.json(try await services.custodian.erase(request.parameters.text("patient"), because: reason)))
    }

    private func hold(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        var fields = try JSONFields(try request.json())
        guard let reason = LegalHold.Reason(name: try fields.text("reason")) else {
            let names = LegalHold.Reason.allCases.map(\.name).joined(separator: ", ")
            throw .malformedRequest("`reason` is none of \(names)")
        }
        let until = try fields.optionalText("until")
        try fields.finish()
        var end: UInt64?
        if let until {
            guard let date = DateTime(until), until.utf8.count == 10, date.start >= 0 else {
                throw .malformedRequest("`until` is no date such as 2030-01-31")
            }
            end = UInt64(date.start) / 1000
        }
        let patient = request.parameters.text("patient")
        try await services.custodian.hold(patient, LegalHold(reason, since: services.time.now().seconds, until: end))
        return .json([
            "patient": .string(patient),
            "hold": ["reason": .string(reason.name), "until": until.map { .string($0) } ?? .null],
        ])
    }

    private static func json(_ erasure: Erasure) -> JSONValue {
        [
            "subject": .string(erasure.subject.hex), "reason": .string(erasure.reason),
            "status": erasure.stage == .finished ? "erased" : "shredding",
            "asked": .string(erasure.asked.description),
            "erased": erasure.finished.map { .string($0.description) } ?? .null,
            "transaction": erasure.transaction.map { .string($0.hex) } ?? .null,
            "retired_epoch": .number(String(erasure.retiredEpoch)),
            "records": .number(String(erasure.recordCount)), "bodies": .number(String(erasure.bodyCount)),
            "statement": erasure.statement.isEmpty ? .null : .string(Base64.encode(erasure.statement)),
        ]
    }

    private static let erasureSchema: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["because"],
        "properties": [
            "because": [
                "type": "string", "enum": .array(ErasureReason.allCases.map { .string($0.name) }),
            ]
        ],
    ]

    private static let holdSchema: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["reason"],
        "properties": [
            "reason": ["type": "string", "enum": .array(LegalHold.Reason.allCases.map { .string($0.name) })],
            "until": ["type": "string", "format": "date"],
        ],
    ]

    private static let answerSchema: JSONValue = [
        "type": "object", "required": ["subject", "reason", "status", "asked"],
        "properties": [
            "subject": PathPattern.Kind.hash.schema, "reason": ["type": "string"],
            "status": ["type": "string", "enum": ["shredding", "erased"]],
            "asked": ["type": "string", "format": "date-time"],
            "statement": ["type": "string", "contentEncoding": "base64"],
        ],
    ]
}
