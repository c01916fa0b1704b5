// Node · makes executed blocks durable.
internal import Primitives

/// Writes blocks into the store on a thread of its own, so that the next block executes meanwhile.
///
/// The order is what keeps promises: first the block with its rows, synced; then the sign-state, synced
/// (``Finalizer``); only then does the signature count for anything, and whoever waits is told. A crash between the two
/// leaves up to four blocks, those of two hand-overs, that are signed again, identically, at the next start.
actor Committer {
    private let thread: DedicatedThread
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }
    private let store: LedgerStore

    init(_ store: LedgerStore) {
        thread = DedicatedThread("stele.committer")
        self.store = store
    }

    /// Makes `jobs`, consecutive blocks, durable.
    func write(_ jobs: [CommitJob]) throws(SteleError) { try store.write(jobs) }
}
