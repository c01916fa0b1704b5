// SteleCommand · `stele inspect`.
internal import Cryptography
internal import JSON
internal import Ledger
internal import Node
internal import Primitives
internal import Storage
internal import Vault

/// Checks the store of a node that is not running.
struct InspectVerb: Verb {
    static let deep = Option(flag: "deep", "also verify every signature and open every record against its anchor")

    let name = "inspect"
    let summary = "check the store of a node that is not running"
    let help = Help(
        meaning: """
            Reads a data directory that no node serves and works everything out again: the chain of headers and their \
            signed checkpoints, the log's root at every block from its entries, the state's root from its rows, each \
            record in the vault against its anchor on the ledger, each access event against its kept request. Nothing \
            is changed or signed. The first thing that does not hold is named, with exit code 5.
            """,
        options: [deep, .data, .config],
        examples: ["stele inspect --data /srv/stele", "stele inspect --deep --data /srv/stele --json"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let setup = try NodeSetup.load(arguments)
        let isDeep = arguments.contains(Self.deep)
        let lock = try DirectoryLock(setup.directory.path)
        let store = try RocksDBStore(
            path: setup.directory.ledgerPath, columnFamilies: LedgerStore.columnFamilies)
        let vault = try Vault.open(at: setup.directory.path, root: setup.root, random: SystemRandom())
        let (ledger, records): (LedgerInspection, VaultInspection)
        do throws(SteleError) {
            ledger = try LedgerInspection(
                of: store, genesis: setup.genesis,
                signState: try SyncedSlotFile.open(setup.directory.signStatePath).read().payload, isDeep: isDeep)
            records = try VaultInspection(of: vault, store: store, ledger: ledger, isDeep: isDeep)
        } catch {
            try? vault.close()
            try? store.close()
            throw error
        }
        try vault.close()
        try store.close()
        _ = lock
        report(setup, ledger, records, isDeep: isDeep, to: terminal)
        return .success
    }

    private func report(
        _ setup: NodeSetup, _ ledger: LedgerInspection, _ records: VaultInspection, isDeep: Bool, to terminal: Terminal
    ) {
        let header = ledger.header
        terminal.line("The store is whole.")
        terminal.line("  format     \(Version.dataFormat)")
        terminal.line("  network    \(setup.genesis.name) of \(setup.genesis.organisation), \(header.chainID.hex)")
        terminal.line("  block      \(header.height), \(header.time)")
        terminal.line("  log        \(header.logSize) entries, \(ledger.transactionCount) transactions")
        terminal.line("             root \(header.logRoot.hex), worked out from the entries")
        terminal.line("  state      \(ledger.rowCount) rows")
        terminal.line("             root \(header.stateRoot.hex), worked out from the rows")
        terminal.line(
            "  vault      \(records.subjectCount) subjects, \(records.recordCount) record versions, each anchored")
        terminal.line("             \(records.byteCount) bytes" + (isDeep ? ", each record opened" : ""))
        terminal.line("  accesses   \(records.eventCount) events, each with its kept request")
        if records.pendingCount > 0 {
            terminal.line("  waiting    \(records.pendingCount) transactions that the next start settles")
        }
        terminal.result([
            "whole": true, "deep": .bool(isDeep), "format": .number(String(Version.dataFormat)),
            "chain_id": .string(header.chainID.hex), "height": .number(String(header.height)),
            "log_size": .number(String(header.logSize)), "log_root": .string(header.logRoot.hex),
            "transactions": .number(String(ledger.transactionCount)), "state_rows": .number(String(ledger.rowCount)),
            "state_root": .string(header.stateRoot.hex), "subjects": .number(String(records.subjectCount)),
            "records": .number(String(records.recordCount)), "record_bytes": .number(String(records.byteCount)),
            "access_events": .number(String(records.eventCount)), "pending": .number(String(records.pendingCount)),
        ])
    }
}
