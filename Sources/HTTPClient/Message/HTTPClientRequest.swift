// HTTPClient · one request to send.

/// A request. Its URL, header fields and body may be secret: none of them is ever logged or put into an error.
public struct HTTPClientRequest: Sendable {
    /// `GET`, `POST` and so on.
    public var method: String
    /// An absolute `https` or `http` URL, without user name and password.
    public var url: String
    /// The header fields in order. `Host` and `Content-Length` are added.
    public var headers: [(name: String, value: String)]
    /// The body; nil for none.
    public var body: [UInt8]?
    /// Longest time from sending to the end of the answer, connecting included.
    public var timeout = Duration.seconds(30)
    /// Longest body of the answer in bytes.
    public var responseByteCountMax = 16 << 20

    /// A request for `url`.
    public init(
        method: String = "GET", url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// An answer, whatever its status. Redirects are answers too: they are not followed.
public struct HTTPClientResponse: Sendable {
    /// The status code.
    public let status: Int
    /// The header fields in order.
    public let headers: [(name: String, value: String)]
    /// The body.
    public let body: [UInt8]

    /// The value of the first field called `name`, without regard to case.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}
