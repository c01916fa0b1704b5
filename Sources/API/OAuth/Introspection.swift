// API · what a live access token stands for.
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// The answer to a question about a token. Source: RFC 7662 §2.2; `extensions` as IHE IUA and PCF name them.
///
/// It says for whom, for what purpose and for which patient the token is; not under which consent. Consent is decided
/// anew for every request and is named in its access event: an answer here would tell whether a patient gave somebody a
/// permit, and leave no event.
struct Introspection {
    private let services: Services

    init(_ services: Services) { self.services = services }

    /// What `caller` may learn about `token`: staff about any, a patient about their own. Anything else is not active.
    func answer(to caller: Caller, about token: String) throws(SteleError) -> HTTPResponse {
        guard let session = services.tokens.session(of: token, now: services.time.now().seconds),
            let owner = try services.callers.caller(for: session),
            !caller.isPatient || owner.actor.id == caller.actor.id
        else { return .json(["active": false]) }
        var members: [JSONValue.Member] = [
            .init("active", true), .init("client_id", .string(session.clientID)),
            .init("sub", .string(owner.actor.did)),
            .init("scope", .string(session.scopes.map(\.text).joined(separator: " "))),
            .init("purpose_of_use", .string(session.purposes.joined(separator: " "))),
            .init("token_type", "bearer"), .init("iat", .number(String(session.issued))),
            .init("nbf", .number(String(session.issued))), .init("exp", .number(String(session.expires))),
            .init("iss", .string(services.configuration.baseURL)),
            .init("aud", .string(services.configuration.baseURL + "/fhir")),
        ]
        if let patient = session.patient { members.append(.init("patient", .string(patient))) }
        if let subject = owner.actor.patientSubject { members.append(.init("subject", .string(subject.hex))) }
        members.append(.init("extensions", Self.extensions(owner)))
        return .json(.object(members))
    }

    /// Source: IHE IUA (ITI-102) and PCF (ITI-108), JSON Web Token option.
    private static func extensions(_ owner: Caller) -> JSONValue {
        let actor = owner.actor
        var members: [JSONValue.Member] = [
            .init(
                "ihe_iua",
                [
                    "subject_name": .string(actor.displayName), "subject_organization": .string(actor.organisation),
                    "subject_role": .array(
                        actor.roles.map {
                            ["system": "urn:stele:role", "code": .string($0 + "@" + actor.organisation)]
                        }),
                    "purpose_of_use": .array(
                        owner.session.purposes.map {
                            [
                                "system": "http://terminology.hl7.org/CodeSystem/v3-ActReason",
                                "code": .string($0),
                            ]
                        }),
                ])
        ]
        if let patient = owner.session.patient {
            members.append(.init("ihe_pcf", ["patient_id": .string("Patient/" + patient)]))
        }
        return .object(members)
    }
}
