// A patient's own copy from end to end: made by one node, checked without it, brought to another, made there again.
import Cryptography
import Foundation
import JSON
import Ledger
import Primitives
import Testing

@testable import SteleCommand

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: InitCrashTests.executable.path)))
struct CopyTests {
    static let patient = "marta-kestrel"
    static let sample = DemoTests.samples + "/patients/01-marta-kestrel.json"

    static func note(_ id: String, _ text: String, data: String = "bm90ZQ==") -> String {
        #"{"resourceType":"DocumentReference","id":"\#(id)","status":"current","description":"\#(text)","#
            + #""subject":{"reference":"Patient/marta-kestrel"},"#
            + #""content":[{"attachment":{"contentType":"text/plain","data":"\#(data)"}}]}"#
    }

    /// A node with a patient who has records of one, two and three versions, one of them deleted, one large.
    static func house(_ folder: TemporaryDirectory) async throws -> RunningNode {
        let node = try await RunningNode("first", organisation: "st-anna", in: folder)
        let imported = await TestTerminal().run(
            "import", sample, "--data", node.data, "--wallets", folder.path + "/wallets")
        try #require(imported == .success)
        try await node.put("DocumentReference/a", note("a", "one"))
        try await node.put("DocumentReference/a", note("a", "<script>alert(1)</script>"))
        try await node.put("DocumentReference/b", note("b", "two"))
        try await node.delete("DocumentReference/b")
        try await node.put("DocumentReference/b", note("b", "three"))
        let upwards =
            #"{"resourceType":"Bundle","type":"collection","entry":[{"resource":"#
            + note("..", "a name that leads upwards") + "}]}"
        _ = try await node.operations.send("POST", "/custodian/v1/import", body: .fhir(Array(upwards.utf8)))
        try await node.put("DocumentReference/gone", note("gone", "four"))
        try await node.delete("DocumentReference/gone")
        try await node.put(
            "DocumentReference/large", note("large", "large", data: String(repeating: "AAAA", count: 700_000)))
        return node
    }

    static func export(
        _ node: RunningNode, _ folder: TemporaryDirectory, wallets: String = "wallets", to place: String
    ) async -> TestTerminal {
        let terminal = TestTerminal()
        let code = await terminal.run(
            "export", patient, "--wallets", "\(folder.path)/\(wallets)", "--data", node.data, "--out", place)
        #expect(code == .success, "\(terminal.errors)")
        return terminal
    }

    /// What a check of a changed copy says, after `change`.
    static func check(
        _ copy: String, trust: String, after change: (String) throws -> Void
    ) async throws -> (code: ExitCode, said: String) {
        let place = copy + "-changed"
        try? FileManager.default.removeItem(atPath: place)
        try FileManager.default.copyItem(atPath: copy, toPath: place)
        try change(place)
        let terminal = TestTerminal()
        let code = await terminal.run("verify", place, "--trust", trust)
        return (code, terminal.errors.joined(separator: "\n"))
    }

