// Vault · one writer at a time for each key, where writing means waiting for the disk.
package import Primitives
internal import Synchronization

/// Serialises asynchronous work by key: what is changed under a key is durable before the next change of it is decided.
package final class KeyedLock<Key: Hashable & Sendable>: Sendable {
    // The keys that are held, each with those who wait for it, first come first.
    private let waiters = Mutex<[Key: [CheckedContinuation<Void, Never>]]>([:])

    /// A lock that nobody holds.
    package init() {}

    /// Runs `body` while nobody else does under `key`.
    package func withLock<Value: Sendable>(
        _ key: Key, _ body: () async throws(SteleError) -> Value
    ) async throws(SteleError) -> Value {
        await acquire(key)
        defer { release(key) }
        return try await body()
    }

    /// Runs `body` while nobody else does under any of `keys`.
    ///
    /// - Parameter keys: Each once, in an order that every caller keeps to: two callers who wait for each other would
    ///   wait for good.
    package func withLocks<Value: Sendable>(
        _ keys: [Key], _ body: () async throws(SteleError) -> Value
    ) async throws(SteleError) -> Value {
        for key in keys { await acquire(key) }
        defer { for key in keys.reversed() { release(key) } }
        return try await body()
    }

    private func acquire(_ key: Key) async {
        await withCheckedContinuation { continuation in
            let isFree = waiters.withLock { waiters in
                guard waiters[key] != nil else {
                    waiters[key] = []
                    return true
                }
                waiters[key]!.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    private func release(_ key: Key) {
        let next: CheckedContinuation<Void, Never>? = waiters.withLock { waiters in
            guard let waiting = waiters[key], !waiting.isEmpty else {
                waiters[key] = nil
                return nil
            }
            return waiters[key]!.removeFirst()
        }
        next?.resume()
    }
}
