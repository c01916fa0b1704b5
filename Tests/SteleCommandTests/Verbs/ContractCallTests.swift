// Contract calls from the command line to the ledger of a running node: as the operator, with a key, with a wallet.
import Contracts
import Cryptography
import Foundation
import Node
import Primitives
import Testing

@testable import SteleCommand

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: InitCrashTests.executable.path)))
struct ContractCallTests {
    /// A key in a file, as `--key` names it.
    private struct KeyFile {
        let key = SigningKey.random(from: SystemRandom())
        let path: String

        init(_ name: String, in folder: TemporaryDirectory) throws {
            path = try folder.write(key.pem.exposedCopy(), to: name)
        }

        var hex: String { key.publicKey.hex }
    }

    private func said(_ words: [String], _ node: RunningNode) async -> (code: ExitCode, text: String) {
        let terminal = TestTerminal()
        let code = await terminal.run(words + ["--data", node.data])
        return (code, (terminal.output + terminal.errors).joined(separator: "\n"))
    }

    private func applies(_ node: RunningNode, _ words: String...) async {
        let (code, text) = await said(words, node)
        #expect(code == .success && text.hasPrefix("applied: transaction "), "\(words): \(text)")
    }

    private func refuses(_ node: RunningNode, _ code: String, _ hint: String, _ words: String...) async {
        let (exit, text) = await said(words, node)
        #expect(exit != .success && text.contains(code) && text.contains(hint), "\(words): \(text)")
    }

    @Test func callsReachTheLedger() async throws {
        let folder = try TemporaryDirectory()
        let node = try await RunningNode("node", organisation: "clinic", in: folder)
        try await governs(node, folder)
        try await namesWhatIsWrong(node, folder)
        try await signsForAPatient(node, folder)
        try await node.stop()
    }

    private func governs(_ node: RunningNode, _ folder: TemporaryDirectory) async throws {
        let (admin, other) = (try KeyFile("admin.pem", in: folder), try KeyFile("other.pem", in: folder))
        let member = try KeyFile("member.pem", in: folder)
        await applies(
            node, "network", "add_organisation", "--organisation", "st-anna", "--admin-key", member.hex, "--node-key",
            other.hex)
        await applies(node, "network", "set_parameters", "--review-seconds", "7200")
        await applies(node, "network", "add_key", "--member-key", admin.hex, "--kind", "admin")
        // The new admin key governs too, from a file, and so does that of the new member for its own keys.
        let added = SigningKey.random(from: SystemRandom()).publicKey.hex
        await applies(node, "network", "add_key", "--member-key", added, "--kind", "override", "--key", admin.path)
        await applies(node, "network", "revoke_key", "--member-key", added)
        await refuses(
            node, "network_key.unknown", "check the key", "network", "revoke_key", "--member-key", added, "--key",
            member.path)
        await refuses(
            node, "signer.not_allowed", "docs/spec/contracts.md", "network", "set_parameters", "--review-seconds",
            "7200",
            "--key", member.path)
        let own = try NodeSetup.load(Configuration.load(node.data + "/stele.toml")).keys.node.publicKey.hex
        await refuses(node, "keys.in_force", "stele keys node", "network", "revoke_key", "--member-key", own)
    }

    private func namesWhatIsWrong(_ node: RunningNode, _ folder: TemporaryDirectory) async throws {
        let zero = Bytes32.zero.hex
        let erase = ["records", "erase", "--subject", zero, "--reason", "withdrawn"]
        let (code, text) = await said(erase, node)
        #expect(code == .refused && text.contains("contract.reserved") && text.contains("stele erase"), "\(text)")
        let added = SigningKey.random(from: SystemRandom()).publicKey.hex
        let call = ["network", "add_key", "--member-key", added, "--kind", "node"]
        func refuses(_ code: String, _ words: String...) async {
            let (exit, text) = await said(call + words, node)
            #expect(exit != .success && text.contains(code), "\(words): \(text)")
        }
        await refuses("file.missing", "--key", folder.path + "/none.pem")
        await refuses("key.malformed", "--key", try folder.write(Array("no key".utf8), to: "bad.pem"))
        let stranger = try KeyFile("stranger.pem", in: folder)
        await refuses(
            "file.permissions", "--key", try folder.write(stranger.key.pem.exposedCopy(), to: "open", mode: 0o644))
        await refuses("signer.not_allowed", "--key", stranger.path)
        await refuses("usage.value", "--signer", "abc")
        await refuses("usage.option", "--signer", stranger.hex, "--key", stranger.path)
        await refuses("usage.option", "--as", "ward")
        await refuses("usage.option", "--wallet", "marta.wallet")
        await refuses("token.client", "--key", stranger.path, "--as", "nobody")
        let handedOut = await said(call + ["--signer", stranger.hex], node)
        #expect(
            handedOut.code == .success && handedOut.text.hasPrefix("not submitted: an admin key of the organisation"))
        #expect(handedOut.text.contains("--key FILE"))
        // Staff who are no officers ask with their own key, and the contract decides.
        let ward = folder.path + "/ward.pem"
        let joined = await said(["actor", "add", "ward", "--name", "Ward", "--role", "nurse", "--key-out", ward], node)
        #expect(joined.code == .success, "\(joined.text)")
        await refuses("signer.not_allowed", "--key", ward, "--as", "ward")
    }

    private func signsForAPatient(_ node: RunningNode, _ folder: TemporaryDirectory) async throws {
        let wallets = folder.path + "/wallets"
        let imported = await said(["import", CopyTests.sample, "--wallets", wallets], node)
        try #require(imported.code == .success, "\(imported.text)")
        let wallet = "\(wallets)/\(CopyTests.patient).wallet"
        let subject = try #require(try Wallet.load(wallet).subjects.first)
        let (episode, delegate) = (SystemRandom().bytes32().hex, try KeyFile("delegate.pem", in: folder))
        let words = ["consent", "open_episode", "--subject", subject.id.hex, "--episode", episode]
        // The operator asks, the patient's wallet signs.
        let answer = TestTerminal()
        #expect(await answer.run(words + ["--data", node.data, "--json"]) == .success)
        let file = try folder.write(Array(answer.output.joined(separator: "\n").utf8), to: "answer.json")
        let signed = await said(["sign", file, "--wallet", wallet], node)
        #expect(signed.code == .success && signed.text.contains("signing consent.open_episode"), "\(signed.text)")
        await applies(
            node, "consent", "register_delegate", "--subject", subject.id.hex, "--delegate", delegate.hex, "--kind",
            "proxy", "--not-after", String(SystemTime().now().seconds + 86_400), "--wallet", wallet)
        await applies(
            node, "consent", "end_episode", "--subject", subject.id.hex, "--episode", episode, "--key", delegate.path)
        await refuses(
            node, "episode.ended", "open a new episode", "consent", "open_episode", "--subject", subject.id.hex,
            "--episode", episode, "--key", delegate.path)
    }
}
