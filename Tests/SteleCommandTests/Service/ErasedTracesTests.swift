// A patient full of canaries at the program itself: written, read, searched for, copied, opened in an emergency while
// the disk was full, aborted, killed and erased. Whatever the program wrote anywhere is then searched.
//
// The canaries share a random word, so one search finds any of them in every spelling: plain, UTF-16, hexadecimal and
// Base64. That it finds them is shown on the client's own files, which hold all fifty.
import Cryptography
import Foundation
import HTTPClient
import JSON
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Testing
import Vault

@testable import SteleCommand

@Suite(.serialized, .enabled(if: FileManager.default.isExecutableFile(atPath: InitCrashTests.executable.path)))
struct ErasedTracesTests {
    private static let canaryCount = 50
    private static let patient = "gone-patient"
    private static let other = "stays-patient"

    /// Everything that the program writes, in one folder, and everything of its clients in another.
    private final class House {
        let folder: TemporaryDirectory
        /// What fills up for the emergency; nil where nothing may be mounted.
        let disk: FullDiskTests.SmallDisk?
        let root: String
        let client: String
        let word = "zqcanary" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
        var data: String { root + "/data" }
        var log: String { root + "/stele.log" }
        var canaries: [String] { (0..<canaryCount).map { "\(word)\($0 < 10 ? "0" : "")\($0)" } }
        var bundle: String { client + "/bundle.json" }

        init() async throws {
            folder = try TemporaryDirectory()
            disk =
                FullDiskTests.SmallDisk.isPermitted
                ? try FullDiskTests.SmallDisk(mebibytes: 1024, in: folder) : nil
            root = disk?.path ?? folder.path + "/disk"
            client = folder.path + "/client"
            for path in [client, root + "/cwd"] {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            }
            try await run(
                "init", "--data", data, "--name", "traces", "--organisation", "clinic", "--listen",
                "127.0.0.1:\(try await StoryHouse.freePort())")
            let settings = data + "/stele.toml"
            let text = try String(contentsOfFile: settings, encoding: .utf8)
                .replacing("[keys]\n", with: "[keys]\nmirror = \"\(root)/mirror\"\n")
            try (text + "\n[log]\nfile = \"\(log)\"\n\n[disk]\nreserve_mb = 256\n")
                .write(toFile: settings, atomically: true, encoding: .utf8)
        }

        /// Runs a verb; its output.
        @discardableResult
        func run(_ words: String..., expecting expected: ExitCode = .success) async throws -> [String] {
            let terminal = TestTerminal()
            let code = await terminal.run(words)
            try #require(code == expected, "\(words.first ?? ""): \(terminal.errors)")
            return expected == .success ? terminal.output : terminal.errors
        }

        /// Serves `data`, below a shell that permits core dumps, until it is ready.
        func serve(_ data: String? = nil, _ more: String...) async throws -> Served {
            let data = data ?? self.data
            let process = try CoreDumpTests.start(["serve", "--data", data] + more, in: root + "/cwd")
            let configuration = try Configuration.load(data + "/stele.toml")
            let client = try NodeClient(
                url: "https://" + configuration.listen.text, trust: .caFile(data + "/tls/ca.pem"))
            let served = Served(
                process: process, child: root + "/cwd/child", client: client,
                operations: NodeSession(client, try Operator.identity(NodeSetup.load(configuration).keys), .operations))
            for _ in 0..<12_000 where process.isRunning {
                if (try? await client.send("GET", "/health/live")) != nil { return served }
                try await Task.sleep(for: .milliseconds(10))
            }
            throw CancellationError()
        }

        func end(_ served: Served, by signal: Int32) async throws -> Int32 {
            kill(try served.identifier, signal)
            return try await DemoTests.end(served.process)
        }

        /// Where the word is, in what the program wrote; each row of each stopped store too, for sorted files may be
        /// compressed.
        func traces(rowsOf stopped: [String] = []) throws -> [String] {
            let search = TextSearch(word)
            var found = try search.files(under: root)
            for data in stopped { found += try search.rows(ofStoresIn: data) }
            return found
        }

