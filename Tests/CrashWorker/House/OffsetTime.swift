// CrashWorker · a clock that runs with the machine's and is ahead of it by as much as a test says.
import Node
import Primitives
import Synchronization

/// The wall clock and an offset, so that transactions expire without anybody waiting for it.
final class OffsetTime: TimeSource {
    private let offset: Mutex<UInt64>  // Only ever grows, or block time would run away from it.

    init(offsetMs: UInt64) { offset = Mutex(offsetMs) }

    func now() -> Timestamp {
        Timestamp(milliseconds: SystemTime().now().milliseconds + offset.withLock { $0 })
    }

    func advance(milliseconds: UInt64) { offset.withLock { $0 += milliseconds } }
}
