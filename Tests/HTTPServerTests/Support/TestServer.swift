// HTTPServerTests · a server with a handler that does what its path says.
import Foundation
import HTTPServer
import Primitives
import Synchronization

/// Answers by path: `/echo`, `/wait/<ms>`, `/gate`, `/stream/<pieces>/<bytes>/<mode>`, `/status/<code>`, `/header`.
struct TestHandler: HTTPHandler {
    let log = TestLog()

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        log.began()
        defer { log.ended() }
        switch request.segments.first {
        case "echo":
            var response = HTTPResponse(contentType: "application/octet-stream", bytes: request.body)
            response.headers.add("X-Method", request.method)
            response.headers.add("X-Client", request.clientAddress)
            response.headers.add("X-Query", request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "|"))
            return response
        case "wait":
            try? await Task.sleep(for: .milliseconds(Int(request.segments[1]) ?? 0))
            return HTTPResponse(contentType: "text/plain", bytes: Array((Task.isCancelled ? "cancelled" : "done").utf8))
        case "gate":
            await log.gate.pass()
            return HTTPResponse(contentType: "text/plain", bytes: Array("passed".utf8))
        case "stream": return stream(request)
        case "status": return HTTPResponse(status: Int(request.segments[1]) ?? 0)
        case "header": return HTTPResponse(headers: ["X-Broken": "a\r\nX-Injected: b"])
        default: return HTTPResponse(contentType: "text/plain", bytes: Array("ok".utf8))
        }
    }

    func refusal(_ refusal: HTTPRefusal) -> HTTPResponse {
        HTTPResponse(
            status: refusal.status, contentType: "application/json",
            bytes: Array(#"{"code":"\#(refusal.error.code)","path":"\#(refusal.path ?? "")"}"#.utf8))
    }

    private func stream(_ request: HTTPRequest) -> HTTPResponse {
        let pieceCount = Int(request.segments[1]) ?? 0
        let piece = [UInt8](repeating: UInt8(ascii: "s"), count: Int(request.segments[2]) ?? 0)
        let mode = request.segments.count > 3 ? request.segments[3] : ""
        let log = log
        return HTTPResponse(
            headers: ["Content-Type": "text/event-stream"],
            body: .stream(
                HTTPBodyStream(
                    byteCount: ["sized": 0, "short": 5, "long": -5][mode].map { pieceCount * piece.count + $0 },
                    isEndless: mode == "endless"
                ) { writer in
                    defer { log.streamEnded() }
                    for _ in 0..<pieceCount {
                        try await writer.write(piece)
                        log.wrote(piece.count)
                    }
                    if mode == "endless" { try await Task.sleep(for: .seconds(3600)) }
                    if mode == "broken" { throw CancellationError() }
                }))
    }
}

/// What the handler has seen, and the gate it waits at.
final class TestLog: Sendable {
    struct Counts { var began = 0, ended = 0, written = 0, streamsEnded = 0 }
    let counts = Mutex(Counts())
    let gate = Gate()

    func began() { counts.withLock { $0.began += 1 } }
    func ended() { counts.withLock { $0.ended += 1 } }
    func wrote(_ count: Int) { counts.withLock { $0.written += count } }
    func streamEnded() { counts.withLock { $0.streamsEnded += 1 } }
    var now: Counts { counts.withLock { $0 } }

    /// Whether `condition` holds within `seconds`.
    func becomes(within seconds: Double = 60, _ condition: (Counts) -> Bool) async -> Bool {
        for _ in 0..<Int(seconds * 100) {
            if condition(now) { return true }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return condition(now)
    }
}

/// Holds whoever comes until it is opened.
actor Gate {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func pass() async {
        if !isOpen { await withCheckedContinuation { waiting.append($0) } }
    }

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}

/// Runs `body` against a server, and stops the server whatever happens.
func withServer(
    limits: HTTPLimits = HTTPLimits(), tls: HTTPServerCertificate? = nil,
    _ body: (_ port: UInt16, _ log: TestLog, _ server: HTTPServer) async throws -> Void
) async throws {
    let handler = TestHandler()
    let server = try HTTPServer(
        configuration: HTTPServerConfiguration(tls: tls, limits: limits), handler: handler)
    do {
        try await body(server.boundPort, handler.log, server)
    } catch {
        await server.stop(within: .zero)
        throw error
    }
    await handler.log.gate.open()
    await server.stop(within: .seconds(2))
}

/// Sends `request` on a connection of its own and gives the response.
func exchange(_ port: UInt16, _ request: String, body: [UInt8] = []) async throws -> RawResponse? {
    try await blocking {
        let socket = try RawSocket(port: port)
        socket.send(Array(request.utf8) + body)
        return socket.receiveResponse()
    }
}

/// The JSON that a refusal of the test handler has.
func refusalText(_ code: ErrorCode, path: String = "/echo") -> String { #"{"code":"\#(code)","path":"\#(path)"}"# }
