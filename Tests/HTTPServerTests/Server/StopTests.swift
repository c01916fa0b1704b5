// HTTPServerTests · stopping with work under way.
import Foundation
import HTTPServer
import Testing

@Suite struct StopTests {
    @Test func finishesWhatIsUnderWay() async throws {
        try await withServer { port, log, server in
            async let held = exchange(port, "GET /gate HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await log.becomes { $0.began == 1 })
            async let stopped: Void = server.stop(within: .seconds(60))
            try await Task.sleep(for: .milliseconds(100))
            await log.gate.open()
            let response = try await held
            #expect(response?.text == "passed" && response?.headers["connection"] == "close")
            await stopped
            await #expect(throws: RawSocket.Failure.self, "nobody listens any more") {
                _ = try await exchange(port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            }
        }
    }

    @Test func refusesNewRequestsOnOpenConnections() async throws {
        try await withServer { port, log, server in
            async let held = exchange(port, "GET /gate HTTP/1.1\r\nHost: x\r\n\r\n")
            let kept = try await blocking {
                let socket = SendableSocket(try RawSocket(port: port))
                socket.value.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = socket.value.receiveResponse()
                return socket
            }
            #expect(await log.becomes { $0.began == 2 })
            async let stopped: Void = server.stop(within: .seconds(60))
            try await Task.sleep(for: .milliseconds(100))
            let refused = try await blocking {
                kept.value.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                return kept.value.receiveResponse()
            }
            #expect(refused?.status == 503 && refused?.text == refusalText(.httpBusy, path: "/"))
            await log.gate.open()
            _ = try await held
            await stopped
        }
    }

    @Test func cutsWhatTakesTooLong() async throws {
        try await withServer { port, log, server in
            async let held = exchange(port, "GET /gate HTTP/1.1\r\nHost: x\r\n\r\n")
            async let waiting = exchange(port, "GET /wait/600000 HTTP/1.1\r\nHost: x\r\n\r\n")
            async let stream = exchange(port, "GET /stream/100000/100000 HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await log.becomes { $0.began == 3 })
            let start = ContinuousClock.now
            await server.stop(within: .milliseconds(300))
            #expect(start.duration(to: .now) < .seconds(30))
            let answers = try await [held, waiting, stream]
            #expect(answers == [nil, nil, nil])
            #expect(await log.becomes { $0.streamsEnded == 1 && $0.ended == 2 }, "tasks that can be are cancelled")
            await log.gate.open()
            #expect(await log.becomes { $0.ended == 3 }, "the answer of the other one is thrown away")
        }
    }

    @Test func endsEventsAtOnce() async throws {
        try await withServer { port, log, server in
            async let events = exchange(port, "GET /stream/2/10/endless HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await log.becomes { $0.written == 20 })
            let start = ContinuousClock.now
            await server.stop(within: .seconds(60))
            #expect(start.duration(to: .now) < .seconds(30))
            let body = try await events?.body
            #expect(body?.count == 20, "the body ends in good order")
        }
    }

    @Test func stopsUnderLoad() async throws {
        for _ in 0..<5 {
            try await withServer { port, log, server in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for client in 0..<24 {
                        group.addTask {
                            try await blocking {
                                guard let socket = try? RawSocket(port: port) else { return }
                                let path = ["/echo", "/wait/3", "/stream/20/3000"][client % 3]
                                repeat {
                                    socket.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                                } while socket.receiveResponse()?.status == 200
                            }
                        }
                    }
                    #expect(await log.becomes { $0.ended > 50 })
                    await server.stop(within: .milliseconds(20))
                    try await group.waitForAll()
                }
                #expect(await log.becomes { $0.began == $0.ended })
            }
        }
    }

    @Test func stopsWhenItIsForgotten() async throws {
        let handler = TestHandler()
        var server: HTTPServer? = try HTTPServer(configuration: HTTPServerConfiguration(), handler: handler)
        let port = try #require(server).boundPort
        async let held = exchange(port, "GET /gate HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(await handler.log.becomes { $0.began == 1 })
        server = nil
        let answer = try await held
        #expect(answer == nil)
        await handler.log.gate.open()
    }
}
