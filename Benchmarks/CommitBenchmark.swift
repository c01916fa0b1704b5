// Benchmarks · the same transactions as single `records.anchor`, to a durable receipt, signing excluded.
import Cryptography
import Foundation
import Ledger
import Node
import Primitives
import Storage

enum CommitBenchmark: Benchmark {
    static let name = "ledger.commit"

    static func run(_ run: BenchmarkRun) async throws -> UInt64 {
        let fixture = try LedgerFixture(run, "commit")
        let consent = SigningKey.random(from: fixture.random)
        let subject = try await fixture.registerSubject(consentKey: consent.publicKey, classes: fixture.tokens())
        let count = run.size(120_000)
        let envelopes = (0..<count).map { _ in fixture.envelope(fixture.anchor(subject)) }
        await fixture.node.settle()
        let before = try size(of: fixture.path)
        let node = fixture.node
        let start = ContinuousClock.now
        try await withInFlight(512, count: count) { index in
            let receipt = try await node.submit(envelopes[index])
            precondition(receipt.isApplied)
        }
        let elapsed = ContinuousClock.now - start
        run.report(
            "ledger.commit", Double(count) / elapsed.seconds, .perSecond, ceiling: run.value(of: "ledger.ceiling"),
            n: count)
        let height = node.head.header.height
        run.report("ledger.commit.batch", Double(count) / Double(height), .count, n: count)
        await fixture.node.settle()
        try fixture.store.flush()
        run.report("disk.per_tx", Double(try size(of: fixture.path) - before) / Double(count), .bytes, n: count)
        try await fixture.close()
        return height
    }

    private static func size(of path: String) throws -> Int {
        var total = 0
        for case let url as URL in FileManager.default.enumerator(
            at: URL(fileURLWithPath: path), includingPropertiesForKeys: [.fileSizeKey]) ?? .init()
        {
            total += (try? url.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
        }
        return total
    }
}
