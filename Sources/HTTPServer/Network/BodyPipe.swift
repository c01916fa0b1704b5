// HTTPServer · a bounded queue between the task that writes a body and the thread that sends it.
internal import Primitives
internal import Synchronization

/// Carries a streamed body from its task to the network thread. Whichever side is ahead waits for the other: the task
/// in `write`, the connection by being suspended.
final class BodyPipe: Sendable {
    /// What one read brought.
    enum ReadResult {
        /// That many bytes.
        case bytes(Int)
        /// None yet; the connection has been suspended and will be resumed when there are some.
        case suspended
        /// The body is complete.
        case ended
        /// The body will never be complete.
        case failed
    }

    private struct State {
        var pieces: [ArraySlice<UInt8>] = []
        var nextPiece = 0
        var bufferedByteCount = 0
        var writtenByteCount = 0
        var hasStarted = false
        var isComplete = false
        var isClosed = false
        var isSuspended = false
        var waitingWriters: [CheckedContinuation<Void, Never>] = []
        var task: Task<Void, Never>?
    }

    private let stream: HTTPBodyStream
    private let connection: DaemonConnection
    private let byteCountMax: Int
    // Guards all of the above; held while a connection is suspended or resumed, so that the two never cross.
    private let state = Mutex(State())

    /// A pipe for `stream` that ends in `connection` and holds up to `byteCountMax` bytes.
    init(_ stream: HTTPBodyStream, to connection: DaemonConnection, byteCountMax: Int) {
        self.stream = stream
        self.connection = connection
        self.byteCountMax = max(1, byteCountMax)
    }

    /// Whether the body ends only with the server.
    var isEndless: Bool { stream.isEndless }
}

// MARK: - The task's side
extension BodyPipe {
    /// Queues `bytes`, waiting while the queue is full.
    func write(_ bytes: [UInt8]) async throws(SteleError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(byteCountMax)
            rest = rest.dropFirst(piece.count)
            guard enqueue(piece) else { throw Self.clientGone }
            await waitForRoom()
        }
        guard state.withLock({ !$0.isClosed }) else { throw Self.clientGone }
    }

    private func enqueue(_ piece: ArraySlice<UInt8>) -> Bool {
        state.withLock { state in
            guard !state.isClosed, !state.isComplete else { return false }
            state.writtenByteCount += piece.count
            if let byteCount = stream.byteCount, state.writtenByteCount > byteCount {
                close(&state)
                return false
            }
            state.pieces.append(piece)
            state.bufferedByteCount += piece.count
            resume(&state)
            return true
        }
    }

    private func waitForRoom() async {
        guard state.withLock({ isFull($0) }) else { return }
        await withCheckedContinuation { continuation in
            let mayGoOn = state.withLock { state in
                guard isFull(state) else { return true }
                state.waitingWriters.append(continuation)
                return false
            }
            if mayGoOn { continuation.resume() }
        }
    }

    private func isFull(_ state: borrowing State) -> Bool {
        !state.isClosed && state.bufferedByteCount >= byteCountMax
    }

    private static var clientGone: SteleError {
        SteleError(.httpClientGone, "the client left before its answer was complete", hint: "nothing is to be done")
    }
}

// MARK: - The network thread's side
extension BodyPipe {
    /// Moves waiting bytes into `buffer`; starts the task at the first call.
    @unsafe
    func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadResult {
        state.withLock { state in
            start(&state)
            let byteCount = unsafe take(into: buffer, &state)
            if byteCount > 0 { return .bytes(byteCount) }
            if state.isClosed { return .failed }
            if state.isComplete { return .ended }
            connection.suspend()
            state.isSuspended = true
            return .suspended
        }
    }

    /// The body is as long as it will be; what is queued is still sent.
    func finish() {
        state.withLock { state in
            if let byteCount = stream.byteCount, state.writtenByteCount != byteCount { return close(&state) }
            state.isComplete = true
            resume(&state)
        }
    }

    /// Ends an endless body in good order: the client sees its end, the task is cancelled.
    func finishEarly() {
        finish()
        state.withLock { $0.task?.cancel() }
    }

    /// Nothing more will be sent: writers are told, and the task is cancelled.
    func close() { state.withLock { close(&$0) } }

    private func start(_ state: inout State) {
        guard !state.hasStarted else { return }
        state.hasStarted = true
        guard !state.isClosed, !state.isComplete else { return }
        state.task = Task { [stream] in
            do {
                try await stream.produce(HTTPBodyWriter(pipe: self))
                finish()
            } catch {
                // A body that was ended early is whole: what is left of it still goes out.
                self.state.withLock { if !$0.isComplete { self.close(&$0) } }
            }
        }
    }

    @unsafe
    private func take(into buffer: UnsafeMutableRawBufferPointer, _ state: inout State) -> Int {
        var filled = 0
        while filled < buffer.count, state.nextPiece < state.pieces.count {
            let piece = state.pieces[state.nextPiece].prefix(buffer.count - filled)
            unsafe buffer[filled...].copyBytes(from: piece)
            filled += piece.count
            let rest = state.pieces[state.nextPiece].dropFirst(piece.count)
            state.pieces[state.nextPiece] = rest.isEmpty ? [] : rest  // An empty slice would keep the whole piece.
            if rest.isEmpty { state.nextPiece += 1 }
        }
        if state.nextPiece == state.pieces.count {
            state.pieces.removeAll(keepingCapacity: true)
            state.nextPiece = 0
        }
        state.bufferedByteCount -= filled
        if state.bufferedByteCount < byteCountMax { wakeWriters(&state) }
        return filled
    }

    private func close(_ state: inout State) {
        guard !state.isClosed else { return }
        state.isClosed = true
        state.pieces.removeAll()
        state.nextPiece = 0
        state.bufferedByteCount = 0
        state.task?.cancel()
        wakeWriters(&state)
        resume(&state)
    }

    private func wakeWriters(_ state: inout State) {
        for writer in state.waitingWriters { writer.resume() }
        state.waitingWriters.removeAll()
    }

    private func resume(_ state: inout State) {
        guard state.isSuspended else { return }
        state.isSuspended = false
        connection.resume()
    }
}
