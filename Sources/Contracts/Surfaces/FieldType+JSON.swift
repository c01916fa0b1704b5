// Contracts · fields between JSON and CBOR, driven by their types as data.
internal import JSON
internal import Primitives

// MARK: - From JSON
extension FieldType {
    /// Writes the CBOR of `json`, which must be a value of this type.
    func encode(_ json: JSONValue, into writer: inout CBORWriter) throws(FieldFault) {
        switch self {
        case .bytes(let count): writer.write(bytes: try Self.bytes(json, count: count))
        case .tokens: try Self.encodeTokens(json, into: &writer)
        case .integer(let limits):
            let number = try Self.number(json)
            guard limits.contains(number) else { throw FieldFault(.range) }
            writer.write(number)
        case .time: writer.write(try Self.time(json).seconds)
        case .choice(let members): writer.write(UInt64(try Self.member(json, of: members).number))
        case .flags(let members, let isEmptyAllowed):
            var bits: UInt64 = 0
            for (index, element) in try Self.elements(json).enumerated() {
                let bit: UInt64
                do { bit = 1 << UInt64(try Self.member(element, of: members).number) } catch {
                    throw error.at(index: index)
                }
                guard bits & bit == 0 else { throw FieldFault(.order).at(index: index) }
                bits |= bit
            }
            guard bits != 0 || isEmptyAllowed else { throw FieldFault(.range) }
            writer.write(bits)
        case .marker:
            guard json == .bool(true) else { throw FieldFault(.type) }
            writer.write(true)
        case .name:
            guard let text = Self.text(json) else { throw FieldFault(.type) }
            guard let name = OrganisationName(text) else { throw FieldFault(.range) }
            writer.write(text: name.text)
        case .profiles:
            var profiles = ProfileSet()
            for (index, element) in try Self.elements(json).enumerated() {
                let number: UInt64
                do { number = try Self.number(element) } catch { throw error.at(index: index) }
                guard let profile = ProfileNumber(number) else { throw FieldFault(.range).at(index: index) }
                guard !profiles.contains(profile) else { throw FieldFault(.order).at(index: index) }
                profiles.insert(profile)
            }
            writer.write(profiles.bits)
        case .list(let type, let counts):
            let elements = try Self.elements(json)
            guard counts.contains(elements.count) else { throw FieldFault(.range) }
            writer.write(arrayCount: elements.count)
            for (index, element) in elements.enumerated() {
                do { try type.encode(element, into: &writer) } catch { throw error.at(index: index) }
            }
        case .record(let fields): try Self.encode(fields, from: json, into: &writer)
        }
    }

    /// Writes the map of `fields` whose values are the members of `json`. A marker that is `false` is one that is
    /// absent.
    static func encode(
        _ fields: [FieldDescriptor], from json: JSONValue, into writer: inout CBORWriter
    ) throws(FieldFault) {
        guard case .object(let members) = json else { throw FieldFault(.type) }
        var values: [String: JSONValue] = [:]
        for member in members {
            // The name is the sender's, so it is not repeated in the error.
            guard fields.contains(where: { $0.name == member.key }) else { throw FieldFault(.unknown) }
            guard values.updateValue(member.value, forKey: member.key) == nil else {
                throw FieldFault(.order, path: member.key)
            }
        }
        for field in fields where field.type == .marker && values[field.name] == .bool(false) {
            values[field.name] = nil
        }
        writer.write(mapCount: values.count)
        for field in fields {
            guard let value = values[field.name] else {
                guard field.isOptional else { throw FieldFault(.missing, path: field.name) }
                continue
            }
            writer.write(field.key)
            do { try field.type.encode(value, into: &writer) } catch { throw error.under(field.name) }
        }
    }

    private static func encodeTokens(_ json: JSONValue, into writer: inout CBORWriter) throws(FieldFault) {
        var tokens: [Token] = []
        for (index, element) in try elements(json).enumerated() {
            do {
                tokens.append(Token(try bytes(element, count: Token.count), at: 0))
            } catch {
                throw error.at(index: index)
            }
        }
        guard TokenSet.counts.contains(tokens.count) else { throw FieldFault(.range) }
        guard let set = TokenSet(tokens) else { throw FieldFault(.order) }
        set.encode(into: &writer)
    }

