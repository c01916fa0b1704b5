// API · what the FHIR server says of itself.
internal import FHIR
internal import JSON
internal import Primitives
internal import Synchronization

/// The statement as text, made once.
final class CapabilityCache: Sendable {
    private let baseURL: String
    private let time: Timestamp
    private let made = Mutex<[UInt8]?>(nil)  // Set once.

    init(baseURL: String, time: Timestamp) {
        self.baseURL = baseURL
        self.time = time
    }

    var bytes: [UInt8] {
        made.withLock { made in
            if let made { return made }
            let bytes = CapabilityStatement(baseURL: baseURL, time: time).json.serialized()
            made = bytes
            return bytes
        }
    }
}

/// The CapabilityStatement. Source: FHIR R4 §2.22.
struct CapabilityStatement {
    let json: JSONValue

    init(baseURL: String, time: Timestamp) {
        json = [
            "resourceType": "CapabilityStatement", "status": "active", "date": .string(time.description),
            "kind": "instance", "fhirVersion": "4.0.1", "format": ["application/fhir+json"],
            "software": ["name": "Stele"],
            "implementation": ["description": "Stele", "url": .string(baseURL + "/fhir")],
            "rest": [
                [
                    "mode": "server",
                    "documentation": .string(
                        "Every read is decided by the patient's consent and recorded on the ledger before anything is "
                            + "released. Resources are returned byte for byte. A search names one patient; only an "
                            + "officer searches across patients."),
                    "security": Self.security(baseURL), "resource": .array(Self.types.map(Self.resource)),
                    "interaction": [["code": "transaction"], ["code": "batch"]],
                    "operation": [
                        [
                            "name": "validate",
                            "definition": "http://hl7.org/fhir/OperationDefinition/Resource-validate",
                        ]
                    ],
                ]
            ],
        ]
    }

    private static let types = ResourceType.allCases

    private static let interactions = [
        "read", "vread", "create", "update", "delete", "history-instance", "search-type",
    ]

    /// For each type the parameters that refer to it, as `_revinclude` writes them.
    private static let reverseIncludes: [ResourceType: [String]] = {
        var found: [ResourceType: [String]] = [:]
        for source in types {
            for parameter in SearchParameters.references(of: source) where !parameter.targets.isEmpty {
                for target in parameter.targets {
                    found[target, default: []].append("\(source.name):\(parameter.code)")
                }
            }
        }
        return found
    }()

    /// What is answered from the ledger. Source: `docs/spec/consent-fhir.md`.
    private static let told: [ResourceType: String] = {
        let both =
            " Told under ids of 64 hexadecimal digits, never stored; a search answers what is told and what is stored, "
            + "_source=urn:stele:ledger or urn:stele:vault one of them."
        return [
            .consent:
                "Every grant of a patient, in the shape of IHE PCF. A Consent about privacy that is posted becomes "
                + "a grant; DELETE, or PUT with status inactive, ends it." + both,
            .auditEvent:
                "Every access to a patient's record and every act of consent, in the shape of IHE BALP, for the "
                + "patient, and in part for officers." + both,
            .provenance: "Where each version of a record comes from, for whoever may read it." + both,
        ]
    }()

    private static func resource(_ type: ResourceType) -> JSONValue {
        let references = SearchParameters.references(of: type).map { "\(type.name):\($0.code)" }
        var members: [JSONValue.Member] = [
            .init("type", .string(type.name)), .init("interaction", .array(interactions.map { ["code": .string($0)] })),
            .init("versioning", "versioned-update"), .init("readHistory", true), .init("updateCreate", true),
            .init("conditionalCreate", true), .init("conditionalUpdate", true), .init("conditionalDelete", "single"),
            .init("searchInclude", .array((["*"] + references).map(JSONValue.string))),
            .init("searchRevInclude", .array((["*"] + (reverseIncludes[type] ?? [])).map(JSONValue.string))),
            .init(
                "searchParam",
                .array(
                    SearchParameters.all(of: type).map {
                        ["name": .string($0.code), "type": .string($0.kind.rawValue)]
                    })),
        ]
        if let documentation = told[type] { members.append(.init("documentation", .string(documentation))) }
        if type == .patient {
            let definition = "http://hl7.org/fhir/OperationDefinition/Patient-everything"
            members.append(.init("operation", [["name": "everything", "definition": .string(definition)]]))
        }
        return .object(members)
    }

    private static func security(_ baseURL: String) -> JSONValue {
        [
            "service": [
                [
                    "coding": [
                        [
                            "system": "http://terminology.hl7.org/CodeSystem/restful-security-service",
                            "code": "SMART-on-FHIR",
                        ]
                    ]
                ]
            ],
            "extension": [
                [
                    "url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
                    "extension": [["url": "token", "valueUri": .string(baseURL + "/oauth/token")]],
                ]
            ],
        ]
    }
}
