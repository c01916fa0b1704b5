// JSON · one value of a parsed text.
import CSimdjson

/// One value inside a ``JSONDocument``. Two words to copy; keeps the document alive.
///
/// Asking for what the value is not gives nil, or an empty sequence, so that a path can be followed without checks:
/// `document.root["code"]?["text"]?.string`.
public struct JSONNode: Sendable {
    /// What a value is.
    public enum Kind: Hashable, Sendable {
        case object, array, string, number, `true`, `false`, null
    }

    /// The text it is part of.
    public let document: JSONDocument
    let index: Int

    init(document: JSONDocument, index: Int) {
        self.document = document
        self.index = index
    }

    var entry: stele_json_node { document.nodes[index] }

    /// What it is.
    public var kind: Kind {
        switch Int(entry.kind) {
        case STELE_JSON_OBJECT: .object
        case STELE_JSON_ARRAY: .array
        case STELE_JSON_NUMBER: .number
        case STELE_JSON_TRUE: .true
        case STELE_JSON_FALSE: .false
        case STELE_JSON_NULL: .null
        default: .string
        }
    }

    /// Whether it is `null`.
    public var isNull: Bool { kind == .null }

    /// How many members an object or elements an array has; 0 for anything else.
    public var count: Int { kind == .object || kind == .array ? Int(entry.count) : 0 }

    /// Where its text stands in the document, from its first byte to its last.
    public var sourceRange: Range<Int> { Int(entry.start)..<Int(entry.end) }

    /// Its text, exactly as received.
    public var sourceBytes: ArraySlice<UInt8> { document.bytes[sourceRange] }
}

// MARK: - Scalars
extension JSONNode {
    /// The text of a string, unescaped.
    public var string: String? {
        textBytes.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The unescaped text of a string as UTF-8.
    public var textBytes: ArraySlice<UInt8>? {
        let entry = self.entry
        let range = Int(entry.text)..<(Int(entry.text) + Int(entry.count))
        switch Int(entry.kind) {
        case STELE_JSON_STRING: return document.bytes[range]
        case STELE_JSON_ESCAPED_STRING: return document.strings[range]
        default: return nil
        }
    }

    /// A number as it was written: `1.50` stays `1.50`, and no digit is lost.
    public var numberText: String? {
        kind == .number ? String(decoding: sourceBytes, as: UTF8.self) : nil
    }

    /// A number written as plain digits that fits 64 bits. `-0`, `1.0` and `1e3` are not.
    public var uint: UInt64? {
        guard let text = numberText, text.utf8.first != UInt8(ascii: "-") else { return nil }
        return UInt64(text)
    }

    /// `true` or `false`.
    public var bool: Bool? {
        switch kind {
        case .true: true
        case .false: false
        default: nil
        }
    }

    /// Whether it is a string whose text is `text`. Cheaper than comparing ``string``.
    public func isString(_ text: String) -> Bool {
        let entry = self.entry
        switch Int(entry.kind) {
        case STELE_JSON_STRING:
            let bytes = document.bytes
            return Self.isEqual(bytes.span, entry, text)
        case STELE_JSON_ESCAPED_STRING:
            let bytes = document.strings
            return Self.isEqual(bytes.span, entry, text)
        default: return false
        }
    }

    private static func isEqual(_ bytes: Span<UInt8>, _ entry: stele_json_node, _ text: String) -> Bool {
        let (start, count) = (Int(entry.text), Int(entry.count))
        guard count == text.utf8.count else { return false }
        var position = start
        for byte in text.utf8 {
            guard bytes[position] == byte else { return false }
            position += 1
        }
        return true
    }
}
