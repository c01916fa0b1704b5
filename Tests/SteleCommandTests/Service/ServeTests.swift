// A node as a process: it starts, holds its directory, stops in order, and refuses stores it must not touch.
import Foundation
import HTTPClient
import JSON
import Primitives
import Testing

@testable import SteleCommand

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: InitCrashTests.executable.path)))
struct ServeTests {
    /// A data directory and the processes that try to serve it.
    final class Fixture {
        let folder: TemporaryDirectory
        var data: String { folder.path + "/data" }

        init() async throws {
            folder = try TemporaryDirectory()
            try await make("data")
        }

        /// Makes the data directory `name` of a network of its own.
        func make(_ name: String) async throws {
            let listen = "127.0.0.1:\(try await StoryHouse.freePort())"
            let code = await TestTerminal().run(
                "init", "--data", "\(folder.path)/\(name)", "--name", "test", "--organisation", "clinic", "--listen",
                listen)
            try #require(code == .success)
        }

        /// A node that is ready.
        func serve(_ name: String = "data", accepting: Bool = false) async throws -> Process {
            let data = "\(folder.path)/\(name)"
            let process = try DemoTests.process(
                ["serve", "--data", data] + (accepting ? ["--accept-restored"] : []), in: folder)
            let configuration = try Configuration.load(data + "/stele.toml")
            let client = try NodeClient(
                url: "https://" + configuration.listen.text, trust: .caFile(data + "/tls/ca.pem"))
            // The first start makes the dictionary of leaks, which takes a debug build ten seconds and more.
            for _ in 0..<6000 where process.isRunning {
                if (try? await client.send("GET", "/health/ready")) != nil { return process }
                try await Task.sleep(for: .milliseconds(10))
            }
            throw CancellationError()
        }

        /// How a node ends that is stopped by `signal`.
        func end(_ process: Process, by signal: Int32) async throws -> Int32 {
            kill(process.processIdentifier, signal)
            return try await DemoTests.end(process)
        }

        /// What a start that must fail says.
        func refused() async -> (code: ExitCode, said: String) {
            let terminal = TestTerminal()
            let code = await terminal.run("serve", "--data", data)
            return (code, terminal.errors.joined(separator: "\n"))
        }

        func copy(_ from: String, _ to: String) throws {
            try? FileManager.default.removeItem(atPath: "\(folder.path)/\(to)")
            try FileManager.default.copyItem(atPath: "\(folder.path)/\(from)", toPath: "\(folder.path)/\(to)")
        }
    }

    @Test func stopsInOrderAndHoldsItsDirectoryUntilThen() async throws {
        let fixture = try await Fixture()
        let first = try await fixture.serve()
        let second = await fixture.refused()
        #expect(second.code == .storeDamaged && second.said.contains("store.locked"))
        let inspected = TestTerminal()
        #expect(await inspected.run("inspect", "--data", fixture.data) == .storeDamaged)
        #expect(try await fixture.end(first, by: SIGTERM) == 0)

        let again = try await fixture.serve()
        #expect(try await fixture.end(again, by: SIGINT) == 130)
        let killed = try await fixture.serve()
        #expect(try await fixture.end(killed, by: SIGKILL) == SIGKILL)
        let last = try await fixture.serve()
        #expect(try await fixture.end(last, by: SIGTERM) == 0)
        #expect(await TestTerminal().run("inspect", "--deep", "--data", fixture.data) == .success)
    }

    @Test func refusesAStoreOlderThanWhatItSigned() async throws {
        let fixture = try await Fixture()
        let first = try await fixture.serve()
        #expect(try await fixture.end(first, by: SIGTERM) == 0)
        try fixture.copy("data/ledger", "older")
        let second = try await fixture.serve()
        let added = await TestTerminal().run(
            "actor", "add", "a", "--name", "A", "--data", fixture.data, "--key-out", fixture.folder.path + "/a.pem")
        #expect(added == .success)
        #expect(try await fixture.end(second, by: SIGTERM) == 0)
        try fixture.copy("older", "data/ledger")
        let refused = await fixture.refused()
        #expect(refused.code == .storeDamaged && refused.said.contains("store.rolled_back"))
        let inspected = TestTerminal()
        #expect(await inspected.run("inspect", "--data", fixture.data) == .storeDamaged)
        #expect(inspected.errors[0].contains("store.rolled_back"))
    }

    @Test func refusesTheStoreOfAnotherNetworkOrANewerProgram() async throws {
        let fixture = try await Fixture()
        let first = try await fixture.serve()
        #expect(try await fixture.end(first, by: SIGTERM) == 0)
        try fixture.copy("data/ledger", "kept")
        try await fixture.make("other")
        try fixture.copy("data", "mine")
        try fixture.copy("other", "data")
        let other = try await fixture.serve()
        #expect(try await fixture.end(other, by: SIGTERM) == 0)
        try fixture.copy("kept", "data/ledger")
        let foreign = await fixture.refused()
        #expect(foreign.code == .storeDamaged && foreign.said.contains("store.other_network"))

        _ = try fixture.folder.write(Array("stele \(Version.dataFormat + 1)\n".utf8), to: "data/FORMAT")
        let newer = await fixture.refused()
        #expect(newer.code == .storeDamaged && newer.said.contains("store.newer"))
        _ = try fixture.folder.write(Array("stele 1\n".utf8), to: "data/FORMAT")
        let older = await fixture.refused()
        #expect(older.code == .storeDamaged && older.said.contains("store.older"))
    }

    @Test func findsAByteThatChangedOnDisk() async throws {
        let fixture = try await Fixture()
        let first = try await fixture.serve()
        #expect(try await fixture.end(first, by: SIGTERM) == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: fixture.data + "/ledger")
        // Sorted files, or the write-ahead log while there are none yet.
        let files = names.filter { $0.hasSuffix(".sst") || $0.hasSuffix(".log") }
        for path in files.map({ "\(fixture.data)/ledger/\($0)" }) {
            var bytes = try Data(contentsOf: URL(filePath: path))
            for place in stride(from: bytes.count / 4, to: bytes.count / 2, by: 64) { bytes[place] ^= 0x20 }
            try bytes.write(to: URL(filePath: path))
        }
        let refused = await fixture.refused()
        #expect(refused.code == .storeDamaged)
        #expect(await TestTerminal().run("inspect", "--data", fixture.data) == .storeDamaged)
    }
}
