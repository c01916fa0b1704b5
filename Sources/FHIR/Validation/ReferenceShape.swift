// FHIR · the text of a reference, taken apart.

/// What the text of a reference names, as far as the text tells.
enum ReferenceShape {
    /// A resource inside the one that refers.
    case contained
    /// A resource of the type with this number.
    case resource(Int)
    /// Something whose type the text does not tell.
    case elsewhere

    /// The shape of `text`, or nil if it is no reference.
    init?(_ text: Span<UInt8>, types: NameTable) {
        guard !text.isEmpty, PrimitiveRules.isFreeOfSpace(text) else { return nil }
        if text[0] == UInt8(ascii: "#") {
            self = .contained
            return
        }
        if let end = Self.schemeEnd(of: text) {
            let rest = text.extracting(end..<text.count)
            guard !rest.isEmpty else { return nil }
            self = Self.resource(atEndOf: rest, types: types, isRelative: false) ?? .elsewhere
            return
        }
        guard let found = Self.resource(atEndOf: text, types: types, isRelative: true) else { return nil }
        self = found
    }

    /// Where a scheme and its colon end, or nil without one. Source: RFC 3986 §3.1.
    private static func schemeEnd(of text: Span<UInt8>) -> Int? {
        for index in text.indices {
            switch text[index] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): continue
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
                if index == 0 { return nil }
            case UInt8(ascii: ":"): return index > 0 ? index + 1 : nil
            default: return nil
            }
        }
        return nil
    }

    /// `Type/id` or `Type/id/_history/version` at the end of `text`. A relative reference is nothing else, or
    /// `Type?search` as in transactions.
    private static func resource(atEndOf text: Span<UInt8>, types: NameTable, isRelative: Bool) -> ReferenceShape? {
        if isRelative, let mark = text.indices.first(where: { text[$0] == UInt8(ascii: "?") }) {
            guard mark + 1 < text.count, let type = types.find(text.extracting(0..<mark), scope: 0) else { return nil }
            return .resource(type)
        }
        var id = lastSegment(of: text, before: text.count)
        guard id.lowerBound > 0 else { return nil }
        var type = lastSegment(of: text, before: id.lowerBound - 1)
        if PrimitiveRules.isEqual(text.extracting(type), "_history"), type.lowerBound > 0 {
            guard PrimitiveRules.isID(text.extracting(id)) else { return nil }
            id = lastSegment(of: text, before: type.lowerBound - 1)
            guard id.lowerBound > 0 else { return nil }
            type = lastSegment(of: text, before: id.lowerBound - 1)
        }
        guard PrimitiveRules.isID(text.extracting(id)), !isRelative || type.lowerBound == 0,
            let number = types.find(text.extracting(type), scope: 0)
        else { return nil }
        return .resource(number)
    }

    /// The part after the last slash before `end`.
    private static func lastSegment(of text: Span<UInt8>, before end: Int) -> Range<Int> {
        var start = end
        while start > 0, text[start - 1] != UInt8(ascii: "/") { start -= 1 }
        return start..<end
    }
}
