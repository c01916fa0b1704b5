// Imports as people make them: the whole command against a node in a process of its own.
import Foundation
import JSON
import Primitives
import Testing

@testable import SteleCommand

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: InitCrashTests.executable.path)))
struct ImportVerbTests {
    /// A node, files to import, and where wallets go.
    final class House {
        let node: ServeTests.Fixture
        let folder: TemporaryDirectory
        var process: Process?
        var wallets: String { folder.path + "/wallets" }
        var files: String { folder.path + "/files" }

        /// - Parameter bodyByteCountMax: the node's limit, if it is to be another than usual.
        init(bodyByteCountMax: Int? = nil) async throws {
            node = try await ServeTests.Fixture()
            folder = try TemporaryDirectory()
            try FileManager.default.createDirectory(atPath: folder.path + "/files", withIntermediateDirectories: true)
            if let bodyByteCountMax {
                let path = node.data + "/stele.toml"
                let text = try String(contentsOfFile: path, encoding: .utf8)
                try (text + "\n[limits]\nbody_bytes = \(bodyByteCountMax)\n").write(
                    toFile: path, atomically: false, encoding: .utf8)
            }
            process = try await node.serve()
        }

        deinit {
            if let process, process.isRunning { kill(process.processIdentifier, SIGKILL) }
        }

