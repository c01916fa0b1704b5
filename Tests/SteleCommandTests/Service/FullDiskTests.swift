// A node on a real disk that fills up under writers and readers: it refuses in time, reads on, and recovers unasked.
import Foundation
import Glibc
import JSON
import Primitives
import Synchronization
import Testing

@testable import SteleCommand

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: InitCrashTests.executable.path)))
struct FullDiskTests {
    /// A file system of its own in memory, gone with this.
    final class SmallDisk {
        let folder: TemporaryDirectory
        var path: String { folder.path + "/disk" }
        private var ballast: String { path + "/ballast" }

        /// Whether this process may mount anything.
        static let isPermitted: Bool = {
            guard let folder = try? TemporaryDirectory() else { return false }
            return (try? SmallDisk(mebibytes: 1, in: folder)) != nil
        }()

        struct NotMounted: Error {}

        init(mebibytes: Int, in folder: TemporaryDirectory) throws {
            self.folder = folder
            try FileManager.default.createDirectory(atPath: folder.path + "/disk", withIntermediateDirectories: true)
            let options = "size=\(mebibytes)m,mode=0700"
            guard unsafe mount("tmpfs", folder.path + "/disk", "tmpfs", 0, options) == 0 else { throw NotMounted() }
        }

        deinit { _ = unsafe umount2(path, CInt(MNT_DETACH)) }

        var freeByteCount: Int {
            get throws {
                try #require(
                    try FileManager.default.attributesOfFileSystem(forPath: path)[.systemFreeSize] as? Int)
            }
        }

