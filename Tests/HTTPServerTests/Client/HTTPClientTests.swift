// HTTPServerTests · the client, against our server and against none.
import Foundation
import HTTPClient
import HTTPServer
import Primitives
import Testing

@Suite struct HTTPClientTests {
    private func code(_ client: HTTPClient, _ request: HTTPClientRequest) async -> ErrorCode? {
        do throws(SteleError) {
            _ = try await client.send(request)
            return nil
        } catch { return error.code }
    }

    @Test func sendsAndReceives() async throws {
        try await withServer { port, _, _ in
            let client = try HTTPClient()
            let response = try await client.send(
                HTTPClientRequest(
                    method: "PUT", url: "http://127.0.0.1:\(port)/echo?a=b", headers: [("X-Empty", "")],
                    body: Array("hello".utf8)))
            #expect(response.status == 200 && response.body == Array("hello".utf8))
            #expect(response.header("x-method") == "PUT" && response.header("X-QUERY") == "a=b")
            let head = try await client.send(HTTPClientRequest(method: "HEAD", url: "http://127.0.0.1:\(port)/"))
            #expect(head.status == 200 && head.body == [] && head.header("content-length") == "2")
            let stream = try await client.send(HTTPClientRequest(url: "http://127.0.0.1:\(port)/stream/10/1000"))
            #expect(stream.body.count == 10_000)
            #expect(try await client.send(HTTPClientRequest(url: "http://127.0.0.1:\(port)/status/404")).status == 404)
        }
    }

    @Test func keepsManyRequestsUnderWay() async throws {
        try await withServer { port, log, _ in
            let client = try HTTPClient()
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<64 {
                    group.addTask {
                        let body = Array("held \(index)".utf8)
                        _ = try await client.send(HTTPClientRequest(url: "http://127.0.0.1:\(port)/gate"))
                        let echo = HTTPClientRequest(method: "POST", url: "http://127.0.0.1:\(port)/echo", body: body)
                        for _ in 0..<20 { guard try await client.send(echo).body == body else { return false } }
                        return true
                    }
                }
                #expect(await log.becomes { $0.began == 64 }, "all are under way at once")
                await log.gate.open()
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test func believesOnlyWhomItIsTold() async throws {
        let certificate = try TestCertificate.shared.get()
        let other = try TestCertificate()
        try await withServer(tls: certificate.forServer) { port, _, _ in
            let request = HTTPClientRequest(url: "https://127.0.0.1:\(port)/")
            let trusting = try HTTPClient(trust: .caPEM(certificate.certificatePEM))
            #expect(try await trusting.send(request).status == 200)
            #expect(await code(try HTTPClient(trust: .system), request) == .clientTLS)
            #expect(await code(try HTTPClient(trust: .caPEM(other.certificatePEM)), request) == .clientTLS)
            #expect(await code(try HTTPClient(trust: .caPEM("no certificate")), request) == .clientTLS)
            #expect(await code(try HTTPClient(trust: .caFile("/nowhere/ca.pem")), request) == .clientTLS)
            // The name must fit as well.
            #expect(await code(trusting, HTTPClientRequest(url: "https://127.0.0.2:\(port)/")) != nil)
        }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("stele-ca-\(UUID().uuidString).pem")
        try certificate.certificatePEM.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        try await withServer(tls: certificate.forServer) { port, _, _ in
            let client = try HTTPClient(trust: .caFile(file.path))
            #expect(try await client.send(HTTPClientRequest(url: "https://localhost:\(port)/")).status == 200)
        }
    }

    @Test func boundsTheAnswer() async throws {
        try await withServer { port, _, _ in
            let client = try HTTPClient()
            for (path, count) in [("stream/1/1000", 1000), ("stream/1/1000/sized", 1000)] {
                var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/\(path)")
                request.responseByteCountMax = count
                #expect(await code(client, request) == nil)
                request.responseByteCountMax = count - 1
                #expect(await code(client, request) == .clientResponseTooLarge)
            }
        }
    }

    @Test func givesUpInTime() async throws {
        try await withServer { port, _, _ in
            let client = try HTTPClient()
            var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/wait/600000")
            request.timeout = .milliseconds(200)
            let start = ContinuousClock.now
            #expect(await code(client, request) == .clientTimeout)
            #expect(start.duration(to: .now) < .seconds(30))
        }
    }

    @Test func saysThatNobodyIsThere() async throws {
        let client = try HTTPClient()
        #expect(await code(client, HTTPClientRequest(url: "http://127.0.0.1:1/secret?token=abc")) == .clientUnreachable)
        try await withServer { port, _, _ in
            // An answer that breaks off is none.
            let request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/stream/3/10/broken")
            #expect(await code(client, request) == .clientUnreachable)
        }
        do {
            _ = try await client.send(HTTPClientRequest(url: "http://127.0.0.1:1/secret?token=abc"))
        } catch {
            #expect(!"\(error)".contains("abc") && !"\(error)".contains("secret"))
        }
    }

    @Test(arguments: [
        ("GET", "ftp://127.0.0.1/", "A", "b"), ("GET", "file:///etc/passwd", "A", "b"), ("GET", "", "A", "b"),
        ("GET", "http://user:password@127.0.0.1:1/", "A", "b"), ("GET", "http://127.0.0.1:1/a b", "A", "b"),
        ("GET", "http://127.0.0.1:1/\r\nX: y", "A", "b"), ("GE T", "http://127.0.0.1:1/", "A", "b"),
        ("GET", "http://127.0.0.1:1/", "A", "b\r\nX: y"), ("GET", "http://127.0.0.1:1/", "A\r\nX", "b"),
        ("GET", "http://127.0.0.1:1/", "A", "b\0c"), ("", "http://127.0.0.1:1/", "A", "b"),
    ])
    func refusesWhatIsNoRequest(method: String, url: String, name: String, value: String) async throws {
        let client = try HTTPClient()
        let request = HTTPClientRequest(method: method, url: url, headers: [(name, value)])
        #expect(await code(client, request) == .clientRequestMalformed)
    }

    @Test func followsNoRedirect() async throws {
        try await withServer { port, log, _ in
            let response = try await HTTPClient().send(HTTPClientRequest(url: "http://127.0.0.1:\(port)/status/302"))
            #expect(response.status == 302 && log.now.began == 1)
        }
    }

    @Test func canBeCancelled() async throws {
        try await withServer { port, log, _ in
            let client = try HTTPClient()
            let task = Task { await code(client, HTTPClientRequest(url: "http://127.0.0.1:\(port)/gate")) }
            #expect(await log.becomes { $0.began == 1 })
            task.cancel()
            #expect(await task.value == .clientCancelled)
            let early = Task {
                try? await Task.sleep(for: .seconds(600))
                return await code(client, HTTPClientRequest(url: "http://127.0.0.1:\(port)/gate"))
            }
            early.cancel()
            #expect(await early.value == .clientCancelled)
        }
    }
}
