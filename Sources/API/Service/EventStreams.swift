// API · server-sent events: how a stream is opened, kept alive and ended, whatever it tells.
internal import HTTPServer
internal import Node
internal import Primitives
internal import Synchronization
internal import Vault

extension Services {
    /// How often a silent stream shows that it lives, in seconds.
    private static var heartbeatSeconds: UInt64 { 10 }
    /// How often the token of a silent stream is looked at, in seconds. Before anything is sent it is looked at anyway.
    private static var checkSeconds: Int { 1 }

    /// An endless answer that `produce` writes; it takes one of the places of `open` until it ends.
    /// - Throws: `events.limit`. Source: WHATWG HTML §9.2.
    func eventStream(
        _ open: OpenStreams, for caller: Caller,
        _ produce: @escaping @Sendable (HTTPBodyWriter) async throws -> Void
    ) throws(SteleError) -> HTTPResponse {
        let slot = try open.take(for: caller.actor.id)
        let body = HTTPBodyStream(isEndless: true) { writer in
            defer { withExtendedLifetime(slot) {} }
            try await produce(writer)
        }
        return HTTPResponse(
            headers: ["Content-Type": "text/event-stream", "Cache-Control": "no-store"], body: .stream(body))
    }

    /// Writes what `news` returns: at once, after each durable block and each second, until the token ends.
    /// - Parameter news: the events since it was called last, as text, for the caller as the directory knows them now.
    func follow(
        for caller: Caller, to writer: HTTPBodyWriter, _ news: (Caller) async throws -> String
    ) async throws {
        let ledger = custodian.ledger
        let (wakes, waker) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let listener = ledger.addListener { _ in waker.yield() }
        defer { ledger.removeListener(listener) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while true {
                    waker.yield()
                    try await Task.sleep(for: .seconds(Self.checkSeconds))
                }
            }
            var lastSent: UInt64 = 0
            for await _ in wakes {
                guard let now = try callers.caller(for: caller.session) else { break }
                let text = try await news(now)
                let seconds = time.now().seconds
                if text.isEmpty, seconds < lastSent + Self.heartbeatSeconds { continue }
                try await writer.write(Array((text.isEmpty ? ":\n\n" : text).utf8))
                lastSent = seconds
            }
            group.cancelAll()
        }
    }
}

/// Counts the streams of one kind that are open.
final class OpenStreams: Sendable {
    /// Most streams at once.
    static let countMax = 64
    /// Most streams of one actor at once, so that nobody keeps the others out.
    static let perActorCountMax = 8

    /// Frees its place when it goes.
    final class Slot: Sendable {
        private let streams: OpenStreams
        private let actorID: String
        fileprivate init(_ streams: OpenStreams, _ actorID: String) {
            self.streams = streams
            self.actorID = actorID
        }
        deinit { streams.release(actorID) }
    }

    private let counts = Mutex<[String: Int]>([:])  // By actor; held for a moment.

    func take(for actorID: String) throws(SteleError) -> Slot {
        let isTaken = counts.withLock { counts in
            guard counts.values.reduce(0, +) < Self.countMax,
                counts[actorID, default: 0] < Self.perActorCountMax
            else { return false }
            counts[actorID, default: 0] += 1
            return true
        }
        guard isTaken else {
            throw SteleError(
                .eventsLimit, "as many event streams are open as this node keeps, for you or for all",
                hint: "close one, or try again later"
            )
        }
        return Slot(self, actorID)
    }

    private func release(_ actorID: String) {
        counts.withLock { counts in
            let rest = counts[actorID, default: 1] - 1
            counts[actorID] = rest > 0 ? rest : nil
        }
    }
}
