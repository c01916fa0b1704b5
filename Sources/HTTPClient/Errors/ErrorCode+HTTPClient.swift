// HTTPClient · the codes of its faults, each declared once.
public import Primitives

extension ErrorCode {
    /// The other side cannot be found or connected to, or left before it had answered.
    public static let clientUnreachable = ErrorCode("client.unreachable")
    /// The other side's certificate is not trusted, or there is no common TLS.
    public static let clientTLS = ErrorCode("client.tls")
    /// There was no whole answer in time.
    public static let clientTimeout = ErrorCode("client.timeout")
    /// The answer is longer than the request allows.
    public static let clientResponseTooLarge = ErrorCode("client.response_too_large")
    /// A request that cannot be sent as it is: its URL, method or a header field.
    public static let clientRequestMalformed = ErrorCode("client.request_malformed")
    /// The task that waited for the answer was cancelled.
    public static let clientCancelled = ErrorCode("client.cancelled")
}
