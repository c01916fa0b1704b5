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
    private let output: Task<String, Never>

    /// Starts the worker with `environment` added to that of the tests.
    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
            .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        // A pipe and not a file: what is in it outlives the writer, and no limit on files holds it back.
        let pipe = Pipe()
        process.standardOutput = pipe
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
        output = Task {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
                    continuation.resume(returning: String(decoding: bytes, as: UTF8.self))
                }
            }
        }
    }

    /// Kills the process at once, as loss of power or the kernel would; nothing in it gets to run.
    func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

    /// Waits until the process is gone; returns how it ended, and everything it wrote.
    func wait() async -> (ending: Ending, output: String) { (await ending.value, await output.value) }
}
