// SteleTesting · a clock that moves when a test says so.
public import Primitives
internal import Synchronization

/// Time as a test sets it.
public final class TestClock: TimeSource {
    private let current: Mutex<Timestamp>

    /// A clock that stands at `start`.
    public init(_ start: Timestamp = Timestamp(seconds: 1_800_000_000)) { current = Mutex(start) }

    public func now() -> Timestamp { current.withLock { $0 } }

    /// Moves the clock forward.
    public func advance(milliseconds: UInt64) { current.withLock { $0.milliseconds += milliseconds } }
}
