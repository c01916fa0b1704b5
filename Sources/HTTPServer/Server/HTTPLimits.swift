// HTTPServer · how much a client can take.

/// Bounds on what clients can make the server hold. Every one is enforced before the handler sees a request.
public struct HTTPLimits: Hashable, Sendable {
    /// Longest body in bytes; longer is 413.
    ///
    /// Room for the largest Synthea bundle, several times over.
    public var bodyByteCountMax = 32 << 20
    /// Bytes of unfinished bodies held for all clients together; more is 503.
    public var bufferedByteCountMax = 256 << 20
    /// Bytes of request line and header fields together; more is 431.
    public var headerByteCountMax = 16 << 10
    /// Bytes of the request target; more is 414.
    public var targetByteCountMax = 8 << 10
    /// Connections at once; the process needs as many open files, and some. Further clients wait to be accepted.
    public var connectionCountMax = 1024
    /// Connections at once from one address (IPv6: from one /64 network). Further ones are closed at once.
    public var connectionPerClientCountMax = 256
    /// Requests at once in the handler; more is 503.
    public var requestCountMax = 512
    /// Bytes of a streamed body that wait for a slow client.
    public var streamByteCountMax = 256 << 10
    /// From accepting a connection, TLS handshake included, to the end of its first header section; and from a request
    /// line to the end of its header section. Later: the connection is closed.
    public var headerTimeout = Duration.seconds(10)
    /// From the end of the header section to the end of the body. Later: the connection is closed.
    public var bodyTimeout = Duration.seconds(120)
    /// From an answer to the end of the next header section, and for a client that reads nothing of its answer.
    public var idleTimeout = Duration.seconds(60)
    /// Longest work of the handler on one request; longer is 503.
    public var handlerTimeout = Duration.seconds(300)

    /// The limits of a node in service.
    public init() {}
}
