// HTTPServer · the codes of its faults and refusals, each declared once.
public import Primitives

extension ErrorCode {
    /// A body longer than the server takes. Status 413.
    public static let httpBodyTooLarge = ErrorCode("http.body_too_large")
    /// Request line and header fields together longer than the server takes. Status 431.
    public static let httpHeadersTooLarge = ErrorCode("http.headers_too_large")
    /// A request target longer than the server takes. Status 414.
    public static let httpURITooLong = ErrorCode("http.uri_too_long")
    /// The server has as much work as it takes at once, or is stopping. Status 503 with `Retry-After`.
    public static let httpBusy = ErrorCode("http.busy")
    /// The answer took longer than the server allows. Status 503.
    public static let httpTimeout = ErrorCode("http.timeout")
    /// Bytes that are no HTTP, or that two readers could read as different requests. Status 400.
    public static let httpMalformed = ErrorCode("http.malformed")
    /// An answer that cannot be sent as it is. Status 500.
    public static let httpResponseInvalid = ErrorCode("http.response_invalid")
    /// The client left before the whole body was written.
    public static let httpClientGone = ErrorCode("http.client_gone")
    /// The address and port cannot be listened on.
    public static let httpAddressUnavailable = ErrorCode("http.address_unavailable")
    /// The certificate and its key are not usable together.
    public static let httpCertificateRejected = ErrorCode("http.certificate_rejected")
}
