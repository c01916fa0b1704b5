// HTTPServerTests · every limit at its edge and just beyond.
import Foundation
import HTTPServer
import Testing

@Suite struct HTTPLimitsTests {
    @Test(arguments: [false, true])
    func boundsTheBody(isChunked: Bool) async throws {
        var limits = HTTPLimits()
        limits.bodyByteCountMax = 10_000
        try await withServer(limits: limits) { port, log, _ in
            for count in [10_000, 10_001, 500_000] {
                let body = [UInt8](repeating: 7, count: count)
                let framed =
                    isChunked
                    ? Array("\(String(count, radix: 16))\r\n".utf8) + body + Array("\r\n0\r\n\r\n".utf8) : body
                let field = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(count)"
                let response = try await exchange(
                    port, "POST /echo HTTP/1.1\r\nHost: x\r\n\(field)\r\n\r\n", body: framed)
                #expect(response?.status == (count == 10_000 ? 200 : 413))
                if count > 10_000 {
                    #expect(response?.text == refusalText(.httpBodyTooLarge))
                    #expect(response?.headers["connection"] == "close")
                }
            }
            #expect(log.now.began == 1, "only the body within the limit reaches the handler")
        }
    }

    @Test func refusesADeclaredBodyBeforeItComes() async throws {
        try await withServer { port, log, _ in
            for field in ["Expect: 100-continue\r\nContent-Length: 33554433", "Content-Length: 99999999999999"] {
                let response = try await exchange(port, "POST /echo HTTP/1.1\r\nHost: x\r\n\(field)\r\n\r\n")
                #expect(response?.status == 413 && response?.text == refusalText(.httpBodyTooLarge))
            }
            #expect(log.now.began == 0)
        }
    }

