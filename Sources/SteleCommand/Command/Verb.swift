// SteleCommand · one thing the command can do.

/// A verb: its words, its help and what it does. One file each, under `Verbs/`.
///
/// ```swift
/// struct VersionVerb: Verb {
///     let name = "version"
///     let summary = "print the version of this program"
///     let help = Help(meaning: "…", examples: ["stele version"])
///     func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode { … }
/// }
/// ```
public protocol Verb: Sendable {
    /// The words after `stele`: one, or two for a group such as `actor add`.
    var name: String { get }
    /// What it does, for the list of verbs: a phrase without a full stop.
    var summary: String { get }
    /// What `--help` teaches.
    var help: Help { get }

    /// Does it.
    ///
    /// Bad news is thrown as a `SteleError`, whose code decides how the process ends. An interrupt cancels the task
    /// this runs in: what waits then ends, cleans up and returns or throws `CancellationError`.
    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode
}

/// What a verb's `--help` prints.
public struct Help: Hashable, Sendable {
    /// What the verb means, one paragraph; lines are broken as it is printed.
    public let meaning: String
    /// The words it takes besides options.
    public let operands: Operands
    /// The options it takes, besides `--json` and `--help`, which every verb has.
    public let options: [Option]
    /// Calls that work when pasted.
    public let examples: [String]

    /// The help of one verb.
    public init(meaning: String, operands: Operands = .none, options: [Option] = [], examples: [String]) {
        self.meaning = meaning
        self.operands = operands
        self.options = options
        self.examples = examples
    }

    /// Every option the verb understands.
    public var allOptions: [Option] { options + [.json, .help] }
}
