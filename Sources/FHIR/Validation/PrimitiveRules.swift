// FHIR · what the text of a primitive may be.

/// The rules of primitive types, on bytes. Each gives the rule that is broken, in plain words, or nil.
/// Source: FHIR R4 §2.24.0.1.
enum PrimitiveRules {
    /// Most bytes of a string.
    static let stringByteCountMax = 1 << 20

    /// The rule that the JSON number `text` breaks as `type`.
    static func brokenRule(number text: Span<UInt8>, of type: PrimitiveType) -> String? {
        let range: ClosedRange<Int64>
        switch type {
        case .integer: range = -2_147_483_648...2_147_483_647
        case .unsignedInt: range = 0...2_147_483_647
        case .positiveInt: range = 1...2_147_483_647
        default: return nil
        }
        var value: Int64 = 0
        let isNegative = text[0] == UInt8(ascii: "-")
        for index in (isNegative ? 1 : 0)..<text.count {
            guard isDigit(text[index]) else { return "the value is a whole number, without fraction and exponent" }
            value = min(value * 10 + Int64(text[index] - UInt8(ascii: "0")), 1 << 32)
        }
        return range.contains(isNegative ? -value : value)
            ? nil : "the value is from \(range.lowerBound) to \(range.upperBound)"
    }

    /// The rule that the unescaped string `text` breaks as `type`.
    static func brokenRule(string text: Span<UInt8>, of type: PrimitiveType, isEscaped: Bool) -> String? {
        if text.isEmpty { return "a string is not empty" }
        // JSON has other control characters in escapes only.
        if isEscaped, hasControlCharacter(text) { return "a string has no control characters but tab and line breaks" }
        switch type {
        case .string, .markdown:
            return text.count <= stringByteCountMax ? nil : "a string has 1 MiB at most"
        case .code: return isCode(text) ? nil : "a code has no white space at its ends and single spaces between"
        case .uri, .url, .canonical: return isFreeOfSpace(text) ? nil : "a URI has no white space"
        case .id: return isID(text) ? nil : "an id is 1 to 64 of the characters A-Z a-z 0-9 - ."
        case .oid:
            return hasPrefix(text, "urn:oid:") && isOID(text.extracting(8..<text.count))
                ? nil : "an OID is written urn:oid: and numbers with periods between"
        case .uuid:
            return hasPrefix(text, "urn:uuid:") && isUUID(text.extracting(9..<text.count))
                ? nil : "a UUID is written urn:uuid: and 8-4-4-4-12 digits 0-9 a-f"
        case .date, .dateTime, .instant, .time: return TimeRules.brokenRule(text, of: type)
        case .base64Binary: return isBase64(text) ? nil : "base64 is groups of four characters, padded with ="
        case .xhtml: return isDiv(text) ? nil : "a narrative is one XHTML element, <div> to </div>"
        case .boolean, .decimal, .integer, .positiveInt, .unsignedInt: return nil
        }
    }
}

// MARK: - Texts
extension PrimitiveRules {
    /// `[^\s]+(\s[^\s]+)*`
    private static func isCode(_ text: Span<UInt8>) -> Bool {
        var wasSpace = true
        for index in text.indices {
            let isSpace = isSpace(text[index])
            if isSpace, wasSpace { return false }
            wasSpace = isSpace
        }
        return !wasSpace
    }

    /// `\S*`
    static func isFreeOfSpace(_ text: Span<UInt8>) -> Bool {
        for index in text.indices where isSpace(text[index]) { return false }
        return true
    }

    /// `[A-Za-z0-9\-\.]{1,64}`
    static func isID(_ text: Span<UInt8>) -> Bool {
        guard (1...64).contains(text.count) else { return false }
        for index in text.indices {
            switch text[index] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
                continue
            default: return false
            }
        }
        return true
    }

    /// `[0-2](\.(0|[1-9][0-9]*))+`
    static func isOID(_ text: Span<UInt8>) -> Bool {
        guard text.count >= 3, (UInt8(ascii: "0")...UInt8(ascii: "2")).contains(text[0]), text[1] == UInt8(ascii: ".")
        else { return false }
        var digitCount = 0
        var beginsWithZero = false
        for index in 2..<text.count {
            if text[index] == UInt8(ascii: ".") {
                guard digitCount > 0 else { return false }
                digitCount = 0
            } else {
                guard isDigit(text[index]), digitCount == 0 || !beginsWithZero else { return false }
                if digitCount == 0 { beginsWithZero = text[index] == UInt8(ascii: "0") }
                digitCount += 1
            }
        }
        return digitCount > 0
    }

    /// `[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`
    static func isUUID(_ text: Span<UInt8>) -> Bool {
        guard text.count == 36 else { return false }
        for index in text.indices {
            switch text[index] {
            case UInt8(ascii: "-"):
                guard index == 8 || index == 13 || index == 18 || index == 23 else { return false }
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"):
                guard index != 8, index != 13, index != 18, index != 23 else { return false }
            default: return false
            }
        }
        return true
    }

    /// RFC 4648 §4 with white space between groups of four.
    private static func isBase64(_ text: Span<UInt8>) -> Bool {
        var count = 0
        var padding = 0
        for index in text.indices {
            switch text[index] {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
                guard padding == 0 else { return false }
                count += 1
            case UInt8(ascii: "="):
                padding += 1
                count += 1
            default:
                guard isSpace(text[index]) else { return false }
            }
        }
        return count > 0 && count % 4 == 0 && padding <= 2
    }

    /// Begins with `<div`, ends with `>` of its end; what is between is not read.
    private static func isDiv(_ text: Span<UInt8>) -> Bool {
        var start = 0
        var end = text.count
        while start < end, isSpace(text[start]) { start += 1 }
        while end > start, isSpace(text[end - 1]) { end -= 1 }
        let element = text.extracting(start..<end)
        guard element.count > 5, hasPrefix(element, "<div") else { return false }
        guard element[4] == UInt8(ascii: ">") || element[4] == UInt8(ascii: "/") || isSpace(element[4]) else {
            return false
        }
        return isEqual(element.extracting((element.count - 6)...), "</div>")
            || isEqual(element.extracting((element.count - 2)...), "/>")
    }

    private static func hasControlCharacter(_ text: Span<UInt8>) -> Bool {
        for index in text.indices where text[index] < 0x20 {
            if text[index] != 0x09, text[index] != 0x0a, text[index] != 0x0d { return true }
        }
        return false
    }
}

// MARK: - Bytes
extension PrimitiveRules {
    static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    /// White space of regular expressions, in ASCII.
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }

    static func hasPrefix(_ text: Span<UInt8>, _ prefix: StaticString) -> Bool {
        text.count >= prefix.utf8CodeUnitCount && isEqual(text.extracting(0..<prefix.utf8CodeUnitCount), prefix)
    }

    static func isEqual(_ text: Span<UInt8>, _ other: StaticString) -> Bool {
        guard text.count == other.utf8CodeUnitCount else { return false }
        return other.withUTF8Buffer { buffer in
            for index in text.indices where unsafe text[index] != buffer[index] { return false }
            return true
        }
    }
}
