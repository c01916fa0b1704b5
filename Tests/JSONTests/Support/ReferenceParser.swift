// JSONTests · a second, slow and plain reading of RFC 8259, to compare with.
import JSON

/// Parses byte by byte, recursively, with the standard open beside it. Shares nothing with the product's parser.
struct ReferenceParser {
    struct Refused: Error {}

    private let bytes: [UInt8]
    private var position = 0

    /// The value that `bytes` spell, or nil if they spell none or repeat a key.
    static func parse(_ bytes: [UInt8]) -> JSONValue? {
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var parser = ReferenceParser(bytes: bytes)
        do {
            let value = try parser.value()
            return parser.position == bytes.count ? value : nil
        } catch {
            return nil
        }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: Character? { position < bytes.count ? Character(UnicodeScalar(bytes[position])) : nil }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) { position += 1 }
    }

    private mutating func expect(_ text: String) throws {
        guard bytes[position...].starts(with: text.utf8) else { throw Refused() }
        position += text.utf8.count
    }

    private mutating func value() throws -> JSONValue {
        skipSpace()
        defer { skipSpace() }
        switch next {
        case "{": return .object(try members())
        case "[": return .array(try elements())
        case "\"": return .string(try string())
        case "t":
            try expect("true")
            return .bool(true)
        case "f":
            try expect("false")
            return .bool(false)
        case "n":
            try expect("null")
            return .null
        default: return .number(try number())
        }
    }

    private mutating func members() throws -> [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        var keys: Set<[UInt8]> = []
        try expect("{")
        skipSpace()
        while next != "}" {
            if !members.isEmpty { try expect(",") }
            skipSpace()
            let key = try string()
            guard keys.insert(Array(key.utf8)).inserted else { throw Refused() }
            skipSpace()
            try expect(":")
            members.append(JSONValue.Member(key, try value()))
        }
        try expect("}")
        return members
    }

    private mutating func elements() throws -> [JSONValue] {
        var elements: [JSONValue] = []
        try expect("[")
        skipSpace()
        while next != "]" {
            if !elements.isEmpty { try expect(",") }
            elements.append(try value())
        }
        try expect("]")
        return elements
    }

    private mutating func string() throws -> String {
        var units: [UInt8] = []
        try expect("\"")
        while true {
            guard let character = next, bytes[position] >= 0x20 else { throw Refused() }
            position += 1
            if character == "\"" { return String(decoding: units, as: UTF8.self) }
            if character != "\\" {
                units.append(bytes[position - 1])
                continue
            }
            guard let letter = next else { throw Refused() }
            position += 1
            switch letter {
            case "\"", "\\", "/": units.append(bytes[position - 1])
            case "b": units.append(8)
            case "f": units.append(12)
            case "n": units.append(10)
            case "r": units.append(13)
            case "t": units.append(9)
            case "u":
                var codes = [try hexadecimal()]
                if 0xd800..<0xdc00 ~= codes[0] {
                    try expect("\\u")
                    codes.append(try hexadecimal())
                }
                guard let text = String(validating: codes, as: UTF16.self) else { throw Refused() }
                units.append(contentsOf: text.utf8)
            default: throw Refused()
            }
        }
    }

    private mutating func hexadecimal() throws -> UInt16 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, !digits.contains(UInt8(ascii: "+")), !digits.contains(UInt8(ascii: "-")),
            let value = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw Refused() }
        position += 4
        return value
    }

    private mutating func number() throws -> String {
        let start = position
        if next == "-" { position += 1 }
        let integer = try digits()
        guard integer == "0" || !integer.hasPrefix("0") else { throw Refused() }
        if next == "." {
            position += 1
            _ = try digits()
        }
        if next == "e" || next == "E" {
            position += 1
            if next == "+" || next == "-" { position += 1 }
            _ = try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws -> String {
        let start = position
        while position < bytes.count, 0x30...0x39 ~= bytes[position] { position += 1 }
        guard position > start else { throw Refused() }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }
}
