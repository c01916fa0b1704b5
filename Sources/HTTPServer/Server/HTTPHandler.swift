// HTTPServer · who answers.
public import Primitives

/// Answers requests. Called for many at once.
public protocol HTTPHandler: Sendable {
    /// The answer to `request`.
    ///
    /// The task is cancelled when the server stops or ``HTTPLimits/handlerTimeout`` has passed; the answer is then no
    /// longer sent. A client that leaves does not cancel it: what was begun is finished.
    func respond(to request: HTTPRequest) async -> HTTPResponse

    /// The answer when the server itself refuses, in the handler's own format.
    ///
    /// Called on a thread of the network, so it must neither wait nor compute long.
    func refusal(_ refusal: HTTPRefusal) -> HTTPResponse
}

extension HTTPHandler {
    public func refusal(_ refusal: HTTPRefusal) -> HTTPResponse {
        HTTPResponse(
            status: refusal.status, contentType: "text/plain; charset=utf-8",
            bytes: Array("\(refusal.error.code): \(refusal.error.message)\n".utf8))
    }
}

/// Why the server refuses a request before or after the handler.
public struct HTTPRefusal: Sendable {
    /// 400, 413, 414, 431, 500 or 503.
    public let status: Int
    /// One of the codes `http.…`, with what to do next.
    public let error: SteleError
    /// The path as it came, if one could be read: the format of an answer may depend on it.
    public let path: String?
    /// Seconds after which the client should try again, sent as `Retry-After`.
    public let retryAfterSeconds: Int?
}
