import JSON
import Ledger
import Primitives
import Testing

@testable import SteleCommand

@Suite struct InitVerbTests {
    @Test func makesANodeAndSaysWhatComesNext() async throws {
        let folder = try TemporaryDirectory()
        let terminal = TestTerminal()
        let data = folder.path + "/data"
        #expect(await terminal.run("init", "--data", data, "--name", "test", "--organisation", "clinic") == .success)
        #expect(terminal.output.last == "Next: stele serve --data \(data)")
        #expect(terminal.errors.isEmpty)
        let setup = try NodeSetup.load(Arguments(parsing: ["--data", data], options: [.data, .config]))
        #expect(setup.genesis.organisation == "clinic")
        let configured = try Arguments(
            parsing: ["--config", data + "/stele.toml"], options: [.data, .config])
        #expect(try NodeSetup.load(configured).directory == setup.directory)
    }

    @Test func tellsProgramsWhereEverythingIs() async throws {
        let folder = try TemporaryDirectory()
        let terminal = TestTerminal()
        let code = await terminal.run(
            "init", "--data", folder.path + "/a/b/../data/", "--name", "test", "--organisation", "clinic", "--listen",
            "[::1]:9000", "--root", folder.path + "/key", "--json")
        #expect(code == .success)
        #expect(terminal.json?["data"] == .string(folder.path + "/a/data"))
        #expect(terminal.json?["root_key"] == .string(folder.path + "/key"))
        #expect(terminal.json?["listen"] == "[::1]:9000")
        let setup = try NodeSetup.load(
            Arguments(parsing: ["--data", folder.path + "/a/data"], options: [.data, .config]))
        #expect(terminal.json?["chain_id"] == .string(setup.genesis.chainID.hex))
    }

    @Test(arguments: [
        (["--name", "test"], ExitCode.usage), (["--organisation", "clinic"], .usage),
        (["--name", "test", "--organisation", "clinic", "--listen", "8443"], .usage),
        (["--name", "Test", "--organisation", "clinic"], .badInput),
        (["--name", "test", "--organisation", "clinic", "--host", "a,b"], .badInput),
    ])
    func leavesNothingBehindWhenItRefuses(words: [String], exit: ExitCode) async throws {
        let folder = try TemporaryDirectory()
        let terminal = TestTerminal()
        let code = await CommandTool(terminal: terminal.terminal).run(
            ["init", "--data", folder.path + "/data"] + words)
        #expect(code == exit)
        #expect(terminal.output.isEmpty)
        #expect(try folder.names.filter { $0 != ".data.init" }.isEmpty)
    }
}
