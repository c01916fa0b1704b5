// Storage · no call may be inside a database while it is closed.
import Glibc
import Synchronization

/// Counts the calls in progress, and closes once when there are none.
struct UseGate: ~Copyable, Sendable {
    private static let closed = Int.min
    private let state = Atomic<Int>(0)  // Calls in progress; plus `closed` once closing has begun.

    /// Begins a call; `false` when closing has begun. Every `true` is followed by one ``leave()``.
    func enter() -> Bool {
        if state.add(1, ordering: .acquiring).newValue > 0 { return true }
        leave()
        return false
    }

    func leave() { state.subtract(1, ordering: .releasing) }

    /// Lets no further call in and waits until the last has left; `false` when another caller closed before.
    func close() -> Bool {
        guard state.bitwiseOr(Self.closed, ordering: .acquiringAndReleasing).oldValue >= 0 else { return false }
        while state.load(ordering: .acquiring) != Self.closed { usleep(200) }
        return true
    }
}
