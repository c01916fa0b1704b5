// FHIR · one resource naming another.
import JSON

/// A literal reference, as written, with the type and id it spells if it spells any.
///
/// `Patient/p1`, `Patient/p1/_history/2` and `https://host/fhir/Patient/p1` name a type and an id; `urn:uuid:…` names
/// an entry of the bundle it came in, `#x` a contained resource. Source: FHIR R4 §2.3.0.1.
public struct Reference: Hashable, Sendable {
    /// The reference as written.
    public let text: String
    /// The type it names, by its text or, failing that, by `Reference.type`.
    public let type: ResourceType?
    /// The id it names.
    public let id: String?

    /// The reference written as `text`; `type` is what the resource says beside it.
    public init(_ text: String, type: ResourceType? = nil) {
        self.text = text
        var parts = text.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count >= 4, parts[parts.count - 2] == "_history" { parts.removeLast(2) }
        if parts.count >= 2, let named = ResourceType(name: String(parts[parts.count - 2])),
            Resource.isID(parts[parts.count - 1])
        {
            self.type = named
            id = String(parts[parts.count - 1])
        } else {
            self.type = type
            id = nil
        }
    }

    /// The reference that a `Reference` element holds, or nil if it holds none, such as one by identifier only.
    init?(_ node: JSONNode) {
        guard let text = node["reference"]?.string else { return nil }
        self.init(text, type: node["type"]?.string.flatMap { ResourceType(name: $0) })
    }

    /// `Type/id`, or nil if the reference does not spell both.
    public var relative: String? {
        guard let type, let id else { return nil }
        return type.name + "/" + id
    }

    /// Whether it names an entry of the bundle it came in.
    public var isURN: Bool { text.hasPrefix("urn:") }

    /// Whether it names a resource contained in the one that refers.
    public var isContained: Bool { text.hasPrefix("#") }
}
