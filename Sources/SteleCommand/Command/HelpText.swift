// SteleCommand · how help looks.

/// Help as lines of at most 80 columns.
enum HelpText {
    private static let width = 80

    /// What `stele VERB --help` prints.
    static func lines(of verb: any Verb) -> [String] {
        let help = verb.help
        let required = help.options.filter(\.isRequired).map(name(of:))
        let usage = (["stele", verb.name, help.operands.text] + required + ["[options]"]).filter { !$0.isEmpty }
        var lines =
            wrapped("stele \(verb.name): \(verb.summary)") + ["", "Usage:", "  " + usage.joined(separator: " "), ""]
        lines += wrapped(help.meaning)
        lines += ["", "Options:"] + table(help.allOptions.map { (name(of: $0), meaning(of: $0)) })
        if !help.examples.isEmpty { lines += ["", "Examples:"] + help.examples.map { "  " + $0 } }
        return lines
    }

    /// What `stele help` prints.
    static func lines(ofAll verbs: [any Verb]) -> [String] {
        ["stele: a ledger for health data that enforces consent it cannot read", ""]
            + ["Usage:", "  stele VERB [options]", "", "Verbs:"]
            + table(verbs.map { ($0.name, $0.summary) })
            + ["", "Each verb explains itself: stele VERB --help"]
    }

    private static func name(of option: Option) -> String {
        "--\(option.name)" + (option.placeholder.map { " " + $0 } ?? "")
    }

    private static func meaning(of option: Option) -> String {
        option.meaning + (option.isRepeatable ? "; may be repeated" : "")
            + (option.defaultText.map { " (default: \($0))" } ?? "")
    }

    private static func table(_ rows: [(String, String)]) -> [String] {
        let column = min(rows.map(\.0.count).max() ?? 0, 26)
        return rows.flatMap { name, meaning in
            let text = wrapped(meaning, width: width - column - 4)
            let indent = String(repeating: " ", count: column + 4)
            guard name.count <= column, let first = text.first else { return ["  " + name] + text.map { indent + $0 } }
            let padding = String(repeating: " ", count: column - name.count + 2)
            return ["  " + name + padding + first] + text.dropFirst().map { indent + $0 }
        }
    }

    private static func wrapped(_ text: String, width: Int = width) -> [String] {
        var lines: [String] = []
        for word in text.split(whereSeparator: \.isWhitespace) {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
