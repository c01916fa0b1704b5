// Benchmarks · the command: runs all benchmarks or those named, prints and keeps the figures.
import Foundation

@main
struct Main {
    static let all: [any Benchmark.Type] = [
        FdatasyncBenchmark.self, CeilingBenchmark.self, CommitBenchmark.self, LatencyBenchmark.self,
        StagesBenchmark.self, ValidateBenchmark.self, DecideBenchmark.self, ProofBenchmark.self, HTTPBenchmark.self,
        ReadBenchmark.self, SearchBenchmark.self, ImportBenchmark.self, LeakBenchmark.self, AccessLogBenchmark.self,
        AccountBenchmark.self,
    ]

    static func main() async {
        do {
            try await run()
        } catch {
            FileHandle.standardError.write(Data("benchmarks: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func run() async throws {
        var scale = 1
        var directory = FileManager.default.currentDirectoryPath + "/.build/bench"
        var output: String?
        var names: [String] = []
        for argument in CommandLine.arguments.dropFirst() {
            if argument.hasPrefix("--scale=") {
                scale = Int(argument.dropFirst(8)) ?? 1
            } else if argument.hasPrefix("--directory=") {
                directory = String(argument.dropFirst(12))
            } else if argument.hasPrefix("--output=") {
                output = String(argument.dropFirst(9))
            } else {
                names.append(argument)
            }
        }
        let run = BenchmarkRun(scale: scale, directory: directory)
        print("machine: \(run.machine)")
        var sum: UInt64 = 0
        for benchmark in all where names.isEmpty || names.contains(where: { benchmark.name.hasPrefix($0) }) {
            sum &+= try await benchmark.run(run)
        }
        print("sum \(sum)")
        if let output {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try encoder.encode(run.figures).write(to: URL(fileURLWithPath: output))
        }
        try? FileManager.default.removeItem(atPath: directory)
    }
}
