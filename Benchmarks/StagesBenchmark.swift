// Benchmarks · where the microseconds of one `records.anchor` go, each stage alone on one core.
import Contracts
import Cryptography
import Ledger
import Node
import Primitives
import SteleTesting
import Storage

enum StagesBenchmark: Benchmark {
    static let name = "ledger.stage"
    private static let batchCount = 500

    static func run(_ run: BenchmarkRun) async throws -> UInt64 {
        let fixture = try LedgerFixture(run, "stages")
        let consent = SigningKey.random(from: fixture.random)
        let subject = try await fixture.registerSubject(consentKey: consent.publicKey, classes: fixture.tokens())
        let count = run.size(20_000, minimum: batchCount)
        let contracts = StandardContracts()
        let calls = (0..<count).map { _ in fixture.anchor(subject) }
        let envelopes = calls.map { fixture.envelope($0) }

        func measure<Result>(_ stage: String, _ body: (Int) throws -> Result) throws -> [Result] {
            var results: [Result] = []
            results.reserveCapacity(count)
            let start = ContinuousClock.now
            for index in 0..<count { results.append(try body(index)) }
            run.report(
                "ledger.stage.\(stage)", (ContinuousClock.now - start).seconds / Double(count) * 1e6, .us, n: count)
            return results
        }

        let transactions = try measure("decode") { try Transaction(decoding: envelopes[$0]) }
        let signed = try measure("verify") { transactions[$0].isSigned() }
        precondition(signed.allSatisfy { $0 })
        let prepared = try measure("arguments") { try contracts.prepare(transactions[$0]) }
        let state = StateView(reader: FixtureState(fixture.store))
        let outcomes = try measure("contract") { index in
            defer { state.applyTransaction() }
            return try prepared[index].execute(
                in: CallContext(
                    transactionID: transactions[index].id, signer: transactions[index].body.signer,
                    signers: transactions[index].signers, time: SystemTime().now(), height: 9, state: state))
        }
        precondition(outcomes.allSatisfy { $0.status == 0 })
        var log = LogTiles()
        _ = try measure("log") { index in
            let leaf = Leaf(
                kind: .transaction, status: 0, index: UInt32(index), height: 9, id: transactions[index].id,
                resultHash: SHA256.hash(outcomes[index].result))
            log.append(leafHash: LogTree.leafHash(of: leaf.encoded))
        }
        // Tree, store and sync work on whole blocks.
        let tree = StateTree(source: FixtureState(fixture.store))
        try perBlock(run, "tree", count) { range in
            try tree.apply(
                range.map { StateUpdate(key: calls[$0].versions[0].record.bytes, value: calls[$0].encodedArguments()) })
        }
        func batch(_ range: Range<Int>) -> WriteBatch {
            var batch = WriteBatch(capacity: range.count * 1024)
            let family = LedgerStore.columnFamilies[7]
            for index in range {
                let id = transactions[index].id.bytes
                batch.put([0] + id, envelopes[index], in: family)
                batch.put([1] + id, [UInt8](repeating: 1, count: 8), in: family)
                batch.put([2] + id, calls[index].encodedArguments(), in: family)
                batch.put([3] + id, [UInt8](repeating: 1, count: 8), in: family)
            }
            return batch
        }
        try perBlock(run, "store", count) { try fixture.store.write(batch($0), sync: false) }
        try perBlock(run, "store_and_sync", count) { try fixture.store.write(batch($0), sync: true) }
        try await fixture.close()
        return log.tree.count
    }

    private static func perBlock(
        _ run: BenchmarkRun, _ stage: String, _ count: Int, _ body: (Range<Int>) throws -> Void
    ) throws {
        let start = ContinuousClock.now
        for first in stride(from: 0, to: count, by: batchCount) { try body(first..<min(first + batchCount, count)) }
        run.report("ledger.stage.\(stage)", (ContinuousClock.now - start).seconds / Double(count) * 1e6, .us, n: count)
    }
}

/// The committed rows of a fixture, read as the chain reads them.
private final class FixtureState: StateReader, StateNodeSource {
    private let store: RocksDBStore

    init(_ store: RocksDBStore) { self.store = store }

    func value(for key: [UInt8]) throws(SteleError) -> [UInt8]? {
        try store.get(key, in: LedgerStore.columnFamilies[5])
    }

    func rows(prefix: [UInt8]) throws(SteleError) -> [(key: [UInt8], value: [UInt8])] {
        try store.scan(prefix: prefix, in: LedgerStore.columnFamilies[5])
    }

    func page(_ key: [UInt8]) throws(SteleError) -> [UInt8]? { nil }
}
