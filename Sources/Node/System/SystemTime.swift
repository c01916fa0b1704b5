// Node · the machine's clock.
internal import Glibc
public import Primitives

/// The wall clock.
public struct SystemTime: TimeSource {
    /// The machine's clock.
    public init() {}

    public func now() -> Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000)
    }
}
