// The one door of the ledger: what identifies somebody does not pass, whoever brings it.
import Contracts
import Cryptography
import Foundation
import Leaks
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Testing
import Vault

@Suite struct LeakGuardTests {
    static let identifier = "HOSP-7712-Q"
    static let patient =
        #"{"resourceType":"Patient","id":"6f0c1b1e-9d1c-4a57-8f0e-0d5f2f6b9a11","identifier":[{"system":"http://h.example","value":"HOSP-7712-Q"}],"name":[{"family":"Quackenbosch","given":["Tirza"]}],"telecom":[{"system":"phone","value":"+1 555 0142"}]}"#

    private func withHouse(_ body: (TestCustodian, TestCustodian.Wallet) async throws -> Void) async throws {
        let directory = NSTemporaryDirectory() + "stele-leaks-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let house = try await TestCustodian(directory)
        let wallet = try await house.enrol("6f0c1b1e-9d1c-4a57-8f0e-0d5f2f6b9a11", name: "Tirza Quackenbosch")
        try await body(house, wallet)
        try await house.stop()
    }

    /// Registers an actor whose id is `field`, signed by the node's key as by a program of the custodian.
    private func submit(_ field: [UInt8], to house: TestCustodian) async throws -> Receipt {
        let random = SystemRandom()
        let call = IdentityRegister(
            actor: try #require(Bytes32(field)), didCommitment: random.bytes32(), keyCommitment: random.bytes32())
        let maker = UnsignedTransactionMaker(
            chainID: house.custodian.ledger.chainID, time: house.clock, random: house.random)
        return try await house.custodian.ledger.submit(maker.envelope(call, key: house.network.nodeKey))
    }

    private func expectRefused(_ text: String, by house: TestCustodian) async throws {
        let size = house.custodian.ledger.head.header.logSize
        for field in [
            SHA256.hash(Array(text.utf8)).bytes,
            Array(text.utf8.prefix(16)) + SystemRandom().bytes(32).suffix(32 - text.utf8.prefix(16).count),
        ] {
            do {
                _ = try await submit(field, to: house)
                Issue.record("\(text) passed")
            } catch let error as SteleError {
                #expect(error.code == .leakRefused)
                #expect(!error.description.contains(text) && !error.hint.contains(text))
            }
        }
        #expect(house.custodian.ledger.head.header.logSize == size, "nothing entered a block")
    }

    @Test func identifiersAreKnownOnceWrittenAndAfterARestart() async throws {
        try await withHouse { house, wallet in
            #expect(try await submit(SHA256.hash(Array(Self.identifier.utf8)).bytes, to: house).isApplied)
            _ = try await house.custodian.write(
                [Submission(try TestCustodian.resource(Self.patient))], patient: wallet.patient)
            for text in [Self.identifier, "Quackenbosch", "tirza quackenbosch", wallet.patient] {
                try await expectRefused(text, by: house)
            }
            let refused = try #require(house.custodian.ledger.leaks?.refusedCount)
            #expect(refused == 8)
            try await house.restart()
            try await expectRefused(Self.identifier, by: house)
            try await expectRefused("Quackenbosch", by: house)
            #expect(try await submit(SystemRandom().bytes(32), to: house).isApplied)
        }
    }

    /// By chance a token may look like somebody's number: here it is made to. Nobody could choose another, so it passes
    /// where it belongs, and nowhere else.
    @Test func whatCanBeNothingElsePassesWhereItBelongs() async throws {
        try await withHouse { house, wallet in
            let role = Label.role(code: "surgeon", organisation: house.custodian.organisation)
            let token = wallet.policyKey.token(for: role)
            let another = SystemRandom().bytes32()
            for (number, field) in [token, wallet.subject, another].enumerated() {
                let id = "6f0c1b1e-9d1c-4a57-8f0e-0d5f2f6b9a1\(number + 2)"
                _ = try await house.enrol(id)
                _ = try await house.custodian.write(
                    [
                        Submission(
                            try TestCustodian.resource(
                                #"{"resourceType":"Patient","id":"\#(id)","identifier":[{"value":"\#(field.hex)"}]}"#))
                    ], patient: id)
                await #expect(throws: SteleError.self) { _ = try await submit(field.bytes, to: house) }
            }
            // The role is known here once somebody has it.
            _ = try await house.custodian.addActor(
                ActorDraft(
                    id: "p-surgeon", kind: .person, displayName: "Surgeon", roles: ["surgeon"],
                    key: .okp(house.network.nodeKey.publicKey)))
            let permit = house.permit(wallet, to: [role], classes: [.all])
            let made = try await house.submit(ConsentGrant(subject: wallet.subject, grants: [permit]), by: wallet)
            #expect(made.isApplied)
            var planted = permit
            planted.termsCommitment = another
            await #expect(throws: SteleError.self) {
                _ = try await house.submit(ConsentGrant(subject: wallet.subject, grants: [planted]), by: wallet)
            }
        }
    }

    @Test func aDecodedTransactionOfThisProcessIsInspectedToo() async throws {
        try await withHouse { house, _ in
            let maker = UnsignedTransactionMaker(
                chainID: house.custodian.ledger.chainID, time: house.clock, random: house.random)
            let call = NetworkRevokeKey(
                key: try #require(Bytes32(Array("Jennifer".utf8) + [UInt8](repeating: 0, count: 24))))
            let admitted = try maker.admitted(call, key: house.network.adminKey)
            await #expect(throws: SteleError.self) { _ = try await house.custodian.ledger.submit(admitted) }
        }
    }

    /// Whatever comes before the dictionary is ready waits for it and is not let through.
    @Test func whatIsSubmittedAtOnceIsInspected() async throws {
        let directory = NSTemporaryDirectory() + "stele-leaks-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let random = SystemRandom()
        let network = try TestNetwork(random: random, time: SystemTime().now())
        let node = try network.start(
            MemoryStore(columnFamilies: LedgerStore.columnFamilies), signStateIn: directory,
            contracts: StandardContracts(),
            time: SystemTime(), leaks: LeakGuard(LeakCoverage(years: 1900...1905, digitCountMax: 5)))
        func envelope(_ field: Bytes32) -> [UInt8] {
            network.envelope(
                "network.revoke_key", NetworkRevokeKey(key: field).encodedArguments(), key: network.adminKey,
                validUntil: SystemTime().now().seconds + 60, random: random)
        }
        await withTaskGroup(of: Bool.self) { group in
            for index in 0..<32 {
                let field = index % 2 == 0 ? SHA256.hash(Array(String(10_000 + index).utf8)) : random.bytes32()
                group.addTask {
                    do throws(SteleError) {
                        _ = try await node.submit(envelope(field))
                        return index % 2 == 1
                    } catch {
                        return index % 2 == 0 && error.code == .leakRefused
                    }
                }
            }
            for await isAsExpected in group { #expect(isAsExpected) }
        }
        #expect(node.leaks?.refusedCount == 16)
        await node.settle()
    }
}
