// Node · transactions between admission and receipt.
internal import Ledger
internal import Ordering
internal import Primitives
internal import Synchronization

/// The queue in front of the sequencer, and who waits for which transaction.
final class Waiting: Sendable {
    /// How a wait ends: a receipt, nil if the chain dropped the transaction, or the fault that stopped the node.
    typealias Ending = Result<Receipt?, SteleError>

    private struct State {
        var queue = TransactionQueue<AdmittedTransaction>()
        var continuations: [TransactionID: [CheckedContinuation<Ending, Never>]] = [:]
        var isAwake = false
        var fault: SteleError?
    }
    private let state = Mutex(State())  // Held for a moment only; nothing inside waits.

    /// Queues `transaction` unless it waits already, and waits for its end.
    /// - Parameter wake: called if the sequencer sleeps.
    func enqueue(_ transaction: AdmittedTransaction, wake: @Sendable () -> Void) async throws(SteleError) -> Receipt? {
        let id = transaction.transaction.id
        let ending: Ending = await withCheckedContinuation { continuation in
            var mustWake = false
            let refusal: SteleError? = state.withLock { state in
                if let fault = state.fault { return fault }
                if state.continuations[id] != nil {
                    state.continuations[id]?.append(continuation)
                    return nil
                }
                do throws(SteleError) {
                    try state.queue.append(transaction, byteCount: transaction.transaction.envelope.count)
                } catch {
                    return error
                }
                state.continuations[id] = [continuation]
                mustWake = !state.isAwake
                state.isAwake = true
                return nil
            }
            if let refusal { continuation.resume(returning: .failure(refusal)) }
            if mustWake { wake() }
        }
        return try ending.get()
    }

    /// The next batch's transactions; when there are none the sequencer goes to sleep.
    func cut() -> [AdmittedTransaction] {
        state.withLock { state in
            let taken = state.queue.cut()
            if taken.isEmpty { state.isAwake = false }
            return taken
        }
    }

    /// Ends the waits of a durable block.
    func finish(_ endings: [(TransactionID, Receipt?)]) {
        let ready = state.withLock { state in
            endings.map { id, receipt in (state.continuations.removeValue(forKey: id) ?? [], receipt) }
        }
        for (continuations, receipt) in ready {
            for continuation in continuations { continuation.resume(returning: .success(receipt)) }
        }
    }

    /// Ends every wait, now and later: the node can no longer make anything durable.
    func fail(_ fault: SteleError) {
        let all = state.withLock { state in
            state.fault = state.fault ?? fault
            defer {
                state.continuations.removeAll()
                state.queue = TransactionQueue()
            }
            return state.continuations.values.flatMap { $0 }
        }
        for continuation in all { continuation.resume(returning: .failure(fault)) }
    }

    /// The fault that stopped the node, if any.
    var fault: SteleError? { state.withLock { $0.fault } }
    /// Whether no transaction is between admission and receipt.
    var isEmpty: Bool { state.withLock { $0.continuations.isEmpty && $0.queue.count == 0 } }
    /// How many transactions wait for their batch.
    var count: Int { state.withLock { $0.queue.count } }
}
