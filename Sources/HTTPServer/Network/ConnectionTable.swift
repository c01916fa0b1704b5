// HTTPServer · all connections, and how many there may be.
internal import CMicrohttpd
internal import Glibc
internal import Synchronization

/// All open connections by descriptor.
final class ConnectionTable: Sendable {
    private struct State {
        var connections: [CInt: ClientConnection] = [:]
        var countByNetwork: [UInt64: Int] = [:]
    }

    private let countMax: Int
    private let countPerNetworkMax: Int
    // Guards the table, and through it the descriptors: one is in the table only while it is open.
    private let state = Mutex(State())

    /// A table for as many connections as `limits` allows.
    init(limits: HTTPLimits) {
        countMax = limits.connectionCountMax
        countPerNetworkMax = limits.connectionPerClientCountMax
    }

    /// How many connections there are now.
    var count: Int { state.withLock { $0.connections.count } }

    /// Whether one more connection may be accepted.
    var hasRoom: Bool { count < countMax }

    /// All connections there are now.
    var all: [ClientConnection] { state.withLock { Array($0.connections.values) } }

    /// Takes in `connection`, unless its network has its share already.
    func admit(_ connection: ClientConnection) -> Bool {
        state.withLock { state in
            guard state.countByNetwork[connection.network, default: 0] < countPerNetworkMax else { return false }
            state.countByNetwork[connection.network, default: 0] += 1
            state.connections[connection.descriptor] = connection
            return true
        }
    }

    /// The connection of `descriptor`.
    func connection(_ descriptor: CInt) -> ClientConnection? {
        state.withLock { $0.connections[descriptor] }
    }

    /// Forgets the connection of `descriptor`, which is about to be closed. Returns whether the table was full.
    func remove(_ descriptor: CInt) -> Bool {
        state.withLock { state in
            let wasFull = state.connections.count >= countMax
            guard let connection = state.connections.removeValue(forKey: descriptor) else { return false }
            let count = state.countByNetwork[connection.network, default: 1] - 1
            state.countByNetwork[connection.network] = count > 0 ? count : nil
            return wasFull
        }
    }

    /// Shuts down what is overdue; a shut-down socket reads as ended, and libmicrohttpd then closes it.
    ///
    /// Returns the connections whose handler is overdue: these get an answer.
    func shutDownOverdue(nowMs: UInt64) -> [ClientConnection] {
        state.withLock { state in
            let isFull = state.connections.count >= countMax
            let overdue = state.connections.values.filter { $0.isOverdue(nowMs: nowMs, isFull: isFull) }
            for connection in overdue where connection.stage != .handling {
                shutdown(connection.descriptor, CInt(SHUT_RDWR))
            }
            return overdue.filter { $0.stage == .handling }
        }
    }

    /// Shuts every connection down and returns when libmicrohttpd has closed them all, or after `limit`.
    func shutDownAll(within limit: Duration) {
        state.withLock { state in
            for connection in state.connections.values { shutdown(connection.descriptor, CInt(SHUT_RDWR)) }
        }
        let end = MonotonicClock.milliseconds + limit.milliseconds
        while count > 0, MonotonicClock.milliseconds < end { usleep(1000) }
    }

    /// Shuts `connection` down if it is still open and still answers `exchange`; what waits in the system's buffers is
    /// dropped once libmicrohttpd closes it.
    func reset(_ connection: ClientConnection, answering exchange: Exchange) {
        state.withLock { state in
            guard state.connections[connection.descriptor] === connection, connection.exchange === exchange else {
                return
            }
            var dropping = linger(l_onoff: 1, l_linger: 0)
            _ = unsafe setsockopt(
                connection.descriptor, SOL_SOCKET, SO_LINGER, &dropping, socklen_t(MemoryLayout<linger>.size))
            shutdown(connection.descriptor, CInt(SHUT_RDWR))
        }
    }

    /// Those of `connections` whose client has closed its side.
    func left(_ connections: [ClientConnection]) -> [ClientConnection] {
        state.withLock { state in
            let open = connections.filter { state.connections[$0.descriptor] === $0 }
            var polled = open.map {
                pollfd(fd: $0.descriptor, events: stele_http_poll_peer_closed, revents: 0)
            }
            guard unsafe poll(&polled, nfds_t(polled.count), 0) > 0 else { return [] }
            return zip(open, polled).filter { $0.1.revents != 0 }.map { $0.0 }
        }
    }
}
