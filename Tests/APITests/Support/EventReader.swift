// APITests · a client that reads server-sent events while they come.
import Foundation
import Glibc

/// One event as a browser would see it.
struct ServerEvent: Equatable {
    var id = ""
    var name = ""
    var data = ""
}

/// A plain HTTP connection to loopback on which a stream of events is read. Its calls block for ten seconds at most.
final class EventReader {
    struct Failure: Error { var call: String }

    private let descriptor: CInt
    private var pending: [UInt8] = []
    private var isOver = false

    /// Asks for `target` with a token and, if given, the id of the last event.
    init(port: UInt16, target: String, token: String, lastEventID: String? = nil) throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw Failure(call: "connect") }
        var head = "GET \(target) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\n"
        if let lastEventID { head += "Last-Event-ID: \(lastEventID)\r\n" }
        let bytes = Array((head + "\r\n").utf8)
        guard unsafe Glibc.send(descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL)) == bytes.count else {
            throw Failure(call: "send")
        }
    }

    deinit { close(descriptor) }

    /// Whether the stream ends, with no further event before its end.
    var isEnded: Bool { next() == nil }

    /// The next event, or nil at the end of the stream. Comments and the framing of the body are passed over.
    func next() -> ServerEvent? {
        var event = ServerEvent()
        guard !isOver else { return nil }
        // Comments keep the connection alive, so the deadline is the event's, not that of one read.
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline, let line = line() {
            // The chunk of no bytes ends the body, whatever becomes of the connection (RFC 9112 §7.1).
            if line == "0" {
                isOver = true
                return nil
            }
            let parts = line.split(separator: ": ", maxSplits: 1).map(String.init)
            switch (parts.first, parts.count) {
            case ("id", 2): event.id = parts[1]
            case ("event", 2): event.name = parts[1]
            case ("data", 2): event.data = parts[1]
            default: if line.isEmpty, !event.data.isEmpty { return event }
            }
        }
        return nil
    }

    private func line() -> String? {
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: pending[..<end], as: UTF8.self)
                pending.removeFirst(end + 1)
                return line.hasSuffix("\r") ? String(line.dropLast()) : line
            }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            pending += buffer.prefix(count)
        }
    }
}
