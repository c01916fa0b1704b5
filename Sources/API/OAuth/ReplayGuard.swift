// API · what was seen before and must not count again.
internal import Cryptography
internal import Primitives
internal import Synchronization

/// Remembers each client assertion until it has expired.
///
/// Only verified assertions are noted, so strangers cannot fill it. When it is full, new ones are refused rather than
/// old ones forgotten. It lives in memory: an assertion used just before a restart could be used once more after it, by
/// whoever has it, for what is left of its five minutes.
final class ReplayGuard: Sendable {
    /// Most assertions remembered: 200 a second for five minutes.
    static let countMax = 65_536

    private let expiries = Mutex<[Digest: UInt64]>([:])  // Held for a look-up, or for one sweep when full.

    /// Notes the assertion, or throws if it was noted before.
    func note(_ assertion: ClientAssertion, now: UInt64) throws(SteleError) {
        var name = Array(assertion.clientID.utf8)
        name.append(0)
        name.append(contentsOf: assertion.identifier.utf8)
        let key = SHA256.hash(tag: "assertion", name)
        try expiries.withLock { (expiries) throws(SteleError) in
            if let expiry = expiries[key], expiry >= now {
                throw SteleError(
                    .tokenReplayed, "the client assertion was used before",
                    hint: "make a new one, with another jti, for each request")
            }
            if expiries.count >= Self.countMax { expiries = expiries.filter { $0.value >= now } }
            guard expiries.count < Self.countMax else {
                throw SteleError(
                    .tokenLimit, "more client assertions are in use than this node remembers",
                    hint: "use each access token for all its 300 seconds")
            }
            expiries[key] = assertion.expires
        }
    }
}

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
