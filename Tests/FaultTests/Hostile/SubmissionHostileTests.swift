// Transactions as a hostile or unlucky sender submits them to a running node: each gets a code, and the node goes on.
import Cryptography
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Testing

@Suite struct SubmissionHostileTests {
    private func code(_ node: LedgerNode, _ envelope: [UInt8]) async -> ErrorCode? {
        do {
            _ = try await node.submit(envelope)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func theSameTransactionAHundredTimesAtOnceGetsOneReceipt() async throws {
        let site = try ToySite()
        let store = try site.store()
        let node = try site.node(store)
        for round in 0..<10 {
            let (envelope, other) = (site.envelope(round), site.envelope(100 + round))
            let receipts = try await withThrowingTaskGroup(of: Receipt.self) { group in
                for copy in 0..<100 {
                    group.addTask { try await node.submit(copy == 50 ? other : envelope) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(receipts).count == 2 && receipts.count == 100)
        }
        await node.settle()
        let leafCount = try store.scan(prefix: [], in: LedgerStore.columnFamilies[4]).count
        #expect(leafCount == 20)
    }

    /// Two envelopes of one body are one transaction, whoever signed along.
    @Test func otherSignaturesMakeNoOtherTransaction() async throws {
        let site = try ToySite()
        let node = try site.node(site.store())
        let unsigned = UnsignedTransaction(
            chainID: site.network.genesis.chainID, signer: site.network.nodeKey.publicKey,
            validUntil: site.clock.now().seconds + 60, call: "toy.set",
            arguments: ToyContracts.arguments(key: "a", value: "1"), random: site.random)
        let alone = unsigned.signed(by: [site.network.nodeKey])
        let together = unsigned.signed(by: [site.network.adminKey, site.network.nodeKey])
        async let first = node.submit(alone)
        async let second = node.submit(together)
        #expect(try await first == second)
    }

    @Test func timesAreCheckedToTheSecond() async throws {
        let site = try ToySite()
        let node = try site.node(site.store())
        #expect(await code(node, site.envelope(1, validFor: 600)) == nil)
        #expect(await code(node, site.envelope(2, validFor: 601)) == .transactionExpired)
        #expect(await code(node, site.envelope(3, validFor: 0)) == nil)
        let late = site.envelope(4, validFor: 5)
        site.clock.advance(milliseconds: 6000)
        #expect(await code(node, late) == .transactionExpired)
        for validUntil: UInt64 in [0, 1, 1 << 40] {
            let envelope = site.network.envelope(
                "toy.set", ToyContracts.arguments(key: "a", value: "1"), validUntil: validUntil, random: site.random)
            #expect(await code(node, envelope) == .transactionExpired)
        }
        let beyond = site.network.envelope(
            "toy.set", ToyContracts.arguments(key: "a", value: "1"), validUntil: .max, random: site.random)
        #expect(await code(node, beyond) == .transactionMalformed)
    }

    /// A receipt outlives the transaction's own time: whoever asks late learns what became of it.
    @Test func anAcceptedTransactionIsAnsweredForEver() async throws {
        let site = try ToySite()
        let node = try site.node(site.store())
        let envelope = site.envelope(1, validFor: 5)
        let receipt = try await node.submit(envelope)
        site.clock.advance(milliseconds: 3_600_000)
        _ = try await node.submit(site.envelope(2))
        #expect(try await node.submit(envelope) == receipt)
    }

    @Test func rubbishLeavesNoTrace() async throws {
        let site = try ToySite()
        let node = try site.node(site.store())
        _ = try await node.submit(site.envelope(0))
        let head = node.head.header
        var random = SeededGenerator(seed: Extent.seed)
        let valid = site.envelope(1)
        for _ in 0..<Extent.count("STELE_MUTATIONS", usual: 3000) {
            var bytes = valid
            for _ in 0...Int.random(in: 0..<2, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
            guard bytes != valid else { continue }
            let code = await code(node, bytes)
            #expect(
                [.transactionMalformed, .transactionSignature, .transactionNetwork, .transactionExpired].contains(code),
                "seed \(Extent.seed): \(String(describing: code))")
        }
        #expect(node.head.header == head && node.fault == nil)
        #expect(await code(node, valid) == nil)
    }

    @Test func aForeignTransactionIsRefusedByName() async throws {
        let site = try ToySite()
        let node = try site.node(site.store())
        let other = try ToySite(seed: 2)
        #expect(await code(node, other.envelope(1)) == .transactionNetwork)
    }

    /// 200 transactions of 4 KiB from 200 senders: more than one block, every one in order.
    @Test func aCrowdOfLargeTransactionsIsServed() async throws {
        let site = try ToySite()
        let node = try site.node(site.store())
        let envelopes = (0..<200).map { number in
            site.network.envelope(
                "toy.set", ToyContracts.arguments(key: "k\(number)", value: String(repeating: "x", count: 4000)),
                validUntil: site.clock.now().seconds + 600, random: site.random)
        }
        let receipts = try await withThrowingTaskGroup(of: Receipt.self) { group in
            for envelope in envelopes { group.addTask { try await node.submit(envelope) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(receipts.count == 200 && Set(receipts.map(\.logIndex)).count == 200)
    }
}
