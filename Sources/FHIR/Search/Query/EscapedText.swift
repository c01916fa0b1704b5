// FHIR · values of parameters, whose separators can be escaped. Source: FHIR R4 §3.1.1.4.0.1.

/// Text in which `\,` `\|` `\$` and `\\` stand for themselves.
enum EscapedText {
    /// The parts between separators that are not escaped, at most `countMax`; escapes stay.
    static func split(_ text: String, _ separator: Character, countMax: Int = .max) -> [String] {
        var parts: [String] = []
        var part = ""
        var isEscaped = false
        for character in text {
            if character == separator, !isEscaped, parts.count < countMax - 1 {
                parts.append(part)
                part = ""
            } else {
                part.append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        return parts + [part]
    }

    /// The text without its escapes.
    static func unescaped(_ text: String) -> String {
        guard text.contains("\\") else { return text }
        var plain = ""
        var isEscaped = false
        for character in text {
            if character == "\\", !isEscaped {
                isEscaped = true
                continue
            }
            if isEscaped, !",|$\\".contains(character) { plain.append("\\") }
            plain.append(character)
            isEscaped = false
        }
        return isEscaped ? plain + "\\" : plain
    }
}
