// Benchmarks · what a benchmark is and how its figures are kept.
import Foundation
import Glibc
import Primitives

/// One line of `bench-results.json`.
struct Figure: Encodable {
    /// What a value is in. Readers of the file know these words and no others.
    enum Unit: String, Encodable {
        case perSecond = "1/s"
        case ms, us, bytes
        /// Things counted, or so many of them on average.
        case count
    }

    let name: String
    let value: Double
    let unit: Unit
    var ceiling: Double?
    var ratio: Double?
    let n: Int
    let machine: String

    enum CodingKeys: String, CodingKey { case name, value, unit, ceiling, ratio, n, machine }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(value, forKey: .value)
        try container.encode(unit, forKey: .unit)
        try container.encode(ceiling, forKey: .ceiling)
        try container.encode(ratio, forKey: .ratio)
        try container.encode(n, forKey: .n)
        try container.encode(machine, forKey: .machine)
    }
}

/// What a run knows and collects.
final class BenchmarkRun {
    /// Divides every size, so that tests can run all benchmarks in a moment.
    let scale: Int
    let machine: String
    let directory: String
    private(set) var figures: [Figure] = []

    init(scale: Int, directory: String) {
        self.scale = scale
        self.directory = directory
        machine = Self.describeMachine()
    }

    /// `count` divided by the scale, at least `minimum`.
    func size(_ count: Int, minimum: Int = 16) -> Int { max(minimum, count / scale) }

    /// Keeps and prints a figure. Each has a name of its own: readers look them up by it.
    func report(_ name: String, _ value: Double, _ unit: Figure.Unit, ceiling: Double? = nil, n: Int) {
        precondition(self.value(of: name) == nil, "two figures are called \(name)")
        let figure = Figure(
            name: name, value: value, unit: unit, ceiling: ceiling, ratio: ceiling.map { value / $0 }, n: n,
            machine: machine)
        figures.append(figure)
        let ratio = figure.ratio.map { String(format: "  %.0f %% of %.0f", 100 * $0, ceiling ?? 0) } ?? ""
        let line = String(
            format: "%@ %12.1f %@", name.padding(toLength: 28, withPad: " ", startingAt: 0), value, unit.rawValue)
        FileHandle.standardOutput.write(Data((line + ratio + "\n").utf8))
    }

    /// Says how far a benchmark has come.
    func note(_ text: String) { FileHandle.standardOutput.write(Data(("  " + text + "\n").utf8)) }

    func value(of name: String) -> Double? { figures.first { $0.name == name }?.value }

    /// Reports p50 and p99 of `latencies`, in milliseconds.
    func report(_ name: String, latencies: [Duration]) {
        let sorted = latencies.sorted()
        guard !sorted.isEmpty else { return }
        for (suffix, share) in [("p50", 0.5), ("p99", 0.99)] {
            let value = sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
            report("\(name).\(suffix)", value.milliseconds, .ms, n: sorted.count)
        }
    }

    /// Reports how much processor time, the driver's included, each of `n` took since ``processorTime`` was `start`:
    /// the figure that other programs on the machine disturb least.
    func report(_ name: String, processorTimeSince start: Duration, n: Int) {
        report("\(name).cpu", (Self.processorTime - start).seconds / Double(n) * 1e6, .us, n: n)
    }

    /// The processor time of this process so far.
    static var processorTime: Duration {
        var time = timespec()
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    func freshDirectory(_ name: String) throws -> String {
        let path = directory + "/" + name
        try? FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    private static func describeMachine() -> String {
        let info = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let model = info.split(separator: "\n").first { $0.hasPrefix("model name") }?.split(separator: ":").last ?? "?"
        return "\(model.trimmingCharacters(in: .whitespaces)), \(sysconf(Int32(_SC_NPROCESSORS_ONLN))) cores"
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
    var milliseconds: Double { seconds * 1000 }
}

/// One measurement: prepares, runs, reports, and returns a sum of its output so that the work cannot vanish.
protocol Benchmark: Sendable {
    static var name: String { get }
    static func run(_ run: BenchmarkRun) async throws -> UInt64
}
