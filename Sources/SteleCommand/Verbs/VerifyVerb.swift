// SteleCommand · `stele verify`.
internal import Contracts
internal import JSON
internal import Ledger
internal import Primitives

/// Checks a proof file, with nothing but the file and the keys an auditor pinned.
struct VerifyVerb: Verb {
    static let trust = Option(
        "trust", "KEYFILE", "the checkpoint keys to trust, from stele init or the network", isRequired: true,
        isRepeatable: true)

    let name = "verify"
    let summary = "check a proof file, or a patient's whole copy, offline"
    let help = Help(
        meaning: """
            Checks that everything in a proof file holds together and leads to a checkpoint that the trusted keys \
            signed, and says what the file shows. In a copy that stele export made, every file is checked, and each \
            that is not what it should be is named; records that came through other ledgers are checked against \
            their keys too, with one --trust for each ledger. It needs no node, no store and no network. Exit code 0 \
            means that all of it holds, 1 that something is false, 3 that a file is not what it should be.
            """,
        operands: Operands("FILE|DIR", 1...1),
        options: [trust],
        examples: [
            "stele verify marta-copy --trust trust.key",
            "stele verify record.steleproof --trust trust.key", "stele verify log.steleproof --trust trust.key --json",
        ])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        _ = try arguments.required(Self.trust)
        let keys = try arguments.all(Self.trust).map { (path) throws(SteleError) in
            let bytes = try InputFile(path).read("trust file", byteCountMax: 65_536)
            return try TrustedKeys(parsing: String(decoding: bytes, as: UTF8.self))
        }
        if let folder = CopyFolder(arguments.operands[0]) { return try verify(folder, keys, terminal) }
        let file = try InputFile(arguments.operands[0]).read("proof file", byteCountMax: ProofFile.byteCountMax)
        let origin = (try? ProofFile(decoding: file))?.claimedOrigin
        let trust = keys.first { $0.keys[0].key.name == origin } ?? keys[0]
        let verdict = try ProofVerifier.verify(file, trust: trust)

        terminal.line("The proof holds.")
        terminal.line("  checkpoint  \(trust.keys[0].key.name), block \(verdict.header.height), \(verdict.header.time)")
        if verdict.isSingleSigner {
            terminal.line(
                "  single signer: rewritable (one key signs this ledger, so its holder could rewrite it unseen)")
        }
        for statement in verdict.statements { terminal.line("  " + ProofSentence(statement).text) }
        terminal.result([
            "holds": true, "origin": .string(trust.keys[0].key.name),
            "height": .number(String(verdict.header.height)), "time": .string(verdict.header.time.description),
            "single_signer": .bool(verdict.isSingleSigner),
            "statements": .array(verdict.statements.map { ProofSentence($0).json }),
        ])
        return .success
    }

    /// Checks a copy and names every file that is wrong.
    private func verify(
        _ folder: CopyFolder, _ trust: [TrustedKeys], _ terminal: Terminal
    ) throws(SteleError) -> ExitCode {
        let verdict = try CopyVerifier.verify(folder, trust: trust)
        guard let finding = verdict.findings.first else {
            terminal.line("The copy holds.")
            for sentence in CopySentences(verdict).lines { terminal.line("  " + sentence) }
            terminal.result(CopySentences(verdict).json)
            return .success
        }
        for finding in verdict.findings.dropFirst() { terminal.note("stele: wrong: \(finding.path): \(finding.what)") }
        let count = verdict.findings.count
        throw SteleError(
            .copyFalse, "\(count) file\(count == 1 ? " is" : "s are") wrong: \(finding.path): \(finding.what)",
            hint: "do not rely on this copy; have it exported again, and report it if it fails again")
    }
}
