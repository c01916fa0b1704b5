// HTTPServerTests · what a well-behaved client sees.
import Foundation
import HTTPClient
import HTTPServer
import Primitives
import Testing

@Suite struct HTTPServerTests {
    @Test func handsOverTheWholeRequest() async throws {
        try await withServer { port, _, _ in
            let response = try await exchange(
                port, "PUT /echo?b=1&a=%20c HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n", body: Array("hello".utf8)
            )
            #expect(response?.status == 200 && response?.text == "hello")
            #expect(response?.headers["x-method"] == "PUT" && response?.headers["x-query"] == "b=1|a= c")
            #expect(response?.headers["content-type"] == "application/octet-stream")
            #expect(response?.headers["x-client"] == "127.0.0.1")
            #expect(response?.headers["date"] != nil && response?.headers["content-length"] == "5")
        }
    }

    @Test func answersHeadWithoutBody() async throws {
        try await withServer { port, log, _ in
            let (bytes, stream) = try await blocking {
                let socket = try RawSocket(port: port)
                socket.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\nHEAD /stream/3/10 HTTP/1.1\r\nHost: x\r\n\r\n")
                return (socket.receiveResponse(toHead: true), socket.receiveResponse(toHead: true))
            }
            #expect(bytes?.status == 200 && bytes?.headers["content-length"] == "2")
            #expect(stream?.status == 200)
            #expect(log.now.written == 0, "a body that is not sent is not made")
        }
    }

    @Test func answersPipelinedRequestsInOrder() async throws {
        try await withServer { port, _, _ in
            let texts = try await blocking {
                let socket = try RawSocket(port: port)
                var all = ""
                for index in 0..<50 {
                    let body = "request \(index)"
                    all += "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                }
                socket.send(all)
                return (0..<50).map { _ in socket.receiveResponse()?.text }
            }
            #expect(texts == (0..<50).map { "request \($0)" })
        }
    }

    @Test func readsChunkedBodies() async throws {
        try await withServer { port, _, _ in
            let response = try await exchange(
                port,
                "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "4\r\nWiki\r\n6;name=value\r\npedia \r\nE\r\nin \r\n\r\nchunks.\r\n0\r\nTrailer: x\r\n\r\n")
            #expect(response?.text == "Wikipedia in \r\n\r\nchunks.")
        }
    }

    @Test func continuesWhenAsked() async throws {
        try await withServer { port, _, _ in
            let (first, second) = try await blocking {
                let socket = try RawSocket(port: port)
                socket.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
                let first = socket.receiveResponse()
                socket.send("ab")
                return (first, socket.receiveResponse())
            }
            #expect(first?.status == 100)
            #expect(second?.status == 200 && second?.text == "ab")
        }
    }

    @Test func closesWhenAsked() async throws {
        try await withServer { port, _, _ in
            for request in ["GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"] {
                let bytes = try await blocking {
                    let socket = try RawSocket(port: port)
                    socket.send(request)
                    return socket.receiveToEnd()
                }
                #expect(String(decoding: bytes, as: UTF8.self).hasSuffix("\r\n\r\nok"))
            }
        }
    }

    @Test func answersAHalfClosedClient() async throws {
        try await withServer { port, _, _ in
            let response = try await blocking {
                let socket = try RawSocket(port: port)
                socket.send("GET /wait/50 HTTP/1.1\r\nHost: x\r\n\r\n")
                socket.endSending()
                return socket.receiveResponse()
            }
            #expect(response?.text == "done")
        }
    }

    @Test func servesManyClientsAtOnce() async throws {
        try await withServer { port, log, _ in
            let clientCount = 64, requestCount = 40
            try await withThrowingTaskGroup(of: Int.self) { group in
                for client in 0..<clientCount {
                    group.addTask {
                        try await blocking {
                            let socket = try RawSocket(port: port)
                            var goodCount = 0
                            for index in 0..<requestCount {
                                let body = String(repeating: "\(client).\(index);", count: 1 + index * 7)
                                let head = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.utf8.count)"
                                socket.send("\(head)\r\n\r\n\(body)")
                                if socket.receiveResponse()?.text == body { goodCount += 1 }
                            }
                            return goodCount
                        }
                    }
                }
                for try await goodCount in group { #expect(goodCount == requestCount) }
            }
            #expect(log.now.ended == clientCount * requestCount)
        }
    }

    @Test func movesLargeBodies() async throws {
        try await withServer { port, _, _ in
            let body = [UInt8]((0..<(8 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
            let isEqual = try await blocking {
                let socket = try RawSocket(port: port)
                socket.send(
                    Array("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body)
                return socket.receiveResponse()?.body == body
            }
            #expect(isEqual)
        }
    }

    @Test func saysWhenAnAnswerCannotBeSent() async throws {
        try await withServer { port, _, _ in
            for path in ["/header", "/status/99", "/status/1000"] {
                let response = try await exchange(port, "GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(response?.status == 500)
                #expect(response?.text == refusalText(.httpResponseInvalid, path: path))
                #expect(response?.headers["x-injected"] == nil)
            }
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/net/if_inet6")))
    func servesIPv6() async throws {
        let server = try HTTPServer(configuration: HTTPServerConfiguration(address: "::1"), handler: TestHandler())
        let response = try await HTTPClient().send(HTTPClientRequest(url: "http://[::1]:\(server.boundPort)/echo"))
        #expect(response.status == 200 && response.header("x-client") == "::1")
        await server.stop()
    }

    @Test func countsWhatItDoes() async throws {
        try await withServer { port, log, server in
            #expect(server.connectionCount == 0 && server.requestCount == 0)
            async let held = exchange(port, "GET /gate HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await log.becomes { $0.began == 1 })
            #expect(server.connectionCount == 1 && server.requestCount == 1)
            await log.gate.open()
            _ = try await held
            #expect(await log.becomes { _ in server.connectionCount == 0 && server.requestCount == 0 })
        }
    }

    @Test func refusesAnAddressInUse() async throws {
        try await withServer { port, _, _ in
            let error = #expect(throws: SteleError.self) {
                try HTTPServer(configuration: HTTPServerConfiguration(port: port), handler: TestHandler())
            }
            #expect(error?.code == .httpAddressUnavailable)
        }
        #expect(throws: SteleError.self) {
            try HTTPServer(configuration: HTTPServerConfiguration(address: "no such host"), handler: TestHandler())
        }
    }
}
