// HTTPServerTests · requests that two readers could take for different ones.
//
// Each shape hides a second request, `GET /hidden`, in what one reading takes for the body and another does not. The
// server must answer once, with a refusal, and close: the handler never sees either.
import Foundation
import HTTPServer
import Testing

@Suite struct FramingTests {
    private static let hidden = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test(arguments: [
        // Two lengths, equal or not, in one field or two.
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 35\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0, 35\r\n\r\n",
        // A length and chunks, either way round, and chunks by other names.
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\u{0B}chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        // Names and values that only some readers recognise.
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length : 35\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: +35\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0x23\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: \r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        // Lines that end or go on where only some readers see it.
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nX-A: a\r\n\tb\r\nContent-Length: 0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\nContent-Length: 35\r\n\r\n",
        "POST /echo HTTP/1.1\nHost: x\nContent-Length: 0\n\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nX-A: a\rContent-Length: 35\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nX-A: a\u{0}Content-Length: 35\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0\u{0}5\r\n\r\n",
        "POST /echo\u{0}/b HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST  /echo HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /echo  HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /echo HTTP/1.1 \r\nHost: x\r\n\r\n",
        "POST /echo b HTTP/1.1\r\nHost: x\r\n\r\n",
        // Chunks that lie about their length.
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nabc\r\n0\r\n\r\n",
        // Whom the request is for.
        "GET /echo HTTP/1.1\r\n\r\n",
        "GET /echo HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET echo HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET http://y HTTP/1.1\r\nHost: x\r\n\r\n",
        "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GE(T /echo HTTP/1.1\r\nHost: x\r\n\r\n",
        // No HTTP that is spoken here.
        "GET /echo HTTP/2.0\r\nHost: x\r\n\r\n",
        "GET /echo HTTP/0.9\r\n\r\n",
        "GET /echo\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /echo http/1.1\r\nHost: x\r\n\r\n",
    ])
    func refusesOnceAndCloses(request: String) async throws {
        try await withServer { port, log, _ in
            let (first, rest) = try await blocking {
                let socket = try RawSocket(port: port)
                socket.send(request + Self.hidden)
                return (socket.receiveResponse(), socket.receiveToEnd())
            }
            let status = try #require(first, "\(request.debugDescription)").status
            #expect([400, 413, 501, 505].contains(status), "\(status) for \(request.debugDescription)")
            // For a broken Content-Length the library sends the head of its own page twice, which leaves some of the
            // page behind; a second answer would have a second head.
            #expect(
                !String(decoding: rest, as: UTF8.self).contains("HTTP/1.1"),
                "a second answer for \(request.debugDescription)")
            #expect(log.now.began == 0, "the handler saw \(request.debugDescription)")
        }
    }

    @Test(arguments: [
        "GET /echo HTTP/1.1\r\nHost:x\r\nX-A:\t a b \t\r\nX-B:\r\n\r\n",
        "GET /echo HTTP/1.1\r\nhost: x\r\nX-Obs: caf\u{E9}\r\n\r\n",
        "\r\nGET /echo HTTP/1.1\r\nHost: x\r\n\r\n",
        "M-SEARCH /echo HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET http://x/echo HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n",
        "GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    ])
    func takesWhatIsUnusualButClear(request: String) async throws {
        try await withServer { port, _, _ in
            let (first, second) = try await blocking {
                let socket = try RawSocket(port: port)
                socket.send(request + Self.hidden)
                return (socket.receiveResponse(), socket.receiveResponse())
            }
            #expect(first?.status == 200 && second?.text == "ok", "\(request.debugDescription)")
        }
    }
}
