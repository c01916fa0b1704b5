// A node's backup: made while it runs, tried, restored, and refused where it must be; and what an erasure leaves of it.
import Foundation
import Primitives
import Testing

@testable import SteleCommand

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: InitCrashTests.executable.path)))
struct BackupTests {
    private static let bundle =
        #"{"resourceType":"Bundle","type":"collection","entry":["#
        + #"{"resource":{"resourceType":"Patient","id":"PATIENT","name":[{"text":"Pat"}]}},"#
        + #"{"resource":{"resourceType":"Observation","id":"o-PATIENT","status":"final","code":{"text":"x"},"#
        + #""subject":{"reference":"Patient/PATIENT"},"valueString":"v"}}]}"#

    /// Brings a patient with one record.
    private func admit(_ patient: String, to fixture: ServeTests.Fixture) async throws {
        let file = try fixture.folder.write(
            Array(Self.bundle.replacing("PATIENT", with: patient).utf8), to: patient + ".json")
        let terminal = TestTerminal()
        let code = await terminal.run(
            "import", file, "--data", fixture.data, "--wallets", fixture.folder.path + "/wallets")
        try #require(code == .success, "\(terminal.errors)")
    }

    private func run(_ words: String...) async -> (code: ExitCode, said: String) {
        let terminal = TestTerminal()
        let code = await CommandTool(verbs: CommandTool.standardVerbs, terminal: terminal.terminal).run(words)
        return (code, (terminal.output + terminal.errors).joined(separator: "\n"))
    }

    @Test func isMadeWhileTheNodeRunsAndRestored() async throws {
        let fixture = try await ServeTests.Fixture()
        let folder = fixture.folder.path
        let root = fixture.data + ".root"
        let tooEarly = await run("backup", folder + "/b0", "--data", fixture.data)
        #expect(tooEarly.code == .badInput && tooEarly.said.contains("backup.nothing"))
        let node = try await fixture.serve()
        try await admit("p1", to: fixture)
        let made = await run("backup", folder + "/b1", "--data", fixture.data)
        #expect(made.code == .success, "\(made.said)")
        let twice = await run("backup", folder + "/b1", "--data", fixture.data)
        #expect(twice.code == .badInput && twice.said.contains("backup.exists"))
        let inside = await run("backup", fixture.data + "/b1", "--data", fixture.data)
        #expect(inside.code != .success)
        #expect(try await fixture.end(node, by: SIGTERM) == 0)
        #expect(await run("backup", folder + "/b2", "--data", fixture.data).code == .success)
        #expect(await run("inspect", "--deep", "--data", fixture.data).code == .success)

        for backup in ["b1", "b2"] {
            let drill = await run("restore", "\(folder)/\(backup)", "--drill", "--root", root)
            #expect(drill.code == .success && drill.said.contains("2 records opened"), "\(drill.said)")
        }
        #expect(try fixture.folder.names.filter { $0.contains("drill") || $0.contains("partial") } == [])

        let restored = folder + "/restored"
        #expect(await run("restore", folder + "/b1", "--data", restored, "--root", root).code == .success)
        #expect(await run("restore", folder + "/b1", "--data", restored, "--root", root).code == .badInput)
        let marked = await run("serve", "--data", restored)
        #expect(marked.code == .storeDamaged && marked.said.contains("store.restored"))
        // The node's newest sign-state says that the older ledger is not the end.
        let second = try await fixture.serve()
        try await admit("p2", to: fixture)
        #expect(try await fixture.end(second, by: SIGTERM) == 0)
        let older = await run(
            "restore", folder + "/b1", "--data", folder + "/older", "--root", root, "--signstate",
            fixture.data + "/signstate")
        #expect(older.code == .storeDamaged && older.said.contains("store.rolled_back"))
        #expect(try !fixture.folder.names.contains("older"))
    }

    /// A backup from before the node's key was replaced restores, with its own keys and with the newest.
    @Test func outlivesTheNodesKey() async throws {
        let fixture = try await ServeTests.Fixture()
        let folder = fixture.folder.path
        let root = fixture.data + ".root"
        let node = try await fixture.serve()
        try await admit("p1", to: fixture)
        #expect(await run("backup", folder + "/before", "--data", fixture.data).code == .success)
        let renewed = await run("keys", "node", "--data", fixture.data)
        #expect(renewed.code == .success && renewed.said.contains("new key"), "\(renewed.said)")
        #expect(await run("keys", "node", "--data", fixture.data).code == .success)
        try await admit("p2", to: fixture)
        #expect(await run("backup", folder + "/after", "--data", fixture.data).code == .success)
        #expect(try await fixture.end(node, by: SIGTERM) == 0)
        let inspected = await run("inspect", "--deep", "--data", fixture.data)
        #expect(inspected.code == .success && !inspected.said.contains("no list of files"), "\(inspected.said)")
        for words in [
            ["before", "--root", root], ["after", "--root", root], ["before", "--root", root, "--keys", fixture.data],
        ] {
            let terminal = TestTerminal()
            let code = await CommandTool(verbs: CommandTool.standardVerbs, terminal: terminal.terminal)
                .run(["restore", folder + "/" + words[0], "--drill"] + words.dropFirst())
            #expect(code == .success, "\(words): \(terminal.errors)")
        }
        // It serves again with the key that came last.
        let again = try await fixture.serve()
        try await admit("p3", to: fixture)
        #expect(try await fixture.end(again, by: SIGTERM) == 0)
    }

