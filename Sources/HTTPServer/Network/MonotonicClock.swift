// HTTPServer · the clock of deadlines.
internal import Glibc

/// Milliseconds that only go forward. Deadlines concern the machine, not the ledger, so no `TimeSource` is asked.
enum MonotonicClock {
    /// Now, a few milliseconds coarse: it is read several times a request.
    static var milliseconds: UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
        return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
    }
}

extension Duration {
    /// Whole milliseconds, rounded down; 0 if negative.
    var milliseconds: UInt64 {
        components.seconds < 0
            ? 0 : UInt64(components.seconds) * 1000 + UInt64(components.attoseconds / 1_000_000_000_000_000)
    }
}
