// A node that crashes leaves no image of its memory, though the system would make one of every other program.
//
// The kernel tells a parent whether it dumped a child (waitpid(2), `WCOREDUMP`), wherever the dump went, and bash says
// so; the same is asked of a program that forbids nothing, or nothing would be shown.
import Foundation
import Primitives
import Testing

@testable import SteleCommand

@Suite(.serialized, .enabled(if: FileManager.default.isExecutableFile(atPath: InitCrashTests.executable.path)))
struct CoreDumpTests {
    private static let canary = "Zqcorecanary"

    /// Starts a program below a shell that permits dumps, and writes what the shell says of its end.
    static func start(_ words: [String], in folder: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments =
            [
                "-c", "ulimit -c unlimited; \"$@\" & echo $! > child; wait $!; exit $?", "bash",
                InitCrashTests.executable.path,
            ] + words
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardOutput = FileHandle.nullDevice
        let said = folder + "/said"
        _ = FileManager.default.createFile(atPath: said, contents: nil)
        process.standardError = FileHandle(forWritingAtPath: said)
        try process.run()
        return process
    }

    private static func child(in folder: TemporaryDirectory) throws -> Int32 {
        let text = try String(contentsOfFile: folder.path + "/child", encoding: .utf8)
        return try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    /// Whether the memory of a process holds the canary, as root sees it; nil if that cannot be seen.
    private static func holdsCanary(_ process: Int32) -> Bool? {
        guard let maps = try? String(contentsOfFile: "/proc/\(process)/maps", encoding: .utf8),
            let memory = FileHandle(forReadingAtPath: "/proc/\(process)/mem")
        else { return nil }
        for line in maps.split(separator: "\n") where line.contains(" rw") {
            let ends = line.prefix { $0 != " " }.split(separator: "-").compactMap { UInt64($0, radix: 16) }
            guard ends.count == 2, (try? memory.seek(toOffset: ends[0])) != nil,
                let bytes = try? memory.read(upToCount: Int(min(ends[1] - ends[0], 1 << 28)))
            else { continue }
            if bytes.range(of: Data(canary.utf8)) != nil { return true }
        }
        return false
    }

    @Test(arguments: [SIGSEGV, SIGABRT]) func leavesNoImage(number: Int32) async throws {
        let folder = try TemporaryDirectory()
        let node = try await RunningNode("node", organisation: "clinic", in: folder) { try Self.start($0, in: $1.path) }
        try await node.put(
            "Patient/p1", #"{"resourceType":"Patient","id":"p1","name":[{"family":"\#(Self.canary)"}]}"#)
        _ = try? await node.operations.send("GET", "/fhir/Patient/p1")
        let child = try Self.child(in: folder)
        let limits = try String(contentsOfFile: "/proc/\(child)/limits", encoding: .utf8)
        let words = try #require(limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") })
            .split(separator: " ").map(String.init)
        #expect(Array(words.dropFirst(4).prefix(2)) == ["0", "0"])
        if let isHeld = Self.holdsCanary(child) { #expect(isHeld, "the test shows nothing") }

        kill(child, number)
        #expect(try await node.end() == 128 + number)
        let said = try String(contentsOfFile: folder.path + "/said", encoding: .utf8)
        #expect(said.contains(number == SIGSEGV ? "Segmentation fault" : "Aborted"))
        #expect(!said.contains("core dumped") && !said.contains(Self.canary))
        #expect(try folder.names.filter { $0.contains("core") } == [])
        #expect(try FileManager.default.contentsOfDirectory(atPath: node.data).filter { $0.contains("core") } == [])
    }

    /// Where the system dumps programs at all, the shell says so: without this the test above would show nothing.
    @Test func theShellTellsOfADump() async throws {
        let folder = try TemporaryDirectory()
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", "ulimit -c unlimited && (sleep 60 & kill -SEGV $!; wait $!) 2> said"]
        process.currentDirectoryURL = URL(filePath: folder.path)
        try process.run()
        _ = try await DemoTests.end(process)
        let said = try String(contentsOfFile: folder.path + "/said", encoding: .utf8)
        #expect(said.contains("Segmentation fault"))
        let pattern = try String(contentsOfFile: "/proc/sys/kernel/core_pattern", encoding: .utf8)
        if pattern.hasPrefix("core") { #expect(said.contains("core dumped")) }
    }
}
