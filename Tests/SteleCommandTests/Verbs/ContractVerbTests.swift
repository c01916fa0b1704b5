// Every declared call is a verb, and its help can be read.
import Contracts
import Cryptography
import JSON
import Ledger
import Node
import Primitives
import SteleTesting
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

    @Test(arguments: Contract.all.flatMap(\.calls).map(\.name))
    func examplesCanBeWrittenSo(name: String) throws {
        let call = try #require(Contract.call(named: name))
        let help = ContractVerb(call).help
        #expect(!help.examples.isEmpty)
        for example in help.examples {
            let words = example.split(separator: " ").map(String.init)
            #expect(words.prefix(3) == ["stele", call.contractName, call.callName])
            let arguments = try Arguments(parsing: Array(words.dropFirst(3)), options: help.allOptions)
            for option in help.options where call.options.contains(where: { $0.name == option.name && $0.isRequired }) {
                #expect(arguments.contains(option), "\(example)")
            }
        }
        #expect(help.meaning.contains("Signed by \(call.signer.words)."))
        // Only who has a patient's wallet gives one, and the node is only asked to sign what it does.
        #expect(help.options.contains(.wallet) == call.signer.isSubject)
        let isReserved = if case .always? = call.reservation { true } else { false }
        #expect(help.examples.contains { !$0.contains(" --key ") && !$0.contains(" --wallet ") } == !isReserved)
    }

    @Test func callsAreLeftToVerbsThatAreThere() {
        let names = Set(CommandTool.standardVerbs.map(\.name))
        let verbs = Contract.all.flatMap(\.calls).compactMap { $0.reservation?.verb }
        #expect(verbs.count == 11 && verbs.allSatisfy(names.contains))
    }

    /// A node that hands out another call than was asked for gets no signature.
    @Test func signsNothingButWhatWasAskedFor() throws {
        let keys = (1...2).map { SigningKey.random(from: SeededRandom($0)).publicKey }
        let asked = NetworkAddKey(key: keys[0], kind: .override)
        func isSigned(_ call: some ContractCall, _ signer: PublicKey) throws -> Bool {
            let maker = UnsignedTransactionMaker(chainID: .zero, time: SystemTime(), random: SystemRandom())
            let body = Base64.encode(maker.unsigned(call, signer: signer).body)
            let answer = try JSONDocument(parsing: Array(#"{"body":"\#(body)"}"#.utf8)).root
            let verb = ContractVerb(try #require(Contract.call(named: "network.add_key")))
            do {
                return try verb.transaction(in: answer, asked.encodedArguments(), keys[1]).body == Base64.decode(body)
            } catch {
                #expect(error.code == .answerMalformed)
                return false
            }
        }
        #expect(try isSigned(asked, keys[1]))
        #expect(try !isSigned(asked, keys[0]))
        #expect(try !isSigned(NetworkAddKey(key: keys[0], kind: .admin), keys[1]))
        #expect(try !isSigned(NetworkRevokeKey(key: keys[0]), keys[1]))
    }

    @Test func theSameOptionsSayWhichNodeIsMeant() {
        // The list of docs/operate/configuration.md, whose last paragraph says which verbs take --data and --config.
        func names(_ isOne: (Set<String>) -> Bool) -> Set<String> {
            Set(CommandTool.standardVerbs.filter { isOne(Set($0.help.options.map(\.name))) }.map(\.name))
        }
        #expect(names { !$0.contains("data") } == ["demo", "verify", "version"])
        #expect(
            names { $0.contains("data") && !$0.contains("config") }
                == ["init", "restore", "witness init", "witness serve"])
    }
}
