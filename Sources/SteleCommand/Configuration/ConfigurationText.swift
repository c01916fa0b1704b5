// SteleCommand · the small part of TOML that a configuration needs.
internal import Primitives

/// A value of the configuration.
enum ConfigurationValue: Hashable {
    case string(String)
    case integer(Int)
    case boolean(Bool)
}

/// The lines of a configuration: sections of `key = value`, where a value is a string, a whole number or a boolean.
///
/// A strict subset of TOML 1.0, so every accepted file means the same to any TOML reader: bare keys, basic strings with
/// the escapes `\" \\ \n \t`, literal strings, decimal integers with underscores between digits, `true`, `false`,
/// comments. No dates, floats, arrays, inline or nested tables, dotted or quoted keys. A key or section given twice is
/// refused.
struct ConfigurationText {
    /// Largest file, in bytes.
    static let byteCountMax = 65_536

    struct Entry {
        let section: String
        let key: String
        let value: ConfigurationValue
        let line: Int
    }

    /// What the file says, in its order.
    private(set) var entries: [Entry] = []
    /// The sections and the line of each.
    private(set) var sections: [(name: String, line: Int)] = []

    /// Reads `text`.
    /// - Throws: `configuration.malformed`, naming the line.
    init(parsing text: String) throws(SteleError) {
        guard text.utf8.count <= Self.byteCountMax else {
            throw .configuration(.configurationMalformed, line: 1, "is part of a file that is too large")
        }
        // A line end of two characters is one `Character`, and a lone carriage return is no line end at all.
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        for (offset, content) in lines.enumerated() {
            var line = LineReader(content, number: offset + 1)
            try read(&line)
        }
    }

    private mutating func read(_ line: inout LineReader) throws(SteleError) {
        line.skipSpaces()
        if line.isAtEnd { return }
        if line.skip("[") {
            line.skipSpaces()
            let name = try line.bareKey("a section name")
            line.skipSpaces()
            guard line.skip("]") else { throw line.malformed("lacks the ] of its section") }
            guard !sections.contains(where: { $0.name == name }) else {
                throw line.malformed("opens a section for the second time")
            }
            sections.append((name, line.number))
        } else {
            let key = try line.bareKey("a key")
            guard let section = sections.last?.name else { throw line.malformed("stands before the first section") }
            line.skipSpaces()
            guard line.skip("=") else { throw line.malformed("lacks the = behind its key") }
            line.skipSpaces()
            let value = try line.value()
            guard !entries.contains(where: { $0.section == section && $0.key == key }) else {
                throw line.malformed("gives a key for the second time")
            }
            entries.append(Entry(section: section, key: key, value: value, line: line.number))
        }
        line.skipSpaces()
        guard line.isAtEnd else { throw line.malformed("goes on behind its value") }
    }
}

// MARK: - One line
private struct LineReader {
    let number: Int
    private var rest: Substring

    init(_ content: Substring, number: Int) {
        rest = content
        self.number = number
    }

    /// Whether nothing is left but a comment.
    var isAtEnd: Bool { rest.isEmpty || (rest.first == "#" && !hasControlCharacter) }
    private var hasControlCharacter: Bool { rest.unicodeScalars.contains(where: Self.isControl) }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        (scalar.value < 0x20 && scalar != "\t") || scalar.value == 0x7f
    }

    mutating func skipSpaces() { rest = rest.drop { $0 == " " || $0 == "\t" } }

    mutating func skip(_ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest.removeFirst()
        return true
    }

    mutating func bareKey(_ what: String) throws(SteleError) -> String {
        let key = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
        guard !key.isEmpty else { throw malformed("does not begin with \(what) in letters, digits, _ and -") }
        rest = rest[key.endIndex...]
        return String(key)
    }

    mutating func value() throws(SteleError) -> ConfigurationValue {
        if skip("\"") { return .string(try basicString()) }
        if skip("'") { return .string(try literalString()) }
        let word = rest.prefix { $0 != " " && $0 != "\t" && $0 != "#" }
        rest = rest[word.endIndex...]
        switch word {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        default:
            guard let integer = Self.integer(word) else {
                throw malformed("has a value that is no string in quotation marks, whole number, true or false")
            }
            return .integer(integer)
        }
    }

    /// TOML: underscores between digits, no leading zeros.
    private static func integer(_ word: Substring) -> Int? {
        let digits = word.hasPrefix("-") || word.hasPrefix("+") ? word.dropFirst() : word
        let groups = digits.split(separator: "_", omittingEmptySubsequences: false)
        guard groups.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            digits == "0" || digits.first != "0"
        else { return nil }
        return Int(word.filter { $0 != "_" })
    }

    private mutating func basicString() throws(SteleError) -> String {
        var text = ""
        while let character = rest.popFirst() {
            switch character {
            case "\"": return text
            case "\\":
                switch rest.popFirst() {
                case "\"": text.append("\"")
                case "\\": text.append("\\")
                case "n": text.append("\n")
                case "t": text.append("\t")
                default: throw malformed(#"has an escape that is none of \" \\ \n \t"#)
                }
            default: text.append(try printable(character))
            }
        }
        throw malformed("lacks the quotation mark that ends its string")
    }

    private mutating func literalString() throws(SteleError) -> String {
        var text = ""
        while let character = rest.popFirst() {
            if character == "'" { return text }
            text.append(try printable(character))
        }
        throw malformed("lacks the quotation mark that ends its string")
    }

    private func printable(_ character: Character) throws(SteleError) -> Character {
        guard !character.unicodeScalars.contains(where: Self.isControl) else {
            throw malformed("has a control character in its string")
        }
        return character
    }

    func malformed(_ what: String) -> SteleError { .configuration(.configurationMalformed, line: number, what) }
}

extension SteleError {
    /// Bad news about one line of the configuration. Its text is left out: it may name a secret's place.
    static func configuration(
        _ code: ErrorCode, line: Int, _ what: String,
        hint: String = "mend the line; docs/operate/configuration.md explains each key"
    ) -> SteleError {
        SteleError(code, "line \(line) of the configuration \(what)", hint: hint)
    }
}