    static func flip(_ path: String) throws {
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(filePath: path))
    }

    static func manifest(_ copy: String) throws -> CopyManifest { try #require(CopyFolder(copy)).manifest().manifest }

    @Test func namesEveryFileThatIsNotWhatItWas() async throws {
        let folder = try TemporaryDirectory()
        let node = try await Self.house(folder)
        let copy = folder.path + "/copy"
        _ = await Self.export(node, folder, to: copy)
        try await node.stop()

        // Nobody cosigned this ledger: whoever asks for a witness is told which proofs have none.
        let stranger = Cosigner(name: "witness.example/one", key: .random(from: SystemRandom()))
        let witness = try folder.write(Array(stranger.verifierKey.text.utf8), to: "witness.key")
        let alone = TestTerminal()
        #expect(await alone.run("verify", copy, "--trust", node.trust, "--witness", witness) == .refused)
        let said = alone.errors.joined(separator: "\n")
        for proof in try CopyFolder(copy)!.names() where proof.hasSuffix(".steleproof") {
            #expect(said.contains("\(proof): 0 of the trusted witnesses cosigned"), "\(proof) in \(said)")
        }
        let unasked = TestTerminal()
        #expect(
            await unasked.run("verify", copy, "--trust", node.trust, "--witness", witness, "--require", "0")
                == .success)
        #expect(unasked.output.contains { $0.contains("single signer: rewritable") })

        let whole = try await Self.check(copy, trust: node.trust) { _ in }
        #expect(whole.code == .success, "\(whole.said)")
        for name in [
            "records/DocumentReference/a/1.json", "records/DocumentReference/_../1.json",
            "proofs/records/DocumentReference/b/2.steleproof", "access-log.jsonl", "proofs/access-log.steleproof",
            "index.html", "trust.key", "manifest.json",
        ] {
            let flipped = try await Self.check(copy, trust: node.trust) { try Self.flip("\($0)/\(name)") }
            // A changed manifest is one that the patient did not sign, or none.
            let said = name == "manifest.json" ? "manifest" : name
            #expect(flipped.code != .success && flipped.said.contains(said), "\(name): \(flipped.said)")
            guard name != "manifest.json" else { continue }
            let removed = try await Self.check(copy, trust: node.trust) {
                try FileManager.default.removeItem(atPath: "\($0)/\(name)")
            }
            #expect(removed.code == .refused && removed.said.contains(name), "\(name): \(removed.said)")
        }
        let added = try await Self.check(copy, trust: node.trust) {
            try Data("x".utf8).write(to: URL(filePath: "\($0)/records/more.json"))
        }
        #expect(added.code == .refused && added.said.contains("records/more.json"))
        let shorter = try await Self.check(copy, trust: node.trust) { place in
            let lines = try String(contentsOfFile: place + "/access-log.jsonl", encoding: .utf8).split(separator: "\n")
            try Data((lines.dropFirst().joined(separator: "\n") + "\n").utf8)
                .write(to: URL(filePath: place + "/access-log.jsonl"))
        }
        #expect(shorter.code == .refused && shorter.said.contains("access-log.jsonl"))
    }

    /// Whoever has the wallet can sign what they like; what the ledger shows holds against them too.
    @Test func noticesWhatIsMissingEvenFromASignedManifest() async throws {
        let folder = try TemporaryDirectory()
        let node = try await Self.house(folder)
        let copy = folder.path + "/copy"
        _ = await Self.export(node, folder, to: copy)
        try await node.stop()
        let wallet = try Wallet.load("\(folder.path)/wallets/\(Self.patient).wallet")
        let key = try #require(wallet.subjects.first).consentKey()
        func sign(_ manifest: CopyManifest, _ place: String) throws {
            let signature = Hex.encode(key.sign(tag: "copy", manifest.encoded)) + "\n"
            try Data(manifest.encoded).write(to: URL(filePath: place + "/manifest.json"))
            try Data(signature.utf8).write(to: URL(filePath: place + "/manifest.sig"))
        }
        let without = try await Self.check(copy, trust: node.trust) { place in
            var manifest = try Self.manifest(place)
            let version = try #require(manifest.versions.last)
            manifest.versions.removeLast()
            for path in [version.content, version.proof] {
                manifest.files[path] = nil
                try FileManager.default.removeItem(atPath: "\(place)/\(path)")
            }
            try sign(manifest, place)
        }
        #expect(without.code == .refused && without.said.contains("1 exported versions are not in the copy"))
        let shortened = try await Self.check(copy, trust: node.trust) { place in
            var manifest = try Self.manifest(place)
            let log = try String(contentsOfFile: place + "/access-log.jsonl", encoding: .utf8)
            let bytes = Array((log.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n").utf8)
            try Data(bytes).write(to: URL(filePath: place + "/access-log.jsonl"))
            manifest.files["access-log.jsonl"] = SHA256.hash(bytes)
            try sign(manifest, place)
        }
        #expect(shortened.code == .refused && shortened.said.contains("access-log.jsonl"))
    }

    @Test func keepsItsProofsAtAnotherCustodian() async throws {
        let folder = try TemporaryDirectory()
        let first = try await Self.house(folder)
        let copy = folder.path + "/copy"
        _ = await Self.export(first, folder, to: copy)
        try await first.stop()

        let second = try await RunningNode("second", organisation: "st-elsewhere", in: folder)
        let imported = TestTerminal()
        #expect(
            await imported.run("import", copy, "--data", second.data, "--wallets", folder.path + "/others") == .success,
            "\(imported.errors)")
        let again = TestTerminal()
        #expect(
            await again.run("import", copy, "--data", second.data, "--wallets", folder.path + "/others") == .success)
        let versions = try Self.manifest(copy).versions
        #expect(imported.output[0].hasPrefix("\(versions.count) versions written"))
        #expect(again.output[0].hasPrefix("0 versions written with their proofs, \(versions.count) there"))
        let back = folder.path + "/back"
        _ = await Self.export(second, folder, wallets: "others", to: back)
        try await second.stop()

        let there = try Self.manifest(back).versions
        #expect(there.map(\.content) == versions.map(\.content))
        for version in versions {
            #expect(
                FileManager.default.contentsEqual(
                    atPath: "\(copy)/\(version.content)", andPath: "\(back)/\(version.content)"),
                "\(version.content)")
        }
        let both = TestTerminal()
        #expect(await both.run("verify", back, "--trust", second.trust, "--trust", first.trust) == .success)
        #expect(both.output.contains { $0.contains("\(versions.count) proofs of origin hold") }, "\(both.output)")
        let one = TestTerminal()
        #expect(await one.run("verify", back, "--trust", second.trust) == .success)
        #expect(one.output.contains { $0.contains("NOT CHECKED: \(versions.count) proofs of origin") })
        let wrong = TestTerminal()
        #expect(await wrong.run("verify", back, "--trust", first.trust) == .refused)
        let origin = try await Self.check(back, trust: second.trust) {
            try Self.flip("\($0)/\(there[0].origin(0))")
        }
        #expect(origin.code == .refused && origin.said.contains(there[0].origin(0)))
    }

    @Test func leavesNothingHalfDoneAndNothingOpen() async throws {
        let folder = try TemporaryDirectory()
        let node = try await Self.house(folder)
        let copy = folder.path + "/copy"
        _ = await Self.export(node, folder, to: copy)
        for path in try FileManager.default.subpathsOfDirectory(atPath: copy) + ["."] {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(copy)/\(path)")
            #expect((attributes[.posixPermissions] as? Int ?? 0) & 0o077 == 0, "\(path) is open to others")
        }
        let page = try String(contentsOfFile: copy + "/index.html", encoding: .utf8)
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !page.contains("<script"))
        #expect(!page.contains("http://") && !page.contains("https://"))

        let taken = TestTerminal()
        let words = ["--wallets", folder.path + "/wallets", "--data", node.data, "--out"]
        #expect(
            await taken.run("export", Self.patient, words[0], words[1], words[2], words[3], words[4], copy) == .badInput
        )
        #expect(taken.errors.contains { $0.contains("copy.exists") })
        // Without the permit there is no copy, and nothing is left of the attempt.
        let wallet = "\(folder.path)/wallets/\(Self.patient).wallet"
        let grant = try #require(GrantBook(walletPath: wallet).lines().first).grant.hex
        #expect(await TestTerminal().run("revoke", grant, "--wallet", wallet, "--data", node.data) == .success)
        let refused = TestTerminal()
        let other = folder.path + "/other"
        #expect(
            await refused.run("export", Self.patient, words[0], words[1], words[2], words[3], words[4], other)
                == .refused)
        #expect(refused.errors.contains { $0.contains("access.refused") })
        #expect(try folder.names.filter { $0.contains("other") || $0.contains("partial") } == [])
        try await node.stop()
    }
}
