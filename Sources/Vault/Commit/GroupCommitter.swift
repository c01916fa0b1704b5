// Vault · many writers, one sync.
internal import Dispatch
internal import Primitives
internal import Storage
internal import Synchronization

/// Writes batches in the order in which they are handed over; all that wait go to the store together, with one sync.
///
/// A lone writer is written at once; a crowd that arrives during a sync shares the next. Writing happens on a thread of
/// its own, so nobody's task waits inside the kernel. After the first failure nothing more is written (`FailStop`), so
/// what is in memory and what is on disk part only until the restart that follows.
final class GroupCommitter: Sendable {
    /// Most bytes waiting: about a second of writing. Beyond it, new work is refused while work begun is finished.
    static let waitingByteCountMax = 256 << 20
    /// Most bytes written with one sync, so that nobody waits for much more than their own.
    static let groupByteCountMax = 16 << 20

    typealias Completion = @Sendable (Result<Void, SteleError>) -> Void

    private struct Request {
        let batch: WriteBatch
        let needsSync: Bool
        let completion: Completion
    }

    private struct State {
        var waiting: [Request] = []
        var byteCount = 0
        var isWriting = false
        var writeCount = 0
    }

    private let store: any KeyValueStore
    private let waitingByteCountMax: Int
    private let groupByteCountMax: Int
    private let failStop = FailStop()
    private let thread: DispatchQueue
    private let state = Mutex(State())  // What waits; the store is never touched while it is held.

    /// A committer in front of `store`, the only writer it has.
    init(
        _ store: any KeyValueStore, name: String, waitingByteCountMax: Int = waitingByteCountMax,
        groupByteCountMax: Int = groupByteCountMax
    ) {
        self.store = store
        self.waitingByteCountMax = waitingByteCountMax
        self.groupByteCountMax = groupByteCountMax
        thread = DispatchQueue(label: "stele.vault.\(name)")
    }

    /// Refuses new work while too much waits.
    ///
    /// - Throws: ``SteleError`` with code `vault.busy`.
    func checkRoom() throws(SteleError) {
        guard state.withLock({ $0.byteCount }) < waitingByteCountMax else {
            throw SteleError(
                .vaultBusy, "too many writes wait for the disk", hint: "send the request again in a second")
        }
    }

    /// The failure after which nothing more is written, if there was one.
    var fault: SteleError? { failStop.error }

    /// How many batches were handed over.
    var writeCount: Int { state.withLock { $0.writeCount } }

    /// Hands over `batch` and returns at once; `completion` is called from another thread when it is written.
    ///
    /// - Parameter sync: Whether it must be on disk before `completion` is called.
    func enqueue(_ batch: WriteBatch, sync: Bool, completion: @escaping Completion = { _ in }) {
        let mustStart = state.withLock { state in
            state.waiting.append(Request(batch: batch, needsSync: sync, completion: completion))
            state.byteCount += batch.byteCount
            state.writeCount += 1
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if mustStart { thread.async { self.writeAll() } }
    }

    /// Writes `batch` and returns when it is written, and synced if asked for.
    func commit(_ batch: WriteBatch, sync: Bool) async throws(SteleError) {
        let result = await withCheckedContinuation { continuation in
            enqueue(batch, sync: sync) { continuation.resume(returning: $0) }
        }
        try result.get()
    }

    /// Returns when all that was handed over before is written. Blocks the calling thread.
    func finish() { thread.sync {} }

    private func writeAll() {
        while let group = nextGroup() {
            let result = write(group)
            for request in group { request.completion(result) }
        }
    }

    /// The oldest requests that make one group; nil, and the next request starts the thread again, when none wait.
    private func nextGroup() -> [Request]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isWriting = false
                return nil
            }
            var count = 0
            var bytes = 0
            while count < state.waiting.count, count == 0 || bytes < groupByteCountMax {
                bytes += state.waiting[count].batch.byteCount
                count += 1
            }
            let group = Array(state.waiting.prefix(count))
            state.waiting.removeFirst(count)
            state.byteCount -= bytes
            return group
        }
    }

    private func write(_ group: [Request]) -> Result<Void, SteleError> {
        var batch = group[0].batch
        for request in group.dropFirst() { batch.append(contentsOf: request.batch) }
        let needsSync = group.contains { $0.needsSync }
        do throws(SteleError) {
            try failStop.guarding { () throws(SteleError) in try store.write(batch, sync: needsSync) }
            return .success(())
        } catch {
            return .failure(error)
        }
    }
}
