// Benchmarks · what one sync costs on this disk: the floor under every latency.
import Glibc

enum FdatasyncBenchmark: Benchmark {
    static let name = "fdatasync"

    static func run(_ run: BenchmarkRun) async throws -> UInt64 {
        let path = try run.freshDirectory("fdatasync") + "/file"
        let file = unsafe open(path, O_RDWR | O_CREAT, 0o600)
        precondition(file >= 0)
        defer { close(file) }
        let block = [UInt8](repeating: 1, count: 4096)
        var latencies: [Duration] = []
        for _ in 0..<run.size(1000) {
            let start = ContinuousClock.now
            // Appending, as a write-ahead log does.
            precondition(unsafe write(file, block, block.count) == block.count && fdatasync(file) == 0)
            latencies.append(ContinuousClock.now - start)
        }
        run.report("fdatasync", latencies: latencies)
        return UInt64(latencies.count)
    }
}
