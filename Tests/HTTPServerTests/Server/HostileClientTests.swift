// HTTPServerTests · clients that break off, talk nonsense, or leave.
import Foundation
import HTTPServer
import Testing

@Suite struct HostileClientTests {
    private func isServing(_ port: UInt16) async throws -> Bool {
        try await exchange(port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")?.text == "ok"
    }

    @Test func survivesNoise() async throws {
        try await withServer { port, log, _ in
            try await blocking {
                var state: UInt64 = 0x5743_6C65
                for round in 0..<200 {
                    let socket = try RawSocket(port: port, timeout: 1)
                    var noise = [UInt8]()
                    for _ in 0..<(1 + round * 13) {
                        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                        noise.append(UInt8(truncatingIfNeeded: state >> 33))
                    }
                    if round % 3 == 1 {
                        noise = Array("GET / HTTP/1.1\r\nHost: x\r\n".utf8) + noise + [13, 10, 13, 10]
                    }
                    if round % 3 == 2 {
                        noise =
                            Array("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".utf8) + noise
                    }
                    socket.send(noise)
                    if round % 2 == 0 { socket.resetOnClose() }
                }
            }
            #expect(try await isServing(port))
            #expect(log.now.began == log.now.ended)
        }
    }

    /// Every prefix of a valid exchange, then silence, an end or a reset.
    @Test func survivesEveryPlaceToBreakOff() async throws {
        try await withServer { port, _, _ in
            try await blocking {
                let whole = Array(
                    "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n01234567890123456789".utf8)
                for count in 0...whole.count {
                    let socket = try RawSocket(port: port)
                    socket.send(Array(whole[..<count]))
                    if count % 3 == 0 { socket.resetOnClose() }
                    if count % 3 == 1 { socket.endSending() }
                }
            }
            #expect(try await isServing(port))
        }
    }

    @Test func survivesClientsThatLeaveDuringTheHandler() async throws {
        try await withServer { port, log, _ in
            try await blocking {
                for index in 0..<40 {
                    let socket = try RawSocket(port: port)
                    socket.send("GET /wait/300 HTTP/1.1\r\nHost: x\r\n\r\n")
                    while log.now.began <= index { Thread.sleep(forTimeInterval: 0.001) }
                    if index % 2 == 0 { socket.resetOnClose() }
                }
            }
            #expect(await log.becomes { $0.ended == 40 }, "what was begun is finished")
            #expect(try await isServing(port))
        }
    }

    @Test func survivesClientsThatLeaveDuringTheAnswer() async throws {
        try await withServer { port, log, _ in
            try await blocking {
                for index in 0..<20 {
                    let socket = try RawSocket(port: port)
                    socket.send("GET /stream/1000/100000 HTTP/1.1\r\nHost: x\r\n\r\n")
                    _ = socket.receive()
                    if index % 2 == 0 { socket.resetOnClose() }
                }
            }
            #expect(await log.becomes { $0.streamsEnded == 20 }, "writers learn that nobody reads")
            #expect(try await isServing(port))
        }
    }
}
