// HTTPServerTests · the one TLS policy, seen by other people's clients.
import Foundation
import HTTPClient
import HTTPServer
import Primitives
import Testing

@Suite struct TLSTests {
    private func withTLSServer(_ body: (UInt16) async throws -> Void) async throws {
        let certificate = try TestCertificate.shared.get()
        try await withServer(tls: certificate.forServer) { port, _, _ in try await body(port) }
    }

    private func connect(_ port: UInt16, _ options: String) async throws -> String {
        try await blocking {
            try Command.run(
                #"printf 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' |"#
                    + " openssl s_client -connect 127.0.0.1:\(port) -ign_eof \(options)")
        }
    }

    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func speaksCurrentVersions(version: String) async throws {
        try await withTLSServer { port in
            let output = try await connect(port, version)
            #expect(output.contains("HTTP/1.1 200 OK"), "\(output)")
        }
    }

    @Test(arguments: ["-tls1", "-tls1_1"])
    func refusesOldVersions(version: String) async throws {
        try await withTLSServer { port in
            // The client's own security level is lowered, so that it is the server that refuses.
            let output = try await connect(port, "\(version) -cipher ALL:@SECLEVEL=0")
            #expect(!output.contains("HTTP/1.1"))
            #expect(output.contains("no peer certificate available"), "\(output)")
        }
    }

    @Test(arguments: [
        "AES128-GCM-SHA256", "DHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES128-SHA256", "NULL",
    ])
    func refusesWeakCiphers(cipher: String) async throws {
        try await withTLSServer { port in
            let output = try await connect(port, "-tls1_2 -cipher \(cipher):@SECLEVEL=0")
            #expect(!output.contains("HTTP/1.1") && output.contains("no peer certificate available"), "\(output)")
        }
    }

    @Test func carriesEverythingPlainConnectionsCarry() async throws {
        let certificate = try TestCertificate.shared.get()
        try await withTLSServer { port in
            let client = try HTTPClient(trust: .caPEM(certificate.certificatePEM))
            let base = "https://127.0.0.1:\(port)"
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<16 {
                    group.addTask {
                        let body = [UInt8](repeating: UInt8(index), count: 1 + index * 100_000)
                        let echo = HTTPClientRequest(method: "POST", url: "\(base)/echo", body: body)
                        let echoed = try await client.send(echo).body
                        #expect(echoed == body)
                        let stream = HTTPClientRequest(url: "\(base)/stream/\(index * 10)/20000")
                        let streamed = try await client.send(stream).body
                        #expect(streamed.count == index * 200_000)
                        let wait = HTTPClientRequest(url: "\(base)/wait/\(index)")
                        let waited = try await client.send(wait).body
                        #expect(waited == Array("done".utf8))
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func refusesPlainTextAndNoise() async throws {
        try await withTLSServer { port in
            let bytes = try await blocking {
                let socket = try RawSocket(port: port)
                socket.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                return socket.receiveToEnd()
            }
            #expect(!String(decoding: bytes, as: UTF8.self).contains("HTTP/1.1"))
            #expect(try await connect(port, "-tls1_3").contains("HTTP/1.1 200 OK"))
        }
    }

    @Test func cutsAHandshakeThatDoesNotCome() async throws {
        let certificate = try TestCertificate.shared.get()
        var limits = HTTPLimits()
        limits.headerTimeout = .seconds(1)
        try await withServer(limits: limits, tls: certificate.forServer) { port, _, _ in
            let isCut = try await blocking {
                let socket = try RawSocket(port: port)
                socket.send([22, 3, 1, 2, 0, 1])
                return socket.isEnded(within: 30)
            }
            #expect(isCut)
        }
    }

    @Test func refusesUnusableCertificates() throws {
        let (one, other) = (try TestCertificate.shared.get(), try TestCertificate())
        for (certificate, key) in [
            (one.certificatePEM, other.keyPEM), (one.certificatePEM, "no key"), ("", one.keyPEM),
        ] {
            let error = #expect(throws: SteleError.self) {
                try HTTPServer(
                    configuration: HTTPServerConfiguration(
                        tls: HTTPServerCertificate(
                            certificatePEM: Array(certificate.utf8), keyPEM: Array(key.utf8))), handler: TestHandler())
            }
            #expect(error?.code == .httpCertificateRejected)
        }
    }
}
