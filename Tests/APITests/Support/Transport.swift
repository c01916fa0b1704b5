// APITests · two ways to the same handler: in memory, and over TLS through a socket.
import API
import Cryptography
import HTTPClient
import HTTPServer
import JSON
import Node
import Primitives

/// An answer as a client sees it.
struct Reply: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    subscript(_ header: String) -> String? {
        headers.first { $0.name.lowercased() == header.lowercased() }?.value
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The text without the version and the time that the server says in `meta`, which must be there: what was sent.
    var sentText: String? {
        let said = #/"versionId":"[0-9]+","lastUpdated":"[^"]+"/#
        guard text.firstMatch(of: said) != nil else { return nil }
        return text.replacing(#/,"meta":{"versionId":"[0-9]+","lastUpdated":"[^"]+"}/#, with: "")
            .replacing(#/"versionId":"[0-9]+","lastUpdated":"[^"]+",/#, with: "")
    }

    func json() throws -> JSONNode { try JSONDocument(parsing: body).root }

    /// The code of an error in any of the three shapes.
    var code: String? {
        guard let root = try? json() else { return nil }
        return root["error"]?["code"]?.string ?? root["code"]?.string
            ?? root["issue"]?.elements.first { _ in true }?["details"]?["coding"]?.elements.first { _ in true }?[
                "code"]?
            .string
    }
}

/// How a test reaches the API.
enum Way: CaseIterable, Sendable { case memory, socket }

/// Sends requests.
protocol Transport: Sendable {
    func send(
        _ method: String, _ target: String, headers: [(name: String, value: String)], body: [UInt8]
    ) async throws -> Reply
    func stop() async
}

/// Calls the handler directly.
struct MemoryTransport: Transport {
    struct BadTarget: Error {}
    let handler: APIHandler

    func send(
        _ method: String, _ target: String, headers: [(name: String, value: String)], body: [UInt8]
    ) async throws -> Reply {
        guard let parsed = HTTPTarget(target) else { throw BadTarget() }
        var fields = HTTPHeaders()
        for header in headers { fields.add(header.name, header.value) }
        let response = await handler.respond(
            to: HTTPRequest(method: method, target: parsed, headers: fields, body: body))
        var bytes: [UInt8] = []
        if case .bytes(let whole) = response.body { bytes = whole }
        return Reply(
            status: response.status, headers: response.headers.map { ($0.name, $0.value) }, body: bytes)
    }

    func stop() async {}
}

/// Speaks TLS to a server on a free port.
struct SocketTransport: Transport {
    let server: HTTPServer
    let client: HTTPClient

    init(_ handler: APIHandler, limits: HTTPLimits = HTTPLimits()) throws {
        let now = SystemTime().now()
        let certificate = try SelfSignedCertificate.make(
            dnsNames: ["localhost"], addresses: ["127.0.0.1"], validFrom: Timestamp(seconds: now.seconds - 3600),
            validUntil: Timestamp(seconds: now.seconds + 3600))
        server = try HTTPServer(
            configuration: HTTPServerConfiguration(
                tls: HTTPServerCertificate(
                    certificatePEM: Array(certificate.server.utf8), keyPEM: certificate.serverKey.exposedCopy()),
                limits: limits),
            handler: handler)
        client = try HTTPClient(trust: .caPEM(certificate.authority))
    }

    func send(
        _ method: String, _ target: String, headers: [(name: String, value: String)], body: [UInt8]
    ) async throws -> Reply {
        let response = try await client.send(
            HTTPClientRequest(
                method: method, url: "https://127.0.0.1:\(server.boundPort)\(target)", headers: headers,
                body: body.isEmpty && (method == "GET" || method == "DELETE") ? nil : body))
        return Reply(status: response.status, headers: response.headers, body: response.body)
    }

    func stop() async { await server.stop(within: .seconds(1)) }
}

extension JSONNode {
    /// The first element of an array, or nil.
    var firstElement: JSONNode? { elements.first { _ in true } }
}
