// HTTPServer · the listening socket and the system calls around it.
internal import CMicrohttpd
internal import Glibc
internal import Primitives

/// A listening TCP socket. Owns its descriptor; `deinit` closes it exactly once.
struct Listener: ~Copyable {
    /// The descriptor, non-blocking.
    let descriptor: CInt
    /// The port in use.
    let port: UInt16

    /// Connections the kernel completes ahead of us; it lowers this to its own limit.
    private static let backlog: CInt = 1024

    /// Listens on the first address `address` stands for.
    init(address: String, port: UInt16) throws(SteleError) {
        var hints = unsafe addrinfo()
        unsafe hints.ai_flags = AI_PASSIVE
        unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(address, String(port), &hints, &list) == 0, let first = unsafe list else {
            throw Self.unavailable("the listening address is no address of this machine")
        }
        defer { unsafe freeaddrinfo(first) }
        let descriptor = unsafe socket(
            first.pointee.ai_family, CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Self.unavailable("no socket can be opened", errno: errno) }
        // A restarted node must not wait for the last connections of the one before it to be forgotten.
        SocketCalls.setOption(descriptor, SOL_SOCKET, SO_REUSEADDR)
        guard unsafe bind(descriptor, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0,
            listen(descriptor, Self.backlog) == 0, let bound = SocketCalls.localPort(of: descriptor)
        else {
            let error = errno
            close(descriptor)
            throw Self.unavailable("port \(port) cannot be listened on", errno: error)
        }
        self.descriptor = descriptor
        self.port = bound
    }

    deinit { close(descriptor) }

    private static func unavailable(_ message: String, errno: CInt? = nil) -> SteleError {
        SteleError(
            .httpAddressUnavailable, message,
            hint: "choose another address or port, or stop the program that uses this one",
            cause: errno.map { unsafe String(cString: strerror($0)) })
    }
}

/// What came of accepting once.
enum Accepted {
    /// A connection, and who is at its other end.
    case connection(descriptor: CInt, peer: PeerAddress)
    /// None is waiting.
    case none
    /// One came and went; there may be more.
    case gone
    /// The process or the system is out of descriptors or memory.
    case exhausted
}

/// Where a connection comes from.
@safe
struct PeerAddress {
    /// The address as the system gives it.
    var storage = sockaddr_storage()
    /// How many bytes of `storage` count.
    var byteCount = socklen_t(MemoryLayout<sockaddr_storage>.size)

    /// Calls `body` with the address in the form C takes it.
    @unsafe
    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>) -> Result) -> Result {
        unsafe withUnsafePointer(to: storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0) }
        }
    }

    /// The numeric address, without the port.
    var text: String {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(NI_MAXHOST)) { host in
            let code = unsafe withPointer { address in
                unsafe getnameinfo(
                    address, byteCount, host.baseAddress!, socklen_t(host.count), nil, 0, NI_NUMERICHOST)
            }
            return code == 0 ? unsafe String(cString: host.baseAddress!) : ""
        }
    }

    /// Whom connections are counted for: an IPv4 address, or the /64 network of an IPv6 address, all of which one
    /// household or attacker has.
    var network: UInt64 {
        unsafe withUnsafeBytes(of: storage) { bytes in
            if CInt(storage.ss_family) == AF_INET6 {
                let start = MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr)!
                let network = unsafe bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)
                // Under ::/64 lie the loopback and IPv4 addresses in IPv6 form: there the rest tells clients apart.
                return network != 0 ? network : unsafe bytes.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self)
            }
            return UInt64(
                unsafe bytes.loadUnaligned(
                    fromByteOffset: MemoryLayout<sockaddr_in>.offset(of: \.sin_addr)!, as: UInt32.self))
        }
    }
}

/// The calls into the system that move no request bytes; libmicrohttpd makes those.
enum SocketCalls {
    /// Accepts one connection from `listener`.
    static func accept(from listener: CInt) -> Accepted {
        var peer = PeerAddress()
        let descriptor = unsafe withUnsafeMutablePointer(to: &peer.storage) { storage in
            unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe accept4(
                    listener, address, &peer.byteCount, CInt(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
            }
        }
        if descriptor >= 0 {
            // Answers are written whole; waiting to fill a segment would only delay the last part of each.
            setOption(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY)
            return .connection(descriptor: descriptor, peer: peer)
        }
        switch errno {
        case EAGAIN: return .none
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
        default: return .gone
        }
    }

    /// Switches a socket option on. It only tunes; a socket works without it.
    static func setOption(_ descriptor: CInt, _ level: CInt, _ option: CInt) {
        var one: CInt = 1
        unsafe setsockopt(descriptor, level, option, &one, socklen_t(MemoryLayout<CInt>.size))
    }

    /// The port `descriptor` is bound to.
    static func localPort(of descriptor: CInt) -> UInt16? {
        var address = PeerAddress()
        let code = unsafe withUnsafeMutablePointer(to: &address.storage) { storage in
            unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe getsockname(descriptor, pointer, &address.byteCount)
            }
        }
        guard code == 0 else { return nil }
        // The port lies at the same place for IPv4 and IPv6.
        return unsafe withUnsafeBytes(of: address.storage) { bytes in
            UInt16(
                bigEndian: unsafe bytes.loadUnaligned(
                    fromByteOffset: MemoryLayout<sockaddr_in>.offset(of: \.sin_port)!, as: UInt16.self))
        }
    }
}
