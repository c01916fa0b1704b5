// Benchmarks · a lone client: submit, wait for the durable receipt, again.
import Cryptography
import Node
import Primitives

enum LatencyBenchmark: Benchmark {
    static let name = "ledger.latency"

    static func run(_ run: BenchmarkRun) async throws -> UInt64 {
        let fixture = try LedgerFixture(run, "latency")
        let consent = SigningKey.random(from: fixture.random)
        let subject = try await fixture.registerSubject(consentKey: consent.publicKey, classes: fixture.tokens())
        var latencies: [Duration] = []
        for _ in 0..<run.size(2000) {
            let envelope = fixture.envelope(fixture.anchor(subject))
            let start = ContinuousClock.now
            let receipt = try await fixture.node.submit(envelope)
            latencies.append(ContinuousClock.now - start)
            precondition(receipt.isApplied)
        }
        run.report("ledger.latency", latencies: latencies)
        try await fixture.close()
        return UInt64(latencies.count)
    }
}
