// FHIR · one resource, kept exactly as it was written.
public import JSON
public import Primitives

/// A FHIR R4 resource that passed the basic checks and is kept byte for byte: what is sealed, anchored and returned.
///
/// Afterwards `resourceType` is an R4 type, `id` if present is one, nothing in it is empty or null where FHIR forbids
/// it, and whatever labels are read from has the shape that reading it needs. Its structure is checked by
/// `requireValid()` before it is accepted; what is stored already is not checked again. Source: FHIR R4 §2.6.2, and
/// `docs/spec/labels.md` §1.
public struct Resource: Sendable {
    /// The resource as parsed JSON.
    public let node: JSONNode
    /// Its type.
    public let type: ResourceType
    /// Its id, if it has one.
    public let id: String?
    let range: Range<Int>

    /// The resource that `bytes` are, white space around it included.
    /// - Throws: code `json.…`, `resource.malformed`, `resource.type_unknown` or `resource.id_invalid`.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .default) throws(SteleError) {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: bytes, limits: limits)
        } catch {
            throw error.asSteleError
        }
        try self.init(document.root, range: 0..<bytes.count)
    }

    /// The resource at `node`, such as an entry of a bundle; its text is that of the node and nothing around it.
    /// - Throws: as the other initializer, without the `json.…` codes.
    public init(_ node: JSONNode) throws(SteleError) {
        try self.init(node, range: node.sourceRange)
    }

    private init(_ node: JSONNode, range: Range<Int>) throws(SteleError) {
        self.node = node
        self.range = range
        type = try ResourceChecks.type(of: node)
        id = try ResourceChecks.id(of: node)
        try ResourceChecks.check(node)
    }

    /// Its text, exactly as received.
    public var bytes: [UInt8] {
        range.count == node.document.bytes.count ? node.document.bytes : Array(node.document.bytes[range])
    }

    /// How many bytes its text has.
    public var byteCount: Int { range.count }

    /// `Type/id`, or nil without an id.
    public var reference: Reference? { id.map { Reference(type.name + "/" + $0) } }

    /// `meta.lastUpdated`, as written.
    public var lastUpdated: String? { node["meta"]?["lastUpdated"]?.string }

    /// Whether `text` can be a resource id: 1–64 of `A–Z a–z 0–9 - .`. Source: FHIR R4 §2.24.0.1, `id`.
    public static func isID(_ text: some StringProtocol) -> Bool {
        let utf8 = text.utf8
        return !utf8.isEmpty && utf8.count <= 64
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}

// MARK: - Errors
extension ErrorCode {
    /// The resource breaks a rule of FHIR's JSON form.
    public static let resourceMalformed = ErrorCode("resource.malformed")
    /// `resourceType` is missing or no type of FHIR R4.
    public static let resourceTypeUnknown = ErrorCode("resource.type_unknown")
    /// `id` is no FHIR id.
    public static let resourceIDInvalid = ErrorCode("resource.id_invalid")
}
