// The whole story, told by the command itself: a real node in a process of its own, and proofs checked without it.
import Foundation
import JSON
import Ledger
import Primitives
import Testing

@testable import SteleCommand

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: InitCrashTests.executable.path)))
struct DemoTests {
    static let samples = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Samples")
        .standardizedFileURL.path

    static func process(_ words: [String], in folder: TemporaryDirectory) throws -> Process {
        let process = Process()
        process.executableURL = InitCrashTests.executable
        process.arguments = words
        process.currentDirectoryURL = URL(filePath: folder.path)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// How a process ends, waited for without holding a thread of the pool. One that does not end is killed.
    static func end(_ process: Process, within limit: Duration = .seconds(120)) async throws -> Int32 {
        let end = ContinuousClock.now + limit
        while process.isRunning {
            if ContinuousClock.now > end { kill(process.processIdentifier, SIGKILL) }
            try await Task.sleep(for: .milliseconds(20))
        }
        return process.terminationStatus
    }

    @Test func tellsTheStoryAndLeavesProofs() async throws {
        let folder = try TemporaryDirectory()
        let demo = try Self.process(["demo", "--samples", Self.samples], in: folder)
        #expect(try await Self.end(demo) == 0)
        let out = folder.path + "/demo-out"
        let names = try FileManager.default.contentsOfDirectory(atPath: out)
        for name in [
            "record.steleproof", "refusal.steleproof", "grant.steleproof", "access-log.steleproof", "trust.key",
            "marta-kestrel-export.json", "story.log",
        ] { #expect(names.contains(name)) }

        let story = try String(contentsOfFile: out + "/story.log", encoding: .utf8)
        for sentence in [
            "6 patients enrolled", "record.unavailable", "access.refused", "single signer: rewritable",
            "The proof holds.", "proof.false",
        ] { #expect(story.contains(sentence), "the story lacks: \(sentence)") }

        // The patient's own copy has every sample resource, byte for byte, and what they refer to.
        let sample = try JSONDocument(
            parsing: Array(try Data(contentsOf: URL(filePath: Self.samples + "/patients/01-marta-kestrel.json"))))
        let export = try JSONDocument(
            parsing: Array(try Data(contentsOf: URL(filePath: out + "/marta-kestrel-export.json"))))
        func texts(_ document: JSONDocument) -> Set<[UInt8]> {
            Set(document.root["entry"]?.elements.compactMap { $0["resource"].map { Array($0.sourceBytes) } } ?? [])
        }
        #expect(texts(sample).isSubset(of: texts(export)))

        // Nothing is left running, and the store it left is whole.
        let terminal = TestTerminal()
        #expect(await terminal.run("inspect", "--deep", "--data", out + "/node") == .success)
        #expect(terminal.output.first == "The store is whole.")
    }

    @Test func stopsWhatItStartedWhenInterrupted() async throws {
        let folder = try TemporaryDirectory()
        let demo = try Self.process(["demo", "--samples", Self.samples], in: folder)
        let log = folder.path + "/demo-out/node.log"
        while demo.isRunning, (try? String(contentsOfFile: log, encoding: .utf8))?.contains("ready") != true {
            try await Task.sleep(for: .milliseconds(5))
        }
        kill(demo.processIdentifier, SIGINT)
        let code = try await Self.end(demo)
        // The story is short: the signal may come after its end.
        #expect(code == 130 || code == 0)
        let terminal = TestTerminal()
        #expect(
            await terminal.run("inspect", "--data", folder.path + "/demo-out/node") == .success, "a node still runs")
    }

    @Test func leavesAFolderAloneThatHoldsSomethingElse() async throws {
        let folder = try TemporaryDirectory()
        _ = try folder.write([1], to: "mine")
        let terminal = TestTerminal()
        #expect(await terminal.run("demo", "--samples", Self.samples, "--out", folder.path) == .badInput)
        #expect(terminal.errors[0].contains("demo.folder"))
        #expect(try folder.names == ["mine"])
    }
}
