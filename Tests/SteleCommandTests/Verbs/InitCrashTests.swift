// `stele init`, killed at random moments: the data directory is whole or not there, and the next attempt succeeds.
import Foundation
import Primitives
import Testing

@testable import SteleCommand

@Suite struct InitCrashTests {
    /// The command itself, which is built beside the tests.
    static let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "stele")

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: executable.path)), arguments: 0..<12)
    func leavesAllOrNothing(round: Int) throws {
        let folder = try TemporaryDirectory()
        let data = folder.path + "/data"
        func start() throws -> Process {
            let process = Process()
            process.executableURL = Self.executable
            process.arguments = ["init", "--data", data, "--name", "test", "--organisation", "clinic"]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            return process
        }
        let victim = try start()
        usleep(UInt32(round) * 15_000)
        kill(victim.processIdentifier, SIGKILL)
        victim.waitUntilExit()

        if FileManager.default.fileExists(atPath: data) {
            _ = try NodeSetup.load(Configuration.load(data + "/stele.toml"))
        } else {
            // The one thing that may remain is a root key that opens nothing.
            try? FileManager.default.removeItem(atPath: data + ".root")
            let second = try start()
            second.waitUntilExit()
            #expect(second.terminationStatus == 0)
            _ = try NodeSetup.load(Configuration.load(data + "/stele.toml"))
            #expect(try folder.names == ["data", "data.root"])
        }
    }
}
