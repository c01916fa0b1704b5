// The log of a node in service: what it tells, and that it tells nothing of anybody.
import Foundation
import JSON
import Primitives
import Testing

@testable import SteleCommand

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: InitCrashTests.executable.path)))
struct LoggedNodeTests {
    /// Words that stand for names, ids, values and secrets of people, each used in one place.
    private static let canaries = [
        "zqpatientid", "Zqfamilyname", "zqresourceid", "Zqvaluestring", "zqabsentid", "Zqsearchvalue", "zqactorid",
        "Zqactorname", "Zqbearertoken", "Zqassertion", "Zqgarbage", "Zqjunkjson", "zqfoldername", "Zqheader",
    ]

    /// The word in the spellings in which a log might hold it.
    private static func spellings(_ word: String) -> [String] {
        let bytes = Array(word.utf8)
        // The middle of a word in Base64 depends on what stands before it.
        let base64 = (0..<3).map { shift in
            let text = Base64.encode([UInt8](repeating: 0x20, count: shift) + bytes)
            return String(text.dropFirst(4).dropLast(4))
        }
        return [word, Hex.encode(bytes), Hex.encode(bytes).uppercased()] + base64
    }

    private struct Lines {
        let text: String
        let roots: [JSONValue]

        init(_ path: String) throws {
            let folder = URL(filePath: path).deletingLastPathComponent().path
            let name = URL(filePath: path).lastPathComponent
            let found = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix(name) }
            text = try found.map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }.joined()
            roots = try text.split(separator: "\n").map { JSONValue(try JSONDocument(parsing: Array($0.utf8)).root) }
        }

        func events(_ name: String) -> [JSONValue] { roots.filter { $0["event"] == .string(name) } }
    }

    @Test func tellsWhatHappenedAndNothingOfAnybody() async throws {
        let folder = try TemporaryDirectory()
        let log = folder.path + "/stele.log"
        let node = try await RunningNode(
            "node", organisation: "clinic", in: folder,
            configuring: "[log]\nfile = \"../stele.log\"\nbytes = 4096\nkept = 50\n")
        try await provoke(node, folder)

        // Another program moves the file; lines go on in a new one.
        try FileManager.default.moveItem(atPath: log, toPath: log + ".moved")
        kill(node.identifier, SIGHUP)
        for _ in 0..<500 where !FileManager.default.fileExists(atPath: log) {
            try await Task.sleep(for: .milliseconds(10))
        }
        let erased = await TestTerminal().run(
            "erase", "zqpatientid", "--because", "unlawful", "--data", node.data, "--out",
            folder.path + "/erased.steleproof")
        #expect(erased == .success)
        let backup = await TestTerminal().run("backup", folder.path + "/backup", "--data", node.data)
        #expect(backup == .success)
        try await node.stop()

        let lines = try Lines(log)
        let told = lines.roots.compactMap { $0["event"] }
        for event in [
            "starting", "listening", "fault", "log.reopened", "root.renewed", "erasure.ended", "backup.made",
            "stopping",
            "stopped",
        ] { #expect(told.contains(.string(event)), "\(event) is not in the log") }
        #expect(lines.events("fault").contains { $0["code"] == "storage.io" })
        #expect(lines.events("failed").isEmpty)
        for word in Self.canaries {
            for spelling in Self.spellings(word) {
                #expect(!lines.text.lowercased().contains(spelling.lowercased()), "\(word) is in the log")
            }
        }
    }

    /// Does everything a log could tell of: writes, reads, refusals, bad tokens, junk, faults.
    private func provoke(_ node: RunningNode, _ folder: TemporaryDirectory) async throws {
        try await node.put(
            "Patient/zqpatientid",
            #"{"resourceType":"Patient","id":"zqpatientid","name":[{"family":"Zqfamilyname"}]}"#)
        try await node.put(
            "Observation/zqresourceid",
            #"{"resourceType":"Observation","id":"zqresourceid","status":"final","code":{"text":"x"},"#
                + #""subject":{"reference":"Patient/zqpatientid"},"valueString":"Zqvaluestring"}"#)
        let added = await TestTerminal().run(
            "actor", "add", "zqactorid", "--name", "Zqactorname", "--role", "surgeon", "--data", node.data, "--key-out",
            folder.path + "/actor.pem")
        #expect(added == .success)
        for path in [
            "Observation/zqresourceid", "Observation/zqabsentid", "Observation?patient=zqpatientid",
            "Patient?name=Zqsearchvalue", "Observation?Zqsearchvalue=1", "zqabsentid",
        ] { _ = try? await node.operations.send("GET", "/fhir/" + path) }
        _ = try? await node.operations.send(
            "PUT", "/fhir/Patient/zqpatientid", body: .fhir(Array(#"{"Zqjunkjson"#.utf8)))
        _ = try? await node.operations.send("POST", "/fhir", body: .fhir(Array(#"{"resourceType":"Zqjunkjson"}"#.utf8)))
        _ = try? await node.client.send("GET", "/fhir/Observation/zqresourceid", token: "Zqbearertoken")
        let form = [
            (name: "grant_type", value: "client_credentials"), (name: "client_assertion", value: "Zqassertion"),
        ]
        _ = try? await node.client.send("POST", "/oauth/token", body: .form(form))
        // A fault of the node, which the log has to tell.
        let folderNamed: JSONValue = ["folder": "/proc/zqfoldername/b"]
        let refused = await #expect(throws: SteleError.self) {
            _ = try await node.operations.send("POST", "/custodian/v1/backups", body: .json(folderNamed))
        }
        #expect(refused?.code.name == "storage.io")
        // Bytes that are no TLS, and TLS that is no HTTP.
        let address = try Configuration.load(node.data + "/stele.toml").listen
        for command in [
            "printf 'Zqgarbage %02000d' 0 > /dev/tcp/127.0.0.1/\(address.port)",
            "printf 'GET /Zqgarbage\\r\\nZqheader\\r\\n\\r\\n' | timeout 5 openssl s_client -quiet -connect 127.0.0.1:\(address.port)",
        ] {
            let bash = Process()
            bash.executableURL = URL(filePath: "/bin/bash")
            bash.arguments = ["-c", command]
            bash.standardOutput = FileHandle.nullDevice
            bash.standardError = FileHandle.nullDevice
            try bash.run()
            _ = try await DemoTests.end(bash)
        }
    }

    /// A start that fails is one line as well.
    @Test func tellsWhyItDidNotStart() async throws {
        let folder = try TemporaryDirectory()
        let said = TestTerminal()
        #expect(await said.run("serve", "--data", folder.path + "/none", "--json") == .badInput)
        #expect(said.errors.count == 1)
        let line = JSONValue(try JSONDocument(parsing: Array(said.errors[0].utf8)).root)
        #expect(line["event"] == "failed" && line["code"] == "configuration.missing" && line["level"] == "error")
        #expect(said.json?["error"]?["code"] == "configuration.missing")
    }
}
