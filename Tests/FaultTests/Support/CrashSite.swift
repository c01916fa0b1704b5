// One directory that is loaded, killed, checked and loaded again, by processes of their own.
@testable import CrashWorker
import Foundation
import Testing

/// A house of `CrashWorker`, with the journal of everything it ever acknowledged.
struct CrashSite {
    let scratch: Scratch
    let seed: UInt64
    private var round = 0

    init(seed: UInt64) throws {
        scratch = try Scratch("crash")
        self.seed = seed
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    }

    /// What the worker keeps; nothing else is in it.
    var data: String { scratch("data") }
    var journal: String { scratch("journal") }

    /// Each round runs under a clock that is ahead of the last, as the check has moved it.
    private var offset: String { String(UInt64(round) * CrashWorker.expiryMs) }

    /// Loads the house and kills it after `delay`, unless a fault planned in `environment` ends it before.
    mutating func load(
        killedAfter delay: Duration, environment: [String: String] = [:]
    ) async throws -> Worker.Ending {
        round += 1
        let worker = try Worker(["load", data, "\(seed)", offset, "\(round)"], environment: environment)
        let (ending, output) = await end(worker, after: delay)
        let earlier = (try? String(contentsOfFile: journal, encoding: .utf8)) ?? ""
        try (earlier + output).write(toFile: journal, atomically: true, encoding: .utf8)
        return ending
    }

    /// Checks the house and kills that process after `delay`: it dies recovering, mending, or writing again.
    func killCheck(after delay: Duration) async throws {
        _ = await end(try Worker(["check", data, "\(seed)", offset, journal]), after: delay)
    }

    /// What the check says, `whole …` if nothing is amiss.
    func check() async throws -> String {
        let (ending, text) = try await Worker(["check", data, "\(seed)", offset, journal]).wait()
        return ending == .exited(0) ? text : "\(ending): \(text)"
    }

    private func end(
        _ worker: Worker, after delay: Duration
    ) async -> (ending: Worker.Ending, output: String) {
        let killer = Task {
            try await Task.sleep(for: delay)
            worker.kill()
        }
        defer { killer.cancel() }
        return await worker.wait()
    }
}
