// SteleCommand · a stopped node's stores, read from end to end.
internal import Cryptography
internal import Ledger
internal import Node
internal import Primitives
internal import Storage
internal import Vault

/// What an inspection of a data directory found.
struct Inspected {
    let ledger: LedgerInspection
    let records: VaultInspection
    /// How many entries of the journal wait for the ledger.
    let journalCount: Int

    /// Opens the stores of `setup`, which no process has open, and reads them.
    /// - Parameter progress: Called with what is being read and how far it is, in thousandths.
    init(
        _ setup: NodeSetup, isDeep: Bool, progress: (String, Int) -> Void = { _, _ in }
    ) throws(SteleError) {
        let lock = try DirectoryLock(setup.directory.path)
        let store = try RocksDBStore(
            path: setup.directory.ledgerPath, columnFamilies: LedgerStore.columnFamilies)
        let vault = try setup.openVault(random: SystemRandom())
        do throws(SteleError) {
            ledger = try LedgerInspection(
                of: store, genesis: setup.genesis,
                signState: try SyncedSlotFile.open(setup.directory.signStatePath).read().payload, isDeep: isDeep,
                progress: { progress("ledger", $0) })
            records = try VaultInspection(
                of: vault, store: store, ledger: ledger, isDeep: isDeep, progress: { progress("vault", $0) })
            journalCount = try EmergencyJournal.waitingCount(
                at: setup.directory.journalPath, of: setup.genesis.organisation, in: store)
        } catch {
            try? vault.close()
            try? store.close()
            throw error
        }
        try vault.close()
        try store.close()
        _ = lock
    }
}

/// Tells a person how far something long is, and when it will be done: a line whenever a second has passed.
final class ProgressLine {
    private let terminal: Terminal
    private let start = ContinuousClock.now
    private var last = ContinuousClock.now
    private var part = ""
    private var partStart = ContinuousClock.now

    init(_ terminal: Terminal) { self.terminal = terminal }

    /// Notes that `part` is `thousandths` done.
    func note(_ part: String, _ thousandths: Int) {
        let now = ContinuousClock.now
        if part != self.part {
            self.part = part
            partStart = now
        }
        guard now - last >= .seconds(1), thousandths > 0 else { return }
        last = now
        let rest = (now - partStart) * (1000 - thousandths) / thousandths
        terminal.note("stele: \(part) \(thousandths / 10) %, \(max(1, rest.components.seconds)) s left")
    }

    /// Since this was made, in seconds.
    var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }
}
