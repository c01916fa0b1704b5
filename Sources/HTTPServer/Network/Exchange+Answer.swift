// HTTPServer · from a complete request to the end of its answer.
internal import Primitives
internal import Synchronization

// MARK: - Calls of the network thread
extension Exchange {
    /// Hands the complete request to the handler, or answers what stands against it.
    func start(_ connection: DaemonConnection) -> Step {
        if let refusal { return queue(refusal, to: connection) }
        guard let head, let target = HTTPTarget(bytes: target[...]) else {
            return queue(service.refusal(.httpMalformed, target: self.target), to: connection)
        }
        guard !service.isStopping, service.beginHandling() else {
            return queue(service.refusal(.httpBusy, target: self.target), to: connection)
        }
        let request = HTTPRequest(
            method: head.method, target: target, headers: head.headers, body: body.release(),
            clientAddress: client.address)
        client.enter(.handling, nowMs: MonotonicClock.milliseconds, within: service.limits.handlerTimeout)
        isAnswering = true
        service.beginAnswering()
        return state.withLock { state in
            // Whoever stops the server marks it so before looking here, so one of the two sees the other.
            guard !service.isStopped, case .receiving = state.progress else {
                service.endHandling()
                return .cut
            }
            connection.suspend()
            state.progress = .handling(connection)
            state.task = Task { [service] in
                let response = await service.handler.respond(to: request)
                service.endHandling()
                self.answer(response)
            }
            return .proceed
        }
    }

    /// Makes `refusal` the answer, and the last one of its connection.
    func queue(_ refusal: HTTPRefusal, to connection: DaemonConnection) -> Step {
        send(service.response(to: refusal), mustClose: true, to: connection) ? .proceed : .cut
    }

    /// Makes `response` the answer; if it cannot be sent, says that instead.
    func send(_ response: HTTPResponse, mustClose: Bool, to connection: DaemonConnection) -> Bool {
        client.enter(.answering, nowMs: MonotonicClock.milliseconds)
        if let onSending = response.onSending, !onSending({ [weak self] in self?.cut() }) { return false }
        if trySend(response, mustClose: mustClose, to: connection) { return true }
        let refusal = service.refusal(.httpResponseInvalid, target: target)
        return trySend(service.response(to: refusal), mustClose: true, to: connection)
    }

    private func trySend(_ response: HTTPResponse, mustClose: Bool, to connection: DaemonConnection) -> Bool {
        guard 200...599 ~= response.status else { return false }
        var headers = response.headers
        if mustClose || service.isStopping { headers.set("Connection", "close") }
        switch response.body {
        case .bytes(let bytes):
            guard let answer = DaemonResponse(bytes), answer.add(headers) else { return false }
            return begin(nil, keeping: response.onSending) && connection.queue(status: response.status, answer)
        case .stream(let stream):
            let pipe = BodyPipe(stream, to: connection, byteCountMax: service.limits.streamByteCountMax)
            guard let answer = DaemonResponse(pipe, byteCount: stream.byteCount), answer.add(headers) else {
                return false
            }
            guard begin(pipe, keeping: response.onSending) else { return false }
            // A server that began to stop before this has not seen the pipe.
            if service.isStopping, stream.isEndless { pipe.finishEarly() }
            return connection.queue(status: response.status, answer)
        }
    }

    /// The answer is about to go out; returns false if the server has stopped meanwhile, or the answer was cut.
    private func begin(_ pipe: BodyPipe?, keeping kept: HTTPResponse.Sending?) -> Bool {
        state.withLock { state in
            if case .abandoned = state.progress { return false }
            state.progress = .sending(pipe, kept: kept)
            state.task = nil
            return !service.isStopped && !state.isCut
        }
    }
}

// MARK: - Calls from anywhere
extension Exchange {
    /// The handler has answered.
    private func answer(_ response: HTTPResponse) {
        state.withLock { state in
            guard case .handling(let connection) = state.progress else { return }
            state.progress = .answered(response, mustClose: false)
            connection.resume()
        }
    }

    /// The handler took too long: the client is told, the task is cancelled and its answer ignored.
    func answerOverdue() {
        let response = service.response(to: service.refusal(.httpTimeout, target: target))
        state.withLock { state in
            guard case .handling(let connection) = state.progress else { return }
            state.task?.cancel()
            state.progress = .answered(response, mustClose: true)
            connection.resume()
        }
    }

    /// Nothing more of the answer goes out, and what the system has not sent yet is dropped.
    private func cut() {
        let (isSending, pipe): (Bool, BodyPipe?) = state.withLock { state in
            state.isCut = true
            if case .sending(let pipe, _) = state.progress { return (true, pipe) }
            return (false, nil)
        }
        guard isSending else { return }
        pipe?.close()
        service.table.reset(client, answering: self)
    }

    /// The server begins to stop: a body that would not end by itself is ended.
    func endEndlessBody() {
        guard let pipe = endlessPipe else { return }
        pipe.finishEarly()
    }

    /// The client of an endless body has left, which nobody notices while there is nothing to send.
    func closeEndlessBody() { endlessPipe?.close() }

    /// Whether the body that is being sent ends only with the server.
    var isEndless: Bool { endlessPipe != nil }

    /// The server stops now: no answer will be sent, and the connection is free to be closed.
    func abandon() {
        state.withLock { state in
            switch state.progress {
            case .handling(let connection):
                state.progress = .abandoned
                state.task?.cancel()
                connection.resume()
            case .sending(let pipe, _): pipe?.close()
            case .receiving, .answered: state.progress = .abandoned
            case .abandoned: break
            }
        }
    }

    private var endlessPipe: BodyPipe? {
        state.withLock { state in
            guard case .sending(let pipe?, _) = state.progress, pipe.isEndless else { return nil }
            return pipe
        }
    }
}
