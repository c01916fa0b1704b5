// HTTPServer · one request, complete.

/// A request with its whole body. It may hold anything about a patient, so nothing of it is ever logged.
public struct HTTPRequest: Sendable {
    /// `GET`, `POST` and so on, as it came; methods are case-sensitive (RFC 9110 §9.1).
    public let method: String
    /// What is asked for.
    public let target: HTTPTarget
    /// The header fields.
    public let headers: HTTPHeaders
    /// The body, empty if there is none. At most ``HTTPLimits/bodyByteCountMax`` bytes.
    public let body: [UInt8]
    /// The numeric address of the client, without the port; empty for a request made in the process.
    public let clientAddress: String

    /// A request for `target`.
    public init(
        method: String, target: HTTPTarget, headers: HTTPHeaders = [:], body: [UInt8] = [], clientAddress: String = ""
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.clientAddress = clientAddress
    }

    /// The path as it came, percent-encoded.
    public var path: String { target.path }
    /// The parts of the path, decoded.
    public var segments: [String] { target.segments }
    /// The fields of the query, decoded.
    public var query: [HTTPField] { target.query }
}
