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
        var rest = text[...]
        var id = Self.popLast(&rest)
        if rest.hasSuffix("/_history") {
            rest.removeLast("/_history".count)
            id = Self.popLast(&rest)
        }
        if !rest.isEmpty, Resource.isID(id), let named = ResourceType(name: String(Self.popLast(&rest))) {
            self.type = named
            self.id = String(id)
        } else {
            self.type = type
            self.id = nil
        }
    }

    /// Takes the part behind the last slash off `text`, which ends where that slash was.
    private static func popLast(_ text: inout Substring) -> Substring {
        guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else {
            defer { text = "" }
            return text
        }
        defer { text = text[..<slash] }
        return text[text.utf8.index(after: slash)...]
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
