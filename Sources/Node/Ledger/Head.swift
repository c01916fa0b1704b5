// Node · the newest final block, and what can be proven under it.
public import Ledger
internal import Primitives
internal import Synchronization

/// The newest durable, certified block.
public struct Head: Sendable {
    /// Its header.
    public let header: Header
    /// The signed checkpoint.
    public let note: [UInt8]
    /// The log as of this block: a snapshot that proofs are made from.
    let log: LogTiles
}

/// Holds the newest head and tells listeners of new ones.
final class HeadBox: Sendable {
    private struct State {
        var head: Head
        var listeners: [UInt64: @Sendable (Head, [StateChange]) -> Void] = [:]
        var nextListener: UInt64 = 0
    }
    private let state: Mutex<State>  // The head never moves to a lower height.

    init(_ head: Head) { state = Mutex(State(head: head)) }

    var head: Head { state.withLock { $0.head } }

    func publish(_ head: Head, changes: [StateChange]) {
        let listeners = state.withLock { state in
            precondition(head.header.height >= state.head.header.height)
            state.head = head
            return Array(state.listeners.values)
        }
        for listener in listeners { listener(head, changes) }
    }

    /// Calls `listener` on the committer's thread for each new head until ``removeListener(_:)``.
    func addListener(_ listener: @escaping @Sendable (Head, [StateChange]) -> Void) -> UInt64 {
        state.withLock { state in
            state.nextListener += 1
            state.listeners[state.nextListener] = listener
            return state.nextListener
        }
    }

    func removeListener(_ id: UInt64) {
        state.withLock { state in state.listeners[id] = nil }
    }
}