        func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: URL(filePath: files + "/" + name))
        }

        /// Imports, and returns how it ended with the counts it gave.
        func bringIn(_ words: String...) async -> (code: ExitCode, counts: [String: Int], said: [String]) {
            let terminal = TestTerminal()
            let code = await CommandTool(verbs: CommandTool.standardVerbs, terminal: terminal.terminal).run(
                ["import", files, "--data", node.data, "--wallets", wallets, "--json"] + words)
            var counts: [String: Int] = [:]
            if case .object(let members)? = terminal.json {
                for member in members { if case .number(let text) = member.value { counts[member.key] = Int(text) } }
            }
            return (code, counts, terminal.errors)
        }
    }

    private static func observation(_ id: String, _ subject: String, _ more: String = "") -> String {
        #"{"resourceType":"Observation","id":"\#(id)","status":"final","code":{"text":"x"},"subject":{"reference":"\#(subject)"}\#(more)}"#
    }

    @Test func aFolderComesInWithWhatItsFilesSayOfEachOther() async throws {
        let house = try await House()
        let urn = "urn:uuid:11111111-2222-4333-8444-555555555555"
        let doctor = #"{"resourceType":"Practitioner","id":"dr","identifier":[{"system":"http://npi","value":"7"}]}"#
        try house.write(
            "1.json",
            #"{"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":"\#(urn)","resource":{"resourceType":"Patient","id":"p1","birthDate":"1980-02-03"},"request":{"method":"POST","url":"Patient"}},{"resource":\#(doctor)}]}"#
        )
        try house.write(
            "2.json",
            #"{"resourceType":"Bundle","type":"collection","entry":[{"resource":\#(Self.observation("o1", urn, #","performer":[{"reference":"Practitioner?identifier=http://npi|7"}]"#))},{"resource":\#(doctor)},{"resource":{"resourceType":"Observation","id":"bad","status":7}}]}"#
        )
        try house.write(
            "3.ndjson",
            [
                Self.observation("o2", "Patient/p1", #","encounter":{"reference":"urn:uuid:none"}"#),
                Self.observation("o3", "Patient/nobody"),
                doctor.replacing("}]}", with: "}],\"active\":true}"), "{",
            ].joined(separator: "\n"))
        let first = await house.bringIn("--treating-org")
        #expect(first.code == .refused, "\(first.said)")
        #expect(
            first.counts == [
                "files": 3, "resources": 9, "patients_enrolled": 1, "patients_known": 0, "repeats": 1, "created": 4,
                "versions": 1, "unchanged": 0,
            ])
        let failures = try String(contentsOfFile: house.wallets + "/import.failures", encoding: .utf8)
        let codes = failures.split(separator: "\n").compactMap { line in
            (try? JSONDocument(parsing: Array(line.utf8)))?.root["code"]?.string
        }
        #expect(codes == ["resource.invalid", "subject.not_enrolled", "json.malformed"], "\(failures)")
        #expect(!FileManager.default.fileExists(atPath: house.wallets + "/import.journal"))

        // The permits: themself, and the organisation. Nothing of it is made twice, nothing written twice.
        let book = GrantBook(walletPath: house.wallets + "/p1.wallet")
        let words = try book.lines().map(\.words)
        #expect(words.count == 2 && words.contains { $0.hasPrefix("permit to=organisation:clinic classes=all") })
        let second = await house.bringIn("--treating-org")
        #expect(second.counts["created"] == 0 && second.counts["versions"] == 0 && second.counts["unchanged"] == 5)
        #expect(second.counts["patients_known"] == 1)
        #expect(try book.lines().count == 2)

        // What came in reads as it was resolved.
        let wallet = TestTerminal()
        #expect(
            await wallet.run(
                "read", "Observation/o1", "--wallet", house.wallets + "/p1.wallet", "--ca",
                house.node.data + "/tls/ca.pem") == .success, "\(wallet.errors)")
        let text = wallet.output.joined()
        #expect(text.contains(#"Practitioner/dr"#) && text.contains("Patient/p1"))
    }

    @Test func anImportThatWasKilledIsContinued() async throws {
        let house = try await House()
        let filling = String(repeating: "x", count: 8_000)
        for patient in 0..<6 {
            let lines = (0..<120).map {
                Self.observation("o\(patient)-\($0)", "Patient/p\(patient)", #","note":[{"text":"\#(filling)"}]"#)
            }
            try house.write(
                "\(patient).ndjson",
                ([#"{"resourceType":"Patient","id":"p\#(patient)"}"#] + lines).joined(separator: "\n"))
        }
        let killed = try DemoTests.process(
            ["import", house.files, "--data", house.node.data, "--wallets", house.wallets], in: house.folder)
        let journal = house.wallets + "/import.journal"
        // Whether it says of a part that the node has it: the file is there a moment before its first line.
        func hasLine() -> Bool { (try? String(contentsOfFile: journal, encoding: .utf8))?.contains("\n") ?? false }
        while killed.isRunning, !hasLine() {
            try await Task.sleep(for: .milliseconds(2))
        }
        kill(killed.processIdentifier, SIGKILL)
        _ = try await DemoTests.end(killed)
        let wasCutOff = hasLine()

        let again = await house.bringIn()
        #expect(again.code == .success, "\(again.said)")
        #expect(again.counts["resources"] == 726 && again.counts["versions"] == 0)
        #expect((again.counts["created"] ?? 0) + (again.counts["unchanged"] ?? 0) == 726)
        #expect(!wasCutOff || again.said.contains("going on with an import that stopped"))
        let whole = await house.bringIn()
        #expect(whole.counts["unchanged"] == 726)
    }

    @Test func aBundleLargerThanTheNodeTakesComesIn() async throws {
        let house = try await House(bodyByteCountMax: 200_000)
        let filling = String(repeating: "x", count: 4_000)
        let entries = (0..<300).map {
            #"{"resource":\#(Self.observation("o\($0)", "Patient/p", #","note":[{"text":"\#(filling)"}]"#))}"#
        }
        let large = Self.observation(
            "large", "Patient/p", #","note":[{"text":"\#(String(repeating: "y", count: 300_000))"}]"#)
        try house.write(
            "large.json",
            #"{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Patient","id":"p"}},{"resource":\#(large)},"#
                + entries.joined(separator: ",") + "]}")
        let outcome = await house.bringIn()
        #expect(outcome.code == .refused)
        #expect(outcome.counts["created"] == 301, "\(outcome)")
        let failures = try String(contentsOfFile: house.wallets + "/import.failures", encoding: .utf8)
        #expect(failures.contains(#""resource":"Observation/large","code":"http.body_too_large""#))
    }

    @Test func aHistoryComesInWithItsDeletions() async throws {
        let house = try await House()
        let deletion = #"{"request":{"method":"DELETE","url":"Observation/o1"}}"#
        let versions = ["1", "2"].map {
            #"{"resource":\#(Self.observation("o1", "Patient/p1", #","valueString":"\#($0)""#))}"#
        }
        try house.write(
            "history.json",
            #"{"resourceType":"Bundle","type":"history","entry":[\#(deletion),\#(versions[1]),\#(deletion),\#(versions[0]),{"resource":{"resourceType":"Patient","id":"p1"}}]}"#
        )
        let first = await house.bringIn()
        #expect(first.code == .success, "\(first.said)")
        #expect(first.counts["created"] == 2 && first.counts["versions"] == 3, "\(first.counts)")
        let again = await house.bringIn()
        #expect(again.code == .success && again.counts["unchanged"] == 5, "\(again.counts)")
        let wallet = TestTerminal()
        #expect(
            await wallet.run(
                "read", "Observation/o1", "--wallet", house.wallets + "/p1.wallet", "--ca",
                house.node.data + "/tls/ca.pem") == .refused)
        #expect(wallet.errors.contains { $0.contains("record.deleted") }, "\(wallet.errors)")
    }

    @Test func nothingIsSentFromAFolderOfRubbish() async throws {
        let house = try await House()
        try house.write("a.json", "[1, 2")
        try house.write("b.ndjson", "\u{1}\n")
        let outcome = await house.bringIn()
        #expect(outcome.code == .refused && outcome.counts["created"] == 0 && outcome.counts["files"] == 2)
    }
}
