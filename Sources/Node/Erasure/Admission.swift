// Node · many at work, or one alone.
internal import Synchronization

/// Lets any number of tasks in together, or one alone: the keys of everybody are replaced while nobody uses them.
///
/// Whoever wants to be alone goes before those who come later, so that a busy node cannot keep it waiting for ever.
/// Nobody who is in may ask to be alone: it would wait for itself.
package final class Admission: Sendable {
    private enum Wish { case shared, alone }

    private struct State {
        var sharedCount = 0
        var isAlone = false
        var waiting: [(wish: Wish, continuation: CheckedContinuation<Void, Never>)] = []

        /// Whether somebody with this wish may enter now.
        func admits(_ wish: Wish) -> Bool {
            switch wish {
            case .shared: !isAlone
            case .alone: !isAlone && sharedCount == 0
            }
        }

        mutating func enter(_ wish: Wish) {
            switch wish {
            case .shared: sharedCount += 1
            case .alone: isAlone = true
            }
        }

        /// Lets in, in their order, those who may enter.
        mutating func admitWaiting() -> [CheckedContinuation<Void, Never>] {
            var admitted: [CheckedContinuation<Void, Never>] = []
            while let next = waiting.first, admits(next.wish) {
                enter(next.wish)
                admitted.append(next.continuation)
                waiting.removeFirst()
            }
            return admitted
        }
    }
    private let state = Mutex(State())  // Who is in and who waits; held for a moment.

    package init() {}

    /// Runs `body` beside others.
    package func shared<Value: Sendable, Failure: Error>(
        _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        await enter(.shared)
        defer { leave { $0.sharedCount -= 1 } }
        return try await body()
    }

    /// Runs `body` while nobody else is in.
    package func alone<Value: Sendable, Failure: Error>(
        _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        await enter(.alone)
        defer { leave { $0.isAlone = false } }
        return try await body()
    }

    private func enter(_ wish: Wish) async {
        await withCheckedContinuation { continuation in
            let isIn = state.withLock { state in
                guard state.waiting.isEmpty, state.admits(wish) else {
                    state.waiting.append((wish, continuation))
                    return false
                }
                state.enter(wish)
                return true
            }
            if isIn { continuation.resume() }
        }
    }

    private func leave(_ change: (inout State) -> Void) {
        let admitted = state.withLock { state in
            change(&state)
            return state.admitWaiting()
        }
        for continuation in admitted { continuation.resume() }
    }
}
