// SteleCommand · `stele verify`.
internal import Contracts
internal import JSON
internal import Ledger
internal import Primitives

/// Checks a proof file, with nothing but the file and the keys an auditor pinned.
struct VerifyVerb: Verb {
    static let trust = Option(
        "trust", "KEYFILE", "the checkpoint keys to trust, from stele init or the network", isRequired: true)

    static let subject = Option(
        "subject", "ID", "the subject it must be about: a proof of another's log is false", isRepeatable: true)

    let name = "verify"
    let summary = "check a proof file offline"
    let help = Help(
        meaning: """
            Checks that everything in a proof file holds together and leads to a checkpoint that the trusted keys \
            signed, and says what the file shows. It needs no node, no store and no network. Exit code 0 means that \
            all of it holds, 1 that something is false, 3 that a file is not what it should be. With --subject it must \
            be about that subject and no other: whoever had two logs kept for one patient cannot show either alone.
            """,
        operands: Operands("FILE", 1...1),
        options: [trust, subject],
        examples: [
            "stele verify record.steleproof --trust trust.key", "stele verify log.steleproof --trust trust.key --json",
        ])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let trustBytes = try InputFile(arguments.required(Self.trust)).read("trust file", byteCountMax: 65_536)
        let trust = try TrustedKeys(parsing: String(decoding: trustBytes, as: UTF8.self))
        let file = try InputFile(arguments.operands[0]).read("proof file", byteCountMax: ProofFile.byteCountMax)
        let verdict = try ProofVerifier.verify(file, trust: trust)
        var wanted: Set<SubjectID> = []
        for text in arguments.all(Self.subject) {
            guard let subject = SubjectID(hex: text) else {
                throw SteleError(
                    .usageValue, "a subject's id is not 64 hexadecimal digits", hint: "copy it from the wallet")
            }
            wanted.insert(subject)
        }
        if !wanted.isEmpty {
            let shown = Set(verdict.statements.compactMap(\.subject))
            guard !shown.isEmpty, shown.isSubset(of: wanted) else {
                throw SteleError(
                    .proofFalse, "the proof is about another subject than the one named, or about none",
                    hint:
                        "ask the custodian for the proof of this subject; another log under another id hides something")
            }
        }

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
}