    private static func elements(_ json: JSONValue) throws(FieldFault) -> [JSONValue] {
        guard case .array(let elements) = json else { throw FieldFault(.type) }
        return elements
    }

    private static func text(_ json: JSONValue) -> String? {
        guard case .string(let text) = json else { return nil }
        return text
    }

    private static func number(_ json: JSONValue) throws(FieldFault) -> UInt64 {
        guard case .number(let text) = json else { throw FieldFault(.type) }
        guard let number = UInt64(text) else { throw FieldFault(.range) }
        return number
    }

    private static func bytes(_ json: JSONValue, count: Int) throws(FieldFault) -> [UInt8] {
        guard let text = text(json), let bytes = Hex.decode(text) else { throw FieldFault(.type) }
        guard bytes.count == count else { throw FieldFault(.range) }
        return bytes
    }

    private static func time(_ json: JSONValue) throws(FieldFault) -> UnixSeconds {
        if let text = text(json) {
            guard let time = UnixSeconds(text: text) else { throw FieldFault(.type) }
            return time
        }
        let time = UnixSeconds(try number(json))
        guard time <= .max else { throw FieldFault(.range) }
        return time
    }

    private static func member(_ json: JSONValue, of members: [Member]) throws(FieldFault) -> Member {
        guard let text = text(json) else { throw FieldFault(.type) }
        guard let member = members.first(where: { $0.name == text }) else { throw FieldFault(.range) }
        return member
    }
}

// MARK: - To JSON
extension FieldType {
    /// Reads one value of this type, whose limits were checked by its typed decoder.
    func json(from reader: inout CBORReader) throws(CBORError) -> JSONValue {
        switch self {
        case .bytes(let count): return .string(Hex.encode(try reader.readBytes(count...count)))
        case .tokens:
            return try Self.list(from: &reader) { reader throws(CBORError) in .string(try reader.readBytes32().hex) }
        case .integer: return .number(String(try reader.readUInt()))
        case .time: return .string(UnixSeconds(try reader.readUInt(max: UnixSeconds.max.seconds)).text)
        case .choice(let members):
            let offset = reader.position
            let number = try reader.readUInt()
            guard let member = members.first(where: { $0.number == number }) else {
                throw CBORError(.outOfRange, at: offset)
            }
            return .string(member.name)
        case .flags(let members, _):
            let bits = try reader.readUInt()
            return .array(members.filter { bits >> UInt64($0.number) & 1 == 1 }.map { .string($0.name) })
        case .marker: return .bool(try reader.readBool())
        case .name: return .string(try reader.readText())
        case .profiles:
            return .array(ProfileSet(bits: try reader.readUInt()).profiles.map { .number(String($0.number)) })
        case .list(let type, _):
            return try Self.list(from: &reader) { reader throws(CBORError) in try type.json(from: &reader) }
        case .record(let fields): return try Self.json(of: fields, from: &reader)
        }
    }

    /// Reads the map of `fields` as an object, in order of keys.
    static func json(of fields: [FieldDescriptor], from reader: inout CBORReader) throws(CBORError) -> JSONValue {
        var members: [JSONValue.Member] = []
        var previous: UInt64?
        for _ in 0..<(try reader.readMapCount()) {
            let offset = reader.position
            let key = try reader.readKey(after: previous)
            previous = key
            guard let field = fields.first(where: { $0.key == key }) else { throw CBORError(.unknownKey, at: offset) }
            members.append(JSONValue.Member(field.name, try field.type.json(from: &reader)))
        }
        return .object(members)
    }

    private static func list(
        from reader: inout CBORReader, _ element: (inout CBORReader) throws(CBORError) -> JSONValue
    ) throws(CBORError) -> JSONValue {
        var elements: [JSONValue] = []
        for _ in 0..<(try reader.readArrayCount()) { elements.append(try element(&reader)) }
        return .array(elements)
    }
}
