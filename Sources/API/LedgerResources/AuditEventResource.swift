// API · an access or an act of consent told as an AuditEvent.
internal import Contracts
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// Writes AuditEvents in the shape of IHE BALP. Source: `docs/spec/consent-fhir.md` §5.
///
/// The patient is told everything. An officer is told who and when, for what purpose and with what outcome, but not
/// what: neither the records nor the question nor the grants.
struct AuditEventResource {
    let line: AuditLine
    let patient: String
    let organisation: String
    /// Whether it is for the patient.
    let isWhole: Bool

    private static let types = "http://terminology.hl7.org/CodeSystem/audit-event-type"
    private static let interactions = "http://hl7.org/fhir/restful-interaction"
    private static let entityTypes = "http://terminology.hl7.org/CodeSystem/audit-entity-type"
    private static let roles = "http://terminology.hl7.org/CodeSystem/object-role"
    private static let dicom = "http://dicom.nema.org/resources/ontology/DCM"

    var json: JSONValue {
        let receipt = line.receipt
        var members: [JSONValue.Member] = [
            .init("resourceType", "AuditEvent"), .init("id", .string(receipt.transactionID.hex)),
            .init(
                "meta",
                [
                    "versionId": "1", "lastUpdated": .string(receipt.time.description),
                    "source": .string(LedgerVocabulary.ledger),
                    "security": [
                        LedgerVocabulary.coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R")
                    ],
                ]),
            .init("extension", .array(extensions)),
            .init("type", LedgerVocabulary.coding(Self.types, "rest", "RESTful Operation")),
            .init("subtype", [LedgerVocabulary.coding(Self.interactions, subtype)]),
            .init("action", .string(action)),
        ]
        if let claimed {
            members.append(.init("period", ["start": .string(claimed.text), "end": .string(claimed.text)]))
        }
        members += [
            .init("recorded", .string(receipt.time.description)),
            .init("outcome", .string(outcome)),
        ]
        if isWhole { members.append(.init("outcomeDesc", .string(outcomeText))) }
        if !purposes.isEmpty {
            members.append(
                .init(
                    "purposeOfEvent",
                    .array(purposes.map { LedgerVocabulary.concept(LedgerVocabulary.actReason, $0) })))
        }
        members.append(.init("agent", .array([agent, server])))
        members.append(
            .init(
                "source",
                [
                    "site": .string(organisation), "observer": LedgerVocabulary.organisation(organisation),
                    "type": [
                        LedgerVocabulary.coding(
                            "http://terminology.hl7.org/CodeSystem/security-source-type", "4", "Application Server")
                    ],
                ]))
        members.append(.init("entity", .array([patientEntity] + (isWhole ? wholeEntities : []))))
        return .object(members)
    }

    /// The transaction; of an emergency the override too, for that is what reviews name; and when it happened, if that
    /// was while the ledger stood still.
    private var extensions: [JSONValue] {
        var extensions = [LedgerVocabulary.extensionValue("transaction", line.receipt.transactionID.hex)]
        if let emergency {
            extensions.append(LedgerVocabulary.extensionValue("emergency", emergency.transaction.hex))
        }
        if let claimed { extensions.append(LedgerVocabulary.extensionValue("unordered", claimed.text)) }
        return extensions
    }

    /// When it happened, by the custodian's clock, if the ledger was told afterwards.
    private var claimed: UnixSeconds? {
        guard case .access(let access) = line else { return nil }
        return access.claimed
    }

    // MARK: - What happened

    /// The emergency that was opened, or under which it was asked.
    private var emergency: Emergency? {
        guard case .access(let access) = line else { return nil }
        return access.emergency
    }

    /// Source: FHIR R4, value set audit-event-action.
    var action: String {
        switch line {
        case .access(let access): access.action == "read" || access.action == "override" ? "R" : "E"
        case .consent(let act, _):
            switch act.call {
            case ConsentGrant.declaration.name: "C"
            case ConsentRevoke.declaration.name: "D"
            default: "U"
            }
        }
    }

    private var subtype: String {
        switch line {
        case .access(let access):
            switch access.action {
            case "read", "override": "read"
            case "search": "search-type"
            default: "operation"
            }
        case .consent: action == "C" ? "create" : action == "D" ? "delete" : "update"
        }
    }

    /// 0 for what went as it was asked, nothing found included; 4 where something was withheld; 8 where no grant
    /// permitted anything. Source: FHIR R4, value set audit-event-outcome.
    var outcome: String {
        guard case .access(let access) = line, access.action != "override" else { return "0" }
        if access.outcome == .released { return "0" }
        if access.grants.isEmpty, access.emergency == nil { return "8" }
        return access.request?.withheld.isEmpty ?? true ? "0" : "4"
    }

