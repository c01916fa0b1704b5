// HTTPServerTests · a client that can do everything a client should not.
import Foundation
import Glibc

/// A plain TCP connection to loopback whose calls block. Use it inside ``blocking(_:)`` only.
final class RawSocket {
    struct Failure: Error { var call: String, errno: Int32 }

    let descriptor: CInt
    private var pending: [UInt8] = []

    /// Connects to `port`; reads wait `timeout` seconds at most.
    init(port: UInt16, timeout: Int = 60, receiveBufferByteCount: CInt? = nil) throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(call: "socket", errno: errno) }
        var limit = timeval(tv_sec: timeout, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        if var count = receiveBufferByteCount {
            unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &count, socklen_t(MemoryLayout<CInt>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw Failure(call: "connect", errno: errno) }
    }

    deinit { close(descriptor) }

    /// Sends all of `bytes`; returns false if the server has cut the connection.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.send(
                    descriptor, buffer.baseAddress! + sent, buffer.count - sent, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// The next bytes, empty at the end of the connection, or nil if none came in time or the connection was reset.
    func receive(upTo count: Int = 65_536) -> [UInt8]? {
        if !pending.isEmpty {
            defer { pending = [] }
            return pending
        }
        var buffer = [UInt8](repeating: 0, count: count)
        let received = unsafe recv(descriptor, &buffer, count, 0)
        return received >= 0 ? Array(buffer.prefix(received)) : nil
    }

    /// Everything until the connection ends.
    func receiveToEnd() -> [UInt8] {
        var all: [UInt8] = []
        while let piece = receive(), !piece.isEmpty { all += piece }
        return all
    }

    /// Whether the server ends the connection within `seconds` without another byte.
    func isEnded(within seconds: Double) -> Bool {
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&polled, 1, CInt(seconds * 1000)) > 0 else { return false }
        let next = receive(upTo: 1)
        return next == nil || next == []
    }

    /// Ends the sending side only.
    func endSending() { shutdown(descriptor, CInt(SHUT_WR)) }

    /// Makes closing send a reset instead of a proper end.
    func resetOnClose() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    }
}

// MARK: - Responses
/// One response, parsed as strictly as the tests need.
struct RawResponse: Equatable {
    var status: Int
    var headers: [String: String]
    var body: [UInt8]
    var text: String { String(decoding: body, as: UTF8.self) }
}

extension RawSocket {
    /// The next response, or nil if the connection ended before it was whole.
    func receiveResponse(toHead: Bool = false) -> RawResponse? {
        guard let head = take(through: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
        let parts = lines[0].split(separator: " ")
        guard parts.count >= 2, parts[0] == "HTTP/1.1", let status = Int(parts[1]) else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() where !line.isEmpty {
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            headers[line[..<colon].lowercased()] = line[colon...].dropFirst().trimmingCharacters(in: .whitespaces)
        }
        if toHead || status == 204 || status == 304 || status < 200 {
            return RawResponse(status: status, headers: headers, body: [])
        }
        if headers["transfer-encoding"] == "chunked" {
            return takeChunks().map { RawResponse(status: status, headers: headers, body: $0) }
        }
        guard let text = headers["content-length"], let count = Int(text) else {
            return RawResponse(status: status, headers: headers, body: receiveToEnd())
        }
        return take(count).map { RawResponse(status: status, headers: headers, body: $0) }
    }

    private func takeChunks() -> [UInt8]? {
        var body: [UInt8] = []
        while true {
            guard let line = take(through: [13, 10]),
                let count = Int(String(decoding: line.dropLast(2), as: UTF8.self), radix: 16),
                let chunk = take(count), take(2) == [13, 10]
            else { return nil }
            if count == 0 { return body }
            body += chunk
        }
    }

    private func take(through mark: [UInt8]) -> [UInt8]? {
        var searched = 0
        while true {
            if pending.count >= mark.count {
                for start in searched...(pending.count - mark.count)
                where pending[start..<(start + mark.count)].elementsEqual(mark) {
                    defer { pending.removeFirst(start + mark.count) }
                    return Array(pending[..<(start + mark.count)])
                }
                searched = pending.count - mark.count + 1
            }
            guard fill() else { return nil }
        }
    }

    private func take(_ count: Int) -> [UInt8]? {
        while pending.count < count { guard fill() else { return nil } }
        defer { pending.removeFirst(count) }
        return Array(pending[..<count])
    }

    private func fill() -> Bool {
        let before = pending
        pending = []
        guard let more = receive(), !more.isEmpty else {
            pending = before
            return false
        }
        pending = before + more
        return true
    }
}

/// Runs `body` on a thread of its own: a call that blocks on one of Swift's would keep the handlers from answering it.
func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread { continuation.resume(with: Result { try body() }) }.start()
    }
}
