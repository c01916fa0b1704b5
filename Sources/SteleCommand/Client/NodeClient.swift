// SteleCommand · one node, as a client sees it.
public import HTTPClient
internal import JSON
public import Primitives

extension ErrorCode {
    /// An answer of a node that is not what its interface promises.
    public static let answerMalformed = ErrorCode("answer.malformed")
}

/// Talks to one node over TLS and turns its refusals into errors with the node's own codes.
public struct NodeClient: Sendable {
    /// The node's address, `https://host:port`, without a slash at its end.
    public let url: String
    private let http: HTTPClient

    /// A client of the node at `url` that believes `trust`.
    /// - Throws: `usage.value` when `url` is no such address, `client.tls` when the authorities cannot be read.
    public init(url: String, trust: HTTPClientTrust) throws(SteleError) {
        let base = url.hasSuffix("/") ? String(url.dropLast()) : url
        let scheme = ["https://", "http://"].first { base.hasPrefix($0) }
        let rest = base.dropFirst(scheme?.count ?? 0)
        guard scheme != nil, !rest.isEmpty, !rest.contains(where: { "/?#@".contains($0) }) else {
            throw SteleError(
                .usageValue, "the address of the node is not a URL with scheme, host and port only",
                hint: "write it like https://127.0.0.1:8443")
        }
        self.url = base
        http = try HTTPClient(trust: trust)
    }

    /// A body with its media type.
    struct Body: Sendable {
        let mediaType: String
        let bytes: [UInt8]

        static func json(_ value: JSONValue) -> Body { Body(mediaType: "application/json", bytes: value.serialized()) }
        static func cbor(_ bytes: [UInt8]) -> Body { Body(mediaType: "application/cbor", bytes: bytes) }
        static func fhir(_ bytes: [UInt8]) -> Body { Body(mediaType: "application/fhir+json", bytes: bytes) }
        static func form(_ fields: [(name: String, value: String)]) -> Body {
            let text = fields.map { "\(PercentText.encode($0.name))=\(PercentText.encode($0.value))" }
            return Body(
                mediaType: "application/x-www-form-urlencoded", bytes: Array(text.joined(separator: "&").utf8))
        }
    }

    /// Sends a request and returns the answer if its status is a success.
    ///
    /// - Parameters:
    ///   - path: with its query, percent-encoded.
    ///   - token: an access token.
    ///   - accept: the media type wanted.
    /// - Throws: what the node refuses, under its own code; `answer.malformed`; or one of the codes `client.…`.
    func send(
        _ method: String, _ path: String, token: String? = nil, accept: String = "application/json", body: Body? = nil,
        timeout: Duration = .seconds(120), byteCountMax: Int = 64 << 20
    ) async throws(SteleError) -> NodeAnswer {
        var headers = [(name: "Accept", value: accept)]
        if let token { headers.append(("Authorization", "Bearer \(token)")) }
        if let body { headers.append(("Content-Type", body.mediaType)) }
        var request = HTTPClientRequest(method: method, url: url + path, headers: headers, body: body?.bytes)
        request.timeout = timeout
        request.responseByteCountMax = byteCountMax
        let answer = NodeAnswer(try await http.send(request))
        guard (200..<300).contains(answer.status) else { throw answer.refusal }
        return answer
    }
}

/// Percent-encoding of one part of a query or form. Source: RFC 3986 §2.
enum PercentText {
    /// `text` with every byte escaped but the unreserved ones.
    static func encode(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default: encoded += "%" + Hex.encode(CollectionOfOne(byte)).uppercased()
            }
        }
        return encoded
    }
}
