// HTTPServer · what is known of one connection.
internal import Synchronization

/// One connection: who is at the other end, and until when it must have got further.
final class ClientConnection: Sendable {
    /// How far a connection has got.
    enum Stage: UInt8 {
        /// No part of a request has come that could be read.
        case idle
        /// A request is coming in.
        case receiving
        /// The handler works; the exchange keeps its own deadline.
        case handling
        /// An answer is going out; libmicrohttpd closes the connection when that stalls.
        case answering
    }

    /// The socket. Open as long as the connection is in the table, which removes it before it is closed.
    let descriptor: CInt
    /// Whom the connection is counted for.
    let network: UInt64
    /// The numeric address of the client.
    let address: String

    /// How long a connection may be idle while others wait to be accepted.
    private static let idleTimeoutUnderPressureMs: UInt64 = 1000

    private let stageValue = Atomic<UInt8>(Stage.idle.rawValue)
    private let stageStartMs: Atomic<UInt64>
    private let deadlineMs: Atomic<UInt64>
    // The request under way. Set and cleared by the network thread, read by whoever stops or sweeps.
    private let current = Mutex<Exchange?>(nil)

    /// A connection accepted at `nowMs`, whose first header section must have come by `deadlineMs`.
    init(descriptor: CInt, network: UInt64, address: String, nowMs: UInt64, deadlineMs: UInt64) {
        self.descriptor = descriptor
        self.network = network
        self.address = address
        self.stageStartMs = Atomic(nowMs)
        self.deadlineMs = Atomic(deadlineMs)
    }

    /// How far the connection has got.
    var stage: Stage { Stage(rawValue: stageValue.load(ordering: .relaxed)) ?? .idle }

    /// The request under way, if any.
    var exchange: Exchange? { current.withLock { $0 } }

    /// The connection has reached `stage` at `nowMs` and must leave it `within` so much time, if that is given.
    func enter(_ stage: Stage, nowMs: UInt64, within: Duration? = nil) {
        deadlineMs.store(within.map { nowMs + $0.milliseconds } ?? .max, ordering: .relaxed)
        stageStartMs.store(nowMs, ordering: .relaxed)
        stageValue.store(stage.rawValue, ordering: .relaxed)
    }

    /// Brings the deadline forward to `deadlineMs`; it never moves back.
    func hasten(deadlineMs: UInt64) { self.deadlineMs.min(deadlineMs, ordering: .relaxed) }

    /// Begins or ends the request under way.
    func setExchange(_ exchange: Exchange?) { current.withLock { $0 = exchange } }

    /// Whether the connection should have got further by `nowMs`. When the table `isFull`, idling has a shorter limit.
    func isOverdue(nowMs: UInt64, isFull: Bool) -> Bool {
        if deadlineMs.load(ordering: .relaxed) < nowMs { return true }
        return isFull && stage == .idle
            && stageStartMs.load(ordering: .relaxed) + Self.idleTimeoutUnderPressureMs < nowMs
    }
}
