// HTTPClient · one request on its way, and what has come back so far.
internal import Primitives
internal import Synchronization

/// One request from sending to the end of its answer.
final class Transfer: @unchecked Sendable {
    typealias Outcome = Result<HTTPClientResponse, SteleError>

    /// Bytes of header fields in an answer; nobody we talk to needs more.
    private static let headerByteCountMax = 64 << 10

    /// What is sent.
    let request: HTTPClientRequest

    // Holds whoever waits; taken by the first outcome.
    private let waiting = Mutex<CheckedContinuation<Outcome, Never>?>(nil)
    private let cancellation = Atomic<Bool>(false)

    // Unchecked: everything below is touched by the loop's thread only.
    private var headers: [(name: String, value: String)] = []
    private var headerByteCount = 0
    private var body: [UInt8] = []
    private(set) var isTooLarge = false

    /// A transfer of `request`, not yet begun.
    init(_ request: HTTPClientRequest) { self.request = request }

    /// `continuation` waits for the outcome.
    func begin(_ continuation: CheckedContinuation<Outcome, Never>) { waiting.withLock { $0 = continuation } }

    /// Tells whoever waits, if nobody has before.
    func finish(_ outcome: Outcome) {
        let continuation = waiting.withLock { $0.take() }
        continuation?.resume(returning: outcome)
    }

    /// Nobody waits any more.
    func cancel() { cancellation.store(true, ordering: .sequentiallyConsistent) }

    /// Whether nobody waits any more.
    var isCancelled: Bool { cancellation.load(ordering: .sequentiallyConsistent) }

    /// The answer with `status`, complete.
    func response(status: Int) -> HTTPClientResponse {
        HTTPClientResponse(status: status, headers: headers, body: body)
    }
}

// MARK: - What comes in
extension Transfer {
    /// Takes one header line, its end included; returns false if there are too many.
    @unsafe
    func takeHeaderLine(_ line: UnsafeRawBufferPointer) -> Bool {
        headerByteCount += line.count
        guard headerByteCount <= Self.headerByteCountMax else {
            isTooLarge = true
            return false
        }
        let text = unsafe String(decoding: line, as: UTF8.self)
        // An answer may be preceded by others, such as 100 Continue; only the last one counts.
        if text.hasPrefix("HTTP/") { headers.removeAll() }
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), !text.hasPrefix("HTTP/") else { return true }
        let value = text.utf8[text.utf8.index(after: colon)...]
        headers.append((String(text[..<colon]), Self.trimmed(value)))
        return true
    }

    /// Takes a piece of the body; returns false if it is too long.
    @unsafe
    func takeBody(_ piece: UnsafeRawBufferPointer) -> Bool {
        guard piece.count <= request.responseByteCountMax - body.count else {
            isTooLarge = true
            return false
        }
        unsafe body.append(contentsOf: piece)
        return true
    }

    private static func trimmed(_ value: Substring.UTF8View) -> String {
        func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }
        let start = value.firstIndex { !isSpace($0) } ?? value.endIndex
        let end = value.lastIndex { !isSpace($0) }.map { value.index(after: $0) } ?? start
        return String(value[start..<end]) ?? ""
    }
}
