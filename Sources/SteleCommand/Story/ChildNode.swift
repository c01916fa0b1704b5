// SteleCommand · a node as a process of its own.
internal import Foundation
internal import Primitives

/// `stele serve` as a child process: started, waited for, stopped.
final class ChildNode {
    /// Longest wait until the node answers.
    static let startLimit = Duration.seconds(60)
    /// Longest wait until it has stopped by itself.
    static let stopLimit = Duration.seconds(20)

    private let process = Process()

    /// Starts a node on `data` and returns once it is ready. What it says goes to the end of `log`.
    init(_ executable: String, data: String, log: String, client: NodeClient) async throws {
        if !FileManager.default.fileExists(atPath: log) {
            _ = FileManager.default.createFile(atPath: log, contents: nil)
        }
        guard let output = FileHandle(forWritingAtPath: log) else {
            throw SteleError(
                .demoUnexpected, "the node's log cannot be written", hint: "check the folder's permissions")
        }
        _ = try output.seekToEnd()
        process.executableURL = URL(filePath: executable)
        process.arguments = ["serve", "--data", data]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        do {
            try await waitUntilReady(client)
        } catch {
            await stop()
            throw error
        }
    }

    private func waitUntilReady(_ client: NodeClient) async throws {
        let end = ContinuousClock.now + Self.startLimit
        while ContinuousClock.now < end {
            guard process.isRunning else {
                throw SteleError(
                    .demoUnexpected, "the node ended before it was ready", hint: "read node.log in the demo's folder")
            }
            if (try? await client.send("GET", "/health/ready", timeout: .seconds(5))) != nil { return }
            try await Task.sleep(for: .milliseconds(25))
        }
        throw SteleError(
            .demoUnexpected, "the node was not ready in time", hint: "read node.log in the demo's folder")
    }

    /// The process id.
    var identifier: Int32 { process.processIdentifier }

    /// Stops the node in order and returns its exit code; kills it if it does not stop in time.
    @discardableResult
    func stop() async -> Int32 {
        guard process.isRunning else { return process.terminationStatus }
        process.terminate()
        let end = ContinuousClock.now + Self.stopLimit
        while process.isRunning, ContinuousClock.now < end {
            // A cancelled demonstration stops its node too, so the pause must not be skipped.
            await Task { try? await Task.sleep(for: .milliseconds(10)) }.value
        }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        return process.terminationStatus
    }
}
