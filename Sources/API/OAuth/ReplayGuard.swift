// API · the client assertions that were used and must not count again.
internal import Cryptography
internal import Primitives
internal import Synchronization
internal import Vault

/// Remembers each client assertion until it has expired, over restarts too.
///
/// Only verified assertions are noted, so strangers cannot fill it. When it is full, new ones are refused rather than
/// old ones forgotten. An assertion is claimed in memory first, so that the second of two at once is refused, and is on
/// disk before its token is given out: whoever has an assertion that was answered can never use it again.
final class ReplayGuard: Sendable {
    /// Most assertions remembered: 200 a second for five minutes.
    static let countMax = 65_536
    /// Assertions are forgotten together by the minute in which they end, in seconds.
    private static let windowSeconds: UInt64 = 60

    private struct State {
        var isLoaded = false
        var expiries: [Digest: UInt64] = [:]
        // By the minute in which they end, so that a sweep looks at those only that it removes.
        var windows: [UInt64: [Digest]] = [:]
        // Forgotten here and still on disk: removed with the next one noted.
        var ended: [Digest] = []

        mutating func insert(_ assertion: UsedAssertion) {
            expiries[assertion.name] = assertion.expires
            windows[assertion.expires / windowSeconds, default: []].append(assertion.name)
        }

        mutating func removeEnded(now: UInt64) {
            for window in windows.keys where (window + 1) * windowSeconds <= now {
                let names = windows.removeValue(forKey: window) ?? []
                for name in names { expiries[name] = nil }
                ended += names
            }
        }
    }

    private let directory: VaultDirectory
    private let state = Mutex(State())  // Held for a look-up, and once while the rows of an earlier process are read.

    init(_ directory: VaultDirectory) { self.directory = directory }

    /// Notes the assertion for good, or throws if it was noted before.
    func note(_ assertion: ClientAssertion, now: UInt64) async throws(SteleError) {
        var name = Array(assertion.clientID.utf8)
        name.append(0)
        name.append(contentsOf: assertion.identifier.utf8)
        let used = UsedAssertion(name: SHA256.hash(tag: "assertion", name), expires: assertion.expires)
        let ended = try state.withLock { (state) throws(SteleError) in
            if !state.isLoaded {
                for earlier in try directory.usedAssertions() { state.insert(earlier) }
                state.isLoaded = true
            }
            state.removeEnded(now: now)
            guard state.expiries[used.name] == nil else {
                throw SteleError(
                    .tokenReplayed, "the client assertion was used before",
                    hint: "make a new one, with another jti, for each request")
            }
            guard state.expiries.count < Self.countMax else {
                throw SteleError(
                    .tokenLimit, "more client assertions are in use than this node remembers",
                    hint: "use each access token for all its 300 seconds")
            }
            state.insert(used)
            defer { state.ended = [] }
            return state.ended
        }
        try await directory.noteAssertion(used, forgetting: ended)
    }
}
