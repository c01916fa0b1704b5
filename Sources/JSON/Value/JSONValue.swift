// JSON · a value held by itself, for building answers.

/// A JSON value without a source text. Objects keep the order of their members, numbers keep their text.
///
/// Written with literals: `["resourceType": "Bundle", "total": 0, "entry": []]`.
public indirect enum JSONValue: Hashable, Sendable {
    /// Members in order. Keys are the caller's duty to keep apart.
    case object([Member])
    case array([JSONValue])
    case string(String)
    /// A number by its text, which RFC 8259 §6 must allow.
    case number(String)
    case bool(Bool)
    case null

    /// One member of an object.
    public struct Member: Hashable, Sendable {
        /// Its name.
        public var key: String
        /// Its value.
        public var value: JSONValue

        /// The member `key` with `value`.
        public init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// A copy of `node` and all inside it.
    public init(_ node: JSONNode) {
        switch node.kind {
        case .object: self = .object(node.members.map { Member($0.key, JSONValue($0.value)) })
        case .array: self = .array(node.elements.map { JSONValue($0) })
        case .string: self = .string(node.string ?? "")
        case .number: self = .number(node.numberText ?? "0")
        case .true: self = .bool(true)
        case .false: self = .bool(false)
        case .null: self = .null
        }
    }

    /// The value of the member `key`, or nil if this is no object or has none.
    public subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }
}

// MARK: - As text
extension JSONValue {
    /// The value as JSON text; `pretty` breaks lines and indents by two spaces.
    public func serialized(pretty: Bool = false) -> [UInt8] {
        var writer = JSONWriter(pretty ? .pretty : .compact)
        writer.write(self)
        return writer.bytes
    }
}

extension JSONWriter {
    /// A value and all inside it.
    public mutating func write(_ value: JSONValue) {
        switch value {
        case .object(let members):
            beginObject()
            for member in members {
                write(key: member.key)
                write(member.value)
            }
            endObject()
        case .array(let elements):
            beginArray()
            for element in elements { write(element) }
            endArray()
        case .string(let text): write(text)
        case .number(let text): write(exact: text.utf8)
        case .bool(let value): write(value)
        case .null: writeNull()
        }
    }
}

// MARK: - Literals
extension JSONValue: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}

extension JSONValue: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

extension JSONValue: ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) { self = .string(value) }
}

extension JSONValue: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) { self = .number(String(value)) }
}

extension JSONValue: ExpressibleByBooleanLiteral {
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}
