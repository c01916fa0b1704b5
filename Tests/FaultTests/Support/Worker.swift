// The process that is killed: started, watched and ended from a test.
import Foundation

/// One run of `CrashWorker`, which lies beside the tests.
final class Worker: Sendable {
    /// How a run ended.
    enum Ending: Equatable {
        case killed
        case exited(Int32)
    }

    private static let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("CrashWorker")
    private let process: Process
    private let ending: Task<Ending, Never>

    /// Starts the worker with standard output at the end of the file `output`.
    init(_ arguments: [String], output: String, failpoints: String? = nil) throws {
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        if let failpoints {
            process.environment = ProcessInfo.processInfo.environment.merging(["STELE_FAILPOINTS": failpoints]) { $1 }
        }
        if !FileManager.default.fileExists(atPath: output) {
            try Data().write(to: URL(fileURLWithPath: output))
        }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        try file.seekToEnd()
        process.standardOutput = file
        let (endings, continuation) = AsyncStream<Ending>.makeStream()
        process.terminationHandler = { process in
            continuation.yield(
                process.terminationReason == .uncaughtSignal ? .killed : .exited(process.terminationStatus))
            continuation.finish()
        }
        try process.run()
        self.process = process
        ending = Task {
            for await ending in endings { return ending }
            return .exited(-1)
        }
    }

    /// Kills the process at once, as loss of power or the kernel would; nothing in it gets to run.
    func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

    /// Waits until the process is gone.
    func wait() async -> Ending { await ending.value }
}
