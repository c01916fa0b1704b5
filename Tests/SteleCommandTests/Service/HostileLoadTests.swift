// A node as a process among clients that send more than it takes, break off, or say nothing: it answers with a code,
// holds a bounded amount of memory, and serves everybody else meanwhile.
import Foundation
import HTTPClient
import JSON
import Primitives
import Testing

@testable import SteleCommand

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: InitCrashTests.executable.path)))
struct HostileLoadTests {
    /// What a node may hold beyond what it held, in bytes, while more is sent to it: of a body whose length nobody
    /// says, it holds 32 MiB before it knows.
    static let growthByteCountMax = 256 << 20

    private let folder: TemporaryDirectory
    private let node: RunningNode

    init() async throws {
        folder = try TemporaryDirectory()
        node = try await RunningNode("clinic", organisation: "clinic", in: folder)
        try await node.put("Patient/p1", #"{"resourceType":"Patient","id":"p1"}"#)
        try await node.put("Location/ward", #"{"resourceType":"Location","id":"ward","status":"active"}"#)
    }

    /// The most memory the node has held so far, in bytes.
    private func peakByteCount() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(node.identifier)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(Int(line.split(separator: " ")[1])) * 1024
    }

    /// Another program that speaks HTTP, with the authority of the node.
    private struct Curl: Sendable {
        let folder: String
        let authority: String

        /// What it says: the status, and the body.
        func ask(_ words: [String]) async throws -> (status: String, body: String) {
            let out = folder + "/" + UUID().uuidString
            let process = Process()
            let pipe = Pipe()
            process.executableURL = URL(filePath: "/usr/bin/curl")
            process.arguments =
                ["--silent", "--max-time", "100", "--cacert", authority, "--output", out, "--write-out"]
                + ["%{http_code}"] + words
            process.standardOutput = pipe
            process.standardError = FileHandle.nullDevice
            try process.run()
            _ = try await DemoTests.end(process)
            let status = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
            return (status, (try? String(contentsOfFile: out, encoding: .utf8)) ?? "")
        }
    }

    private var curl: Curl { Curl(folder: folder.path, authority: node.data + "/tls/ca.pem") }

    /// A transaction of `byteCount` bytes and some, each entry of which would do by itself.
    private static func transaction(byteCount: Int) -> [UInt8] {
        let note = String(repeating: "x", count: 4000)
        var text = Array(#"{"resourceType":"Bundle","type":"transaction","entry":["#.utf8)
        for number in 0... {
            let entry =
                #"{"resource":{"resourceType":"Observation","id":"o\#(number)","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/p1"},"note":[{"text":"\#(note)"}]},"request":{"method":"PUT","url":"Observation/o\#(number)"}}"#
            text += (number == 0 ? "" : ",").utf8
            text += entry.utf8
            guard text.count < byteCount else { break }
        }
        return text + "]}".utf8
    }

    @Test func fiftyMegabytesAreRefusedHoweverTheyComeAndOthersAreServed() async throws {
        let file = try folder.write(Self.transaction(byteCount: 50_000_000), to: "large.json")
        let words = [
            "--header", "Authorization: Bearer \(try await node.operations.issue().text)", "--header",
            "Content-Type: application/fhir+json", "--data-binary", "@" + file, node.client.url + "/fhir",
        ]
        let before = try peakByteCount()
        // With the length or in pieces, after asking or at once.
        let ways = [[], ["Expect:"], ["Transfer-Encoding: chunked"], ["Transfer-Encoding: chunked", "Expect:"]]
        let answers = try await withThrowingTaskGroup(of: (status: String, body: String).self) { group in
            for way in ways + ways {
                let all = way.flatMap { ["--header", $0] } + words
                group.addTask { [curl] in try await curl.ask(all) }
            }
            for _ in 0..<20 {
                let ward = try await node.operations.send("GET", "/fhir/Location/ward", accept: "application/fhir+json")
                #expect(try ward.json()["id"]?.string == "ward")
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for answer in answers {
            #expect(answer.status == "413", "\(answer)")
            let root = try JSONDocument(parsing: Array(answer.body.utf8)).root
            #expect(root["resourceType"]?.string == "OperationOutcome")
            #expect(answer.body.contains("http.body_too_large") && answer.body.contains("33554432"), "\(answer.body)")
        }
        let growth = try peakByteCount() - before
        #expect(growth < Self.growthByteCountMax, "the node held \(growth) bytes more while \(8 * 50_000_000) came")
        // Nothing of it is there, and what is sent in parts comes in.
        let first = try await node.operations.send(
            "PUT", "/fhir/Observation/o0",
            body: .fhir(
                Array(
                    #"{"resourceType":"Observation","id":"o0","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/p1"}}"#
                        .utf8)))
        #expect(first.status == 201)
        try await node.stop()
    }

    @Test func aFloodFromOneAddressLeavesRoomForAnother() async throws {
        let before = try peakByteCount()
        let port = try #require(UInt16(node.client.url.split(separator: ":").last ?? ""))
        // More than one address may have: silent ones, ones that break off in the handshake, ones that speak no TLS.
        var sockets: [Int32] = []
        defer { for socket in sockets { close(socket) } }
        for number in 0..<400 {
            let socket = try Self.connect(port)
            sockets.append(socket)
            let opening: [UInt8] =
                switch number % 3 {
                case 0: []
                case 1: [0x16, 0x03, 0x01, 0x02, 0x00, 0x01]
                default: Array("GET /fhir/Patient/p1 HTTP/1.1\r\nHost: x\r\n".utf8)
                }
            _ = unsafe opening.withUnsafeBytes { unsafe send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        }
        for _ in 0..<10 {
            let answer = try await curl.ask(["--interface", "127.0.0.2", node.client.url + "/health/ready"])
            #expect(answer.status == "200", "\(answer)")
        }
        let growth = try peakByteCount() - before
        #expect(growth < Self.growthByteCountMax, "the node held \(growth) bytes more")
        for socket in sockets { close(socket) }
        sockets = []
        // The address is welcome again once its connections are gone.
        var isServed = false
        for _ in 0..<200 where !isServed {
            isServed = (try? await node.client.send("GET", "/health/ready", timeout: .seconds(5))) != nil
            if !isServed { try await Task.sleep(for: .milliseconds(50)) }
        }
        #expect(isServed)
        try await node.stop()
    }

    private static func connect(_ port: UInt16) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(descriptor >= 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(result == 0)
        return descriptor
    }
}
