// SteleCommand · HTML in which only this program's own words are markup.
internal import Primitives

/// Writes a page. Names of elements and classes are literals of this program; everything else is escaped, so no text
/// of a record, a name or a log can become markup.
struct HTMLWriter {
    private(set) var text = ""
    private var open: [String] = []

    /// Begins an element.
    mutating func begin(_ name: StaticString, _ style: StaticString = "", id: String? = nil) {
        text += "<\(name)"
        if style.utf8CodeUnitCount > 0 { text += " class=\"\(style)\"" }
        if let id { text += " id=\"\(Self.escaped(id))\"" }
        text += ">"
        open.append("\(name)")
    }

    /// Ends the innermost element.
    mutating func end() { text += "</\(open.removeLast())>" }

    /// Text inside the innermost element.
    mutating func write(_ words: String) { text += Self.escaped(words) }

    /// A whole element with text in it.
    mutating func element(_ name: StaticString, _ words: String) { element(name, "", words) }

    /// A whole element of a class with text in it.
    mutating func element(_ name: StaticString, _ style: StaticString, _ words: String) {
        begin(name, style)
        write(words)
        end()
    }

    /// A link to a file of the copy, or to a place of the page.
    mutating func link(_ target: String, _ words: String) {
        text += "<a href=\"\(Self.escaped(target))\">\(Self.escaped(words))</a>"
    }

    /// Markup that is a literal of this program.
    mutating func literal(_ markup: StaticString) { text += "\(markup)" }

    /// `text` as it may stand in an element or a quoted attribute. Control characters, and those that turn the
    /// direction of writing and could make a line read as another, are shown as a replacement character.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\r": continue
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
                escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
