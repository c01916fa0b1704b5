// A patient's policy key is replaced by their wallet while staff read, and gone on with wherever it was cut off.
import Contracts
import Cryptography
import Foundation
import JSON
import Node
import Primitives
import Synchronization
import Testing

@testable import SteleCommand

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: InitCrashTests.executable.path)))
struct KeysPolicyVerbTests {
    private typealias House = KeysConsentVerbTests.House

    private final class Flag: Sendable { let isSet = Mutex(false) }

    private static func version(_ wallet: String) throws -> UInt32 {
        try #require(try Wallet.load(wallet).subjects.first).policyKey.version
    }

    @Test func readersGoOnAndWhatWasTakenAwayStaysChecked() async throws {
        let house = try await House()
        try await house.grant(house.wallet)
        try await house.run(
            "grant", "--wallet", house.wallet, "--deny", "--to", "role:surgeon@clinic", "--classes", "PSY")
        try await house.read()
        let (before, after) = (house.folder.path + "/before", house.folder.path + "/after")
        try await house.run("export", "p1", "--wallets", house.folder.path + "/wallets", "--out", before)
        let copy = house.folder.path + "/copy.wallet"
        try Wallet.load(house.wallet).save(to: copy)
        let grants = try GrantBook(walletPath: house.wallet).lines()
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
            for version in 2...4 {
                let said = try await house.run("keys", "policy", "--wallet", house.wallet)
                #expect(
                    said.contains("p1 has policy key \(version); grants stated under it: \(grants.count)."), "\(said)")
                #expect(!said.contains("not made with this wallet"))
            }
            flag.isSet.withLock { $0 = true }
            return try await group.reduce(0, +)
        }
        #expect(count >= 3)
        try await house.read()
        // Another copy of the wallet makes tokens of a key that is over; it asks for the one in force.
        try await house.run(
            "grant", "--wallet", copy, "--to", "role:nurse@clinic", "--classes", "all", failing: "policy_key.version")
        let said = try await house.run("keys", "policy", "--wallet", copy)
        #expect(said.contains("had policy key 4 already"), "\(said)")
        #expect(try Wallet.load(copy) == Wallet.load(house.wallet))
        // Grants are ended by the ids they always had, and the words are as they were.
        for grant in grants where grant.words.hasPrefix("permit to=role:surgeon@clinic") {
            try await house.run("revoke", grant.grant.hex, "--wallet", house.wallet)
        }
        await #expect(throws: (any Error).self) { try await Self.read(house) }
        try await house.grant(house.wallet)
        try await house.read()
        for place in [before, after] {
            if place == after {
                try await house.run("export", "p1", "--wallets", house.folder.path + "/wallets", "--out", after)
            }
            let terminal = TestTerminal()
            let code = await terminal.run("verify", place, "--trust", house.node.trust)
            #expect(code == .success, "\(terminal.errors)")
        }
        try await house.node.stop()
    }

    private struct NotReleased: Error {}

    /// Reads as staff, throwing where nothing is released.
    private static func read(_ house: House) async throws {
        let terminal = TestTerminal()
        let code = await CommandTool(verbs: CommandTool.standardVerbs, terminal: terminal.terminal).run([
            "read", "Observation/o1", "--key", house.folder.path + "/reader.pem", "--patient", "p1", "--data",
            house.node.data,
        ])
        if code != .success { throw NotReleased() }
    }

    /// Where an attempt can have been cut off: before anything; the key made and the profiles registered; some grants
    /// stated; all of them; the ledger moved on and the wallet not told.
    @Test(arguments: 0..<5)
    func whatWasCutOffIsGoneOnWith(step: Int) async throws {
        let house = try await House()
        for _ in 0..<2 { try await house.grant(house.wallet) }
        let count = try GrantBook(walletPath: house.wallet).lines().count
        let file = try WalletFile(house.wallet)
        let patient = try PatientConnection(wallet: file, subject: file.subject(at: nil), client: house.node.client)
        if step > 0 {
            var next = try await patient.policyKeyToCome(patient.ownGrants())
            #expect(next.key.version == 2 && next.grants.count == count && next.grants.allSatisfy(\.isWhole))
            if step == 2 { next.grants.removeLast() }
            if step > 1 { try await patient.state(next) }
            if step > 3 {
                try await patient.act(ConsentRotatePolicyKey(subject: patient.subject.id, policyKeyVersion: 2))
            }
        }
        try await house.read()
        #expect(try Self.version(house.wallet) == 1)
        let said = try await house.run("keys", "policy", "--wallet", house.wallet)
        #expect(said.contains("p1 \(step > 3 ? "had" : "has") policy key 2"), "\(said)")
        #expect(try Self.version(house.wallet) == 2)
        try await house.read()
        try await house.grant(house.wallet)
        try await house.node.stop()
    }

    /// A consent key replaced halfway, and the policy key after that: each takes the other's place in the wallet along.
    @Test func bothKeysGoTogether() async throws {
        let house = try await House()
        try await house.grant(house.wallet)
        let old = try #require(try Wallet.load(house.wallet).subjects.first)
        var next = Wallet(did: try Wallet.load(house.wallet).did)
        var subject = old
        subject.consentSeed = SigningKey.random(from: SystemRandom()).seed
        try next.put(subject)
        try next.create(at: house.wallet + ".next")
        try await house.run("keys", "policy", "--wallet", house.wallet)
        try await house.run("keys", "consent", "--wallet", house.wallet)
        let both = try #require(try Wallet.load(house.wallet).subjects.first)
        #expect(both.policyKey.version == 2 && both.consentSeed == subject.consentSeed)
        // What was left of that after all was done is not in the way.
        try next.create(at: house.wallet + ".next")
        try await house.run("keys", "policy", "--wallet", house.wallet)
        try await house.run("keys", "consent", "--wallet", house.wallet)
        #expect(try Self.version(house.wallet) == 3)
        try await house.grant(house.wallet)
        try await house.read()
        try await house.node.stop()
    }

    @Test func whatTheWalletDidNotMakeIsShownAndWhatNobodyReadsIsRefused() async throws {
        let house = try await House()
        try await house.grant(house.wallet)
        let book = GrantBook(walletPath: house.wallet)
        let path = house.wallet + ".grants"
        let words = try Data(contentsOf: URL(filePath: path))
        // Made elsewhere, as far as this wallet knows: the custodian reads it.
        try FileManager.default.removeItem(atPath: path)
        let shown = try await house.run("keys", "policy", "--wallet", house.wallet, failing: "policy_key.foreign")
        #expect(shown.contains("permit to=role:surgeon@clinic classes=all purposes=TREAT"), "\(shown)")
        #expect(try Self.version(house.wallet) == 1)
        func mark(_ text: String) throws -> String {
            String(try #require(text.firstMatch(of: /--as-read ([0-9a-f]{16})/)).1)
        }
        // Of something else nobody has agreed to this.
        try await house.run(
            "keys", "policy", "--as-read", "0123456789abcdef", "--wallet", house.wallet, failing: "policy_key.foreign")
        let said = try await house.run("keys", "policy", "--as-read", try mark(shown), "--wallet", house.wallet)
        #expect(said.contains("p1 has policy key 2"), "\(said)")
        try await house.read()
        // A deny of which nobody has the words might forbid more than can be read.
        try await house.run(
            "grant", "--wallet", house.wallet, "--deny", "--to", "role:nurse@clinic", "--classes", "PSY")
        let deny = try #require(try book.lines().last)
        let own = try Data(contentsOf: URL(filePath: path))
        try FileManager.default.removeItem(atPath: path)
        let unread = try await house.run("keys", "policy", "--wallet", house.wallet, failing: "policy_key.foreign")
        let refused = try await house.run(
            "keys", "policy", "--as-read", try mark(unread), "--wallet", house.wallet, failing: "policy_key.unread")
        #expect(refused.contains(deny.grant.hex))
        #expect(try Self.version(house.wallet) == 2)
        try await house.read()
        try (words + own).write(to: URL(filePath: path))
        try await house.run("keys", "policy", "--wallet", house.wallet)
        #expect(try Self.version(house.wallet) == 3)
        try await house.read()
        try await house.node.stop()
    }

    /// Somebody with a copy of the wallet ended a replacement before the patient knew: the patient replaces the consent
    /// key, and then the policy key that they were told.
    @Test func whatAThiefEndedIsReplacedAgain() async throws {
        let house = try await House()
        try await house.grant(house.wallet)
        let stolen = house.folder.path + "/stolen.wallet"
        try Wallet.load(house.wallet).save(to: stolen)
        try Data(contentsOf: URL(filePath: house.wallet + ".grants")).write(to: URL(filePath: stolen + ".grants"))
        try await house.run("keys", "policy", "--wallet", stolen)
        let theirs = try #require(try Wallet.load(stolen).subjects.first).policyKey
        try await house.run("keys", "consent", "--wallet", house.wallet)
        let said = try await house.run("keys", "policy", "--wallet", house.wallet)
        #expect(said.contains("policy key 2 was told to somebody") && said.contains("p1 has policy key 3"), "\(said)")
        let own = try #require(try Wallet.load(house.wallet).subjects.first).policyKey
        #expect(own.version == 3 && own.secret != theirs.secret)
        try await house.read()
        // The patient's other copies are told no more than what is in force.
        let again = try await house.run("keys", "policy", "--wallet", house.wallet)
        #expect(again.contains("p1 has policy key 4"), "\(again)")
        // A key that a restored ledger fell back to is taken on demand alone.
        var later = try Wallet.load(house.wallet)
        var subject = try #require(later.subjects.first)
        subject.policyKey = try PolicyKey(version: 9, secret: own.secret)
        later = Wallet(did: later.did)
        try later.put(subject)
        try later.save(to: house.wallet)
        try await house.run("keys", "policy", "--wallet", house.wallet, failing: "policy_key.earlier")
        try await house.run("keys", "policy", "--restored", "--wallet", house.wallet)
        #expect(try Self.version(house.wallet) == 4)
        try await house.read()
        try await house.node.stop()
    }

    /// A custodian that tells of a grant what it does not say gets no signature for it.
    @Test func theLayoutIsThePatientsOwn() async throws {
        let house = try await House()
        try await house.run(
            "grant", "--wallet", house.wallet, "--to", "role:surgeon@clinic", "--classes", "all", "--except", "PSY")
        let file = try WalletFile(house.wallet)
        let patient = try PatientConnection(wallet: file, subject: file.subject(at: nil), client: house.node.client)
        let own = try patient.ownGrants()
        let told = try await patient.policyKeyToCome(own)
        let index = try #require(told.grants.firstIndex { !$0.labels.except.isEmpty })
        let grant = told.grants[index]
        let (key, random) = (patient.subject.policyKey, SystemRandom())
        let restated = try #require(grant.restated(from: key, to: told.key, random: random))
        #expect(restated.tokens.except?.tokens.contains(told.key.token(for: .sensitivity("PSY"))) == true)
        var hidden = grant
        hidden.tokens.except = nil
        var moved = grant
        (moved.tokens.grantees, moved.tokens.classes) = (grant.tokens.classes, grant.tokens.grantees)
        var swapped = grant
        swapped.tokens.except = grant.tokens.classes
        for lie in [hidden, moved, swapped] {
            #expect(lie.restated(from: key, to: told.key, random: random) == nil)
        }
        try await house.node.stop()
    }

    @Test func anOfficerReplacesThatOfAnUnclaimedWalletAndNoOther() async throws {
        let house = try await House()
        try await house.run("keys", "policy", "p1", failing: "vault.wallet_claimed")
        try await house.run("keys", "policy", "nobody", failing: "subject.not_enrolled")
        try await house.run("keys", "policy", "p1", "--wallet", house.wallet, failing: "usage.operands")
        _ = try await house.node.operations.send(
            "POST", "/custodian/v1/subjects",
            body: .json(["patient": "p2", "display_name": "Pat Two", "treating_permit": true]))
        let said = try await house.run("keys", "policy", "p2")
        #expect(said.contains("p2 has policy key 2"), "\(said)")
        // A member of staff is told nobody's key.
        let key = try InputFile(house.folder.path + "/reader.pem").readSigningKey()
        for session in [
            NodeSession(
                house.node.client, ClientIdentity(id: "reader", key: key),
                TokenWish(scope: "user/*.rs", purposes: ["TREAT"])), house.node.operations,
        ] {
            do throws(SteleError) {
                _ = try await session.policyKey(after: 1)
                Issue.record("somebody else was told a patient's policy key")
            } catch { #expect(error.code.name == "subject.not_yours", "\(error)") }
        }
        try await house.node.stop()
    }
}