        /// Fills it until `byteCount` bytes are left.
        func leave(_ byteCount: Int) throws {
            let descriptor = unsafe open(ballast, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            try #require(descriptor >= 0)
            defer { close(descriptor) }
            let own = Int(lseek(descriptor, 0, SEEK_END))
            let more = try freeByteCount - byteCount
            if more > 0 { try #require(posix_fallocate(descriptor, 0, own + more) == 0) }
        }

        func empty() throws { try FileManager.default.removeItem(atPath: ballast) }
    }

    /// What clients were told, by code; `ok` for what was done.
    private final class Tally: Sendable {
        private let counts = Mutex<[String: Int]>([:])
        let written = Mutex<[String]>([])

        func note(_ code: String) { counts.withLock { $0[code, default: 0] += 1 } }
        func take() -> [String: Int] {
            counts.withLock { counts in
                defer { counts = [:] }
                return counts
            }
        }
        /// The codes told since, once a second has passed in which only these were.
        func settled(within limit: Duration = .seconds(20), _ isSettled: ([String: Int]) -> Bool) async throws -> Bool {
            let end = ContinuousClock.now + limit
            while ContinuousClock.now < end {
                _ = take()
                try await Task.sleep(for: .seconds(1))
                if isSettled(take()) { return true }
            }
            return false
        }
    }

    @Test(.enabled(if: SmallDisk.isPermitted, "mounting a file system needs root"), .timeLimit(.minutes(5)))
    func refusesWritesInTimeReadsOnAndRecoversUnasked() async throws {
        let folder = try TemporaryDirectory()
        let disk = try SmallDisk(mebibytes: 768, in: folder)
        let node = try await RunningNode(
            "small", organisation: "clinic", in: folder, at: disk.path + "/data",
            configuring: "\n[disk]\nreserve_mb = 256\n")
        try await node.put("Practitioner/known", #"{"resourceType":"Practitioner","id":"known"}"#)
        try await node.put("Patient/p1", #"{"resourceType":"Patient","id":"p1","birthDate":"1990-01-01"}"#)
        let observation =
            #"{"resourceType":"Observation","id":"o1","status":"final","code":{"text":"x"},"#
            + #""subject":{"reference":"Patient/p1"}}"#
        try await node.put("Observation/o1", observation)
        let ward = folder.path + "/ward.pem"
        let added = await TestTerminal().run(
            "actor", "add", "ward", "--name", "Ward", "--role", "physician", "--data", node.data, "--key-out", ward)
        #expect(added == .success)
        let (writes, reads) = (Tally(), Tally())
        let operations = node.operations
        let client = node.client
        let load = Task {
            await withTaskGroup(of: Void.self) { group in
                for writer in 0..<4 {
                    group.addTask { await Self.write(as: writer, operations, writes) }
                }
                group.addTask {
                    while !Task.isCancelled {
                        await Self.note(reads) { _ = try await operations.read("Practitioner/known") }
                    }
                }
            }
        }
        defer { load.cancel() }
        #expect(try await writes.settled { $0.keys.elementsEqual(["ok"]) })

        // Below the first mark: no records, and everything else.
        try disk.leave(160 << 20)
        #expect(try await writes.settled { $0.keys.elementsEqual(["disk.reserved"]) })
        #expect(try await reads.settled { $0.keys.elementsEqual(["ok"]) })
        let ready = try await client.send("GET", "/health/ready")
        #expect(ready.status == 200)
        #expect(try ready.json()["disk"]?["takes_records"].map { JSONValue($0) } == .bool(false))
        let backup = TestTerminal()
        #expect(await backup.run("backup", disk.path + "/backup", "--data", node.data) == .storageFull)

        // Below the second: nothing, and still no fault.
        try disk.leave(40 << 20)
        #expect(try await reads.settled { $0.keys.elementsEqual(["disk.full"]) })
        #expect(try await writes.settled { $0.keys.elementsEqual(["disk.full"]) })
        do {
            _ = try await client.send("GET", "/health/ready")
            Issue.record("a node that takes nothing says that it is ready")
        } catch {
            #expect(error.code.name == "disk.full")
        }

        // But an emergency, out of the journal.
        let emergency = ["--patient", "p1", "--data", node.data, "--key", ward]
        let opening = TestTerminal()
        #expect(
            await opening.run(["emergency", "open", "--reason", "disaster", "--minutes", "10"] + emergency) == .success,
            "\(opening.errors)")
        let reading = TestTerminal()
        #expect(
            await reading.run(["read", "Observation", "--purpose", "ETREAT"] + emergency) == .success,
            "\(reading.errors)")
        #expect(reading.output.contains { $0.contains("o1") })

        // Room again: everything goes on in the same process.
        try disk.empty()
        #expect(try await reads.settled { $0.keys.elementsEqual(["ok"]) })
        #expect(try await writes.settled { $0.keys.elementsEqual(["ok"]) })
        #expect(node.process.isRunning)
        var reviews = ""
        for _ in 0..<100 where !reviews.contains("while the ledger stood still") {
            let answer = try await operations.send("GET", "/custodian/v1/reviews")
            reviews = String(decoding: answer.body, as: UTF8.self)
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(reviews.contains("while the ledger stood still"), "\(reviews)")
        let metrics = String(decoding: try await client.send("GET", "/metrics").body, as: UTF8.self)
        #expect(metrics.contains("stele_journal_waiting 0\n"))
        load.cancel()
        await load.value

        let written = writes.written.withLock { $0 }
        #expect(written.count > 20)
        for reference in written { _ = try await operations.read(reference) }
        try await node.stop()
        let inspected = TestTerminal()
        #expect(await inspected.run("inspect", "--deep", "--data", node.data) == .success)
        #expect(inspected.output.first == "The store is whole.")
    }

    /// As many emergency reads as are written down at all, then a kill: the next process has every one, still on a full
    /// disk, and brings them to the ledger once there is room.
    @Test(.enabled(if: SmallDisk.isPermitted, "mounting a file system needs root"), .timeLimit(.minutes(5)))
    func aFullJournalOutlivesAKill() async throws {
        let lineCount = 1024
        let folder = try TemporaryDirectory()
        // A start gives back what the logs of the stores had taken beforehand, 140 MB. The fourth of the reserve in
        // which nothing is accepted is more than that and what is left.
        let disk = try SmallDisk(mebibytes: 1536, in: folder)
        let node = try await RunningNode(
            "small", organisation: "clinic", in: folder, at: disk.path + "/data",
            configuring: "\n[disk]\nreserve_mb = 1024\n")
        try await node.put("Patient/p1", #"{"resourceType":"Patient","id":"p1","birthDate":"1990-01-01"}"#)
        try await node.put(
            "Observation/o1",
            #"{"resourceType":"Observation","id":"o1","status":"final","code":{"text":"x"},"#
                + #""subject":{"reference":"Patient/p1"}}"#)
        let key = folder.path + "/ward.pem"
        let added = await TestTerminal().run(
            "actor", "add", "ward", "--name", "Ward", "--role", "physician", "--data", node.data, "--key-out", key)
        #expect(added == .success)
        let client = node.client
        func waiting() async throws -> String {
            let metrics = String(decoding: try await client.send("GET", "/metrics").body, as: UTF8.self)
            let line = metrics.split(separator: "\n").first { $0.hasPrefix("stele_journal_waiting ") }
            return line.map(String.init) ?? ""
        }
        func session() throws -> NodeSession {
            NodeSession(
                client, ClientIdentity(id: "ward", key: try InputFile(key).readSigningKey()),
                .treatment(of: "p1", purposes: ["ETREAT"]))
        }
        func read(_ ward: NodeSession) async -> String {
            do throws(SteleError) {
                let answer = try await ward.send("GET", "/fhir/Observation/o1")
                return answer.header("Stele-Journal") ?? "event"
            } catch { return error.code.name }
        }

        // A token is given out while there is room to note that its assertion was used.
        let ward = try session()
        _ = await read(ward)
        try disk.leave(40 << 20)
        for _ in 0..<200 where (try? await client.send("GET", "/health/ready")) != nil {
            try await Task.sleep(for: .milliseconds(50))
        }
        let opening = TestTerminal()
        #expect(
            await opening.run(
                "emergency", "open", "--reason", "disaster", "--minutes", "60", "--patient", "p1", "--data", node.data,
                "--key", key) == .success, "\(opening.errors)")
        for number in 2...lineCount { #expect(await read(ward) == String(number)) }
        #expect(await read(ward) == "journal.full")
        #expect(try await waiting() == "stele_journal_waiting \(lineCount)")
        kill(node.identifier, SIGKILL)
        _ = try await node.end()

        let process = try DemoTests.process(["serve", "--data", node.data], in: folder)
        defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
        for _ in 0..<6000 where process.isRunning {
            if (try? await client.send("GET", "/health/live")) != nil { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(try await waiting() == "stele_journal_waiting \(lineCount)")
        #expect(await read(try session()) == "journal.full")
        try disk.empty()
        for _ in 0..<600 where try await waiting() != "stele_journal_waiting 0" {
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(try await waiting() == "stele_journal_waiting 0")
        // Tokens ended with the process that gave them out.
        let keys = try NodeSetup.load(try Configuration.load(node.data + "/stele.toml")).keys
        let operations = NodeSession(client, try Operator.identity(keys), .operations)
        let emergencies = try await operations.send(
            "GET", "/custodian/v1/accesses?patient=p1&emergency=true&count=1")
        #expect(try emergencies.json()["total"]?.uint == UInt64(lineCount))
        process.terminate()
        #expect(try await DemoTests.end(process) == 0)
        let inspected = TestTerminal()
        #expect(await inspected.run("inspect", "--deep", "--data", node.data) == .success)
        #expect(inspected.output.first == "The store is whole.")
    }

    private static func write(as writer: Int, _ operations: NodeSession, _ tally: Tally) async {
        var number = 0
        while !Task.isCancelled {
            number += 1
            let id = "w\(writer)-\(number)"
            await note(tally) {
                _ = try await operations.send(
                    "PUT", "/fhir/Practitioner/" + id,
                    body: .fhir(Array(#"{"resourceType":"Practitioner","id":"\#(id)"}"#.utf8)))
                tally.written.withLock { $0.append("Practitioner/" + id) }
            }
        }
    }

    private static func note(_ tally: Tally, _ call: () async throws -> Void) async {
        do {
            try await call()
            tally.note("ok")
        } catch {
            guard !Task.isCancelled else { return }
            tally.note((error as? SteleError)?.code.name ?? "other")
            try? await Task.sleep(for: .milliseconds(20))
        }
    }
}
