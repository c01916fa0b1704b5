// Node · a thread of its own for an actor that waits for the disk.
internal import Dispatch

/// Runs an actor's jobs one after another outside the cooperative pool, so that a sync never holds up request handling.
final class DedicatedThread: SerialExecutor {
    private let queue: DispatchQueue

    init(_ label: String) { queue = DispatchQueue(label: label) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = unsafe asUnownedSerialExecutor()
        queue.async { unsafe job.runSynchronously(on: executor) }
    }
}
