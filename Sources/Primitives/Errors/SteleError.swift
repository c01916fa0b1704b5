// Primitives · the one shape in which bad news crosses a boundary.

/// A stable, searchable name for one kind of bad news: `noun.reason`. Every code is listed in `docs/spec/errors.json`.
public struct ErrorCode: Hashable, Sendable, CustomStringConvertible {
    /// The code as people see it, such as `access.refused`.
    public let name: String
    /// The code named `name`.
    public init(_ name: String) { self.name = name }
    public var description: String { name }
}

/// A fault or refusal on its way to a person: what happened, and what to do next.
///
/// Neither sentence ever holds record content, a name, a token or a secret.
public struct SteleError: Error, Sendable, CustomStringConvertible {
    /// What kind of bad news this is.
    public let code: ErrorCode
    /// What happened, one sentence.
    public let message: String
    /// What to do next, one sentence.
    public let hint: String
    /// What lies below, in the words of the library or system that said it.
    public let cause: String?
    /// What is wrong one by one, where several things are.
    public let findings: [Finding]

    /// One of several things that are wrong with what was sent.
    public struct Finding: Hashable, Sendable {
        /// What kind of rule is broken, in a word of the standard that has the rule.
        public let kind: String
        /// Where, as a path of that standard.
        public let place: String
        /// The rule in plain words.
        public let message: String

        /// A finding of `kind` at `place`.
        public init(kind: String, place: String, message: String) {
            self.kind = kind
            self.place = place
            self.message = message
        }
    }

    /// Bad news of kind `code`.
    public init(
        _ code: ErrorCode, _ message: String, hint: String, cause: String? = nil, findings: [Finding] = []
    ) {
        self.code = code
        self.message = message
        self.hint = hint
        self.cause = cause
        self.findings = findings
    }

    public var description: String {
        "\(code): \(message)" + (cause.map { " (\($0))" } ?? "")
    }
}
