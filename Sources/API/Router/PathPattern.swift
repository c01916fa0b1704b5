// API · which paths a route answers, and what their variable parts mean.
internal import FHIR
internal import JSON
internal import Primitives

/// A path with typed parameters: `/ledger/v1/transactions/{transaction:hash}`.
///
/// A segment matches whole and decoded; a parameter whose text is not of its kind does not match, so two patterns can
/// differ by kind alone. There is no optional trailing slash: one path, one spelling.
struct PathPattern: Sendable, ExpressibleByStringLiteral {
    /// What the text of a parameter must be.
    enum Kind: String, Sendable {
        /// 64 hexadecimal digits.
        case hash
        /// Hexadecimal digits, two a byte, 1–128 bytes.
        case hex
        /// A FHIR logical id.
        case id
        /// The name of a FHIR R4 resource type.
        case type
        /// A decimal number without leading zeros.
        case number
        /// Everything that is left, slashes included.
        case path
    }

    enum Part: Sendable {
        case literal(String)
        case parameter(name: String, kind: Kind)
    }

    /// The pattern as OpenAPI and metrics write it: kinds left out.
    let text: String
    let parts: [Part]

    init(stringLiteral value: String) { self.init(value) }

    /// The pattern written as `value`. A kind that does not exist is a bug.
    init(_ value: String) {
        parts = value.split(separator: "/").map { part in
            guard part.hasPrefix("{") else { return .literal(String(part)) }
            let words = part.dropFirst().dropLast().split(separator: ":")
            guard part.hasSuffix("}"), words.count == 2, let kind = Kind(rawValue: String(words[1])) else {
                preconditionFailure("a parameter of a path is written {name:kind}")
            }
            return .parameter(name: String(words[0]), kind: kind)
        }
        text = parts.reduce(into: "") { text, part in
            switch part {
            case .literal(let literal): text += "/" + literal
            case .parameter(let name, _): text += "/{\(name)}"
            }
        }
    }

    /// The parameters of a path of these segments, or nil if it is another path.
    func match(_ segments: [String]) -> PathParameters? {
        var parameters = PathParameters()
        for (index, part) in parts.enumerated() {
            guard index < segments.count else { return nil }
            switch part {
            case .literal(let literal):
                guard segments[index] == literal else { return nil }
            case .parameter(let name, .path):
                parameters.values[name] = segments[index...].joined(separator: "/")
                return parameters
            case .parameter(let name, let kind):
                guard kind.allows(segments[index]) else { return nil }
                parameters.values[name] = segments[index]
            }
        }
        return parts.count == segments.count ? parameters : nil
    }
}

extension PathPattern.Kind {
    /// Whether `text` is of this kind.
    func allows(_ text: String) -> Bool {
        switch self {
        case .hash: Bytes32(hex: text) != nil
        case .hex: (2...256).contains(text.utf8.count) && Hex.decode(text) != nil
        case .id: Resource.isID(text)
        case .type: ResourceType(name: text) != nil
        case .number: UInt64(text).map { String($0) == text } ?? false
        case .path: true
        }
    }

    /// The kind as JSON Schema.
    var schema: JSONValue {
        switch self {
        case .hash: ["type": "string", "pattern": "^[0-9a-fA-F]{64}$"]
        case .hex: ["type": "string", "pattern": "^([0-9a-fA-F]{2}){1,128}$"]
        case .id: ["type": "string", "pattern": "^[A-Za-z0-9.-]{1,64}$"]
        case .number: ["type": "integer", "minimum": 0]
        case .type, .path: ["type": "string"]
        }
    }
}

/// The variable parts of a path that matched. Each accessor is for a parameter of that kind; another use is a bug.
struct PathParameters: Sendable {
    fileprivate var values: [String: String] = [:]

    /// The parameter `name`, or nil if this path has none of that name.
    func optionalText(_ name: String) -> String? { values[name] }

    func text(_ name: String) -> String {
        guard let value = values[name] else { preconditionFailure("the route declares its parameters") }
        return value
    }

    func hash(_ name: String) -> Bytes32 {
        guard let value = Bytes32(hex: text(name)) else { preconditionFailure("a hash matched as one") }
        return value
    }

    func bytes(_ name: String) -> [UInt8] {
        guard let value = Hex.decode(text(name)) else { preconditionFailure("hexadecimal matched as such") }
        return value
    }

    func number(_ name: String) -> UInt64 {
        guard let value = UInt64(text(name)) else { preconditionFailure("a number matched as one") }
        return value
    }

    func type(_ name: String) -> ResourceType {
        guard let value = ResourceType(name: text(name)) else { preconditionFailure("a type matched as one") }
        return value
    }
}
