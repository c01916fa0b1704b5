// HTTPClient · requests to others.
public import Primitives

/// Sends HTTP/1.1 requests over TLS 1.2 or newer, or plain.
///
/// Connections are kept and used again; up to ``connectionCountMax`` requests are under way at once, and more wait for
/// their turn within their own time limits. One thread of the system moves all bytes. Proxies named by the environment
/// are not used, redirects not followed, cookies not kept: what is sent goes where its URL says, and nowhere else.
public final class HTTPClient: Sendable {
    /// Connections at once.
    public static let connectionCountMax = 64

    private let loop: TransferLoop
    private let thread: SystemThread

    /// A client that believes `trust`, and is `identity` to servers that ask.
    ///
    /// - Throws: `client.tls` if the authorities cannot be read.
    public init(trust: HTTPClientTrust = .system, identity: HTTPClientIdentity? = nil) throws(SteleError) {
        let loop = try TransferLoop(trust: trust, identity: identity)
        guard let thread = SystemThread({ loop.run() }) else { throw .noResources }
        self.loop = loop
        self.thread = thread
    }

    deinit {
        loop.end()
        thread.join()
    }

    /// Sends `request` and returns the answer, whatever its status.
    ///
    /// The request may have been carried out even if this throws `client.timeout`, `client.unreachable`,
    /// `client.response_too_large` or `client.cancelled`: repeat only what may be repeated.
    ///
    /// - Throws: One of the codes `client.…`. Nothing of the request or the answer is in the error.
    public func send(_ request: HTTPClientRequest) async throws(SteleError) -> HTTPClientResponse {
        guard request.isSendable else { throw .requestMalformed }
        let transfer = Transfer(request)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                transfer.begin(continuation)
                loop.submit(transfer)
            }
        } onCancel: {
            loop.cancel(transfer)
        }
        return try result.get()
    }
}
