// A node of a network of its own, as a process that a test starts and stops.
import Foundation
import HTTPClient
import Primitives
import Testing

@testable import SteleCommand

final class RunningNode {
    let data: String
    let client: NodeClient
    let operations: NodeSession
    let process: Process
    var identifier: Int32 { process.processIdentifier }
    var trust: String { data + "/trust.key" }

    /// Makes and serves the data directory `name` in `folder`, or at `path`, with `lines` at the end of its
    /// configuration, as a process that `start` makes.
    init(
        _ name: String, organisation: String, in folder: TemporaryDirectory, at path: String? = nil,
        configuring lines: String = "",
        start: ([String], TemporaryDirectory) throws -> Process = DemoTests.process
    ) async throws {
        data = path ?? folder.path + "/" + name
        let code = await TestTerminal().run(
            "init", "--data", data, "--name", name, "--organisation", organisation, "--listen",
            "127.0.0.1:\(try await StoryHouse.freePort())")
        try #require(code == .success)
        let file = try FileHandle(forWritingTo: URL(filePath: data + "/stele.toml"))
        try file.seekToEnd()
        try file.write(contentsOf: Data(lines.utf8))
        try file.close()
        process = try start(["serve", "--data", data], folder)
        let configuration = try Configuration.load(data + "/stele.toml")
        client = try NodeClient(url: "https://" + configuration.listen.text, trust: .caFile(data + "/tls/ca.pem"))
        operations = NodeSession(client, try Operator.identity(NodeSetup.load(configuration).keys), .operations)
        // A program built for debugging takes long to make its dictionary of leaks.
        for _ in 0..<6000 where process.isRunning {
            if (try? await client.send("GET", "/health/ready")) != nil { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw CancellationError()
    }

    func put(_ name: String, _ text: String) async throws {
        _ = try await operations.send("PUT", "/fhir/" + name, body: .fhir(Array(text.utf8)))
    }

    func delete(_ name: String) async throws { _ = try await operations.send("DELETE", "/fhir/" + name) }

    /// Stops it in order.
    func stop() async throws {
        process.terminate()
        _ = try await DemoTests.end(process)
    }

    /// Its exit code, once it has ended by itself.
    func end() async throws -> Int32 { try await DemoTests.end(process) }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
}