        deinit {
            if let text = try? String(contentsOfFile: root + "/cwd/child", encoding: .utf8),
                let child = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)),
                let words = try? String(contentsOfFile: "/proc/\(child)/cmdline", encoding: .utf8),
                words.contains(root)
            {
                kill(child, SIGKILL)
            }
        }
    }

    private struct Served {
        let process: Process
        let child: String
        let client: NodeClient
        let operations: NodeSession

        var identifier: Int32 {
            get throws {
                let text = try String(contentsOfFile: child, encoding: .utf8)
                return try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
            }
        }
    }

    // MARK: - What is written

    private static func patient(_ id: String, _ name: String) -> String {
        #"{"resourceType":"Patient","id":"\#(id)","name":[{"family":"\#(name)"}],"birthDate":"1970-01-01"}"#
    }

    private static func observation(_ id: String, _ text: String, of patient: String) -> String {
        #"{"resourceType":"Observation","id":"\#(id)","status":"final","code":{"text":"\#(text)"},"#
            + #""identifier":[{"system":"urn:test","value":"\#(text)"}],"#
            + #""subject":{"reference":"Patient/\#(patient)"},"valueString":"\#(text)"}"#
    }

    /// A document so large that it lies in a file of its own.
    private static func document(_ id: String, _ text: String, of patient: String) -> String {
        let lines = Data(String(repeating: text + "\n", count: 40_000).utf8).base64EncodedString()
        return #"{"resourceType":"DocumentReference","id":"\#(id)","status":"current","description":"\#(text)","#
            + #""subject":{"reference":"Patient/\#(patient)"},"#
            + #""content":[{"attachment":{"contentType":"text/plain","data":"\#(lines)"}}]}"#
    }

    /// Enrols both patients with wallets, and writes the canaries: one at a time, in a transaction, and as a blob.
    private static func write(_ house: House, _ served: Served) async throws {
        let canaries = house.canaries
        let people = [patient(Self.patient, canaries[0]), patient(other, "Somebody Else")]
        for (index, text) in people.enumerated() {
            try text.write(toFile: "\(house.client)/patient-\(index).json", atomically: true, encoding: .utf8)
        }
        try await house.run(
            "import", house.client + "/patient-0.json", house.client + "/patient-1.json", "--treating-org", "--data",
            house.data, "--wallets", house.client + "/wallets")
        let entries = canaries[1..<40].map { canary in
            #"{"resource":\#(observation(canary, canary, of: Self.patient)),"#
                + #""request":{"method":"PUT","url":"Observation/\#(canary)"}}"#
        }
        let bundle =
            #"{"resourceType":"Bundle","type":"transaction","entry":[\#(entries.joined(separator: ","))]}"#
        let blob = document("blob", canaries[40], of: Self.patient)
        let singles = canaries[41...].map { observation($0, $0, of: Self.patient) }
        try ([bundle, blob] + singles).joined(separator: "\n")
            .write(toFile: house.bundle, atomically: true, encoding: .utf8)

        let operations = served.operations
        _ = try await operations.send("POST", "/fhir", body: .fhir(Array(bundle.utf8)))
        _ = try await operations.send("PUT", "/fhir/DocumentReference/blob", body: .fhir(Array(blob.utf8)))
        for (canary, text) in zip(canaries[41...], singles) {
            _ = try await operations.send("PUT", "/fhir/Observation/" + canary, body: .fhir(Array(text.utf8)))
        }
        let kept = observation("kept", "of somebody else", of: other)
        _ = try await operations.send("PUT", "/fhir/Observation/kept", body: .fhir(Array(kept.utf8)))
        #expect(try !FileManager.default.subpathsOfDirectory(atPath: house.data + "/blobs").isEmpty)
    }

    /// Reads and looks for what is there, and asks in ways that are refused, with canaries wherever text may stand.
    private static func ask(_ house: House, _ served: Served, _ ward: NodeSession) async throws {
        let canaries = house.canaries
        for canary in [canaries[1], canaries[39], canaries[49]] {
            let read = try await ward.send("GET", "/fhir/Observation/" + canary)
            #expect(String(decoding: read.body, as: UTF8.self).contains(#""valueString":"\#(canary)""#))
            let found = try await ward.send(
                "GET", "/fhir/Observation?patient=\(Self.patient)&identifier=urn:test%7C\(canary)")
            #expect(try found.json()["total"]?.uint == 1)
        }
        #expect(try await ward.send("GET", "/fhir/DocumentReference/blob").body.count > 1 << 20)
        let operations = served.operations
        let invalid = #"{"resourceType":"Observation","id":"bad","status":"\#(canaries[2])"}"#
        for (method, path, body) in [
            ("PUT", "/fhir/Observation/bad", invalid), ("POST", "/fhir/Observation", "{\(canaries[3])"),
            ("GET", "/fhir/Patient?family=\(canaries[4])&nonsense=\(canaries[5])", ""),
            ("GET", "/\(canaries[6])/\(canaries[7])", ""), ("GET", "/fhir/Observation/\(canaries[8])-absent", ""),
        ] {
            let body: NodeClient.Body? = body.isEmpty ? nil : .fhir(Array(body.utf8))
            _ = try? await operations.send(method, path, body: body)
        }
    }

    private static func metric(_ name: String, _ served: Served) async throws -> String? {
        let text = String(decoding: try await served.client.send("GET", "/metrics").body, as: UTF8.self)
        let line = text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
        return line.map { String($0.dropFirst(name.count + 1)) }
    }

    // MARK: - The story

    @Test(.timeLimit(.minutes(10))) func fiftyCanariesLeaveNoTrace() async throws {
        let house = try await House()
        var served = try await house.serve()
        try await Self.write(house, served)
        let wardKey = house.client + "/ward.pem"
        try await house.run(
            "actor", "add", "ward", "--name", "Ward", "--role", "physician", "--data", house.data, "--key-out", wardKey)
        func ward(_ served: Served) throws -> NodeSession {
            NodeSession(
                served.client, ClientIdentity(id: "ward", key: try InputFile(wardKey).readSigningKey()),
                .treatment(of: Self.patient))
        }
        try await Self.ask(house, served, try ward(served))
        let wallet = "\(house.client)/wallets/\(Self.patient).wallet"
        try await house.run(
            "export", Self.patient, "--wallets", house.client + "/wallets", "--data", house.data, "--out",
            house.client + "/copy")

        // The search finds all of them where they are: in the client's own file, and in the blob as Base64.
        let sent = try Data(contentsOf: URL(filePath: house.bundle))
        #expect(house.canaries.dropFirst().allSatisfy { sent.range(of: Data($0.utf8)) != nil })
        let own = try TextSearch(house.word).files(under: house.client)
        for how in ["as it is", "in Base64"] {
            #expect(own.contains("\(how) in \(house.bundle)"), "\(how) among \(own)")
        }
        #expect(try house.traces() == [])

        // Aborted, where the system would make an image of its memory.
        try await house.run("backup", house.root + "/before", "--data", house.data)
        #expect(try await house.end(served, by: SIGABRT) == 128 + SIGABRT)
        let images = try FileManager.default.subpathsOfDirectory(atPath: house.root).filter {
            $0.split(separator: "/").last?.hasPrefix("core") == true && !$0.hasSuffix(".json")
        }
        #expect(images == [])
        #expect(try house.traces() == [])
        served = try await house.serve()

        // Killed, with an emergency in the journal where the disk can be filled, and with a write-ahead log.
        try await Self.ask(house, served, try ward(served))
        if let disk = house.disk {
            try disk.leave(40 << 20)
            let emergency = ["--patient", Self.patient, "--data", house.data, "--key", wardKey]
            for words in [
                ["emergency", "open", "--reason", "disaster", "--minutes", "10"] + emergency,
                ["read", "Observation/" + house.canaries[9], "--purpose", "ETREAT"] + emergency,
            ] {
                // Until the node has seen that the disk is full, it records on the ledger.
                let terminal = TestTerminal()
                for _ in 0..<100 where try await Self.isReady(served) { try await Task.sleep(for: .milliseconds(100)) }
                #expect(await terminal.run(words) == .success, "\(terminal.errors)")
            }
            #expect(try await Self.metric("stele_journal_waiting", served) == "2")
        }
        #expect(try await house.end(served, by: SIGKILL) == 128 + SIGKILL)
        let names = try FileManager.default.subpathsOfDirectory(atPath: house.data)
        let logs = names.filter { $0.hasSuffix(".log") && ($0.hasPrefix("vault/") || $0.hasPrefix("ledger/")) }
        #expect(
            try logs.contains {
                try FileManager.default.attributesOfItem(atPath: "\(house.data)/\($0)")[.size] as? Int ?? 0 > 0
            }, "there is no write-ahead log to search")
        #expect(try house.traces() == [])
        try house.disk?.empty()
        // What somebody may have kept: all of it, with its own key store, in the middle of everything.
        let snapshot = house.root + "/snapshot"
        try FileManager.default.copyItem(atPath: house.data, toPath: snapshot)

        served = try await house.serve()
        if house.disk != nil {
            for _ in 0..<200 where try await Self.metric("stele_journal_waiting", served) != "0" {
                try await Task.sleep(for: .milliseconds(100))
            }
            let log = try await house.run("log", "--wallet", wallet, "--data", house.data)
            #expect(log.contains { $0.contains("released in an emergency") && $0.contains("stood still") }, "\(log)")
            // Until somebody has reviewed it, the records stay.
            let early = try await house.run(
                "erase", Self.patient, "--because", "unlawful", "--data", house.data, expecting: .refused)
            #expect(early.joined().contains("review.open"))
            let reviews = try await served.operations.send("GET", "/custodian/v1/reviews").json()["reviews"]
            let review = try #require(reviews?.elements.first { _ in true }?["transaction"]?.string)
            try await house.run("review", "close", review, "--finding", "justified", "--data", house.data)
        }
        let proof = house.client + "/kept.steleproof"
        let otherWallet = "\(house.client)/wallets/\(Self.other).wallet"
        try await house.run(
            "export", "record", "Observation/kept", "--wallet", otherWallet, "--data", house.data, "--out", proof)

        try await self.erased(house, served, proof, otherWallet, snapshot)
    }

    private static func isReady(_ served: Served) async throws -> Bool {
        (try? await served.client.send("GET", "/health/ready")) != nil
    }

    private func erased(
        _ house: House, _ served: Served, _ proof: String, _ otherWallet: String, _ snapshot: String
    ) async throws {
        let statement = house.client + "/destroyed.steleproof"
        try await house.run(
            "erase", Self.patient, "--because", "unlawful", "--data", house.data, "--out", statement)
        try await house.run("verify", statement, "--trust", house.data + "/trust.key")
        try await house.run("backup", house.root + "/after", "--data", house.data)
        for canary in house.canaries.prefix(3) {
            let answer = try? await served.operations.send("GET", "/fhir/Observation/" + canary)
            #expect(answer == nil)
        }
        // The other patient is as before, and what was proven before and is from now on verifies.
        for path in [proof, house.client + "/again.steleproof"] {
            if path != proof {
                try await house.run(
                    "export", "record", "Observation/kept", "--wallet", otherWallet, "--data", house.data, "--out",
                    path)
            }
            try await house.run("verify", path, "--trust", house.data + "/trust.key")
        }
        #expect(try await house.end(served, by: SIGTERM) == 0)
        try await house.run("inspect", "--deep", "--data", house.data)
        #expect(try house.traces(rowsOf: [house.data]) == [])
        #expect(try search(house, "of somebody else") == [], "what stays is sealed, too")

        // The old key store opens no more: not that of the backup, nor that of the copy that somebody made.
        let root = house.data + ".root"
        let restored = house.root + "/restored"
        let refused = try await house.run(
            "restore", house.root + "/before", "--data", restored, "--root", root, expecting: .badInput)
        #expect(refused.joined().contains("backup.other_node"))
        #expect(!FileManager.default.fileExists(atPath: restored))
        let settings = try String(contentsOfFile: snapshot + "/stele.toml", encoding: .utf8)
            .replacing(house.data, with: snapshot).replacing(snapshot + ".root", with: root)
        try settings.write(toFile: snapshot + "/stele.toml", atomically: true, encoding: .utf8)
        // Its node's keys are sealed under the root that was destroyed; with the newest, its key store still is.
        for code in ["key.file_rejected", "keys.epoch_retired"] {
            let process = try CoreDumpTests.start(["serve", "--data", snapshot], in: house.root + "/cwd")
            #expect(try await DemoTests.end(process) != 0)
            let said = try String(contentsOfFile: house.root + "/cwd/said", encoding: .utf8)
            let logged = try String(contentsOfFile: house.log, encoding: .utf8).split(separator: "\n").last ?? ""
            #expect(said.contains(code) || logged.contains(code), "\(said)\(logged)")
            try FileManager.default.removeItem(atPath: snapshot + "/keys")
            try FileManager.default.copyItem(atPath: house.root + "/mirror/keys", toPath: snapshot + "/keys")
        }

        // The old vault opens with the newest keys, for everybody but the patient.
        try await house.run(
            "restore", house.root + "/before", "--data", restored, "--root", root, "--keys", house.root + "/mirror")
        let again = try await house.serve(restored, "--accept-restored")
        let log = try await house.run("log", "--wallet", otherWallet, "--data", restored)
        #expect(!log.isEmpty)
        for path in ["Observation/" + house.canaries[1], "Patient/" + Self.patient, "DocumentReference/blob"] {
            let answer = try? await again.operations.send("GET", "/fhir/" + path)
            #expect(answer == nil, "\(path)")
        }
        #expect(try await house.end(again, by: SIGTERM) == 0)
        #expect(try house.traces(rowsOf: [house.data, restored]) == [])
    }

    private func search(_ house: House, _ text: String) throws -> [String] {
        try TextSearch(text).files(under: house.data)
    }
}

