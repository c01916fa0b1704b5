// API · slows down whoever fails to get tokens.
internal import Primitives
internal import Synchronization

/// Slows down whoever fails to get tokens: a number of failures a minute for each client address.
final class FailureLimiter: Sendable {
    /// The minute in which failures are counted, in seconds.
    static let windowSeconds: UInt64 = 60
    /// Most addresses remembered; beyond, those whose minute is over are forgotten, then all.
    static let addressCountMax = 4096

    private struct Window {
        var start: UInt64
        var count: Int
    }
    private let failureCountMax: Int
    private let windows = Mutex<[String: Window]>([:])  // Held for a moment.

    init(failureCountMax: Int) { self.failureCountMax = failureCountMax }

    /// Throws if `address` failed too often within the last minute.
    func check(_ address: String, now: UInt64) throws(SteleError) {
        let count = windows.withLock { windows in
            windows[address].map { now < $0.start + Self.windowSeconds ? $0.count : 0 } ?? 0
        }
        guard count < failureCountMax else {
            throw SteleError(
                .tokenThrottled, "too many requests for tokens from this address failed",
                hint: "correct the client, then try again in a minute")
        }
    }

    /// Notes a failure of `address`.
    func note(_ address: String, now: UInt64) {
        windows.withLock { windows in
            if let window = windows[address], now < window.start + Self.windowSeconds {
                windows[address]?.count += 1
                return
            }
            if windows.count >= Self.addressCountMax {
                windows = windows.filter { now < $0.value.start + Self.windowSeconds }
            }
            if windows.count >= Self.addressCountMax { windows = [:] }
            windows[address] = Window(start: now, count: 1)
        }
    }
}
