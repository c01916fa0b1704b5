// Vault · work that waits inside the kernel, kept off the threads that tasks share.
internal import Dispatch
internal import Primitives

/// Runs what writes and syncs large files. A task that did so itself would hold one of the few threads all tasks share.
enum BlockingWork {
    private static let queue = DispatchQueue(label: "stele.vault.blobs", attributes: .concurrent)

    /// The result of `body`, run on another thread.
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws(SteleError) -> Value
    ) async throws(SteleError) -> Value {
        let result: Result<Value, SteleError> = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: Result(catching: body)) }
        }
        return try result.get()
    }
}
