// Every call of every contract, with arguments that are valid and mean nothing, from keys that may and keys that may
// not, against a running ledger: each is answered, none stops the node, and the whole ledger recomputes afterwards.
@testable import CrashWorker
import Contracts
import Cryptography
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Testing

@Suite struct ContractHostileTests {
    /// A ledger with the standard contracts and two subjects.
    struct Fixture {
        let site: ToySite
        let store: MemoryStore
        let node: LedgerNode
        let wallets: [SigningKey]
        let subjects: [SubjectID]

        init() async throws {
            site = try ToySite(seed: 9)
            store = try site.store()
            node = try site.network.start(
                store, signStateIn: site.scratch.path, contracts: StandardContracts(), time: site.clock)
            let random = site.random
            wallets = (0..<2).map { _ in SigningKey.random(from: random) }
            subjects = (0..<2).map { _ in random.bytes32() }
            for (subject, wallet) in zip(subjects, wallets) {
                let receipt = try await submit(
                    RecordsRegisterSubject.declaration.name,
                    RecordsRegisterSubject(subject: subject, consentKey: wallet.publicKey).encodedArguments(),
                    [site.network.nodeKey])
                #expect(receipt.isApplied)
            }
        }

        func submit(_ call: String, _ arguments: [UInt8], _ keys: [SigningKey]) async throws -> Receipt {
            let unsigned = UnsignedTransaction(
                chainID: node.chainID, signer: keys[0].publicKey, validUntil: site.clock.now().seconds + 60, call: call,
                arguments: arguments, random: site.random)
            return try await node.submit(unsigned.signed(by: keys))
        }

        func expectWhole() async throws {
            #expect(node.fault == nil)
            await node.settle()
            let check = try LedgerCheck(store, network: site.network.genesis)
            #expect(check.findings.texts == [])
        }
    }

    @Test func validNonsenseIsAppliedOrRefusedAndNeverStopsTheNode() async throws {
        let fixture = try await Fixture()
        let network = fixture.site.network
        let stranger = SigningKey.random(from: fixture.site.random)
        let keys = [network.nodeKey, network.adminKey, network.voteKey, stranger] + fixture.wallets
        var generator = ArgumentGenerator(seed: Extent.seed)
        generator.known = fixture.subjects + keys.map(\.publicKey)
        var (appliedCount, refusedCount) = (0, 0)
        for _ in 0..<Extent.count("STELE_CALLS", usual: 15) {
            for call in Contract.all.flatMap(\.calls) {
                let key = keys[Int(generator.number(below: UInt64(keys.count)))]
                let receipt = try await fixture.submit(call.name, generator.arguments(of: call), [key])
                if receipt.isApplied { appliedCount += 1 } else { refusedCount += 1 }
                #expect(
                    receipt.isApplied || Contract.refusal(status: receipt.status) != nil,
                    "seed \(Extent.seed), \(call.name)")
                // Ids that a call has brought into being are used by later ones.
                if generator.known.count < 200 { generator.known.append(receipt.transactionID) }
            }
        }
        #expect(
            appliedCount > 5 && refusedCount > 100,
            "seed \(Extent.seed): \(appliedCount) applied, \(refusedCount) refused")
        try await fixture.expectWhole()
    }

    @Test func argumentsOfOtherCallsAreRefusedByName() async throws {
        let fixture = try await Fixture()
        let head = fixture.node.head.header
        var generator = ArgumentGenerator(seed: 8)
        let calls = Contract.all.flatMap(\.calls)
        for call in calls {
            for wrong in [[0xa0], [0x80], [], [0xf6], [0xbf, 0xff], [0xa1, 0x18, 0x63, 0x00]] as [[UInt8]] {
                await #expect("\(call.name)") {
                    _ = try await fixture.submit(call.name, wrong, [fixture.site.network.nodeKey])
                } throws: {
                    ($0 as? SteleError)?.code == .contractArguments
                }
            }
            let other = calls[Int(generator.number(below: UInt64(calls.count)))]
            guard other.arguments != call.arguments else { continue }
            let arguments = generator.arguments(of: other)
            guard (try? call.check(arguments: arguments)) == nil else { continue }
            await #expect(throws: SteleError.self) {
                try await fixture.submit(call.name, arguments, [fixture.site.network.nodeKey])
            }
        }
        for name in ["records.anchors", "records", "x.y", "consent.grant2"] {
            await #expect {
                _ = try await fixture.submit(name, [0xa0], [fixture.site.network.nodeKey])
            } throws: {
                ($0 as? SteleError)?.code == .contractUnknownCall
            }
        }
        #expect(fixture.node.head.header == head)
        try await fixture.expectWhole()
    }
}
