// Contracts · a call's arguments as command-line options.
internal import JSON
public import Primitives

/// One option of a call's verb.
public struct CallOption: Hashable, Sendable {
    /// The option without its hyphens: the field's name, words joined by hyphens.
    public let name: String
    /// What stands for its value in the usage line; nil if it takes none.
    public let placeholder: String?
    /// Whether the call needs it.
    public let isRequired: Bool
    /// What it means, one phrase.
    public let summary: String
}

extension AnyCallDeclaration {
    /// The options of `stele <contract> <call>`, in the order of the fields.
    public var options: [CallOption] {
        arguments.map { field in
            CallOption(
                name: Self.optionName(field), placeholder: field.type.placeholder, isRequired: !field.isOptional,
                summary: field.summary)
        }
    }

    /// The CBOR arguments that options spell, each given without its hyphens, once.
    ///
    /// A value is what JSON has, without its quotes; several are separated by commas; records are JSON text. The value
    /// of an option that takes none is empty.
    /// - Throws: ``SteleError`` with code `contract.arguments`, naming the field.
    public func arguments(from options: [(option: String, value: String)]) throws(SteleError) -> [UInt8] {
        var members: [JSONValue.Member] = []
        for (option, value) in options {
            guard let field = arguments.first(where: { Self.optionName($0) == option }) else {
                throw FieldFault(.unknown).asArgumentError(of: name)
            }
            do {
                members.append(JSONValue.Member(field.name, try field.type.json(fromOption: value)))
            } catch {
                throw error.under(field.name).asArgumentError(of: name)
            }
        }
        return try arguments(from: .object(members))
    }

    private static func optionName(_ field: FieldDescriptor) -> String {
        String(field.name.map { $0 == "_" ? "-" : $0 })
    }
}

extension FieldType {
    /// Largest JSON text given as an option, in bytes.
    private static let optionLimits = JSONLimits(byteCountMax: 1 << 20)

    /// What stands for a value in a usage line; nil for a marker, which has none.
    fileprivate var placeholder: String? {
        switch self {
        case .bytes: "HEX"
        case .tokens: "HEX,…"
        case .integer: "NUMBER"
        case .time: "TIME"
        case .choice(let members): members.map(\.name).joined(separator: "|")
        case .flags(let members, _): members.map(\.name).joined(separator: ",")
        case .marker: nil
        case .name: "NAME"
        case .profiles: "NUMBER,…"
        case .list(.record, _), .record: "JSON"
        case .list(let type, _): (type.placeholder ?? "") + ",…"
        }
    }

    /// The JSON value that an option's text spells. Whether it fits the type is checked afterwards.
    fileprivate func json(fromOption text: String) throws(FieldFault) -> JSONValue {
        if text.hasPrefix("[") || text.hasPrefix("{") {
            do {
                return JSONValue(try JSONDocument(parsing: Array(text.utf8), limits: Self.optionLimits).root)
            } catch {
                throw FieldFault(.rule("is not JSON: \(error.reason)"))
            }
        }
        switch self {
        case .integer: return .number(text)
        case .time: return text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? .number(text) : .string(text)
        case .bytes, .choice, .name: return .string(text)
        case .marker:
            guard text.isEmpty || text == "true" else { throw FieldFault(.type) }
            return .bool(true)
        case .flags, .tokens: return .array(Self.parts(text).map { .string($0) })
        case .profiles: return .array(Self.parts(text).map { .number($0) })
        case .list(let type, _):
            var elements: [JSONValue] = []
            for part in Self.parts(text) { elements.append(try type.json(fromOption: part)) }
            return .array(elements)
        case .record: throw FieldFault(.type)
        }
    }

    private static func parts(_ text: String) -> [String] {
        text.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
}
