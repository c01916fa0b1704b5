// A terminal whose lines a test reads, and the whole command run on it.
import JSON
import Primitives
import Synchronization

@testable import SteleCommand

final class TestTerminal: Sendable {
    private let outputLines = Mutex<[String]>([])
    private let errorLines = Mutex<[String]>([])

    var output: [String] { outputLines.withLock { $0 } }
    var errors: [String] { errorLines.withLock { $0 } }
    var json: JSONValue? {
        let bytes = Array(output.joined(separator: "\n").utf8)
        return (try? JSONDocument(parsing: bytes)).map { JSONValue($0.root) }
    }

    var terminal: Terminal { terminal(hasPerson: false) }

    func terminal(hasPerson: Bool) -> Terminal {
        Terminal(
            hasPerson: hasPerson,
            output: { line in self.outputLines.withLock { $0.append(line) } },
            errors: { line in self.errorLines.withLock { $0.append(line) } })
    }

    func run(_ words: String..., verbs: [any Verb] = CommandTool.standardVerbs) async -> ExitCode {
        await run(words, verbs: verbs)
    }

    func run(_ words: [String], verbs: [any Verb] = CommandTool.standardVerbs) async -> ExitCode {
        await CommandTool(verbs: verbs, terminal: terminal).run(words)
    }
}