    private var outcomeText: String {
        switch line {
        case .access(let access): access.reason
        case .consent(let act, _): "\(act.call), signed by the \(act.signedAs.name)"
        }
    }

    private var purposes: [String] {
        guard case .access(let access) = line else { return [] }
        var codes = Set(access.request?.purposes.compactMap { $0.parts.last } ?? [])
        // An emergency is a broken glass, whatever the token's purposes say. Source: HL7 v3 ActReason.
        if emergency != nil { codes.insert("BTG") }
        return codes.sorted()
    }

    // MARK: - Who

    /// The DID of whoever asked or wrote down, if it is known here.
    var agentDID: String? {
        switch line {
        case .access(let access): access.request?.askerDID
        case .consent(_, let writer): writer?.writerDID
        }
    }

    private var agent: JSONValue {
        var members: [JSONValue.Member] = [
            .init("type", LedgerVocabulary.concept(LedgerVocabulary.participation, agentType))
        ]
        switch line {
        case .access(let access):
            if let request = access.request {
                let labels = request.askerLabels.sorted { $0.encoded.lexicographicallyPrecedes($1.encoded) }
                let roles = labels.compactMap(Self.role)
                if !roles.isEmpty { members.append(.init("role", .array(roles))) }
                members.append(
                    .init("who", LedgerVocabulary.actor(request.askerDID, request.askerDisplayName)))
                members.append(.init("name", .string(request.askerDisplayName)))
            }
        case .consent(let act, let writer):
            members.append(.init("role", [LedgerVocabulary.concept("urn:stele:signed-as", act.signedAs.name)]))
            if let writer {
                members.append(.init("who", LedgerVocabulary.actor(writer.writerDID, writer.writerDisplayName)))
                members.append(.init("name", .string(writer.writerDisplayName)))
            } else if [.subject, .wallet].contains(act.signedAs) {
                members.append(.init("who", ["reference": .string("Patient/" + patient)]))
            } else {
                members.append(.init("who", LedgerVocabulary.reference(nil, "urn:stele:key", act.signer.hex)))
            }
        }
        members.append(.init("requestor", true))
        return .object(members)
    }

    private var agentType: String {
        if case .consent = line { "AUT" } else { "IRCP" }
    }

    private static func role(_ label: Label) -> JSONValue? {
        switch label {
        case .organisation(let name): LedgerVocabulary.concept(LedgerVocabulary.organisation, name)
        case .role(let code, let organisation): LedgerVocabulary.concept("urn:stele:role", "\(code)@\(organisation)")
        default: nil
        }
    }

    /// The custodian's node: where records come from when they are read, where questions go when they are asked.
    private var server: JSONValue {
        let isSource = action == "R"
        return [
            "type": LedgerVocabulary.concept(
                Self.dicom, isSource ? "110153" : "110152", isSource ? "Source Role ID" : "Destination Role ID"),
            "who": LedgerVocabulary.organisation(organisation), "requestor": false,
        ]
    }

    // MARK: - On what

    private var patientEntity: JSONValue {
        [
            "what": ["reference": .string("Patient/" + patient)],
            "type": LedgerVocabulary.coding(Self.entityTypes, "1", "Person"),
            "role": LedgerVocabulary.coding(Self.roles, "1", "Patient"),
        ]
    }

    private var wholeEntities: [JSONValue] {
        switch line {
        case .access(let access):
            var entities: [JSONValue] = []
            if let request = access.request {
                entities.append([
                    "type": LedgerVocabulary.coding(Self.entityTypes, "2", "System Object"),
                    "role": LedgerVocabulary.coding(Self.roles, "24", "Query"),
                    "query": .string(Base64.encode(Array(request.asked.utf8))),
                ])
                for record in request.records {
                    entities.append([
                        "what": ["reference": .string("\(record.resource)/_history/\(record.version)")],
                        "type": LedgerVocabulary.coding(Self.entityTypes, "2", "System Object"),
                        "role": LedgerVocabulary.coding(Self.roles, "4", "Domain Resource"),
                        "detail": [["type": "record", "valueString": .string(record.recordID.hex)]],
                    ])
                }
            }
            return entities + access.grants.map(Self.consent)
        case .consent(let act, _): return act.grants.map(Self.consent)
        }
    }

    private static func consent(_ grant: Digest) -> JSONValue {
        [
            "what": ["reference": .string("Consent/" + grant.hex)],
            "type": LedgerVocabulary.coding(entityTypes, "2", "System Object"),
            "role": LedgerVocabulary.coding(roles, "13", "Security Resource"),
        ]
    }
}
