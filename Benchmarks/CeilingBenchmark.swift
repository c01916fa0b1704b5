// Benchmarks · how fast both cores verify presigned transactions: what no ledger on this machine can beat.
import Ledger
import Primitives
import Synchronization

enum CeilingBenchmark: Benchmark {
    static let name = "ledger.ceiling"

    static func run(_ run: BenchmarkRun) async throws -> UInt64 {
        let fixture = try LedgerFixture(run, "ceiling")
        let subject = fixture.random.bytes32()
        let count = run.size(60_000)
        let transactions = try (0..<count).map { _ in
            try Transaction(decoding: fixture.envelope(fixture.anchor(subject)))
        }
        let start = ContinuousClock.now
        let valid = await withTaskGroup(of: Int.self) { group in
            for half in 0..<2 {
                group.addTask {
                    var valid = 0
                    for index in stride(from: half, to: count, by: 2) where transactions[index].isSigned() {
                        valid += 1
                    }
                    return valid
                }
            }
            return await group.reduce(0, +)
        }
        let elapsed = ContinuousClock.now - start
        precondition(valid == count)
        run.report("ledger.ceiling", Double(count) / elapsed.seconds, .perSecond, n: count)
        run.report(
            "ledger.envelope", Double(transactions.reduce(0) { $0 + $1.envelope.count }) / Double(count), .bytes,
            n: count)
        try await fixture.close()
        return UInt64(valid)
    }
}
