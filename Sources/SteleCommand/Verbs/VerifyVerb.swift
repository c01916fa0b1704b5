// SteleCommand · `stele verify`.
internal import Contracts
internal import JSON
internal import Ledger
internal import Node
internal import Primitives

/// Checks a proof file, with nothing but the file and the keys an auditor pinned.
struct VerifyVerb: Verb {
    static let trust = Option(
        "trust", "KEYFILE", "the checkpoint keys to trust, from stele init or the network", isRequired: true,
        isRepeatable: true)
    static let witness = Option(
        "witness", "KEYFILE", "the witnesses to trust: their witness.key files, one after the other")
    static let requiredCount = Option(
        "require", "N", "how many of them must have cosigned", default: "1 with --witness, else 0")

    static let subject = Option(
        "subject", "ID", "the subject it must be about: a proof of another's log is false", isRepeatable: true)

    let name = "verify"
    let summary = "check a proof file, or a patient's whole copy, offline"
    let help = Help(
        meaning: """
            Checks that everything in a proof file holds together and leads to a checkpoint that the trusted keys \
            signed, and says what the file shows. In a copy that stele export made, every file is checked, and each \
            that is not what it should be is named; records that came through other ledgers are checked against \
            their keys too, with one --trust for each ledger. It needs no node, no store and no network. Exit code 0 \
            means that all of it holds, 1 that something is false, 3 that a file is not what it should be. A ledger \
            that one key signs can be rewritten by its holder unless outside witnesses cosign; the verdict on a proof \
            file says which did, and how old the checkpoint is: what happened since, a proof cannot show. With \
            --subject it must be about that subject and no other: whoever had two logs kept for one patient cannot \
            show either alone.
            """,
        operands: Operands("FILE|DIR", 1...1),
        options: [trust, witness, requiredCount, subject],
        examples: [
            "stele verify marta-copy --trust trust.key",
            "stele verify record.steleproof --trust trust.key", "stele verify log.steleproof --trust trust.key --json",
            "stele verify record.steleproof --trust trust.key --witness witnesses.key --require 2",
        ])

    var time: any TimeSource = SystemTime()

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        _ = try arguments.required(Self.trust)
        let keys = try arguments.all(Self.trust).map { (path) throws(SteleError) in
            let bytes = try InputFile(path).read("trust file", byteCountMax: 65_536)
            return try TrustedKeys(parsing: String(decoding: bytes, as: UTF8.self))
        }
        if let folder = CopyFolder(arguments.operands[0]) {
            guard !arguments.contains(Self.witness), !arguments.contains(Self.requiredCount) else {
                throw SteleError(
                    .usageValue, "--witness and --require are for one proof file, not for a copy",
                    hint: "check the copy without them, then its proof files one by one with them")
            }
            return try verify(folder, keys, terminal)
        }
        let file = try InputFile(arguments.operands[0]).read("proof file", byteCountMax: ProofFile.byteCountMax)
        let origin = (try? ProofFile(decoding: file))?.claimedOrigin
        let trust = keys.first { $0.keys[0].key.name == origin } ?? keys[0]
        let witnesses = try witnesses(arguments)
        let verdict = try ProofVerifier.verify(
            file, trust: trust, witnesses: witnesses, requiredCount: try requiredCount(arguments, of: witnesses.count))
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
        let age = CheckpointAge(of: verdict.header.time, at: time.now())
        terminal.line("  checkpoint is \(age.text) old (\(verdict.header.time))")
        if verdict.isRewritable {
            terminal.line(
                "  single signer: rewritable (one key signs this ledger, so its holder could rewrite it unseen)")
        }
        if !verdict.cosignatures.isEmpty {
            let newest = Timestamp(seconds: verdict.cosignatures.map(\.time).max() ?? 0)
            terminal.line(
                "  witnessed by \(verdict.cosignatures.map(\.key.name).joined(separator: ", ")) (last at \(newest))")
        }
        for statement in verdict.statements { terminal.line("  " + ProofSentence(statement).text) }
        terminal.result([
            "holds": true, "origin": .string(trust.keys[0].key.name),
            "height": .number(String(verdict.header.height)), "time": .string(verdict.header.time.description),
            "single_signer": .bool(verdict.isSingleSigner), "rewritable": .bool(verdict.isRewritable),
            "checkpoint_age_seconds": .number(String(age.seconds)),
            "witnesses": .array(
                verdict.cosignatures.map {
                    ["name": .string($0.key.name), "time": .string(Timestamp(seconds: $0.time).description)]
                }),
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

    private func witnesses(_ arguments: Arguments) throws(SteleError) -> [NoteVerifierKey] {
        guard let path = arguments.value(Self.witness) else { return [] }
        let bytes = try InputFile(path).read("file of witnesses", byteCountMax: 65_536)
        return try WitnessList.keys(parsing: String(decoding: bytes, as: UTF8.self))
    }

    private func requiredCount(_ arguments: Arguments, of count: Int) throws(SteleError) -> Int {
        guard let text = arguments.value(Self.requiredCount) else { return min(1, count) }
        guard let number = Int(text), (0...count).contains(number) else {
            throw SteleError(
                .usageValue, "the value of --require is no number from 0 to \(count), the witnesses in --witness",
                hint: "name as many witnesses as you require")
        }
        return number
    }
}

/// How long before a moment a checkpoint was made, by its signers' clock.
struct CheckpointAge: Hashable {
    /// In whole seconds; 0 for one from a clock that is ahead.
    let seconds: UInt64

    init(of time: Timestamp, at now: Timestamp) { seconds = now.seconds - min(now.seconds, time.seconds) }

    /// In the largest unit that fits twice.
    var text: String {
        switch seconds {
        case 172_800...: "\(seconds / 86_400) days"
        case 7200...: "\(seconds / 3600) hours"
        case 120...: "\(seconds / 60) minutes"
        default: "\(seconds) seconds"
        }
    }
}
