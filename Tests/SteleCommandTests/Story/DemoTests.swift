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

    @Test func tellsTheStoryOfAnotherFolderAndLendsWhatIsMissing() async throws {
        let folder = try TemporaryDirectory()
        try FileManager.default.createDirectory(atPath: folder.path + "/in", withIntermediateDirectories: true)
        _ = try folder.write(
            Array(
                #"""
                {"resourceType":"Bundle","type":"collection","entry":[
                {"fullUrl":"urn:x:1","resource":{"resourceType":"Patient","id":"p1","name":[{"text":"Poor Patient"}]}},
                {"resource":{"resourceType":"Patient","id":"p2","name":[{"text":"Rich Patient"}]}},
                {"resource":{"resourceType":"AllergyIntolerance","id":"a","patient":{"reference":"Patient/p2"}}},
                {"resource":{"resourceType":"Observation","id":"o","status":"final","category":[{"coding":[{"code":
                "laboratory","system":"http://terminology.hl7.org/CodeSystem/observation-category"}]}],"code":{"text":"x"},
                "subject":{"reference":"Patient/p2"},"valueQuantity":{"value":7.30,"unit":"g"}}}]}
                """#.utf8), to: "in/bundle.json")
        let demo = try Self.process(["demo", "--samples", Self.samples, "--bundles", "in"], in: folder)
        #expect(try await Self.end(demo) == 0)
        let story = try String(contentsOfFile: folder.path + "/demo-out/story.log", encoding: .utf8)
            .replacing("\n   ", with: " ")
        for sentence in [
            "This is the story of Rich Patient.", "2 patients enrolled", "7.30 with its zero",
            "The folder has no imaging report for this patient, so the demonstration adds its own: "
                + "DiagnosticReport/kestrel-knee-report.",
            "adds its own: DocumentReference/kestrel-psychiatric-note",
            "adds its own: MedicationRequest/kestrel-amlodipine",
            "record.unavailable", "The proof holds.",
        ] { #expect(story.contains(sentence), "the story lacks: \(sentence)") }
        #expect(!story.contains("kestrel-potassium") && !story.contains("kestrel-penicillin"))
    }

    @Test func saysWhenAFolderHasNobodyToTellOf() async throws {
        let folder = try TemporaryDirectory()
        for name in ["empty", "rubbish"] {
            try FileManager.default.createDirectory(
                atPath: folder.path + "/" + name, withIntermediateDirectories: true)
        }
        _ = try folder.write(Array("[{".utf8), to: "rubbish/x.json")
        for (name, code) in [("empty", "file.missing"), ("rubbish", "demo.no_patient")] {
            let terminal = TestTerminal()
            let end = await terminal.run(
                "demo", "--samples", Self.samples, "--out", folder.path + "/out-" + name, "--bundles",
                folder.path + "/" + name)
            #expect(end == .badInput)
            #expect(terminal.errors[0].contains(code))
        }
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