/// Looks for a text in every spelling in which it could be somewhere.
private struct TextSearch {
    private let spellings: [(how: String, bytes: Data)]

    init(_ text: String) {
        let utf8 = Data(text.utf8)
        let hex = Hex.encode(utf8)
        let utf16 = Data(text.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] })
        var spellings = [
            ("as it is", utf8), ("in upper case", Data(text.uppercased().utf8)), ("reversed", Data(utf8.reversed())),
            ("in hexadecimal", Data(hex.utf8)), ("in upper-case hexadecimal", Data(hex.uppercased().utf8)),
            ("in UTF-16", utf16),
        ]
        // The digits that stand for the text alone, whatever is around it: at each of three places in a group.
        for shift in 0..<3 {
            let digits = (Data(count: shift) + utf8).base64EncodedString().prefix { $0 != "=" }
            spellings.append(("in Base64", Data(digits.dropFirst(shift == 0 ? 0 : shift + 1).dropLast().utf8)))
        }
        self.spellings = spellings
    }

    private func found(_ bytes: Data, in place: String) -> [String] {
        spellings.filter { bytes.range(of: $0.bytes) != nil }.map { "\($0.how) in \(place)" }
    }

    /// Looks through every byte and the name of every file under `path`.
    func files(under path: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path).flatMap { name in
            let file = path + "/" + name
            let type = try FileManager.default.attributesOfItem(atPath: file)[.type] as? FileAttributeType
            let content = type == .typeRegular ? try Data(contentsOf: URL(filePath: file)) : Data()
            return found(Data(name.utf8), in: "the name \(file)") + found(content, in: file)
        }
    }

    /// Looks through every row of the stores of a stopped node, as they are read.
    func rows(ofStoresIn data: String) throws -> [String] {
        let stores = [
            ("ledger", LedgerStore.columnFamilies), ("keystore", Vault.keyFamilies), ("vault", Vault.contentFamilies),
        ]
        var found: [String] = []
        for (name, families) in stores {
            let store = try RocksDBStore(path: "\(data)/\(name)", columnFamilies: families)
            defer { try? store.close() }
            for family in families {
                var rows: [UInt8] = []
                try store.forEach(.all, in: family, reverse: false) { key, value in
                    rows += key + [0] + value + [0]
                    return true
                }
                found += self.found(Data(rows), in: "the rows of \(data)/\(name)/\(family.name)")
            }
        }
        return found
    }
}
