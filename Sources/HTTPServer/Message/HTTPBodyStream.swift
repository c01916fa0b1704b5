// HTTPServer · a body that is written while it is sent.
public import Primitives

/// A body that `produce` writes piece by piece: events, or a download too long to hold.
///
/// `produce` starts when the first byte can be sent, and never in answer to `HEAD`. When it returns, the body is
/// complete; when it throws, the connection is cut so that the client can tell. When the client leaves, or the server
/// stops, its task is cancelled and further writes throw.
public struct HTTPBodyStream: Sendable {
    /// How many bytes `produce` writes, sent as `Content-Length`; nil if that is not known before.
    public let byteCount: Int?
    /// Whether the body ends only when the server does, as events do: a stopping server ends it at once.
    public let isEndless: Bool
    /// Writes the body.
    let produce: @Sendable (HTTPBodyWriter) async throws -> Void

    /// A body written by `produce`, which must write exactly `byteCount` bytes if that is given.
    public init(
        byteCount: Int? = nil, isEndless: Bool = false,
        _ produce: @escaping @Sendable (HTTPBodyWriter) async throws -> Void
    ) {
        self.byteCount = byteCount
        self.isEndless = isEndless
        self.produce = produce
    }
}

/// Where the pieces of a streamed body go.
public struct HTTPBodyWriter: Sendable {
    let pipe: BodyPipe

    /// Hands over `bytes` and returns when there is room for more.
    ///
    /// At most ``HTTPLimits/streamByteCountMax`` bytes wait for a slow client; then this waits too.
    ///
    /// - Throws: `http.client_gone` once the client has left or the server stops.
    public func write(_ bytes: [UInt8]) async throws(SteleError) { try await pipe.write(bytes) }
}
