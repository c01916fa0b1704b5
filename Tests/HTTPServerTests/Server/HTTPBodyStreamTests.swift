// HTTPServerTests · bodies that are written while they are sent.
import Foundation
import HTTPServer
import Testing

@Suite struct HTTPBodyStreamTests {
    @Test(arguments: ["", "/sized"])
    func sendsEveryPiece(mode: String) async throws {
        try await withServer { port, log, _ in
            let (stream, next) = try await blocking {
                let socket = try RawSocket(port: port)
                socket.send("GET /stream/200/5000\(mode) HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n")
                return (socket.receiveResponse(), socket.receiveResponse())
            }
            #expect(stream?.body == [UInt8](repeating: UInt8(ascii: "s"), count: 1_000_000))
            #expect(stream?.headers["content-length"] == (mode.isEmpty ? nil : "1000000"))
            #expect(next?.text == "ok", "the connection is kept")
            #expect(log.now.written == 1_000_000)
        }
    }

    @Test func sendsAnEmptyBody() async throws {
        try await withServer { port, _, _ in
            for path in ["/stream/0/0", "/stream/0/0/sized"] {
                let response = try await exchange(port, "GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(response?.status == 200 && response?.body.isEmpty == true)
            }
        }
    }

    @Test func waitsForASlowReader() async throws {
        try await withServer { port, log, _ in
            let (early, total) = try await blocking {
                let socket = try RawSocket(port: port, receiveBufferByteCount: 4096)
                socket.send("GET /stream/3000/10000 HTTP/1.1\r\nHost: x\r\n\r\n")
                Thread.sleep(forTimeInterval: 0.5)
                let early = log.now.written
                return (early, socket.receiveResponse()?.body.count)
            }
            #expect(early < 15_000_000, "\(early) bytes were written for a client that reads none")
            #expect(total == 30_000_000)
        }
    }

    @Test(arguments: ["broken", "short", "long"])
    func cutsABodyThatFails(mode: String) async throws {
        try await withServer { port, log, _ in
            let response = try await exchange(port, "GET /stream/3/10/\(mode) HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(response == nil, "the end is missing, so that the client can tell")
            #expect(await log.becomes { $0.streamsEnded == 1 })
        }
    }

    @Test func endsWritersWhoseClientHasLeftSilently() async throws {
        try await withServer { port, log, _ in
            try await blocking {
                let socket = try RawSocket(port: port)
                socket.send("GET /stream/1/10/endless HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = socket.receive()
            }
            // Nothing is written any more, so only looking at the socket can tell.
            #expect(await log.becomes { $0.streamsEnded == 1 })
        }
    }

    @Test func streamsToManyClientsAtOnce() async throws {
        try await withServer { port, log, _ in
            try await withThrowingTaskGroup(of: Int?.self) { group in
                for _ in 0..<32 {
                    group.addTask {
                        try await exchange(port, "GET /stream/50/2000 HTTP/1.1\r\nHost: x\r\n\r\n")?.body.count
                    }
                }
                for try await count in group { #expect(count == 100_000) }
            }
        }
    }
}
