// SteleCommand · `stele backup` and `stele restore`.
internal import Cryptography
internal import JSON
internal import Ledger
internal import Node
internal import Primitives
internal import Storage
internal import Vault

/// Makes a backup.
struct BackupVerb: Verb {
    let name = "backup"
    let summary = "copy everything but the root key, while the node runs or not"
    let help = Help(
        meaning: """
            Makes a folder with ledger, vault, key store, the node's sealed keys, configuration and a signed list of \
            every file with its hash. A running node takes checkpoints at one moment and goes on; a stopped one's \
            files are copied. The folder appears when all of it is on disk. It opens with the root key, which is not \
            in it.
            """,
        operands: Operands("DIR", 1...1), options: Connection.officerOptions,
        examples: ["stele backup /mnt/backup/2026-11-30 --data /srv/stele"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let path = Files.absolutePath(arguments.operands[0])
        let setup = try NodeSetup.load(arguments)
        let made: Backup.Made
        if let stopped = try Self.makeStopped(setup, path) {
            made = stopped
        } else {
            let session = try Connection(arguments, Connection.officerOptions).session(.operations)
            let root = try await session.send(
                "POST", "/custodian/v1/backups", body: .json(["folder": .string(path)])
            ).json()
            made = Backup.Made(
                path: path, fileCount: Int(try root.requiredNumber("files")),
                byteCount: Int(try root.requiredNumber("bytes")), height: try root.requiredNumber("height"))
        }
        terminal.line("wrote \(path): \(made.fileCount) files, \(made.byteCount) bytes, up to block \(made.height)")
        terminal.line("check it: stele restore \(path) --drill --root ROOTKEY")
        terminal.result([
            "folder": .string(path), "files": .number(String(made.fileCount)), "bytes": .number(String(made.byteCount)),
            "height": .number(String(made.height)),
        ])
        return .success
    }

    /// The backup of a stopped node; nil, with nothing done, if it runs.
    private static func makeStopped(_ setup: NodeSetup, _ path: String) throws(SteleError) -> Backup.Made? {
        do throws(SteleError) {
            let lock = try DirectoryLock(setup.directory.path)
            let made = try Backup(setup: setup, path: path).makeStopped()
            try FileList.refresh(setup)
            _ = lock
            return made
        } catch {
            guard error.code == .storeLocked else { throw error }
            return nil
        }
    }
}

/// Makes a data directory out of a backup.
struct RestoreVerb: Verb {
    static let root = Option("root", "FILE", "the root key file, after an erasure the newest", isRequired: true)
    static let keys = Option(
        "keys", "DIR", "the folder with the newest keystore and keys, such as that of [keys] mirror")
    static let signState = Option("signstate", "FILE", "the newest sign-state, if one is left")
    static let drill = Option(flag: "drill", "restore beside the backup, inspect, and remove it again")

    let name = "restore"
    let summary = "make a data directory out of a backup, or try whether it can be done"
    let help = Help(
        meaning: """
            Checks the list of files and every file on it, copies them into a new data directory, and inspects that \
            from end to end: every hash, every anchor, every record opened. What was acknowledged after the backup is \
            gone, so the directory does not serve until stele serve --accept-restored says that nothing newer is left. \
            With --keys an old backup opens whatever was not erased since.
            """,
        operands: Operands("DIR", 1...1), options: [.data, root, keys, signState, drill],
        examples: [
            "stele restore /mnt/backup/2026-11-30 --data /srv/stele-2 --root /media/key/stele.root",
            "stele restore /mnt/backup/2026-11-30 --drill --root /media/key/stele.root",
        ])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let backup = Files.absolutePath(arguments.operands[0])
        let isDrill = arguments.contains(Self.drill)
        let path =
            isDrill ? backup + ".drill" : Files.absolutePath(arguments.value(.data) ?? NodeSetup.defaultPath)
        if isDrill { try FolderCopy.remove(path) }
        var restoration = Restoration(
            backup: backup, path: path, rootPath: Files.absolutePath(try arguments.required(Self.root)))
        restoration.keys = arguments.value(Self.keys).map(Files.absolutePath)
        restoration.signState = arguments.value(Self.signState).map(Files.absolutePath)
        let progress = ProgressLine(terminal)
        let found = try restoration.make { progress.note($0, $1) }
        if isDrill { try FolderCopy.remove(path) }
        let (header, seconds) = (found.ledger.header, progress.seconds)
        let tenths = String(Int(seconds * 10))
        let time = (tenths.count > 1 ? String(tenths.dropLast()) : "0") + "." + tenths.suffix(1)
        terminal.line(
            isDrill ? "The backup can be restored; the copy made to see it is gone." : "Restored \(path).")
        terminal.line("  block      \(header.height), \(header.time)")
        terminal.line("  state      \(header.stateRoot.hex), worked out from the rows")
        terminal.line(
            "  vault      \(found.records.subjectCount) subjects, \(found.records.recordCount) records opened")
        terminal.line("  took       \(time) s")
        if !isDrill { terminal.line("Next: stele serve --accept-restored --data \(path), if nothing newer is left") }
        terminal.result([
            "restored": .bool(!isDrill), "height": .number(String(header.height)),
            "state_root": .string(header.stateRoot.hex), "log_root": .string(header.logRoot.hex),
            "subjects": .number(String(found.records.subjectCount)),
            "records": .number(String(found.records.recordCount)), "seconds": .number(time),
        ])
        return .success
    }
}
