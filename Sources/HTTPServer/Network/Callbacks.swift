// HTTPServer · the one place where C holds Swift objects.
internal import CMicrohttpd
internal import Glibc

/// What libmicrohttpd and the system call, and the objects they pass back.
///
/// A service and a connection are kept alive elsewhere for as long as C knows them; an exchange, a pipe and a thread's
/// body are retained by C and released in the last callback about them.
enum Callbacks {
    /// The callbacks of a daemon that belongs to `service`.
    @unsafe
    static func table(of service: NetworkService) -> stele_http_callbacks {
        unsafe stele_http_callbacks(
            context: Unmanaged.passUnretained(service).toOpaque(), target: target, access: access,
            completed: completed, connection: connectionChanged)
    }

    @unsafe
    private static func object<Object: AnyObject>(_ pointer: UnsafeMutableRawPointer?) -> Object? {
        unsafe pointer.map { unsafe Unmanaged<Object>.fromOpaque($0).takeUnretainedValue() }
    }

    /// A request line has come: an exchange begins.
    private static let target:
        @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) -> UnsafeMutableRawPointer? = {
            context, target, handle in
            guard let service: NetworkService = unsafe object(context), let target = unsafe target,
                let client: ClientConnection = unsafe object(stele_http_socket_context(handle))
            else { return nil }
            let bytes = unsafe UnsafeRawBufferPointer(start: target, count: strlen(target))
            let exchange = unsafe Exchange(
                service, client, target: Array(bytes), targetAddress: UInt(bitPattern: target))
            return unsafe Unmanaged.passRetained(exchange).toOpaque()
        }

    /// A request has got further.
    private static let access: MHD_AccessHandlerCallback = {
        _, handle, _, method, version, piece, pieceCount, context in
        guard let exchange: Exchange = unsafe object(context?.pointee), let handle = unsafe handle,
            let method = unsafe method, let version = unsafe version, let pieceCount = unsafe pieceCount
        else { return .NO }
        let bytes = unsafe UnsafeRawBufferPointer(start: piece, count: pieceCount.pointee)
        unsafe pieceCount.pointee = 0
        switch unsafe exchange.advance(DaemonConnection(handle), method: method, version: version, piece: bytes) {
        case .proceed: return .YES
        case .cut: return .NO
        }
    }

    /// An exchange has ended, one way or another.
    private static let completed: MHD_RequestCompletedCallback = { _, _, context, _ in
        guard let context = unsafe context, let pointer = unsafe context.pointee else { return }
        unsafe context.pointee = nil
        unsafe Unmanaged<Exchange>.fromOpaque(pointer).takeRetainedValue().complete()
    }

    /// A connection has been taken up, or is about to be closed.
    private static let connectionChanged: MHD_NotifyConnectionCallback = { context, handle, slot, change in
        guard let service: NetworkService = unsafe object(context), let slot = unsafe slot else { return }
        let descriptor = unsafe stele_http_socket(handle)
        if change == .CONNECTION_NOTIFY_STARTED {
            unsafe slot.pointee = service.connection(descriptor).map { unsafe Unmanaged.passUnretained($0).toOpaque() }
        } else {
            unsafe slot.pointee = nil
            service.forget(descriptor)
        }
    }
}

// MARK: - Streamed bodies
extension DaemonResponse {
    /// Bytes asked of a pipe at once when the length of the body is known.
    private static let blockByteCount = 32 << 10

    /// An answer whose body of `byteCount` bytes, if that is known, comes from `pipe`; nil if there is no memory.
    init?(_ pipe: BodyPipe, byteCount: Int?) {
        let context = unsafe Unmanaged.passRetained(pipe).toOpaque()
        let handle = unsafe MHD_create_response_from_callback(
            byteCount.map(UInt64.init) ?? .max, Self.blockByteCount, Self.read, context, Self.release)
        guard let handle = unsafe handle else {
            unsafe Self.release(context)
            return nil
        }
        unsafe self.init(owning: handle)
    }

    /// There is room for more of the body.
    private static let read: MHD_ContentReaderCallback = { context, _, start, count in
        guard let context = unsafe context else { return -2 }
        let pipe = unsafe Unmanaged<BodyPipe>.fromOpaque(context).takeUnretainedValue()
        switch unsafe pipe.read(into: UnsafeMutableRawBufferPointer(start: start, count: count)) {
        case .bytes(let count): return count
        case .suspended: return 0
        case .ended: return -1  // MHD_CONTENT_READER_END_OF_STREAM, a macro with a cast.
        case .failed: return -2  // MHD_CONTENT_READER_END_WITH_ERROR, likewise.
        }
    }

    /// The body has been sent, or never will be.
    private static let release: MHD_ContentReaderFreeCallback = { context in
        guard let context = unsafe context else { return }
        unsafe Unmanaged<BodyPipe>.fromOpaque(context).takeRetainedValue().close()
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

    /// A thread that runs `body`, or nil if the system has none to give.
    init?(_ body: @escaping @Sendable () -> Void) {
        var handle = pthread_t()
        let context = unsafe Unmanaged.passRetained(Body(body)).toOpaque()
        let code = unsafe pthread_create(
            &handle, nil,
            { context in
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
