// API · consents written as FHIR Consent: signed by the assisted delegate, or answered with the body to sign.
internal import Contracts
internal import Cryptography
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Ledger
internal import Node
internal import Primitives
internal import Vault

/// Making and ending grants by Consents about privacy. Other Consents, and those under ids that are not the ledger's,
/// are records like any other and go to the ordinary routes.
struct ConsentWriteRoutes: Sendable {
    private let resources: LedgerResourceRoutes
    private var services: Services { resources.services }
    private var custodian: Custodian { services.custodian }

    init(_ resources: LedgerResourceRoutes) { self.resources = resources }

    var routes: [Route] {
        let signer = [("signer", "The public key that will sign, 64 hexadecimal digits, if no delegate here is to.")]
        let patient = [("patient", "The patient, if the token names none.")]
        return [
            Route(
                .post, "/fhir/Consent", .token,
                Operation(
                    "consent-create", "fhir",
                    "A Consent about privacy becomes a grant: 201 if an assisted delegate signed it, 202 with the body "
                        + "that the patient must sign. Other Consents are stored.",
                    query: signer, body: [.fhir], status: 201, answer: [.fhir])
            ) { request async throws(SteleError) in try await create(request) },
            Route(
                .put, "/fhir/Consent/{id:hash}", .token,
                Operation(
                    "consent-end", "fhir", "A grant never changes: the Consent with status inactive ends it.",
                    query: signer, body: [.fhir], answer: [.fhir])
            ) { request async throws(SteleError) in try await update(request) },
            Route(
                .delete, "/fhir/Consent/{id:hash}", .token,
                Operation(
                    "consent-delete", "fhir", "Ends a grant: 204 if an assisted delegate signed, else 202.",
                    query: signer + patient, status: 204, answer: [.fhir])
            ) { request async throws(SteleError) in
                try request.requireCaller().require(.delete, on: .consent)
                return try await end(request, patient: try request.query("patient"))
            },
        ] + [.auditEvent, .provenance].map(refusing)
    }

    /// What is told from the ledger cannot be written.
    private func refusing(_ type: ResourceType) -> Route {
        Route(
            .put, PathPattern("/fhir/\(type.name)/{id:hash}"), .token,
            Operation(
                "ledger-\(type.name.lowercased())-refused", "fhir",
                "Refused: ids of 64 hexadecimal digits are the ledger's.", body: [.fhir], status: 422, answer: [.fhir])
        ) { _ throws(SteleError) in throw RecordOwner.reservedID }
    }

    // MARK: - Making

    private func create(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        try request.requireFHIRAnswer()
        try request.requireFHIRBody()
        let resource = try Resource(parsing: request.request.body)
        guard ConsentStatement.isPrivacy(resource) else { return try await createStored(request) }
        let caller = try request.requireCaller()
        try caller.require(.create, on: .consent)
        try resource.requireValid()
        let (subject, patient) = try subject(
            resource.subjectReference?.relative.map { String($0.dropFirst("Patient/".count)) }, caller)
        let custodian = self.custodian
        let statement = try ConsentStatement(reading: resource, patient: patient) { type, id in
            Self.label(type, id, patient: patient, custodian)
        }
        let writing = try await custodian.write(
            statement, words: resource.bytes, of: subject, by: caller.actor, signer: try signer(request, caller))
        switch writing {
        case .unsigned(let unsigned, let salt):
            return try toSign(unsigned, salt: salt, grant: Grant.id(transaction: unsigned.id, index: 0))
        case .made(let receipt):
            return try made(Grant.id(transaction: receipt.transactionID, index: 0), of: subject, patient, receipt)
        }
    }

    private func made(
        _ grant: Digest, of subject: SubjectID, _ patient: String, _ receipt: Receipt
    ) throws(SteleError) -> HTTPResponse {
        guard let told = try custodian.toldGrants(of: subject).last(where: { $0.grant.grant.id == grant }) else {
            throw Services.recordUnavailable
        }
        var response = resources.resource(try resources.json(told, patient), receipt: receipt)
        response.status = 201
        response.headers.add("Location", "\(services.configuration.baseURL)/fhir/Consent/\(grant.hex)")
        response.headers.add("Stele-Signed-As", told.grant.signedAs.name)
        return response
    }

    private func createStored(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        guard case .route(let route, let parameters) = resources.ordinary.match("POST", request.request.segments) else {
            throw Services.recordUnavailable
        }
        return try await route.answer(
            RouteRequest(request: request.request, parameters: parameters, caller: request.caller))
    }

    /// The label that a reference to somebody known here stands for.
    private static func label(_ type: String, _ id: String, patient: String, _ custodian: Custodian) -> Label? {
        let directory = custodian.vault.directory
        switch type {
        case "Practitioner", "Device":
            guard let actor = try? directory.actor(id: id), actor.patientSubject == nil, !actor.isRevoked,
                (actor.kind == .person) == (type == "Practitioner")
            else { return nil }
            return .actor(actor.did)
        case "Patient" where id == patient:
            return (try? directory.subject(patient: patient)).map { .actor(DIDKey.did(of: $0.consentKey)) }
        case "Organization":
            let label = Label.organisation(id)
            return (try? custodian.isKnown(label)) ?? false ? label : nil
        default: return nil
        }
    }

