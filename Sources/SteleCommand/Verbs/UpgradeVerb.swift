// SteleCommand · `stele upgrade`.
internal import JSON
internal import Primitives
internal import Storage

/// Brings a data directory to the newest format.
struct UpgradeVerb: Verb {
    static let backup = Option(
        "backup", "DIR", "a backup of the directory as it is now; needed if there is anything to do")

    let name = "upgrade"
    let summary = "bring a stopped node's data directory to the format of this program"
    let help = Help(
        meaning: """
            Says which format the directory has and which steps lead to the newest, and takes them. The node is \
            stopped, and the backup is one of exactly what the directory holds: made by the program that served it, \
            after it was stopped, and looked through here first. A crash loses nothing: the same call goes on with the \
            step that was broken off, and until it has ended no other verb opens the directory. There is no way back \
            but the backup.
            """,
        options: [.data, .config, backup],
        examples: ["stele upgrade --data /srv/stele --backup /mnt/backup/2026-11-30"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let upgrade = FormatUpgrade(try NodeSetup.configuration(arguments))
        // A folder that is no data directory is told so before a lock is left in it.
        _ = try upgrade.plan()
        let lock = try DirectoryLock(upgrade.directory.path)
        let plan = try upgrade.plan()
        if plan.steps.isEmpty {
            terminal.line("The data directory has format \(plan.format), the newest: there is nothing to do.")
        } else {
            terminal.line("The data directory has format \(plan.format); this program has \(upgrade.newest).")
            for step in plan.steps { terminal.line("  \(step.from) to \(step.from + 1)  \(step.meaning)") }
            if plan.isBegun { terminal.line("The first of these may have been broken off, and is done again.") }
            let progress = ProgressLine(terminal)
            try upgrade.run(plan, backup: try Self.backup(arguments, plan)) { progress.note($0, $1) }
            terminal.line("Upgraded \(upgrade.directory.path) to format \(upgrade.newest).")
            terminal.line("Next: stele inspect --deep --data \(upgrade.directory.path), then stele serve")
        }
        _ = lock
        terminal.result([
            "from": .number(String(plan.format)), "to": .number(String(upgrade.newest)),
            "steps": .array(plan.steps.map { .string($0.meaning) }),
        ])
        return .success
    }

    private static func backup(_ arguments: Arguments, _ plan: FormatUpgrade.Plan) throws(SteleError) -> String {
        if let path = arguments.value(backup) { return Files.absolutePath(path) }
        // Looked through when the step began.
        if plan.isBegun { return "" }
        return try arguments.required(backup)
    }
}
