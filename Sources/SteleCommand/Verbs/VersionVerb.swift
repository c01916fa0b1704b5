// SteleCommand · `stele version`.
internal import JSON

/// Prints the version of this program.
struct VersionVerb: Verb {
    let name = "version"
    let summary = "print the version of this program"
    let help = Help(
        meaning: "Prints the version, and the format of the data directories that this program reads and writes.",
        examples: ["stele version", "stele version --json"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        terminal.line("stele \(Version.number), data format \(Version.dataFormat)")
        terminal.result([
            "version": .string(Version.number), "data_format": .number(String(Version.dataFormat)),
        ])
        return .success
    }
}
