// HTTPServer · what the server itself refuses, and how it says so.
internal import Primitives

extension NetworkService {
    /// Seconds after which a busy server is worth another try.
    private static let retryAfterSeconds = 1

    /// The refusal with `code` of a request for `target`.
    func refusal(_ code: ErrorCode, target: [UInt8]) -> HTTPRefusal {
        let path = HTTPTarget(bytes: target[...])?.path
        func refusal(_ status: Int, _ message: String, hint: String, retryAfterSeconds: Int? = nil) -> HTTPRefusal {
            HTTPRefusal(
                status: status, error: SteleError(code, message, hint: hint), path: path,
                retryAfterSeconds: retryAfterSeconds)
        }
        switch code {
        case .httpBodyTooLarge:
            return refusal(
                413, "the body is longer than \(limits.bodyByteCountMax) bytes", hint: "send it in smaller parts")
        case .httpURITooLong:
            return refusal(
                414, "the request target is longer than \(limits.targetByteCountMax) bytes",
                hint: "send the search in the body, with POST to _search")
        case .httpHeadersTooLarge:
            return refusal(
                431, "request line and header fields take more than \(limits.headerByteCountMax) bytes",
                hint: "send fewer or shorter header fields")
        case .httpBusy:
            return refusal(
                503, "the server has as much work as it takes at once", hint: "try again after the time in Retry-After",
                retryAfterSeconds: Self.retryAfterSeconds)
        case .httpTimeout:
            return refusal(
                503, "the answer took too long; whether the request was carried out is not known",
                hint: "send the same request with the same Idempotency-Key again")
        case .httpMalformed:
            return refusal(
                400, "the request is not well-formed HTTP, or can be read in two ways",
                hint: "send one Host, one length, CR LF line ends, and escape the target")
        default:
            return refusal(500, "the answer cannot be sent", hint: "report this; nothing in the request causes it")
        }
    }

    /// The answer that says `refusal`.
    func response(to refusal: HTTPRefusal) -> HTTPResponse {
        var response = handler.refusal(refusal)
        if let seconds = refusal.retryAfterSeconds { response.headers.set("Retry-After", String(seconds)) }
        return response
    }
}
