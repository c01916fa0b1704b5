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
            record in the vault against its anchor on the ledger, each access event against its kept request. With \
            --deep also every file against the list that the node signed when it stopped. Nothing it holds is changed. \
            The first thing that does not hold is named, with exit code 5.
            """,
        options: [deep, .data, .config],
        examples: ["stele inspect --data /srv/stele", "stele inspect --deep --data /srv/stele --json"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let isDeep = arguments.contains(Self.deep)
        let progress = ProgressLine(terminal)
        // Hashes first, and before anything is understood: a changed byte is named by its file.
        let folder = arguments.value(.data) ?? NodeSetup.defaultPath
        if isDeep, !arguments.contains(.config) { try Self.checkFiles(of: folder, progress) }
        let setup = try NodeSetup.load(arguments)
        var isListed = false
        if isDeep, try FileList.read(setup.directory.path) != nil {
            let list = try FileList.load(setup.directory.path, setup.genesis)
            if arguments.contains(.config) {
                try list.check(setup.directory.path) { progress.note("files", $1 == 0 ? 1000 : $0 * 1000 / $1) }
            }
            isListed = true
        }
        let found: Inspected
        do {
            found = try Inspected(setup, isDeep: isDeep) { progress.note($0, $1) }
        } catch {
            if isListed { try? FileList.refresh(setup) }
            throw error
        }
        // Opening a store changes files of its own.
        if try FileList.read(setup.directory.path) != nil { try FileList.refresh(setup) }
        if isDeep, !isListed {
            terminal.note(
                "stele: no list of files: the node did not stop in order; only what the stores hold was checked")
        }
        let (ledger, records) = (found.ledger, found.records)
        report(setup, ledger, records, journalCount: found.journalCount, isDeep: isDeep, to: terminal)
        return .success
    }

    private static func checkFiles(of folder: String, _ progress: ProgressLine) throws(SteleError) {
        guard let list = try FileList.read(folder) else { return }
        try list.check(folder) { progress.note("files", $1 == 0 ? 1000 : $0 * 1000 / $1) }
    }

    private func report(
        _ setup: NodeSetup, _ ledger: LedgerInspection, _ records: VaultInspection, journalCount: Int, isDeep: Bool,
        to terminal: Terminal
    ) {
        let header = ledger.header
        terminal.line("The store is whole.")
        terminal.line("  format     \(Version.dataFormat)")
        terminal.line("  network    \(setup.genesis.name) of \(setup.genesis.organisation), \(header.chainID.hex)")
        terminal.line("  block      \(header.height), \(header.time)")
        terminal.line("  log        \(header.logSize) entries, \(ledger.transactionCount) transactions")
        if ledger.erasedCount > 0 {
            terminal.line(
                "             \(ledger.erasedCount) leaves alone: \(ledger.erasedSubjectCount) subjects were erased"
            )
        }
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
        if journalCount > 0 {
            terminal.line("             \(journalCount) entries of the journal of emergencies that it records")
        }
        terminal.result([
            "whole": true, "deep": .bool(isDeep), "format": .number(String(Version.dataFormat)),
            "chain_id": .string(header.chainID.hex), "height": .number(String(header.height)),
            "log_size": .number(String(header.logSize)), "log_root": .string(header.logRoot.hex),
            "transactions": .number(String(ledger.transactionCount)),
            "erased_transactions": .number(String(ledger.erasedCount)),
            "erased_subjects": .number(String(ledger.erasedSubjectCount)),
            "state_rows": .number(String(ledger.rowCount)),
            "state_root": .string(header.stateRoot.hex), "subjects": .number(String(records.subjectCount)),
            "records": .number(String(records.recordCount)), "record_bytes": .number(String(records.byteCount)),
            "access_events": .number(String(records.eventCount)), "pending": .number(String(records.pendingCount)),
            "journal_waiting": .number(String(journalCount)),
        ])
    }
}
