// API · the names that resources told from the ledger share.
internal import JSON
internal import Node
internal import Primitives

/// Systems and small parts of resources that are worked out from the ledger. Source: `docs/spec/consent-fhir.md`.
enum LedgerVocabulary {
    /// `meta.source` of what is worked out from the ledger, and of what is stored in the vault.
    static let ledger = "urn:stele:ledger"
    static let vault = "urn:stele:vault"
    static let transaction = "urn:stele:transaction"
    static let organisation = "urn:stele:organisation"
    static let actReason = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
    static let participation = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"

    static func coding(_ system: String, _ code: String, _ display: String? = nil) -> JSONValue {
        var members: [JSONValue.Member] = [.init("system", .string(system)), .init("code", .string(code))]
        if let display { members.append(.init("display", .string(display))) }
        return .object(members)
    }

    static func concept(_ system: String, _ code: String, _ display: String? = nil) -> JSONValue {
        ["coding": [coding(system, code, display)]]
    }

    /// A reference by identifier alone.
    static func reference(_ type: String?, _ system: String, _ value: String, _ display: String? = nil) -> JSONValue {
        var members: [JSONValue.Member] = []
        if let type { members.append(.init("type", .string(type))) }
        members.append(.init("identifier", ["system": .string(system), "value": .string(value)]))
        if let display { members.append(.init("display", .string(display))) }
        return .object(members)
    }

    /// A member organisation, by its name on the network.
    static func organisation(_ name: String) -> JSONValue { reference("Organization", organisation, name) }

    /// Whoever has a DID.
    static func actor(_ did: String, _ name: String?) -> JSONValue { reference(nil, "urn:ietf:rfc:3986", did, name) }

    static func extensionValue(_ name: String, _ value: String) -> JSONValue {
        ["url": .string("urn:stele:" + name), "valueString": .string(value)]
    }
}
