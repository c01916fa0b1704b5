// Every declared call is a verb, and its help can be read.
import Contracts
import Primitives
import Testing

@testable import SteleCommand

@Suite struct ContractVerbTests {
    @Test func thereIsAVerbForEachCall() {
        let names = Set(CommandTool.standardVerbs.map(\.name))
        for call in Contract.all.flatMap(\.calls) { #expect(names.contains("\(call.contractName) \(call.callName)")) }
        #expect(names.count == CommandTool.standardVerbs.count, "two verbs share a name")
    }

    @Test(arguments: CommandTool.standardVerbs.map(\.name))
    func explainsItself(name: String) async throws {
        let terminal = TestTerminal()
        #expect(
            await CommandTool(terminal: terminal.terminal).run(name.split(separator: " ").map(String.init) + ["--help"])
                == .success)
        #expect(terminal.output.first?.hasPrefix("stele \(name): ") == true)
        #expect(terminal.output.contains("Examples:"))
        let verb = try #require(CommandTool.standardVerbs.first { $0.name == name })
        let options = verb.help.allOptions.map(\.name)
        #expect(Set(options).count == options.count, "an option is declared twice")
        #expect(!verb.summary.hasSuffix("."))
    }

    @Test func refusesArgumentsThatAreNotTheCalls() async {
        let terminal = TestTerminal()
        #expect(await terminal.run("consent", "revoke", "--subject", "12", "--grants", "ab") == .badInput)
        #expect(terminal.errors[0].contains("contract.arguments"))
    }
}
