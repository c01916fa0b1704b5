// Benchmarks · structural validation of the repository's sample patients, on one core.
import FHIR
import Foundation
import JSON

enum ValidateBenchmark: Benchmark {
    static let name = "fhir.validate"

    static func run(_ run: BenchmarkRun) async throws -> UInt64 {
        let folder = "Samples/patients/"
        var resources: [Resource] = []
        for file in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            let bundle = try Bundle(parsing: [UInt8](Data(contentsOf: URL(fileURLWithPath: folder + file))))
            // As they are stored: each by itself, with its own white space.
            for entry in bundle.entries {
                if let bytes = entry.resource?.bytes { resources.append(try Resource(parsing: bytes)) }
            }
        }
        let rounds = run.size(2_000)
        var sum: UInt64 = 0
        let start = ContinuousClock.now
        for _ in 0..<rounds {
            for resource in resources { sum += UInt64(ResourceValidator.issues(in: resource).count) }
        }
        let count = rounds * resources.count
        let elapsed = ContinuousClock.now - start
        run.report(name, elapsed.seconds * 1e6 / Double(count), .us, n: count)
        return sum + UInt64(count)
    }
}
