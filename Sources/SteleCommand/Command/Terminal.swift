// SteleCommand · what a verb says, and where.
internal import Foundation
public import JSON
internal import Primitives

/// Results go to standard output, everything else to standard error.
///
/// With `--json`, standard output holds exactly one JSON object, whether the verb succeeded or failed.
public struct Terminal: Sendable {
    /// Whether a program reads the answer.
    public let isJSON: Bool
    /// Whether a person watches standard error.
    let hasPerson: Bool
    private let output: @Sendable (String) -> Void
    private let errors: @Sendable (String) -> Void

    /// A terminal that hands each line, without its end, to `output` or `errors`.
    public init(
        isJSON: Bool = false, hasPerson: Bool = false, output: @escaping @Sendable (String) -> Void,
        errors: @escaping @Sendable (String) -> Void
    ) {
        self.isJSON = isJSON
        self.hasPerson = hasPerson
        self.output = output
        self.errors = errors
    }

    /// The streams of this process. A line is written at once, so that a reader of a pipe sees progress; one that has
    /// gone away, as `head` does, misses the rest, and the work goes on.
    public static let standard = Terminal(
        hasPerson: isatty(STDERR_FILENO) == 1,
        output: { try? FileHandle.standardOutput.write(contentsOf: Data(($0 + "\n").utf8)) },
        errors: { try? FileHandle.standardError.write(contentsOf: Data(($0 + "\n").utf8)) })

    /// The same terminal for a program that reads JSON, or for a person.
    func json(_ isJSON: Bool) -> Terminal {
        Terminal(isJSON: isJSON, hasPerson: hasPerson, output: output, errors: errors)
    }

    /// One line of a result meant for people; nothing with `--json`.
    public func line(_ text: String = "") {
        if !isJSON { output(text) }
    }

    /// The whole result for programs; nothing without `--json`. Called once.
    public func result(_ value: JSONValue) {
        if isJSON { output(String(decoding: value.serialized(pretty: true), as: UTF8.self)) }
    }

    /// What is happening meanwhile, or a warning. Not part of the result.
    public func note(_ text: String) { errors(text) }

    /// Bad news: the error, then what to do. Source: interface of the command, "Errors".
    func report(_ error: SteleError) {
        errors("stele: error: \(error.description)")
        errors("stele: hint: \(error.hint)")
        result(of: error)
    }

    /// Bad news for programs alone.
    func result(of error: SteleError) {
        result([
            "error": [
                "code": .string(error.code.name), "message": .string(error.message), "hint": .string(error.hint),
                "details": [:],
            ]
        ])
    }
}
