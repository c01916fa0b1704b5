// HTTPServerTests · answers that are cut while they are sent, and what is kept for them until they are out.
import Foundation
import HTTPServer
import Synchronization
import Testing

@Suite struct CutTests {
    /// Answers `/large` with more than the system's buffers take and `/small` with a word; keeps what cuts them.
    private final class Handler: HTTPHandler {
        final class Kept: Sendable {}
        struct State {
            var mayGoOut = true
            var cuts: [@Sendable () -> Void] = []
            weak var kept: Kept?
        }
        let state = Mutex(State())

        func respond(to request: HTTPRequest) async -> HTTPResponse {
            let count = request.segments.first == "large" ? 64 << 20 : 4
            var response = HTTPResponse(
                contentType: "application/octet-stream", bytes: [UInt8](repeating: 0x61, count: count))
            let kept = Kept()
            state.withLock { $0.kept = kept }
            response.onSending = { [state = Shared(self)] cut in
                withExtendedLifetime(kept) {
                    state.handler.state.withLock { state in
                        state.cuts.append(cut)
                        return state.mayGoOut
                    }
                }
            }
            return response
        }

        /// Whether what the last answer kept is gone within a minute.
        func isFree() async -> Bool {
            for _ in 0..<6000 {
                if state.withLock({ $0.kept == nil }) { return true }
                try? await Task.sleep(for: .milliseconds(10))
            }
            return false
        }

        var hasBegun: Bool { state.withLock { !$0.cuts.isEmpty } }
        func cut() { for cut in state.withLock({ $0.cuts }) { cut() } }
    }

    private struct Shared: Sendable {
        let handler: Handler
        init(_ handler: Handler) { self.handler = handler }
    }

    private func served(
        _ tls: HTTPServerCertificate? = nil, _ body: (_ port: UInt16, _ handler: Handler) async throws -> Void
    ) async throws {
        let handler = Handler()
        let server = try HTTPServer(configuration: HTTPServerConfiguration(tls: tls), handler: handler)
        let result: Result<Void, any Error>
        do { result = .success(try await body(server.boundPort, handler)) } catch { result = .failure(error) }
        await server.stop(within: .zero)
        try result.get()
    }

    @Test func whatIsSentSlowlyEndsWhenItIsCut() async throws {
        try await served { port, handler in
            let socket = try await blocking {
                let socket = SendableSocket(try RawSocket(port: port, receiveBufferByteCount: 4096))
                socket.value.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = socket.value.receive(upTo: 1000)
                return socket
            }
            #expect(handler.hasBegun)
            handler.cut()
            #expect(await handler.isFree(), "what was kept is let go")
            let rest = try await blocking { socket.value.receiveToEnd() }
            #expect(rest.count < 256 << 10, "what waited in the buffers of the system is dropped too")
        }
    }

    @Test func anAnswerThatIsOutKeepsNothingAndCuttingItCutsNobody() async throws {
        try await served { port, handler in
            let socket = try await blocking {
                let socket = SendableSocket(try RawSocket(port: port))
                socket.value.send("GET /small HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = socket.value.receiveResponse()
                return socket
            }
            #expect(await handler.isFree())
            handler.cut()
            let again = try await blocking {
                socket.value.send("GET /small HTTP/1.1\r\nHost: x\r\n\r\n")
                return socket.value.receiveResponse()
            }
            #expect(again?.text == "aaaa", "the connection serves the next request")
        }
    }

    @Test func whatMustNotGoOutIsNotSent() async throws {
        try await served { port, handler in
            handler.state.withLock { $0.mayGoOut = false }
            let bytes = try await blocking {
                let socket = try RawSocket(port: port)
                socket.send("GET /small HTTP/1.1\r\nHost: x\r\n\r\n")
                return socket.receiveToEnd()
            }
            #expect(bytes.isEmpty)
            #expect(await handler.isFree())
        }
    }
}
