// API · a POST sent again gets the answer it had.
internal import Cryptography
internal import HTTPServer
internal import Primitives

/// Remembers, for ten minutes, what was answered to a POST with an `Idempotency-Key`.
///
/// A key belongs to one actor. With the same request it gives the same answer, also while the first is still being
/// worked out; with another request it is refused. Faults (500 and more) are not kept, so that a retry can succeed. It
/// lives in memory: after a restart the ledger's own rules still hold, since equal records and equal transactions count
/// once. Source: draft-ietf-httpapi-idempotency-key-header.
actor IdempotencyCache {
    /// How long an answer is kept, in milliseconds.
    static let lifetimeMs: UInt64 = 600_000
    /// Most keys at once.
    static let countMax = 4096
    /// Most bytes of answers at once; the oldest are forgotten first.
    static let byteCountMax = 64 << 20
    /// Lengths a key may have.
    static let keyByteCounts = 1...255

    private struct Name: Hashable {
        let actorID: String
        let key: String
    }
    private struct Entry {
        let fingerprint: Digest
        let started: UInt64
        var response: HTTPResponse?
        var byteCount = 0
        var waiting: [CheckedContinuation<HTTPResponse, Never>] = []
    }

    private let time: any TimeSource
    private var entries: [Name: Entry] = [:]
    private var order: [Name] = []
    private var byteCount = 0

    init(time: any TimeSource) { self.time = time }

    /// The answer to `request` under `key`: the one it had, or else what `work` gives.
    func answer(
        _ key: String, actorID: String, _ request: HTTPRequest, work: @Sendable () async -> HTTPResponse
    ) async throws(SteleError) -> HTTPResponse {
        guard Self.keyByteCounts.contains(key.utf8.count), key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw .malformedRequest("Idempotency-Key is not 1 to 255 visible ASCII characters")
        }
        let name = Name(actorID: actorID, key: key)
        let fingerprint = Self.fingerprint(request)
        let now = time.now().milliseconds
        removeExpired(now: now)
        if let entry = entries[name] {
            guard entry.fingerprint == fingerprint else {
                throw SteleError(
                    .idempotencyConflict, "the Idempotency-Key came before with another request",
                    hint: "use a new key for each new request, and the old one only to repeat it")
            }
            if let response = entry.response { return response }
            return await withCheckedContinuation { entries[name]?.waiting.append($0) }
        }
        makeRoom()
        guard entries.count < Self.countMax else {
            throw SteleError(
                .idempotencyLimit, "more requests with an Idempotency-Key are under way than this node keeps",
                hint: "try again in a moment")
        }
        entries[name] = Entry(fingerprint: fingerprint, started: now)
        order.append(name)
        let response = await work()
        finish(name, response)
        return response
    }

    private func finish(_ name: Name, _ response: HTTPResponse) {
        guard var entry = entries[name] else { return }
        let waiting = entry.waiting
        entry.waiting = []
        if response.status < 500, case .bytes(let bytes) = response.body {
            entry.response = response
            entry.byteCount = bytes.count
            byteCount += bytes.count
            entries[name] = entry
        } else {
            remove(name)
        }
        for continuation in waiting { continuation.resume(returning: response) }
    }

    /// Forgets finished entries, oldest first, while there are too many or they are too large.
    private func makeRoom() {
        while entries.count >= Self.countMax || byteCount > Self.byteCountMax {
            guard let oldest = order.first(where: { entries[$0]?.response != nil }) else { return }
            remove(oldest)
        }
    }

    private func removeExpired(now: UInt64) {
        while let oldest = order.first, let entry = entries[oldest], entry.response != nil,
            entry.started + Self.lifetimeMs <= now
        {
            remove(oldest)
        }
    }

    private func remove(_ name: Name) {
        byteCount -= entries.removeValue(forKey: name)?.byteCount ?? 0
        order.removeAll { $0 == name }
    }

    private static func fingerprint(_ request: HTTPRequest) -> Digest {
        var writer = CBORWriter(capacity: request.body.count + 256)
        writer.write(arrayCount: 5)
        writer.write(text: request.method)
        writer.write(text: request.path)
        writer.write(text: request.target.rawQuery ?? "")
        writer.write(text: request.headers["Content-Type"] ?? "")
        writer.write(bytes: request.body)
        return SHA256.hash(tag: "idempotency", writer.bytes)
    }
}
