// HTTPServerTests · clients that take their time, and one server that has none.
import Foundation
import HTTPServer
import Testing

@Suite struct SlowClientTests {
    /// Short for a client that drips, long enough for one that waits for a busy machine.
    private static var limits: HTTPLimits {
        var limits = HTTPLimits()
        limits.headerTimeout = .seconds(2)
        limits.bodyTimeout = .seconds(2)
        limits.idleTimeout = .seconds(3)
        return limits
    }

    /// Sends `opening`, then one byte every tenth of a second; gives the seconds until the server cut the connection.
    private static func drip(_ port: UInt16, _ opening: String, _ byte: String) throws -> Double {
        let socket = try RawSocket(port: port)
        let start = Date()
        socket.send(opening)
        while -start.timeIntervalSinceNow < 30, socket.send(byte) {
            if socket.isEnded(within: 0.1) { break }
        }
        return -start.timeIntervalSinceNow
    }

    @Test(arguments: [
        ("", "\r\n"), ("GE", "T"), ("GET /echo HTTP/1.1\r\n", "a"), ("GET /echo HTTP/1.1\r\nHost: x\r\nX-Slow: ", "a"),
        ("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n", "a"),
        ("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n", "a"),
    ])
    func cutsSlowRequestsWhileOthersAreServed(opening: String, byte: String) async throws {
        try await withServer(limits: Self.limits) { port, log, _ in
            async let slow = withThrowingTaskGroup(of: Double.self) { group in
                for _ in 0..<5 { group.addTask { try await blocking { try Self.drip(port, opening, byte) } } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for _ in 0..<20 {
                #expect(try await exchange(port, "GET /wait/1 HTTP/1.1\r\nHost: x\r\n\r\n")?.text == "done")
            }
            for seconds in try await slow { #expect(seconds > 1.5 && seconds < 20) }
            #expect(log.now.began == 20)
        }
    }

    @Test func cutsIdleConnections() async throws {
        try await withServer(limits: Self.limits) { port, _, _ in
            let (silent, kept) = try await blocking {
                let silent = try RawSocket(port: port)
                let kept = try RawSocket(port: port)
                let start = Date()
                kept.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = kept.receiveResponse()
                let isSilentCut = silent.isEnded(within: 30)
                let silentSeconds = -start.timeIntervalSinceNow
                let isKeptCut = kept.isEnded(within: 30)
                return (isSilentCut ? silentSeconds : nil, isKeptCut ? -start.timeIntervalSinceNow : nil)
            }
            #expect(try #require(silent) > 1.5)
            #expect(try #require(kept) > 2.5)
        }
    }

    @Test func answersForASlowHandler() async throws {
        var limits = HTTPLimits()
        limits.handlerTimeout = .seconds(1)
        try await withServer(limits: limits) { port, log, _ in
            let response = try await exchange(port, "GET /wait/600000 HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(response?.status == 503 && response?.text == refusalText(.httpTimeout, path: "/wait/600000"))
            #expect(await log.becomes { $0.ended == 1 }, "its task is cancelled")
        }
    }

    @Test func cutsAClientThatReadsNothing() async throws {
        try await withServer(limits: Self.limits) { port, log, _ in
            let socket = try await blocking {
                let socket = SendableSocket(try RawSocket(port: port, receiveBufferByteCount: 4096))
                socket.value.send("GET /stream/1000/100000 HTTP/1.1\r\nHost: x\r\n\r\n")
                return socket
            }
            #expect(await log.becomes { $0.streamsEnded == 1 })
            // Less than what socket buffers take, plus the pipe: the stream has waited for its reader.
            #expect(log.now.written < 20_000_000)
            _ = socket
        }
    }
}

/// A socket handed from one blocking call to the next, never used by two at once.
struct SendableSocket: @unchecked Sendable {
    let value: RawSocket
    init(_ value: RawSocket) { self.value = value }
}
