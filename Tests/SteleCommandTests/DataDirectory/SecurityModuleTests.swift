// A node whose root key only a security module opens, from the plain file to the sealed one.
import Foundation
import Primitives
import SteleTesting
import Testing

@testable import SteleCommand

@Suite(
    .enabled(if: SoftwareToken.isInstalled, "softhsm2 is not installed: make deps"),
    .enabled(if: FileManager.default.isExecutableFile(atPath: InitCrashTests.executable.path)))
struct SecurityModuleTests {
    private func run(_ words: String...) async -> (code: ExitCode, said: String) {
        let terminal = TestTerminal()
        let code = await CommandTool(verbs: CommandTool.standardVerbs, terminal: terminal.terminal).run(words)
        return (code, (terminal.output + terminal.errors).joined(separator: "\n"))
    }

    @Test func aNodesRootMovesIntoTheModule() async throws {
        _ = try #require(SoftwareToken.shared)
        let fixture = try await ServeTests.Fixture()
        let root = fixture.data + ".root"
        let pin = try fixture.folder.write(Array((SoftwareToken.pin + "\n").utf8), to: "pin")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: pin)
        let path = fixture.data + "/stele.toml"
        let plain = try String(contentsOfFile: path, encoding: .utf8)
        func configure(token: String = SoftwareToken.label) throws {
            let lines = """
                [keys]
                module = "\(SoftwareToken.path)"
                module_token = "\(token)"
                module_pin = "\(pin)"

                """
            try plain.replacing("[keys]\n", with: lines).write(toFile: path, atomically: true, encoding: .utf8)
        }
        try configure()
        let node = try await fixture.serve()
        #expect(await run("keys", "root", "--data", fixture.data).code == .success)
        #expect(await run("keys", "root", "--data", fixture.data).code == .success)
        #expect(await run("keys", "node", "--data", fixture.data).code == .success)
        #expect(try await fixture.end(node, by: SIGTERM) == 0)
        let sealed = try String(contentsOfFile: root, encoding: .utf8)
        #expect(sealed.hasPrefix("stele root key 1\nepoch 3\nsealed "))

        #expect(await run("inspect", "--deep", "--data", fixture.data).code == .success)
        let backup = fixture.folder.path + "/b"
        #expect(await run("backup", backup, "--data", fixture.data).code == .success)
        let drill = await run("restore", backup, "--drill", "--root", root)
        #expect(drill.code == .success, "\(drill.said)")
        let again = try await fixture.serve()
        #expect(try await fixture.end(again, by: SIGTERM) == 0)

        try configure(token: "another")
        let wrong = await run("inspect", "--data", fixture.data)
        #expect(wrong.code == .badInput && wrong.said.contains("module.unavailable"))
        try plain.write(toFile: path, atomically: true, encoding: .utf8)
        let without = await run("inspect", "--data", fixture.data)
        #expect(without.code == .badInput && without.said.contains("module.unavailable"))
    }
}
