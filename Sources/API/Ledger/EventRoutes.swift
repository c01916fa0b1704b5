// API · what is committed, as it is committed.
internal import HTTPServer
internal import Ledger
internal import Node
internal import JSON
internal import Primitives
internal import Vault

/// Server-sent events: one for each transaction the caller may see, with its id, place and status and nothing else.
///
/// The id of an event is `height.index`; a client that reconnects sends the last one as `Last-Event-ID` and misses
/// none. A stream ends when its access token does. Source: WHATWG HTML §9.2.
struct EventRoutes: Sendable {
    let services: Services
    private let open = OpenStreams()

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [
            Route(
                .get, "/ledger/v1/events", .token,
                Operation(
                    "events", "ledger", "Committed transactions as server-sent events, resumed by Last-Event-ID.",
                    answer: [Operation.Content("text/event-stream", ["type": "string"])])
            ) { request throws(SteleError) in try stream(request) }
        ]
    }

    private func stream(_ request: RouteRequest) throws(SteleError) -> HTTPResponse {
        let caller = try request.requireCaller()
        let first = try request.header("Last-Event-ID").map(firstIndex) ?? services.custodian.ledger.head.header.logSize
        return try services.eventStream(open, for: caller) { writer in
            try await produce(from: first, for: caller, to: writer)
        }
    }

    /// The log index behind the event `id`.
    private func firstIndex(after id: String) throws(SteleError) -> UInt64 {
        let numbers = id.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt64($0) }
        guard numbers.count == 2, let header = try services.custodian.ledger.header(at: numbers[0]) else {
            throw .malformedRequest("Last-Event-ID is not the id of an event of this ledger")
        }
        // The leaves of a block are its seal, which has index 0, and its transactions from 1 on.
        let seal = header.logSize - min(header.logSize, header.transactionCount + 1)
        return min(seal + min(numbers[1], header.transactionCount) + 1, header.logSize)
    }

    private func produce(from first: UInt64, for caller: Caller, to writer: HTTPBodyWriter) async throws {
        let ledger = services.custodian.ledger
        var next = first
        try await services.follow(for: caller, to: writer) { now in
            let size = ledger.head.header.logSize
            var text = ""
            while next < size {
                if let event = try event(at: next, for: now) { text += event }
                next += 1
                if next % 256 == 0 {
                    // A long log that holds little for this caller must not keep a thread from the others.
                    try Task.checkCancellation()
                    await Task.yield()
                }
                if text.utf8.count > 16_384 {
                    try await writer.write(Array(text.utf8))
                    text = ""
                }
            }
            return text
        }
    }

    /// The event of the log's entry at `index`, or nil for a seal or what the caller may not see.
    private func event(at index: UInt64, for caller: Caller) throws(SteleError) -> String? {
        let line: LedgerNode.Line
        do throws(SteleError) {
            line = try services.custodian.ledger.line(at: index)
        } catch {
            guard [.transactionUnknown, .transactionErased].contains(error.code) else { throw error }
            return nil
        }
        guard try services.maySee(LoggedTransaction(line), caller) else { return nil }
        let (height, place) = (line.leaf.height, line.leaf.index)
        let data =
            #"{"transaction":"\#(line.leaf.id.hex)","height":\#(height),"index":\#(place),"status":\#(line.leaf.status)}"#
        return "id: \(height).\(place)\nevent: transaction\ndata: \(data)\n\n"
    }
}
