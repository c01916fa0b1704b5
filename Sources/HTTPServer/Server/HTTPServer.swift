// HTTPServer · a server from start to stop.
public import Primitives
internal import Synchronization

/// An HTTP/1.1 server: listening once made, until ``stop(within:)``.
///
/// Keep-alive, pipelining, chunked bodies, `HEAD`, `Expect: 100-continue` and TLS are its own affair; the handler sees
/// complete requests within ``HTTPLimits`` and gives answers. Framing that two readers could understand differently is
/// refused (RFC 9112 §11.2). What is not HTTP at all, or far beyond the limits, gets libmicrohttpd's own short page
/// with status 400, 413, 414, 431 or 505 instead of the handler's ``HTTPHandler/refusal(_:)``.
public final class HTTPServer: Sendable {
    /// The port in use.
    public let boundPort: UInt16

    private let service: NetworkService
    private let daemon: Daemon
    private let acceptor: Acceptor
    // Taken by whoever stops the server, so that it is stopped once.
    private let thread: Mutex<SystemThread?>

    /// How often a stopping server looks whether its last answers have gone out.
    private static let stopInterval = Duration.milliseconds(5)
    /// How long connections may take to close once they are shut down.
    private static let closingLimit = Duration.seconds(1)

    /// Starts serving with `handler`.
    ///
    /// - Throws: `http.address_unavailable` or `http.certificate_rejected`.
    public init(configuration: HTTPServerConfiguration, handler: some HTTPHandler) throws(SteleError) {
        let listener = try Listener(address: configuration.address, port: configuration.port)
        let acceptor = try Acceptor(listener)
        let service = NetworkService(
            handler: handler, limits: configuration.limits, wakeAcceptor: { [weak acceptor] in acceptor?.wake() })
        let daemon = try Daemon(service, configuration)
        guard let thread = SystemThread({ acceptor.run(service, daemon) }) else {
            daemon.stop()
            throw SteleError(
                .httpAddressUnavailable, "the threads of the server cannot be started",
                hint: "allow the process more threads and memory")
        }
        self.boundPort = acceptor.port
        self.acceptor = acceptor
        self.service = service
        self.daemon = daemon
        self.thread = Mutex(thread)
    }

    deinit { endThreads() }

    /// Connections open now.
    public var connectionCount: Int { service.table.count }

    /// Complete requests whose answers have not been sent yet.
    public var requestCount: Int { service.answeringCount }

    /// Stops: accepts no more, refuses new requests with 503, sends the answers to those under way, and after `limit`
    /// cuts what is left and cancels its handlers. Returns when all connections are closed; a second call does nothing.
    public func stop(within limit: Duration = .seconds(10)) async {
        service.beginStopping()
        acceptor.wake()
        let clock = ContinuousClock()
        let end = clock.now + limit
        while service.answeringCount > 0, clock.now < end {
            // Cancelled or not, the server has to stop; then it does so at once.
            guard (try? await clock.sleep(for: Self.stopInterval)) != nil else { break }
        }
        endThreads()
    }

    private func endThreads() {
        guard let thread = thread.withLock({ $0.take() }) else { return }
        acceptor.end()
        thread.join()
        service.abandonAll()
        // Asked to stop while it cannot read a request, libmicrohttpd 0.9.75 answers with a response it has not got.
        service.table.shutDownAll(within: Self.closingLimit)
        daemon.stop()
    }
}
