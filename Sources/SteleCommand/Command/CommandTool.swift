// SteleCommand · from the words of a call to its exit code.
internal import Foundation
internal import HTTPClient
public import Primitives
internal import Synchronization

extension ErrorCode {
    /// A fault that no part of the program foresaw.
    public static let internalUnforeseen = ErrorCode("internal.unforeseen")
}

/// The whole command: finds the verb, reads its words, runs it, says how it ended.
public struct CommandTool: Sendable {
    private let verbs: [any Verb]
    private let terminal: Terminal

    /// A command with these verbs. `help` is added.
    public init(verbs: [any Verb] = Self.standardVerbs, terminal: Terminal = .standard) {
        self.verbs = verbs
        self.terminal = terminal
    }

    /// Runs one call.
    /// - Parameter words: what follows the program's name.
    public func run(_ words: [String]) async -> ExitCode {
        guard let first = words.first, first != "help", first != "--help" else { return explain(words) }
        let terminal = terminal.json(words.contains("--json"))
        do {
            let (verb, rest) = try verb(named: words)
            let arguments: Arguments
            if rest.contains("--help") {
                for line in HelpText.lines(of: verb) { self.terminal.line(line) }
                return .success
            }
            arguments = try Arguments(parsing: rest, options: verb.help.allOptions, operands: verb.help.operands)
            return try await verb.run(arguments, terminal)
        } catch let error as SteleError where !(Task.isCancelled && error.code == .clientCancelled) {
            terminal.report(error)
            return ExitCode(for: error.code)
        } catch  where error is CancellationError || Task.isCancelled {
            terminal.note("stele: interrupted")
            return .interrupted
        } catch {
            let error = SteleError(foreign: error)
            terminal.report(error)
            return ExitCode(for: error.code)
        }
    }

    private func verb(named words: [String]) throws(SteleError) -> (any Verb, [String]) {
        for count in [2, 1] where words.count >= count {
            let name = words.prefix(count).joined(separator: " ")
            if let verb = verbs.first(where: { $0.name == name }) { return (verb, Array(words.dropFirst(count))) }
        }
        let group = verbs.map(\.name).filter { $0.hasPrefix(words[0] + " ") }
        guard group.isEmpty else {
            throw SteleError(
                .usageVerb, "\(words[0]) is a group of verbs, and the second word is missing or unknown",
                hint: "write one of: " + group.map { "stele \($0)" }.joined(separator: ", "))
        }
        let nearest = NearestName.of(words[0], among: verbs.map(\.name) + ["help"])
        throw SteleError(
            .usageVerb, "there is no verb of this name",
            hint: nearest.map { "did you mean stele \($0)?" } ?? "stele help lists the verbs")
    }

    /// `stele`, `stele --help`, `stele help` and `stele help VERB`.
    private func explain(_ words: [String]) -> ExitCode {
        let name = words.first == "help" ? words.dropFirst().joined(separator: " ") : ""
        if let verb = verbs.first(where: { $0.name == name }) {
            for line in HelpText.lines(of: verb) { terminal.line(line) }
            return .success
        }
        let group = verbs.filter { $0.name.hasPrefix(name + " ") }
        for line in HelpText.lines(ofAll: group.isEmpty ? verbs : group) { terminal.line(line) }
        return words.isEmpty ? .usage : .success
    }
}

extension SteleError {
    /// An error that no part of the program threw. Its text may hold a path or content, so only its kind is shown.
    init(foreign error: any Error) {
        self.init(
            .internalUnforeseen, "a fault that nothing foresaw: \(type(of: error))",
            hint: "run it again; if it stays, report the command and this line")
    }
}

// MARK: - As a process
extension CommandTool {
    /// Runs the call this process was started with and ends the process.
    ///
    /// The first SIGINT or SIGTERM cancels the verb, which then cleans up; the second ends the process at once. After
    /// SIGINT the exit code is 130 even if the verb ended in order, as a node does that is told to stop.
    public static func main() async -> Never {
        CoreDumps.forbid()
        signal(SIGPIPE, SIG_IGN)  // A closed connection or pipe is an error where it is written to, not an end.
        let interruption = Interruption()
        let call = Task { await CommandTool().run(Array(CommandLine.arguments.dropFirst())) }
        // Dispatch sets a handler of its own; ignoring the signal besides would take that away again.
        let sources = [SIGINT, SIGTERM].map { number in
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                if number == SIGINT { interruption.isSeen.store(true, ordering: .relaxed) }
                call.cancel()
                signal(number, SIG_DFL)
            }
            source.resume()
            return source
        }
        let code = await call.value
        for source in sources { source.cancel() }
        let isInterrupted = code == .success && interruption.isSeen.load(ordering: .relaxed)
        exit((isInterrupted ? ExitCode.interrupted : code).rawValue)
    }

    /// Whether SIGINT came.
    private final class Interruption: Sendable { let isSeen = Atomic<Bool>(false) }
}
