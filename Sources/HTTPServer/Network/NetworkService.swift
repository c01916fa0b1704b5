// HTTPServer · what all connections of one server share.
internal import Synchronization

/// The handler, the limits and the counts of one server.
final class NetworkService: Sendable {
    /// Who answers.
    let handler: any HTTPHandler
    /// What clients can take.
    let limits: HTTPLimits
    /// All connections.
    let table: ConnectionTable
    /// Bytes of request bodies held.
    let bodyBudget: BodyBudget

    private let stopping = Atomic<Bool>(false)
    private let stopped = Atomic<Bool>(false)
    private let handlingCount = Atomic<Int>(0)
    private let answeringCountValue = Atomic<Int>(0)
    private let wakeAcceptor: @Sendable () -> Void

    /// A service that tells `wakeAcceptor` when the table has room again.
    init(handler: any HTTPHandler, limits: HTTPLimits, wakeAcceptor: @escaping @Sendable () -> Void) {
        self.handler = handler
        self.limits = limits
        self.table = ConnectionTable(limits: limits)
        self.bodyBudget = BodyBudget(byteCountMax: limits.bufferedByteCountMax)
        self.wakeAcceptor = wakeAcceptor
    }
}

// MARK: - Counts
extension NetworkService {
    /// Counts one more request in the handler, unless there are enough.
    func beginHandling() -> Bool {
        if handlingCount.add(1, ordering: .relaxed).newValue <= limits.requestCountMax { return true }
        endHandling()
        return false
    }

    /// The handler is done with one request.
    func endHandling() { handlingCount.subtract(1, ordering: .relaxed) }

    /// One more complete request waits for its answer, or its answer is on its way.
    func beginAnswering() { answeringCountValue.add(1, ordering: .relaxed) }

    /// One answer has been sent, or never will be.
    func endAnswering() { answeringCountValue.subtract(1, ordering: .relaxed) }

    /// Complete requests whose answers have not been sent.
    var answeringCount: Int { answeringCountValue.load(ordering: .relaxed) }
}

// MARK: - Connections
extension NetworkService {
    /// The connection of `descriptor`.
    func connection(_ descriptor: CInt) -> ClientConnection? { table.connection(descriptor) }

    /// Forgets the connection of `descriptor`, which is about to be closed.
    func forget(_ descriptor: CInt) {
        if table.remove(descriptor) { wakeAcceptor() }
    }

    /// Acts on what has not got further in time.
    func sweep(nowMs: UInt64) {
        for connection in table.shutDownOverdue(nowMs: nowMs) { connection.exchange?.answerOverdue() }
        let endless = table.all.filter { $0.stage == .answering && $0.exchange?.isEndless == true }
        for connection in table.left(endless) { connection.exchange?.closeEndlessBody() }
    }
}

// MARK: - Stopping
extension NetworkService {
    /// Whether new requests are refused.
    var isStopping: Bool { stopping.load(ordering: .sequentiallyConsistent) }

    /// Whether nothing may be suspended any more.
    var isStopped: Bool { stopped.load(ordering: .sequentiallyConsistent) }

    /// Refuses new requests and ends endless bodies; requests under way go on.
    func beginStopping() {
        stopping.store(true, ordering: .sequentiallyConsistent)
        for connection in table.all { connection.exchange?.endEndlessBody() }
    }

    /// Gives up what is still under way: libmicrohttpd must not be stopped while a connection is suspended.
    func abandonAll() {
        stopping.store(true, ordering: .sequentiallyConsistent)
        stopped.store(true, ordering: .sequentiallyConsistent)
        for connection in table.all { connection.exchange?.abandon() }
    }
}
