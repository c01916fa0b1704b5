// SteleCommand · how far an import is.
internal import Synchronization

/// Says from time to time how many resources came in, how fast, and how long the rest will take.
final class ImportProgress: Sendable {
    /// Shortest time between two lines.
    static let interval = Duration.seconds(2)

    private struct State {
        var byteCount = 0
        var resourceCount = 0
        var last = ContinuousClock.now
    }

    private let byteCount: Int
    private let resourceCount: Int
    private let start = ContinuousClock.now
    private let state = Mutex(State())  // What is through, and when that was said last.
    private let say: @Sendable (String) -> Void

    /// Progress towards `byteCount` bytes and `resourceCount` resources, said with `say`.
    init(byteCount: Int, resourceCount: Int, say: @escaping @Sendable (String) -> Void) {
        self.byteCount = max(1, byteCount)
        self.resourceCount = resourceCount
        self.say = say
    }

    /// Notes that a part is through.
    func note(_ chunk: ImportChunk) {
        let now = ContinuousClock.now
        let due = state.withLock { state -> State? in
            state.byteCount += chunk.byteCount
            state.resourceCount += chunk.resources.count
            guard now - state.last >= Self.interval, state.byteCount < byteCount else { return nil }
            state.last = now
            return state
        }
        if let due { say(line(due.resourceCount, sentByteCount: due.byteCount, elapsed: now - start)) }
    }

    /// The line when `doneCount` resources and `sentByteCount` bytes are through after `elapsed`.
    func line(_ doneCount: Int, sentByteCount: Int, elapsed: Duration) -> String {
        let seconds = max(0.001, elapsed / .seconds(1))
        let rate = Int(Double(doneCount) / seconds)
        let left = Int(seconds * Double(byteCount - sentByteCount) / Double(max(1, sentByteCount))) + 1
        return "\(doneCount) of \(resourceCount) resources, \(rate) a second, about \(left) s left"
    }
}
