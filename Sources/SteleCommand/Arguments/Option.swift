// SteleCommand · what can be written behind a verb.

/// A long option: `--name VALUE`, `--name=VALUE`, or `--name` alone for a flag. There are no short ones.
///
/// A verb declares its options once, as constants; the same constant parses the words, prints the help and reads the
/// value.
public struct Option: Hashable, Sendable {
    /// The name without its two hyphens.
    public let name: String
    /// What the help calls the value, such as `FILE`; nil for a flag.
    public let placeholder: String?
    /// What it does, a phrase without a full stop.
    public let meaning: String
    /// What holds when it is left out, as the help shows it.
    public let defaultText: String?
    /// Whether the verb cannot do without it, as the usage line shows.
    public let isRequired: Bool
    /// Whether it may be given more than once. Any other option given twice is refused.
    public let isRepeatable: Bool

    /// An option that takes a value.
    public init(
        _ name: String, _ placeholder: String, _ meaning: String, default defaultText: String? = nil,
        isRequired: Bool = false, isRepeatable: Bool = false
    ) {
        self.name = name
        self.placeholder = placeholder
        self.meaning = meaning
        self.defaultText = defaultText
        self.isRequired = isRequired
        self.isRepeatable = isRepeatable
    }

    /// An option that is there or not.
    public init(flag name: String, _ meaning: String) {
        self.name = name
        placeholder = nil
        self.meaning = meaning
        defaultText = nil
        isRequired = false
        isRepeatable = false
    }
}

// MARK: - Options that mean the same for every verb
extension Option {
    /// Where a node keeps everything but its root key.
    public static let data = Option("data", "DIR", "the node's data directory", default: "stele-data")
    /// The configuration, when it is not the one inside the data directory.
    public static let config = Option("config", "FILE", "the configuration file", default: "stele.toml in --data")
    /// Where a running node answers.
    public static let url = Option("url", "URL", "the node's address", default: "https://127.0.0.1:8443")
    /// Whose key signs.
    public static let key = Option("key", "FILE", "the private key to sign with, PEM")
    /// Results for programs.
    public static let json = Option(flag: "json", "print one JSON object instead of sentences")
    /// What every verb understands.
    public static let help = Option(flag: "help", "explain this verb")
}

/// The words behind a verb that are no options, such as `FILE` or `FILE…`.
public struct Operands: Hashable, Sendable {
    /// How the usage line shows them; empty for none.
    public let text: String
    /// How many there may be.
    public let count: ClosedRange<Int>

    /// Operands shown as `text`.
    public init(_ text: String, _ count: ClosedRange<Int>) {
        self.text = text
        self.count = count
    }

    /// No operands.
    public static let none = Operands("", 0...0)
}
