// API · what the FHIR server says of itself.
internal import FHIR
internal import JSON
internal import Primitives

/// The CapabilityStatement. Source: FHIR R4 §2.22.
struct CapabilityStatement {
    let json: JSONValue

    init(baseURL: String, time: Timestamp) {
        let searched: JSONValue = .array(
            [
                ("_id", "token"), ("patient", "reference"), ("subject", "reference"), ("code", "token"),
                ("category", "token"), ("identifier", "token"), ("status", "token"), ("date", "date"),
                ("_lastUpdated", "date"),
            ].map { name, type in ["name": .string(name), "type": .string(type)] })
        let interactions: JSONValue = .array(
            ["read", "vread", "create", "update", "search-type"].map { ["code": .string($0)] })
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
                            + "released. Resources are returned byte for byte."),
                    "security": [
                        "service": [
                            [
                                "coding": [
                                    [
                                        "system":
                                            "http://terminology.hl7.org/CodeSystem/restful-security-service",
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
                    ],
                    "resource": .array(
                        ResourceType.allCases.map { type in
                            [
                                "type": .string(type.name), "interaction": interactions,
                                "versioning": "versioned-update", "readHistory": true, "updateCreate": true,
                                "conditionalCreate": false, "conditionalUpdate": false, "searchParam": searched,
                            ]
                        }),
                    "interaction": [["code": "transaction"], ["code": "batch"]],
                ]
            ],
        ]
    }
}
