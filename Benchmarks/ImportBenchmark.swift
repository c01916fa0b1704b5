// Benchmarks · a folder of bundles brought into a custodian, in process: parse, check, seal, anchor, index.
import FHIR
import Foundation
import JSON
import Node
import Primitives
import SteleCommand
import SteleTesting
import Synchronization
import Vault

/// The requests that `stele import` makes of the Synthea folder, answered in process by a custodian that enrols the
/// patients, durable as in service. What the client does (reading files, resolving references) is done before.
enum ImportBenchmark: Benchmark {
    static let name = "import"
    /// How many requests are under way, as with the command.
    private static let inFlight = 6

    static func run(_ run: BenchmarkRun) async throws -> UInt64 {
        guard let paths = try paths(run) else {
            run.note("import: no bundles to import; give their folder as STELE_BUNDLES")
            return 0
        }
        let bodies = try await ImportBodies(paths)
        // In files, so that the memory measured is the custodian's.
        let folder = try run.freshDirectory("import-bodies")
        for index in 0..<bodies.count {
            try Data(bodies.body(index)).write(to: URL(fileURLWithPath: "\(folder)/\(index)"))
        }
        try stages(run, folder, min(bodies.count, run.size(24, minimum: 1)))
        let house = try await TestCustodian(try run.freshDirectory("import"))
        let counts = Counts()
        let memory = residentByteCount
        let cpu = BenchmarkRun.processorTime
        let start = ContinuousClock.now
        try await withInFlight(inFlight, count: bodies.patients.count) { index in
            _ = try await house.custodian.enrolUnclaimed(
                SubjectDraft(
                    patient: bodies.patients[index].id, displayName: bodies.patients[index].name, consentKey: .zero,
                    organisation: house.custodian.organisation), EnrolmentTerms(treatingPermit: true))
        }
        for range in [0..<bodies.sharedCount, bodies.sharedCount..<bodies.count] {
            try await withInFlight(inFlight, count: range.count) { index in
                let body = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(range.lowerBound + index)")))
                let records = RecordImport(
                    into: house.custodian, enrolling: EnrolmentTerms(treatingPermit: true))
                let outcome = try await records.run(Bundle(importing: body))
                let count = outcome.results.count {
                    if case .written(let written) = $0 { written.isNew } else { false }
                }
                counts.add(count, outcome.results)
            }
        }
        let seconds = (ContinuousClock.now - start).seconds
        let (written, other) = counts.values
        guard other == 0, written == bodies.resourceCount else {
            throw BenchmarkError(message: "not all \(bodies.resourceCount) resources came in; refused: \(counts.codes)")
        }
        run.report(
            "import.synthea", Double(written) / seconds, .perSecond, ceiling: run.value(of: "ledger.ceiling"),
            n: written)
        run.report("import.synthea", processorTimeSince: cpu, n: written)
        run.report(
            "import.memory", Double(max(0, residentByteCount - memory)) / Double(written) * 100_000, .bytes, n: written
        )
        run.note("import: \(bodies.repeatCount) equal repeats left out, \(bodies.count) requests")
        try await house.stop()
        return UInt64(written)
    }

    /// The folder that `STELE_BUNDLES` names, else the Synthea archive unpacked beside the benchmarks, else the plain
    /// files that lie beside the archive; a few files when scaled down.
    private static func paths(_ run: BenchmarkRun) throws -> [String]? {
        let data = "../shared/data/synthea"
        var folder = ProcessInfo.processInfo.environment["STELE_BUNDLES"]
        if folder == nil, run.scale == 1, FileManager.default.fileExists(atPath: data + "/bundles.tar.zst") {
            folder = try unpack(data + "/bundles.tar.zst", to: run.freshDirectory("synthea"))
        }
        let found = folder ?? data + "/plain"
        guard let names = try? FileManager.default.subpathsOfDirectory(atPath: found) else { return nil }
        let files = names.filter { $0.hasSuffix(".json") }.sorted().map { "\(found)/\($0)" }
        return files.isEmpty ? nil : Array(files.prefix(run.size(files.count, minimum: 2)))
    }

    private static func unpack(_ archive: String, to folder: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "zstd -dc --long=27 \"$0\" | tar x -C \"$1\"", archive, folder]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchmarkError(message: "the archive does not unpack") }
        return folder
    }

    /// Each stage of the work before anything is locked, alone on one core.
    private static func stages(_ run: BenchmarkRun, _ folder: String, _ count: Int) throws {
        var bodies: [[UInt8]] = []
        for index in 0..<count {
            bodies.append([UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(index)"))))
        }
        var nodes: [JSONNode] = []
        let parsing = try time { nodes = try bodies.map { try JSONDocument(parsing: $0).root } }
        let entries = nodes.flatMap { $0["entry"].map { $0.elements.compactMap { $0["resource"] } } ?? [] }
        var resources: [Resource] = []
        let checking = try time { resources = try entries.map { try Resource($0) } }
        var sum = 0
        let stages: [(String, Duration)] = [
            ("parse", parsing), ("check", checking),
            ("validate", try time { for one in resources { try one.requireValid() } }),
            ("links", time { for one in resources { sum += one.links.count } }),
            ("labels", try time { for one in resources { sum += try Labels.labels(of: one).count } }),
            ("facts", try time { for one in resources { sum += try SearchFacts(of: one).encoded.count } }),
            (
                "draft",
                try time {
                    for one in resources { sum += try RecordDraft(one, lastUpdated: SystemTime().now()).labels.count }
                }
            ),
        ]
        for (stage, duration) in stages {
            run.report(
                "import.stage.\(stage)", duration.seconds / Double(resources.count) * 1e6, .us, n: resources.count)
        }
    }

    private static func time(_ body: () throws -> Void) rethrows -> Duration {
        let start = ContinuousClock.now
        try body()
        return ContinuousClock.now - start
    }

    /// What this process holds in memory, in bytes. Source: proc(5), `/proc/self/statm`.
    private static var residentByteCount: Int {
        let words = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
        return words.count > 1 ? (Int(words[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
    }

    private final class Counts: Sendable {
        private struct State {
            var written = 0
            var other = 0
            var codes: [String: Int] = [:]
        }
        private let state = Mutex(State())  // Added to as requests are answered.

        var values: (written: Int, other: Int) { state.withLock { ($0.written, $0.other) } }
        var codes: [String: Int] { state.withLock { $0.codes } }

        func add(_ written: Int, _ results: [RecordImport.Result]) {
            state.withLock { state in
                state.written += written
                state.other += results.count - written
                for case .failed(let error) in results { state.codes[error.code.name, default: 0] += 1 }
            }
        }
    }
}
