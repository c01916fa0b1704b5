// Storage · the rule that nothing is written after a write has failed.
public import Primitives
import Synchronization

/// Remembers the first failed write or sync and refuses every later one.
///
/// After a failed `fdatasync` the kernel may drop the dirty pages and report success the next time, so trying again
/// would acknowledge bytes that are not on disk. Only a restart, which reads back what the disk holds, clears it.
public final class FailStop: Sendable {
    private let failure = Mutex<SteleError?>(nil)  // Set once; never cleared.

    /// Nothing has failed yet.
    public init() {}

    /// The first failure, if there was one.
    public var error: SteleError? { failure.withLock { $0 } }

    /// Throws if an earlier write failed. The code is that of the first failure.
    public func check() throws(SteleError) {
        guard let first = error else { return }
        throw SteleError(
            first.code, "writing stopped after an earlier failure: \(first.message)",
            hint: "mend the disk, then restart the node", cause: first.cause)
    }

    /// Runs `write` unless an earlier one failed, and remembers it if this one fails.
    public func guarding<Result>(_ write: () throws(SteleError) -> Result) throws(SteleError) -> Result {
        try check()
        do {
            return try write()
        } catch {
            failure.withLock { $0 = $0 ?? error }
            throw error
        }
    }
}
