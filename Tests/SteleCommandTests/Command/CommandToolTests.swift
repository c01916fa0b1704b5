import JSON
import Primitives
import Storage
import Testing

@testable import SteleCommand

@Suite struct CommandToolTests {
    /// A verb that ends as it is told.
    private struct EndingVerb: Verb {
        enum Ending { case exit(ExitCode), error(any Error & Sendable) }
        var name = "end"
        let summary = "end as told"
        let help = Help(meaning: "Ends.", options: [.data], examples: ["stele end"])
        var ending = Ending.exit(.success)

        func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
            terminal.line("a line")
            terminal.note("a note")
            terminal.result(["data": .string(arguments.value(.data) ?? "none")])
            switch ending {
            case .exit(let code): return code
            case .error(let error): throw error
            }
        }
    }
    private struct ForeignError: Error {}

    @Test func runsTheVerbAndReturnsItsCode() async {
        let terminal = TestTerminal()
        #expect(await terminal.run("end", "--data", "x", verbs: [EndingVerb(ending: .exit(.refused))]) == .refused)
        #expect(terminal.output == ["a line"])
        #expect(terminal.errors == ["a note"])
    }

    @Test func printsOneObjectForPrograms() async {
        let terminal = TestTerminal()
        #expect(await terminal.run("end", "--json", verbs: [EndingVerb()]) == .success)
        #expect(terminal.json == ["data": "none"])
        #expect(terminal.errors == ["a note"])
    }

    @Test func saysWhatWentWrongAndWhatToDo() async {
        let error = SteleError(.storageFull, "the disk is full", hint: "make room", cause: "write: ENOSPC")
        let terminal = TestTerminal()
        #expect(await terminal.run("end", verbs: [EndingVerb(ending: .error(error))]) == .storageFull)
        #expect(
            terminal.errors.suffix(2) == [
                "stele: error: storage.full: the disk is full (write: ENOSPC)", "stele: hint: make room",
            ])
    }

    @Test func printsTheErrorObjectForPrograms() async {
        let terminal = TestTerminal()
        #expect(await terminal.run("verify", "--json", "a", "b") == .usage)
        #expect(terminal.json?["error"]?["code"] == "usage.operands")
        #expect(terminal.json?["error"]?["hint"] != nil)
        #expect(terminal.errors.count == 2)
    }

    @Test func hidesWhatForeignErrorsSay() async {
        let terminal = TestTerminal()
        #expect(await terminal.run("end", verbs: [EndingVerb(ending: .error(ForeignError()))]) == .badInput)
        #expect(terminal.errors.contains { $0.contains("internal.unforeseen") && $0.contains("ForeignError") })
    }

    @Test func reportsAnInterrupt() async {
        let terminal = TestTerminal()
        #expect(await terminal.run("end", verbs: [EndingVerb(ending: .error(CancellationError()))]) == .interrupted)
    }

    @Test func hintsAtTheVerbThatWasMeant() async {
        let terminal = TestTerminal()
        #expect(await terminal.run("verfiy") == .usage)
        #expect(terminal.errors.last == "stele: hint: did you mean stele verify?")
    }

    @Test func findsVerbsOfTwoWords() async {
        let verbs = [EndingVerb(name: "actor add"), EndingVerb(name: "actor list")]
        #expect(await TestTerminal().run("actor", "add", verbs: verbs) == .success)
        let terminal = TestTerminal()
        #expect(await terminal.run("actor", verbs: verbs) == .usage)
        #expect(terminal.errors.last == "stele: hint: write one of: stele actor add, stele actor list")
        let help = TestTerminal()
        #expect(await help.run("help", "actor", verbs: verbs) == .success)
        #expect(help.output.contains { $0.contains("actor list") })
    }

    @Test(arguments: [["help"], ["--help"], []])
    func listsTheVerbs(words: [String]) async {
        let terminal = TestTerminal()
        let code = await CommandTool(terminal: terminal.terminal).run(words)
        #expect(code == (words.isEmpty ? .usage : .success))
        for verb in CommandTool.standardVerbs {
            #expect(terminal.output.contains { $0.contains("  \(verb.name) ") && $0.contains(verb.summary.prefix(20)) })
        }
    }

    @Test(arguments: CommandTool.standardVerbs.map(\.name))
    func everyVerbExplainsItself(name: String) async throws {
        let asked = TestTerminal()
        #expect(
            await CommandTool(terminal: asked.terminal).run(name.split(separator: " ").map(String.init) + ["--help"])
                == .success)
        let told = TestTerminal()
        #expect(
            await CommandTool(terminal: told.terminal).run(["help"] + name.split(separator: " ").map(String.init))
                == .success)
        #expect(asked.output == told.output)
        let verb = try #require(CommandTool.standardVerbs.first { $0.name == name })
        for option in verb.help.allOptions { #expect(asked.output.contains { $0.contains("--\(option.name)") }) }
        #expect(asked.output.contains("Examples:"))
        #expect(verb.help.meaning.hasSuffix("."))
        #expect(!verb.summary.hasSuffix("."))
        #expect(Set(verb.help.allOptions.map(\.name)).count == verb.help.allOptions.count)
        // Usage and examples are for pasting, so they stay on one line each, as the name of an option does.
        let prose = asked.output.prefix { $0 != "Examples:" }.filter {
            !$0.hasPrefix("  stele ") && !$0.hasPrefix("  --")
        }
        for line in prose { #expect(line.count <= 80, "\(line)") }
    }

    @Test func verbsHaveNamesOfTheirOwn() {
        let names = CommandTool.standardVerbs.map(\.name)
        #expect(Set(names).count == names.count)
    }
}
