// HTTPServer · one request and its answer, between the network thread and the handler's task.
internal import Primitives
internal import Synchronization

/// One request from its target to the end of its answer.
///
/// The network thread collects the request, suspends the connection and starts a task; the task leaves its answer and
/// resumes the connection; the network thread then queues the answer. Whoever stops the server or finds the handler
/// overdue may answer in the task's place; the first answer counts.
final class Exchange: @unchecked Sendable {
    /// How far the answer has got.
    enum Progress {
        /// The request is not complete.
        case receiving
        /// The handler works, and the connection is suspended until there is an answer.
        case handling(DaemonConnection)
        /// There is an answer to queue.
        case answered(HTTPResponse, mustClose: Bool)
        /// The answer is on its way, from `pipe` if it is streamed; what its maker holds for it is kept meanwhile.
        case sending(BodyPipe?, kept: HTTPResponse.Sending?)
        /// No answer will be sent.
        case abandoned
    }

    struct State {
        var progress = Progress.receiving
        var task: Task<Void, Never>?
        var isCut = false
    }

    // Guards how far the answer has got; held while the connection is suspended or resumed.
    let state = Mutex(State())

    // Unchecked: everything below is set before the handler's task starts and touched by one thread only, the
    // connection's own; the task is given copies.
    let service: NetworkService
    let client: ClientConnection
    let target: [UInt8]
    let targetAddress: UInt
    var head: RequestHead?
    var body: RequestBody
    var refusal: HTTPRefusal?
    var isHeadDone = false
    var isAnswering = false

    /// An exchange that begins with `target`, found at `targetAddress`.
    init(_ service: NetworkService, _ client: ClientConnection, target: [UInt8], targetAddress: UInt) {
        self.service = service
        self.client = client
        self.target = target
        self.targetAddress = targetAddress
        self.body = RequestBody(byteCountMax: service.limits.bodyByteCountMax, budget: service.bodyBudget)
        let nowMs = MonotonicClock.milliseconds
        client.hasten(deadlineMs: nowMs + service.limits.headerTimeout.milliseconds)
        client.setExchange(self)
    }

    deinit { body.discard() }
}

// MARK: - Calls of the network thread
extension Exchange {
    /// What the network thread does next.
    enum Step {
        /// Read on, or wait to be called again.
        case proceed
        /// Cut the connection.
        case cut
    }

    /// The request has got further: its head is complete, a piece of its body has come, or all of it.
    @unsafe
    func advance(
        _ connection: DaemonConnection, method: UnsafePointer<CChar>, version: UnsafePointer<CChar>,
        piece: UnsafeRawBufferPointer
    ) -> Step {
        guard isHeadDone else {
            isHeadDone = true
            return unsafe receiveHead(connection, method: method, version: version)
        }
        guard unsafe piece.isEmpty else { return unsafe receive(piece) }
        return finishRequest(connection)
    }

    /// The answer has been sent, or the connection has ended before that.
    func complete() {
        let pipe: BodyPipe? = state.withLock { state in
            defer { state.progress = .abandoned }
            if case .sending(let pipe, _) = state.progress { return pipe }
            return nil
        }
        pipe?.close()
        if isAnswering { service.endAnswering() }
        client.setExchange(nil)
        client.enter(.idle, nowMs: MonotonicClock.milliseconds, within: service.limits.idleTimeout)
    }

    @unsafe
    private func receiveHead(
        _ connection: DaemonConnection, method: UnsafePointer<CChar>, version: UnsafePointer<CChar>
    ) -> Step {
        let head = unsafe RequestHead(
            connection, method: method, target: (targetAddress, target.count), version: version)
        guard let head else { return queue(service.refusal(.httpMalformed, target: target), to: connection) }
        self.head = head
        let limits = service.limits
        if target.count > limits.targetByteCountMax {
            return queue(service.refusal(.httpURITooLong, target: target), to: connection)
        }
        if connection.headerByteCount > limits.headerByteCountMax {
            return queue(service.refusal(.httpHeadersTooLarge, target: target), to: connection)
        }
        if service.isStopping { return queue(service.refusal(.httpBusy, target: target), to: connection) }
        if let byteCount = head.bodyByteCount, byteCount > limits.bodyByteCountMax {
            let refusal = service.refusal(.httpBodyTooLarge, target: target)
            // A client that sends without asking is read out if that is not long: one that finds its connection reset
            // while sending may never see the answer.
            if head.expectsContinue || byteCount > limits.bodyByteCountMax + RequestBody.discardedByteCountMax {
                return queue(refusal, to: connection)
            }
            self.refusal = refusal
            body.refuse()
        }
        if head.hasBody { client.enter(.receiving, nowMs: MonotonicClock.milliseconds, within: limits.bodyTimeout) }
        return .proceed
    }

    @unsafe
    private func receive(_ piece: UnsafeRawBufferPointer) -> Step {
        switch unsafe body.append(piece, declaredByteCount: head?.bodyByteCount) {
        case .taken: return .proceed
        case .hopeless: return .cut
        case .tooLarge: refusal = refusal ?? service.refusal(.httpBodyTooLarge, target: target)
        case .noMemory: refusal = refusal ?? service.refusal(.httpBusy, target: target)
        }
        return .proceed
    }

    private func finishRequest(_ connection: DaemonConnection) -> Step {
        switch state.withLock({ $0.progress }) {
        case .receiving: return start(connection)
        case .answered(let response, let mustClose):
            return send(response, mustClose: mustClose, to: connection) ? .proceed : .cut
        case .handling, .sending: return .proceed
        case .abandoned: return .cut
        }
    }
}
