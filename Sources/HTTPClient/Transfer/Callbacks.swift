// HTTPClient · the one place where C holds Swift objects.
internal import CCurl
internal import Glibc
internal import Primitives

// MARK: - Answers
extension EasyHandle {
    /// Directs the answer to the transfer, which must outlive the handle's time in the loop.
    func directAnswer() throws(SteleError) {
        let context = unsafe Unmanaged.passUnretained(transfer).toOpaque()
        try check(unsafe stele_curl_set_sinks(handle, Self.headerSink, Self.bodySink, context))
    }

    private static let headerSink: stele_curl_sink = { bytes, size, count, context in
        let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
        let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context!).takeUnretainedValue()
        return unsafe transfer.takeHeaderLine(line) ? line.count : 0
    }

    private static let bodySink: stele_curl_sink = { bytes, size, count, context in
        let piece = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
        let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context!).takeUnretainedValue()
        return unsafe transfer.takeBody(piece) ? piece.count : 0
    }
}

// MARK: - Threads
/// A thread of the system, for work that blocks in system calls and must not wait for a turn on Swift's own threads.
@safe
struct SystemThread: @unchecked Sendable {
    // Unchecked: a thread may be joined from any other.
    private let handle: pthread_t

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// A thread that runs `body` with broken pipes reported to it as errors and not as signals, or nil if the system
    /// has none to give.
    init?(_ body: @escaping @Sendable () -> Void) {
        var handle = pthread_t()
        let context = unsafe Unmanaged.passRetained(Body(body)).toOpaque()
        let code = unsafe pthread_create(
            &handle, nil,
            { context in
                var signals = sigset_t()
                unsafe sigemptyset(&signals)
                unsafe sigaddset(&signals, SIGPIPE)
                unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
                unsafe Unmanaged<Body>.fromOpaque(context!).takeRetainedValue().run()
                return nil
            }, context)
        guard code == 0 else {
            unsafe Unmanaged<Body>.fromOpaque(context).release()
            return nil
        }
        self.handle = handle
    }

    /// Waits until the thread has ended. Once only.
    func join() { pthread_join(handle, nil) }
}
