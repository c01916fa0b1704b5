// Primitives · the facts that policy speaks about, in the one spelling that is hashed into a token.

/// A fact used by policy: who asks, what kind of record, for what. Never on the ledger; only its token is.
///
/// A label is a deterministic CBOR array of text whose first element names its kind. Source: `docs/spec/consent.md` §2.
public enum Label: Hashable, Sendable {
    /// A person, device or system, by DID.
    case actor(String)
    /// A member organisation, by its name on the network.
    case organisation(String)
    /// Whoever holds a role at an organisation.
    case role(code: String, organisation: String)
    /// Whoever belongs to the team of an episode, by the episode's id in hexadecimal.
    case team(String)
    /// Every record of the subject.
    case all
    /// Records of a FHIR resource type.
    case type(String)
    /// Records of a category, such as `laboratory`.
    case category(String)
    /// Records with an HL7 sensitivity or confidentiality code, such as `PSY`.
    case sensitivity(String)
    /// One record, as `Type/id`.
    case record(String)
    /// Records of a type within a category: a conjunction spelled as one label.
    case typeInCategory(type: String, category: String)
    /// A purpose of use of HL7 v3 ActReason, such as `TREAT`.
    case purpose(String)

    /// The deterministic CBOR that is hashed.
    public var encoded: [UInt8] {
        var writer = CBORWriter(capacity: 64)
        let parts = self.parts
        writer.write(arrayCount: parts.count)
        for part in parts { writer.write(text: part) }
        return writer.bytes
    }

    /// The label's texts, kind first: what ``encoded`` encodes.
    public var parts: [String] {
        switch self {
        case .actor(let did): ["actor", did]
        case .organisation(let name): ["organisation", name]
        case .role(let code, let organisation): ["role", organisation, code]
        case .team(let episode): ["team", episode]
        case .all: ["all"]
        case .type(let type): ["type", type]
        case .category(let category): ["category", category]
        case .sensitivity(let code): ["sensitivity", code]
        case .record(let reference): ["record", reference]
        case .typeInCategory(let type, let category): ["and", "type", type, "category", category]
        case .purpose(let code): ["purpose", code]
        }
    }

    /// The label written as `parts`, or nil if they spell none.
    public init?(parts: [String]) {
        switch (parts.first, parts.count) {
        case ("actor", 2): self = .actor(parts[1])
        case ("organisation", 2): self = .organisation(parts[1])
        case ("role", 3): self = .role(code: parts[2], organisation: parts[1])
        case ("team", 2): self = .team(parts[1])
        case ("all", 1): self = .all
        case ("type", 2): self = .type(parts[1])
        case ("category", 2): self = .category(parts[1])
        case ("sensitivity", 2): self = .sensitivity(parts[1])
        case ("record", 2): self = .record(parts[1])
        case ("and", 5) where parts[1] == "type" && parts[3] == "category":
            self = .typeInCategory(type: parts[2], category: parts[4])
        case ("purpose", 2): self = .purpose(parts[1])
        default: return nil
        }
    }
}
