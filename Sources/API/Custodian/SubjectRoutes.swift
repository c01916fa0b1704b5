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
                    "Makes a patient a subject. With the consent key of the patient's wallet the answer holds the policy "
                        + "key, which goes to that wallet and nowhere else, and the same again gets the same answer. "
                        + "Without one the node makes the wallet and keeps it until it is claimed.",
                    body: [.json(Self.draftSchema)], status: 201, answer: [.json(Self.enrolmentSchema)])
            ) { request async throws(SteleError) in try await enrol(request) },
            Route(
                .post, "/custodian/v1/subjects/{patient:id}/wallet", .officer,
                Operation(
                    "claim-wallet", "custodian",
                    "Hands out, once, the wallet that the node made for a patient, and destroys the node's copy.",
                    answer: [.json(Self.walletSchema)])
            ) { request async throws(SteleError) in
                let wallet = try await services.custodian.claimWallet(of: request.parameters.text("patient"))
                var members = members(wallet.subject, wallet.policyKey)
                members.append(.init("consent_seed", .string(wallet.consentSeed.exposedBytes32().hex)))
                return .json(.object(members))
            },
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
        let key = try fields.optionalText("consent_key")
        let permit = try fields.optionalFlag("treating_permit")
        var draft = SubjectDraft(
            patient: patient, displayName: try fields.text("display_name"), birthDate: birthDate, consentKey: .zero,
            organisation: services.custodian.organisation)
        try fields.finish()
        guard let key else {
            let terms = EnrolmentTerms(treatingPermit: permit ?? services.configuration.treatingPermit)
            let enrolment = try await services.custodian.enrolUnclaimed(draft, terms)
            return .json(
                [
                    "subject": .string(enrolment.subject.id.hex),
                    "chain_id": .string(services.custodian.ledger.chainID.hex),
                    "client_id": enrolment.actor.clientID.map { .string($0) } ?? .null,
                ], status: 201)
        }
        guard let consentKey = PublicKey(hex: key) else {
            throw .malformedRequest("`consent_key` is not 64 hexadecimal digits")
        }
        guard permit != true else {
            throw .malformedRequest(
                "`treating_permit` needs the patient's signature: the wallet that has the key grants it")
        }
        draft.consentKey = consentKey
        let enrolment = try await services.custodian.enrol(draft)
        // The one made then, whichever is in force when the call is repeated: that is the patient's to ask for.
        let policyKey = try services.custodian.vault.directory.policyKey(1, of: enrolment.subject)
        return .json(
            .object(
                members(enrolment.subject, policyKey)
                    + [.init("client_id", enrolment.actor.clientID.map { .string($0) } ?? .null)]), status: 201)
    }

    /// What a wallet keeps of a subject besides the consent key.
    private func members(_ subject: RegisteredSubject, _ policyKey: PolicyKey) -> [JSONValue.Member] {
        [
            .init("subject", .string(subject.id.hex)),
            .init("policy_key", .string(policyKey.secret.exposedBytes32().hex)),
            .init("policy_key_version", .number(String(policyKey.version))),
            .init("chain_id", .string(services.custodian.ledger.chainID.hex)),
        ]
    }

    private static let draftSchema: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["patient", "display_name"],
        "properties": [
            "patient": PathPattern.Kind.id.schema, "display_name": ["type": "string"],
            "birth_date": ["type": "string", "format": "date"], "consent_key": PathPattern.Kind.hash.schema,
            "treating_permit": ["type": "boolean"],
        ],
    ]

    private static let walletSchema: JSONValue = [
        "type": "object", "required": ["subject", "policy_key", "policy_key_version", "chain_id", "consent_seed"],
        "properties": [
            "subject": PathPattern.Kind.hash.schema, "policy_key": PathPattern.Kind.hash.schema,
            "policy_key_version": ["type": "integer"], "chain_id": PathPattern.Kind.hash.schema,
            "consent_seed": PathPattern.Kind.hash.schema,
        ],
    ]

    private static let enrolmentSchema: JSONValue = [
        "type": "object", "required": ["subject", "chain_id", "client_id"],
        "properties": [
            "subject": PathPattern.Kind.hash.schema, "policy_key": PathPattern.Kind.hash.schema,
            "policy_key_version": ["type": "integer"], "chain_id": PathPattern.Kind.hash.schema,
            "client_id": ["type": "string"],
        ],
    ]
}
