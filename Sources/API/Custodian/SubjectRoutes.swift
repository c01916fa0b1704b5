// API · patients become subjects.
internal import Contracts
internal import Cryptography
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// Enrolment: what a registration desk does.
struct SubjectRoutes: Sendable {
    let services: Services

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [
            Route(
                .post, "/custodian/v1/subjects", .officer,
                Operation(
                    "enrol", "custodian",
                    "Makes a patient a subject. The answer holds the policy key: it goes to the patient's wallet and "
                        + "nowhere else. The same patient with the same consent key again gets the same answer.",
                    body: [.json(Self.draftSchema)], status: 201, answer: [.json(Self.enrolmentSchema)])
            ) { request async throws(SteleError) in try await enrol(request) }
        ]
    }

    private func enrol(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        var fields = try JSONFields(try request.json())
        let patient = try fields.text("patient")
        guard Resource.isID(patient) else { throw .malformedRequest("`patient` is no FHIR id") }
        let birthDate = try fields.optionalText("birth_date")
        guard birthDate.map({ DateTime($0) != nil && $0.utf8.count <= 10 }) ?? true else {
            throw .malformedRequest("`birth_date` is no FHIR date")
        }
        let draft = SubjectDraft(
            patient: patient, displayName: try fields.text("display_name"), birthDate: birthDate,
            consentKey: try fields.hash("consent_key"), organisation: services.custodian.organisation)
        try fields.finish()
        let enrolment = try await services.custodian.enrol(draft)
        let subject = enrolment.subject
        let policyKey: JSONValue = .string(subject.policyKey.secret.exposedBytes32().hex)
        return .json(
            [
                "subject": .string(subject.id.hex), "policy_key": policyKey,
                "policy_key_version": .number(String(subject.policyKey.version)),
                "chain_id": .string(services.custodian.ledger.chainID.hex),
                "client_id": enrolment.actor.clientID.map { .string($0) } ?? .null,
            ], status: 201)
    }

    private static let draftSchema: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["patient", "display_name", "consent_key"],
        "properties": [
            "patient": PathPattern.Kind.id.schema, "display_name": ["type": "string"],
            "birth_date": ["type": "string", "format": "date"], "consent_key": PathPattern.Kind.hash.schema,
        ],
    ]

    private static let enrolmentSchema: JSONValue = [
        "type": "object", "required": ["subject", "policy_key", "policy_key_version", "chain_id", "client_id"],
        "properties": [
            "subject": PathPattern.Kind.hash.schema, "policy_key": PathPattern.Kind.hash.schema,
            "policy_key_version": ["type": "integer"], "chain_id": PathPattern.Kind.hash.schema,
            "client_id": ["type": "string"],
        ],
    ]
}
