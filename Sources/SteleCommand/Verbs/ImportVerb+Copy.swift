// SteleCommand · `stele import` of a copy.
internal import JSON
internal import Primitives

extension ImportVerb {
    /// Brings one copy in and says what came of it.
    func bringIn(
        _ copy: CopyFolder, _ arguments: Arguments, _ session: NodeSession, _ terminal: Terminal
    ) async throws -> ExitCode {
        guard arguments.operands.count == 1 else {
            throw SteleError(
                .usageOperands, "a copy is brought in by itself", hint: "call stele import once for each copy")
        }
        let wallets = arguments.value(Self.wallets) ?? "wallets"
        let importer = CopyImporter(folder: copy, session: session, wallets: wallets) { terminal.note("stele: \($0)") }
        let tally = try await importer.run()
        terminal.line("\(tally.writtenCount) versions written with their proofs, \(tally.presentCount) there already")
        if tally.isEnrolled { terminal.line("the patient was enrolled; the wallet is in \(wallets)") }
        for (code, count) in tally.refusals.sorted(by: { $0.key < $1.key }) {
            terminal.line("refused \(count): \(code)")
        }
        terminal.result([
            "written": .number(String(tally.writtenCount)), "present": .number(String(tally.presentCount)),
            "enrolled": .bool(tally.isEnrolled),
            "refused": .object(
                tally.refusals.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .number(String($0.value))) }),
        ])
        return tally.refusals.isEmpty ? .success : .refused
    }
}
