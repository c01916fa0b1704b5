// HTTPServer · one answer.

/// An answer. `Date`, `Content-Length`, `Transfer-Encoding` and `Connection` are added by the server.
public struct HTTPResponse: Sendable {
    /// 200 to 599.
    public var status: Int
    /// The header fields.
    public var headers: HTTPHeaders
    /// The body. Not sent in answer to `HEAD`, nor with 204 and 304.
    public var body: HTTPBody
    /// Called when the answer is about to go out, with what ends its connection; returns whether it may go out. Kept
    /// until the answer is out or its connection has ended, with all that it holds.
    public var onSending: Sending?

    /// See ``onSending``.
    public typealias Sending = @Sendable (_ cut: @escaping @Sendable () -> Void) -> Bool

    /// An answer with `body`.
    public init(status: Int = 200, headers: HTTPHeaders = [:], body: HTTPBody = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// An answer with `bytes` of the media type `contentType`.
    public init(status: Int = 200, contentType: String, bytes: [UInt8]) {
        self.init(status: status, headers: ["Content-Type": contentType], body: .bytes(bytes))
    }
}

/// The body of an answer.
public enum HTTPBody: Sendable {
    /// All of it.
    case bytes([UInt8])
    /// Written while it is sent.
    case stream(HTTPBodyStream)
}
