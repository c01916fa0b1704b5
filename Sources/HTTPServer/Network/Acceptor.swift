// HTTPServer · the thread that accepts connections and looks after deadlines.
internal import CMicrohttpd
internal import Glibc
internal import Primitives
internal import Synchronization

/// A descriptor that wakes a thread out of `poll`.
struct WakeDescriptor: ~Copyable {
    /// Readable once woken, for ever after if nobody clears it.
    let descriptor: CInt

    init() throws(SteleError) {
        descriptor = eventfd(0, CInt(EFD_NONBLOCK | EFD_CLOEXEC))
        guard descriptor >= 0 else {
            throw SteleError(
                .httpAddressUnavailable, "no descriptor is left for the server",
                hint: "allow the process more open files")
        }
    }

    deinit { close(descriptor) }

    /// Wakes the thread. From any thread.
    func wake() { eventfd_write(descriptor, 1) }

    /// Makes the next `poll` wait again.
    func clear() {
        var count: eventfd_t = 0
        unsafe eventfd_read(descriptor, &count)
    }
}

/// Accepts connections for a daemon until told to stop, and sweeps the table several times a second.
///
/// Both on one thread of the system: deadlines must hold however busy Swift's own threads are with handlers.
final class Acceptor: Sendable {
    /// How exact deadlines are.
    private static let sweepIntervalMs: UInt64 = 250
    /// How long to leave a process alone that has no descriptors left.
    private static let exhaustionPauseMs: UInt64 = 100
    /// Connections accepted before deadlines are looked at again.
    private static let batchCountMax = 256

    // Closed by the thread as soon as the server begins to stop, so that clients turn elsewhere.
    private let listener: Mutex<Listener?>
    private let wakeUp: WakeDescriptor
    private let isEnding = Atomic<Bool>(false)

    /// An acceptor for `listener`, not yet running.
    init(_ listener: consuming Listener) throws(SteleError) {
        self.port = listener.port
        self.listener = Mutex(listener)
        self.wakeUp = try WakeDescriptor()
    }

    /// The port that is listened on.
    let port: UInt16

    /// Looks again whether there is room. From any thread.
    func wake() { wakeUp.wake() }

    /// Ends `run`. From any thread.
    func end() {
        isEnding.store(true, ordering: .sequentiallyConsistent)
        wakeUp.wake()
    }

    /// Accepts and sweeps until `end`.
    func run(_ service: NetworkService, _ daemon: Daemon) {
        var nextSweepMs = MonotonicClock.milliseconds + Self.sweepIntervalMs
        var pausedUntilMs: UInt64 = 0
        while !isEnding.load(ordering: .sequentiallyConsistent) {
            let nowMs = MonotonicClock.milliseconds
            if nowMs >= nextSweepMs {
                service.sweep(nowMs: nowMs)
                nextSweepMs = nowMs + Self.sweepIntervalMs
            }
            if service.isStopping { closeListener() }
            let isAccepting = nowMs >= pausedUntilMs && service.table.hasRoom
            let descriptor = isAccepting ? listenerDescriptor : nil
            guard wait(for: descriptor, timeoutMs: nextSweepMs - nowMs), let descriptor else { continue }
            if !accept(from: descriptor, service, daemon, nowMs: nowMs) {
                pausedUntilMs = nowMs + Self.exhaustionPauseMs
            }
        }
        closeListener()
    }

    private var listenerDescriptor: CInt? { listener.withLock { $0?.descriptor } }

    private func closeListener() { listener.withLock { $0 = nil } }

    /// Waits for a connection at `descriptor` or a call to wake; returns whether there may be a connection.
    private func wait(for descriptor: CInt?, timeoutMs: UInt64) -> Bool {
        // poll passes over a negative descriptor.
        var polled = [
            pollfd(fd: wakeUp.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: descriptor ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        guard unsafe poll(&polled, nfds_t(polled.count), CInt(timeoutMs)) > 0 else { return false }
        if polled[0].revents != 0 { wakeUp.clear() }
        return polled[1].revents != 0
    }

    /// Accepts what is waiting; returns false if the process has no descriptors left.
    private func accept(
        from listener: CInt, _ service: NetworkService, _ daemon: Daemon, nowMs: UInt64
    ) -> Bool {
        for _ in 0..<Self.batchCountMax where service.table.hasRoom {
            switch SocketCalls.accept(from: listener) {
            case .connection(let descriptor, let peer):
                let connection = ClientConnection(
                    descriptor: descriptor, network: peer.network, address: peer.text, nowMs: nowMs,
                    deadlineMs: nowMs + service.limits.headerTimeout.milliseconds)
                if !service.table.admit(connection) {
                    close(descriptor)
                } else if !daemon.add(descriptor, from: peer) {
                    _ = service.table.remove(descriptor)
                }
            case .none: return true
            case .gone: continue
            case .exhausted: return false
            }
        }
        return true
    }
}
