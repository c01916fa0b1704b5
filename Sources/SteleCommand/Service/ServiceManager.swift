// SteleCommand · systemd told how far the node is.
internal import Glibc
internal import Primitives

/// The program that started this process and waits for word of it. Source: sd_notify(3), "Notes": one datagram to the
/// socket that `NOTIFY_SOCKET` names, a path or, after an `@`, a name without one.
///
/// Word that cannot be given is not given: the manager's own time limits decide then.
struct ServiceManager {
    /// What it can be told.
    enum State: String {
        /// The node answers.
        case ready = "READY=1"
        /// The node has begun to stop.
        case stopping = "STOPPING=1"
    }

    private let socket: String

    /// The manager of this process; nil if there is none that wants to know.
    init?(_ environment: [String: String]) {
        guard let socket = environment["NOTIFY_SOCKET"], socket.hasPrefix("/") || socket.hasPrefix("@"),
            socket.utf8.count > 1, socket.utf8.count < Self.pathByteCount
        else { return nil }
        self.socket = socket
    }

    private static let pathByteCount = MemoryLayout.size(ofValue: sockaddr_un().sun_path)

    /// Tells it; returns whether the word is on its way.
    @discardableResult
    func tell(_ state: State) -> Bool {
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(socket.utf8)
        if name[0] == UInt8(ascii: "@") { name[0] = 0 }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
        // A name without a path ends where the address does; a path ends at its zero byte.
        let offset = MemoryLayout.offset(of: \sockaddr_un.sun_path) ?? 2
        let count = socklen_t(offset + name.count + (name[0] == 0 ? 0 : 1))
        let text = Array(state.rawValue.utf8)
        let sent = unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe sendto(descriptor, text, text.count, Int32(MSG_NOSIGNAL), address, count)
            }
        }
        return sent == text.count
    }
}
