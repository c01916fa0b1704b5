// FHIR · values of parameters, whose separators can be escaped. Source: FHIR R4 §3.1.1.4.0.1.

/// Text in which `\,` `\|` `\$` and `\\` stand for themselves.
enum EscapedText {
    /// The parts between separators that are not escaped, at most `countMax`; escapes stay. A separator is ASCII.
    static func split(_ text: String, _ separator: Unicode.Scalar, countMax: Int = .max) -> [String] {
        let (utf8, separator) = (text.utf8, UInt8(ascii: separator))
        var parts: [String] = []
        var start = utf8.startIndex
        var isEscaped = false
        for index in utf8.indices {
            let byte = utf8[index]
            if byte == separator, !isEscaped, parts.count < countMax - 1 {
                parts.append(String(text[start..<index]))
                start = utf8.index(after: index)
            }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        }
        return parts + [String(text[start...])]
    }

    /// The text without its escapes.
    static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
        var plain: [UInt8] = []
        plain.reserveCapacity(text.utf8.count)
        var isEscaped = false
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\\"), !isEscaped {
                isEscaped = true
                continue
            }
            if isEscaped, !",|$\\".utf8.contains(byte) { plain.append(UInt8(ascii: "\\")) }
            plain.append(byte)
            isEscaped = false
        }
        if isEscaped { plain.append(UInt8(ascii: "\\")) }
        return String(decoding: plain, as: UTF8.self)
    }
}