    @Test func isRefusedIfChangedOrAnothersOrWithoutItsList() async throws {
        let fixture = try await ServeTests.Fixture()
        let folder = fixture.folder.path
        try await fixture.make("other")
        let node = try await fixture.serve()
        #expect(try await fixture.end(node, by: SIGTERM) == 0)
        #expect(await run("backup", folder + "/b", "--data", fixture.data).code == .success)
        let foreign = await run("restore", folder + "/b", "--drill", "--root", folder + "/other.root")
        #expect(foreign.code == .badInput && foreign.said.contains("backup.other_node"))

        let path = folder + "/b/tls/ca.pem"
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes[40] ^= 1
        try bytes.write(to: URL(filePath: path))
        let changed = await run("restore", folder + "/b", "--drill", "--root", fixture.data + ".root")
        #expect(changed.code == .storeDamaged && changed.said.contains("tls/ca.pem"))
        bytes[40] ^= 1
        try bytes.write(to: URL(filePath: path))
        try FileManager.default.removeItem(atPath: folder + "/b/FILES.sig")
        let unsigned = await run("restore", folder + "/b", "--drill", "--root", fixture.data + ".root")
        #expect(unsigned.code == .storeDamaged && unsigned.said.contains("files.list_rejected"))
    }

    @Test func anErasureRetiresItsKeysAndTheMirrorOpensTheRest() async throws {
        let fixture = try await ServeTests.Fixture()
        let folder = fixture.folder.path
        let (root, mirror) = (fixture.data + ".root", folder + "/mirror")
        let path = fixture.data + "/stele.toml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
            .replacing("[keys]\n", with: "[keys]\nmirror = \"\(mirror)\"\n")
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let oldRoot = try String(contentsOfFile: root, encoding: .utf8)
        let node = try await fixture.serve()
        try await admit("gone", to: fixture)
        try await admit("stays", to: fixture)
        #expect(await run("backup", folder + "/b", "--data", fixture.data).code == .success)

        let kept = await run("erase", "gone", "--data", fixture.data)
        #expect(kept.code == .refused && kept.said.contains("erasure.retained"))
        #expect(
            await run("hold", "gone", "--reason", "audit", "--until", "2999-01-31", "--data", fixture.data).code
                == .success)
        let held = await run("erase", "gone", "--because", "unlawful", "--data", fixture.data)
        #expect(held.code == .refused && held.said.contains("2999-01-31"))
        #expect(await run("hold", "gone", "--release", "--data", fixture.data).code == .success)
        let statement = folder + "/gone.steleproof"
        let erased = await run("erase", "gone", "--because", "unlawful", "--out", statement, "--data", fixture.data)
        #expect(erased.code == .success, "\(erased.said)")
        let verified = await run("verify", statement, "--trust", fixture.data + "/trust.key")
        #expect(verified.code == .success && verified.said.contains("clinic says that it destroyed"))
        let unknown = await run("erase", "nobody", "--data", fixture.data)
        #expect(unknown.code == .refused && unknown.said.contains("subject.not_enrolled"))
        // The node goes on with the new root, and starts with it.
        try await admit("later", to: fixture)
        #expect(try await fixture.end(node, by: SIGTERM) == 0)
        let again = try await fixture.serve()
        #expect(try await fixture.end(again, by: SIGTERM) == 0)
        #expect(await run("inspect", "--deep", "--data", fixture.data).code == .success)

        // The backup from before: not with its own keys, but with the newest; its node's keys need the old root's copy.
        #expect(try String(contentsOfFile: root, encoding: .utf8) != oldRoot)
        let retired = await run("restore", folder + "/b", "--drill", "--root", root)
        #expect(retired.code != .success, "\(retired.said)")
        let restored = folder + "/restored"
        let opened = await run("restore", folder + "/b", "--data", restored, "--root", root, "--keys", mirror)
        #expect(opened.code == .success && opened.said.contains(" 2 records opened"), "\(opened.said)")
        // Its ledger hears of the erasure at the first start.
        #expect(try await fixture.end(try await fixture.serve("restored", accepting: true), by: SIGTERM) == 0)
        let inspected = await run("inspect", "--deep", "--data", restored)
        #expect(inspected.code == .success && inspected.said.contains("1 subjects were erased"), "\(inspected.said)")
    }
}
