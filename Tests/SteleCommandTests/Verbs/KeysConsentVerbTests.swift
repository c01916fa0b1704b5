// A patient's consent key is replaced while staff read, and gone on with wherever it was cut off.
import Contracts
import Cryptography
import Foundation
import Primitives
import Synchronization
import Testing

@testable import SteleCommand

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: InitCrashTests.executable.path)))
struct KeysConsentVerbTests {
    // Unchecked: the process is touched by the test alone; readers use its address.
    struct House: @unchecked Sendable {
        let folder = try! TemporaryDirectory()  // In the system's folder for such, which is there.
        let node: RunningNode
        var wallet: String { folder.path + "/wallets/p1.wallet" }

        init() async throws {
            node = try await RunningNode("data", organisation: "clinic", in: folder)
            let file = try folder.write(
                Array(
                    (#"{"resourceType":"Bundle","type":"collection","entry":["#
                        + #"{"resource":{"resourceType":"Patient","id":"p1","name":[{"text":"Pat"}]}},"#
                        + #"{"resource":{"resourceType":"Observation","id":"o1","status":"final","code":{"text":"x"},"#
                        + #""subject":{"reference":"Patient/p1"},"valueString":"v"}}]}"#).utf8), to: "p1.json")
            try await run("import", file, "--wallets", folder.path + "/wallets")
            try await run(
                "actor", "add", "reader", "--name", "Reader", "--role", "surgeon", "--key-out",
                folder.path + "/reader.pem")
        }

        @discardableResult
        func run(_ words: String..., failing code: String? = nil) async throws -> String {
            let terminal = TestTerminal()
            let result = await CommandTool(verbs: CommandTool.standardVerbs, terminal: terminal.terminal)
                .run(words + ["--data", node.data])
            let said = (terminal.output + terminal.errors).joined(separator: "\n")
            if let code {
                #expect(result != .success && said.contains(code), "\(said)")
            } else {
                #expect(result == .success, "\(words.joined(separator: " ")): \(said)")
            }
            return said
        }

        func grant(_ wallet: String, failing code: String? = nil) async throws {
            try await run(
                "grant", "--wallet", wallet, "--to", "role:surgeon@clinic", "--classes", "all", failing: code)
        }

        func read() async throws {
            try await run("read", "Observation/o1", "--key", folder.path + "/reader.pem", "--patient", "p1")
        }
    }

    private final class Flag: Sendable { let isSet = Mutex(false) }

    @Test func oldCopiesDecideNothingMoreAndNobodyNoticesMeanwhile() async throws {
        let house = try await House()
        try await house.grant(house.wallet)
        let copy = house.folder.path + "/copy.wallet"
        try Wallet.load(house.wallet).save(to: copy)
        let flag = Flag()
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    var count = 0
                    while !flag.isSet.withLock({ $0 }) {
                        try await house.read()
                        count += 1
                    }
                    return count
                }
            }
            for _ in 0..<3 { try await house.run("keys", "consent", "--wallet", house.wallet) }
            flag.isSet.withLock { $0 = true }
            return try await group.reduce(0, +)
        }
        #expect(count >= 3)
        try await house.grant(house.wallet)
        try await house.read()
        try await house.grant(copy, failing: "token.client")
        try await house.run("log", "--wallet", copy, failing: "token.client")
        #expect(try !house.folder.names.contains { $0.hasSuffix(".next") })
        try await house.node.stop()
    }

    /// Where an attempt can have been cut off: the new key made; signed in on the ledger; known to the custodian.
    @Test(arguments: 0..<3)
    func whatWasCutOffIsGoneOnWith(step: Int) async throws {
        let house = try await House()
        let old = try WalletFile(house.wallet)
        var wallet = old.wallet
        var subject = try old.subject(at: nil)
        let patient = try PatientConnection(wallet: old, subject: subject, client: house.node.client)
        let new = SigningKey.random(from: SystemRandom())
        subject.consentSeed = new.seed
        var next = Wallet(did: wallet.did)
        try next.put(subject)
        try next.create(at: house.wallet + ".next")
        // Meanwhile another custodian's subject came in, which must stay.
        var elsewhere = subject
        elsewhere.id = SystemRandom().bytes32()
        elsewhere.url = "https://elsewhere.test"
        elsewhere.consentSeed = SigningKey.random(from: SystemRandom()).seed
        try wallet.put(elsewhere)
        try wallet.save(to: house.wallet)
        try wallet.put(subject)
        if step > 0 { try await patient.act(ConsentRotateConsentKey(subject: subject.id, consentKey: new.publicKey)) }
        if step > 1 { try await patient.session.rotateActorKey(patient.identity.id, to: new.publicKey) }
        let url = try #require(old.wallet.subjects.first).url
        try await house.run(
            "keys", "consent", "--wallet", house.wallet, "--url", elsewhere.url, failing: "wallet.no_subject")
        let said = try await house.run("keys", "consent", "--wallet", house.wallet, "--url", url)
        #expect(said.contains(new.publicKey.hex))
        #expect(try Wallet.load(house.wallet) == wallet)
        #expect(!FileManager.default.fileExists(atPath: house.wallet + ".next"))
        try await house.node.stop()
    }

    @Test func nobodyElseReplacesIt() async throws {
        let house = try await House()
        // A wallet of somebody who has a key and no say.
        var wallet = try Wallet.load(house.wallet)
        var subject = wallet.subjects[0]
        subject.consentSeed = SigningKey.random(from: SystemRandom()).seed
        try wallet.put(subject)
        let stolen = house.folder.path + "/stolen.wallet"
        try wallet.save(to: stolen)
        try await house.run("keys", "consent", "--wallet", stolen, failing: "token.client")
        try await house.grant(house.wallet)
        try await house.node.stop()
    }
}
