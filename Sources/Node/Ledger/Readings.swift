// Node · decoded rows of the final state, for previews and for the chain.
internal import Ledger
internal import Primitives
internal import Storage
internal import Synchronization

/// Read-only views of the durable state, and in each the decoded rows of some subjects.
///
/// A preview decodes what its decision rests on; the chain, which decides again a moment later, takes that over.
final class Readings: Sendable {
    /// How many views there are: enough that askers about different subjects rarely meet.
    private static let count = 64

    private final class Share: Sendable {
        let view: Mutex<StateView>

        init(_ store: any KeyValueStore) {
            view = Mutex(
                StateView(
                    reader: PendingState(store), cachedGroupCountMax: StateView.cachedGroupCountMax / Readings.count))
        }
    }
    private let shares: [Share]

    init(_ store: any KeyValueStore) { shares = (0..<Self.count).map { _ in Share(store) } }

    /// Calls `body` with the view for `subject`. Callers with the same subject wait for each other.
    func withView<Result: Sendable>(
        about subject: SubjectID, _ body: (StateView) throws(SteleError) -> Result
    ) throws(SteleError) -> Result {
        try share(of: subject).view.withLock { view throws(SteleError) in try body(view) }
    }

    /// What a view made of the rows of `group`, as they are on disk; nil if nothing is kept or the view is in use.
    func decoded(group: [UInt8]) -> (any AnyObject & Sendable)? {
        share(of: SubjectID(group, at: 2)).view.withLockIfAvailable { $0.decoded(group: group) } ?? nil
    }

    /// Forgets what was decoded of rows that a block changed; called when the block is on disk.
    func forget(_ changes: [StateChange]) {
        for change in changes where change.key.count >= StateView.groupByteCount {
            share(of: SubjectID(change.key, at: 2)).view.withLock { $0.forget(change) }
        }
    }

    private func share(of subject: SubjectID) -> Share {
        shares[Int(subject.nibble(0)) << 2 | Int(subject.nibble(1)) >> 2]
    }
}