    @Test func cutsAnEndlessBody() async throws {
        var limits = HTTPLimits()
        limits.bodyByteCountMax = 1000
        try await withServer(limits: limits) { port, log, _ in
            let sentCount = try await blocking {
                let socket = try RawSocket(port: port)
                socket.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: 1, count: 0x10000) + [13, 10]
                var sentCount = 0
                while sentCount < 64 << 20, socket.send(chunk) { sentCount += chunk.count }
                return sentCount
            }
            #expect(sentCount < 64 << 20)
            #expect(log.now.began == 0)
        }
    }

    @Test func boundsTheTarget() async throws {
        var limits = HTTPLimits()
        limits.targetByteCountMax = 4000
        try await withServer(limits: limits) { port, _, _ in
            for count in [4000, 4001, 12_000] {
                let target = "/echo?" + String(repeating: "q", count: count - 6)
                let response = try await exchange(port, "GET \(target) HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(response?.status == (count == 4000 ? 200 : 414))
                if count > 4000 { #expect(response?.text == refusalText(.httpURITooLong)) }
            }
            // Far beyond, the library's own page comes, with the same status.
            let response = try await exchange(
                port, "GET /\(String(repeating: "q", count: 100_000)) HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(response == nil || response?.status == 414)
        }
    }

    @Test func boundsTheHeaderSection() async throws {
        try await withServer { port, _, _ in
            let frame = "GET /echo HTTP/1.1\r\nHost: x\r\nX-Long: \r\n\r\n"
            for count in [16_384, 16_385, 24_000] {
                let value = String(repeating: "v", count: count - frame.utf8.count)
                let response = try await exchange(port, "GET /echo HTTP/1.1\r\nHost: x\r\nX-Long: \(value)\r\n\r\n")
                #expect(response?.status == (count == 16_384 ? 200 : 431))
                if count > 16_384 { #expect(response?.text == refusalText(.httpHeadersTooLarge)) }
            }
            // The same with many small fields, whose parsed form takes more room than their text.
            for fieldCount in [100, 2000] {
                let fields = (0..<fieldCount).map { "X-\($0): a\r\n" }.joined()
                let response = try await exchange(port, "GET /echo HTTP/1.1\r\nHost: x\r\n\(fields)\r\n")
                #expect(response?.status == (fieldCount == 100 ? 200 : 431))
            }
        }
    }

    @Test func boundsRequestsAtOnce() async throws {
        var limits = HTTPLimits()
        limits.requestCountMax = 3
        try await withServer(limits: limits) { port, log, _ in
            async let held = withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<3 {
                    group.addTask { try await exchange(port, "GET /gate HTTP/1.1\r\nHost: x\r\n\r\n")?.text }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(await log.becomes { $0.began == 3 })
            let refused = try await exchange(port, "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(refused?.status == 503 && refused?.text == refusalText(.httpBusy))
            #expect(refused?.headers["retry-after"] == "1")
            await log.gate.open()
            #expect(try await held == ["passed", "passed", "passed"])
            #expect(await log.becomes { $0.ended == 3 })
            #expect(try await exchange(port, "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n")?.status == 200)
        }
    }

    @Test func boundsBodiesOfAllClientsTogether() async throws {
        var limits = HTTPLimits()
        limits.bufferedByteCountMax = 300_000
        try await withServer(limits: limits) { port, _, _ in
            let (refused, completed) = try await blocking {
                let head = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n"
                let half = [UInt8](repeating: 1, count: 100_000)
                let sockets = try (0..<2).map { _ in try RawSocket(port: port) }
                for socket in sockets { socket.send(Array(head.utf8) + half) }
                Thread.sleep(forTimeInterval: 0.2)
                let third = try RawSocket(port: port)
                third.send(Array(head.utf8) + half + half)
                let refused = third.receiveResponse()
                sockets[0].send(half)
                return (refused, sockets[0].receiveResponse())
            }
            #expect(refused?.status == 503 && refused?.text == refusalText(.httpBusy))
            #expect(completed?.status == 200, "who was within the budget is served")
            // What was held is given back, once the server has seen that its clients are gone.
            var status: Int?
            for _ in 0..<100 where status != 200 {
                status = try await exchange(
                    port, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 290000\r\n\r\n",
                    body: [UInt8](repeating: 1, count: 290_000))?.status
                if status != 200 { try await Task.sleep(for: .milliseconds(50)) }
            }
            #expect(status == 200)
        }
    }

    @Test func boundsConnectionsOfOneClient() async throws {
        var limits = HTTPLimits()
        limits.connectionPerClientCountMax = 5
        try await withServer(limits: limits) { port, _, _ in
            let (statuses, isSixthCut, status) = try await blocking {
                var sockets = try (0..<5).map { _ in try RawSocket(port: port) }
                let statuses = sockets.map { socket in
                    socket.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                    return socket.receiveResponse()?.status
                }
                let isSixthCut = try RawSocket(port: port).isEnded(within: 30)
                sockets.removeLast()
                Thread.sleep(forTimeInterval: 0.2)
                let next = try RawSocket(port: port)
                next.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                return (statuses, isSixthCut, next.receiveResponse()?.status)
            }
            #expect(statuses == [200, 200, 200, 200, 200])
            #expect(isSixthCut)
            #expect(status == 200, "a closed connection makes room")
        }
    }

    @Test func survivesAFloodOfConnections() async throws {
        var limits = HTTPLimits()
        limits.connectionCountMax = 400
        limits.connectionPerClientCountMax = 1000
        try await withServer(limits: limits) { port, _, _ in
            let (acceptedCount, status) = try await blocking {
                let silent = try (0..<1000).map { _ in try RawSocket(port: port) }
                Thread.sleep(forTimeInterval: 0.3)
                let acceptedCount = try Self.acceptedCount(port)
                let client = try RawSocket(port: port)
                client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                defer { _ = silent }
                return (acceptedCount, client.receiveResponse()?.status)
            }
            // Read while connections come and go, the table shows some twice.
            #expect(
                acceptedCount > 300 && acceptedCount < 600, "\(acceptedCount) were taken up, not as many as allowed")
            #expect(status == 200, "silent connections make room for one that asks")
        }
    }

    /// Connections to `port` that the server has accepted: those the kernel holds back have no inode yet.
    private static func acceptedCount(_ port: UInt16) throws -> Int {
        let table = try Command.run("cat /proc/net/tcp")
        let local = ":" + String(format: "%04X", Int(port))
        return table.split(separator: "\n").count { line in
            let fields = line.split(separator: " ")
            return fields.count > 9 && fields[1].hasSuffix(local) && fields[3] == "01" && fields[9] != "0"
        }
    }
}
