// API · where a version of a record comes from, told as a Provenance.
internal import Contracts
internal import JSON
internal import Ledger
internal import Node
internal import Primitives
internal import Vault

/// Writes the Provenance of one version: its anchor's transaction, who signed that, and the versions before it. Source:
/// `docs/spec/consent-fhir.md` §6.
struct ProvenanceResource {
    /// The version.
    let entry: CompartmentEntry
    /// The versions that its anchor names: superseded, and derived from.
    let superseded: CompartmentEntry?
    let sources: [CompartmentEntry]
    /// The key that signed the anchor, and when it was anchored.
    let signer: PublicKey
    let receipt: Receipt
    let organisation: String

    private static let participants = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"

    /// The Provenance of `entry`, a version in `compartment`.
    init(_ entry: CompartmentEntry, in compartment: Compartment, _ custodian: Custodian) throws(SteleError) {
        guard let receipt = try custodian.ledger.receipt(of: entry.transaction) else {
            throw Services.recordUnavailable
        }
        let body = try Transaction(decoding: try custodian.ledger.line(at: receipt.logIndex).envelope).body
        let call = try? RecordsAnchor(decoding: body.encoded, in: body.argumentRange)
        let version = call?.versions.first { $0.record == entry.recordID }
        self.entry = entry
        self.receipt = receipt
        signer = body.signer
        organisation = custodian.organisation
        // Only what has the same labels: whoever may see the one may see the other.
        func seen(_ record: Bytes32) -> CompartmentEntry? {
            compartment.entry(recordID: record).flatMap { $0.profile == entry.profile ? $0 : nil }
        }
        superseded = version?.supersedes.flatMap(seen)
        sources = version?.derivedFrom?.compactMap(seen) ?? []
    }

    var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("resourceType", "Provenance"), .init("id", .string(entry.recordID.hex)),
            .init(
                "meta",
                [
                    "versionId": "1", "lastUpdated": .string(receipt.time.description),
                    "source": .string(LedgerVocabulary.ledger),
                ]),
            .init(
                "extension",
                [
                    LedgerVocabulary.extensionValue("transaction", entry.transaction.hex),
                    LedgerVocabulary.extensionValue("record", entry.recordID.hex),
                    LedgerVocabulary.extensionValue("anchor", entry.anchor.hex),
                ]),
            .init("target", [Self.reference(entry)]), .init("recorded", .string(receipt.time.description)),
            .init(
                "activity",
                LedgerVocabulary.concept("http://terminology.hl7.org/CodeSystem/v3-DataOperation", activity)),
            .init(
                "agent",
                [
                    [
                        "type": LedgerVocabulary.concept(Self.participants, "custodian", "Custodian"),
                        "who": LedgerVocabulary.organisation(organisation),
                    ],
                    [
                        "type": LedgerVocabulary.concept(Self.participants, "attester", "Attester"),
                        "who": LedgerVocabulary.reference("Device", "urn:stele:key", signer.hex),
                        "onBehalfOf": LedgerVocabulary.organisation(organisation),
                    ],
                ]),
        ]
        let entities =
            (superseded.map { [Self.entity("revision", $0)] } ?? []) + sources.map { Self.entity("derivation", $0) }
        if !entities.isEmpty { members.append(.init("entity", .array(entities))) }
        return .object(members)
    }

    private var activity: String { entry.isTombstone ? "DELETE" : entry.version == 1 ? "CREATE" : "UPDATE" }

    private static func entity(_ role: String, _ source: CompartmentEntry) -> JSONValue {
        ["role": .string(role), "what": reference(source)]
    }

    private static func reference(_ entry: CompartmentEntry) -> JSONValue {
        ["reference": .string("\(entry.resource)/_history/\(entry.version)")]
    }
}