    // MARK: - Ending

    private func update(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        try request.requireFHIRAnswer()
        try request.requireFHIRBody()
        let caller = try request.requireCaller()
        try caller.require(.update, on: .consent)
        let resource = try Resource(parsing: request.request.body)
        guard resource.type == .consent, resource.id == request.parameters.text("id") else {
            throw .mismatchedResource("its type or id is not that of the path")
        }
        try resource.requireValid()
        guard resource.node["status"]?.isString("inactive") ?? false else {
            throw ConsentStatement.refused(
                "Consent.status", "is not inactive: a grant is ended and another made, never changed")
        }
        let patient = resource.subjectReference?.relative.map { String($0.dropFirst("Patient/".count)) }
        let (subject, name) = try self.subject(patient, caller)
        let grant = request.parameters.hash("id")
        if let told = try custodian.toldGrants(of: subject).first(where: { $0.grant.grant.id == grant }) {
            // Whoever sends back other words than were told means another change than to end the grant.
            guard let provision = try resources.json(told, name)["provision"],
                resource.node["provision"].map({ JSONValue($0) == provision }) ?? true
            else { throw ConsentStatement.refused("Consent.provision", "is another than that of the grant") }
        }
        return try await end(request, patient: patient)
    }

    private func end(_ request: RouteRequest, patient: String?) async throws(SteleError) -> HTTPResponse {
        let caller = try request.requireCaller()
        let (subject, _) = try subject(patient, caller)
        let grant = request.parameters.hash("id")
        let writing = try await custodian.writeRevocation(
            of: grant, of: subject, by: caller.actor, signer: try signer(request, caller))
        switch writing {
        case .unsigned(let unsigned, _): return try toSign(unsigned, salt: nil, grant: grant)
        case .made(let receipt):
            var response = HTTPResponse(status: 204)
            response.headers.add("Stele-Transaction", receipt.transactionID.hex)
            response.headers.add("Stele-Signed-As", ConsentSigner.assisted.name)
            return response
        }
    }

    // MARK: - Who

    /// The subject whose consent it is: the caller's own, or any patient's for staff and systems of this custodian.
    private func subject(_ named: String?, _ caller: Caller) throws(SteleError) -> (SubjectID, String) {
        guard let patient = named ?? caller.session.patient else {
            throw ConsentStatement.refused("Consent.patient", "is missing, and the token names no patient")
        }
        if let own = caller.actor.patientSubject {
            guard patient == caller.session.patient else { throw Caller.notYours }
            return (own, patient)
        }
        guard caller.actor.organisation == custodian.organisation,
            caller.session.patient.map({ $0 == patient }) ?? true
        else {
            throw SteleError(
                .actorNotAllowed, "only staff and systems of this custodian write down consents here",
                hint: "use an access token of an actor of the custodian's organisation, for this patient")
        }
        return (try custodian.enrolled(patient), patient)
    }

    /// A patient signs with a key of their own; what staff write down is signed by the assisted delegate if there is
    /// one.
    private func signer(_ request: RouteRequest, _ caller: Caller) throws(SteleError) -> ConsentWriter {
        if let text = try request.query("signer") {
            guard let key = PublicKey(hex: text) else {
                throw .malformedRequest("the query parameter signer is not 64 hexadecimal digits")
            }
            return .elsewhere(key)
        }
        return caller.isPatient ? .elsewhere(nil) : .assisted
    }

    /// 202 with what has to be signed. It goes as an envelope to `POST /ledger/v1/transactions`.
    private func toSign(
        _ unsigned: UnsignedTransaction, salt: Bytes32?, grant: Digest
    ) throws(SteleError) -> HTTPResponse {
        guard let body = TransactionBody(decoding: unsigned.body) else {
            preconditionFailure("a body made here is well formed")
        }
        var parameters: [JSONValue] = [
            ["name": "call", "valueString": .string(body.call)],
            ["name": "transaction", "valueString": .string(body.id.hex)],
            ["name": "grant", "valueString": .string(grant.hex)],
            ["name": "body", "valueBase64Binary": .string(Base64.encode(unsigned.body))],
            ["name": "signer", "valueString": .string(body.signer.hex)],
            ["name": "validUntil", "valueInstant": .string(Timestamp(seconds: body.validUntil).description)],
        ]
        if let salt { parameters.append(["name": "salt", "valueString": .string(salt.hex)]) }
        let json: JSONValue = ["resourceType": "Parameters", "parameter": .array(parameters)]
        return HTTPResponse(status: 202, contentType: ErrorAnswer.fhirType, bytes: json.serialized())
    }
}
