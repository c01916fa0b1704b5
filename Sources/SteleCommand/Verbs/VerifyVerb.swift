// SteleCommand · `stele verify`.
internal import API
internal import Contracts
internal import JSON
internal import Ledger
internal import Node
internal import Primitives
internal import Storage

/// Checks a proof file, an account of disclosures or a copy, with nothing but it and the keys an auditor pinned.
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

    static let table = Option(
        "table", "FILE", "of an account of disclosures: where to write it as CSV, made of what was checked")
    static let page = Option("page", "FILE", "the same as a page to print")

    let name = "verify"
    let summary = "check a proof file, an account of disclosures or a patient's whole copy, offline"
    let help = Help(
        meaning: """
            Checks that everything in a proof file holds together and leads to a checkpoint that the trusted keys \
            signed, and says what the file shows. In an account of disclosures (the JSON of stele log --disclosures), \
            each line is held against the ledger: time, recipient, organisation, purposes, records, grants, and that \
            none is left out; --table and --page make the other two forms of it. In a copy that stele export made, \
            every file is checked, and each \
            that is not what it should be is named; records that came through other ledgers are checked against \
            their keys too, with one --trust for each ledger. It needs no node, no store and no network. Exit code 0 \
            means that all of it holds, 1 that something is false, 3 that a file is not what it should be. A ledger \
            that one key signs can be rewritten by its holder unless outside witnesses cosign; the verdict says which \
            did, in a copy those that cosigned every proof of its own ledger, and how old the checkpoint is: what \
            happened since, a proof cannot show. With --subject it must be about that subject and no other: whoever \
            had two logs kept for one patient cannot \
            show either alone.
            """,
        operands: Operands("FILE|DIR", 1...1),
        options: [trust, witness, requiredCount, subject, table, page],
        examples: [
            "stele verify marta-copy --trust trust.key",
            "stele verify account.json --trust trust.key --page account.html",
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
        let witnesses = try witnesses(arguments)
        let requiredCount = try requiredCount(arguments, of: witnesses.count)
        let wanted = try wantedSubjects(arguments)
        func refuseForms() throws(SteleError) {
            for option in [Self.table, Self.page] where arguments.contains(option) {
                throw SteleError(
                    .usageValue, "--\(option.name) is about an account of disclosures",
                    hint: "give the JSON that stele log --disclosures made, or leave the option out")
            }
        }
        if let folder = CopyFolder(arguments.operands[0]) {
            try refuseForms()
            return try verify(folder, keys, witnesses, requiredCount, terminal)
        }
        let file = try InputFile(arguments.operands[0]).read("proof file", byteCountMax: ProofFile.byteCountMax)
        if file.first == UInt8(ascii: "{") {
            let verdict = try AccountVerifier.verify(
                file, trust: keys, witnesses: witnesses, requiredCount: requiredCount)
            try require([verdict.subject], in: wanted)
            return try tell(verdict, arguments, terminal)
        }
        try refuseForms()
        let origin = (try? ProofFile(decoding: file))?.claimedOrigin
        let trust = keys.first { $0.keys[0].key.name == origin } ?? keys[0]
        let verdict = try ProofVerifier.verify(file, trust: trust, witnesses: witnesses, requiredCount: requiredCount)
        try require(Set(verdict.statements.compactMap(\.subject)), in: wanted)

        terminal.line("The proof holds.")
        tellCheckpoint(verdict, of: trust.keys[0].key.name, terminal)
        for statement in verdict.statements { terminal.line("  " + ProofSentence(statement).text) }
        terminal.result(
            .object(
                members(of: verdict, trust.keys[0].key.name) + [
                    .init("statements", .array(verdict.statements.map { ProofSentence($0).json }))
                ]))
        return .success
    }

    // MARK: - What every verdict says

    private func tellCheckpoint(_ verdict: ProofVerdict, of origin: String, _ terminal: Terminal) {
        terminal.line("  checkpoint  \(origin), block \(verdict.header.height), \(verdict.header.time)")
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
    }

    private func members(of verdict: ProofVerdict, _ origin: String) -> [JSONValue.Member] {
        let age = CheckpointAge(of: verdict.header.time, at: time.now())
        return [
            .init("holds", true), .init("origin", .string(origin)),
            .init("height", .number(String(verdict.header.height))),
            .init("time", .string(verdict.header.time.description)),
            .init("single_signer", .bool(verdict.isSingleSigner)), .init("rewritable", .bool(verdict.isRewritable)),
            .init("checkpoint_age_seconds", .number(String(age.seconds))),
            .init(
                "witnesses",
                .array(
                    verdict.cosignatures.map {
                        ["name": .string($0.key.name), "time": .string(Timestamp(seconds: $0.time).description)]
                    })),
        ]
    }

    // MARK: - Accounts

    /// Says what a check of an account came to, and makes its other forms.
    private func tell(
        _ verdict: AccountVerdict, _ arguments: Arguments, _ terminal: Terminal
    ) throws(SteleError) -> ExitCode {
        for (option, text) in [(Self.table, verdict.account.csv), (Self.page, verdict.account.html)] {
            if let path = arguments.value(option) { try AtomicFile(path).write(Array(text.utf8)) }
        }
        terminal.line("The account holds.")
        tellCheckpoint(verdict.proof, of: verdict.origin, terminal)
        terminal.line(
            "  \(verdict.lineCount) disclosures are all there were of subject \(verdict.subject.hex.prefix(16)) from "
                + "\(verdict.from.text) to \(verdict.to.text); \(verdict.otherCount) other accesses released nothing")
        terminal.line(
            "  shown by the ledger, line by line: time, recipient, organisation, purposes, records, grants, emergency")
        terminal.line("  on \(verdict.signedCount) lines the recipient's own signature holds")
        terminal.line(
            "  \(verdict.custodian)'s word, signed: that the subject is \(verdict.patient), the names and kinds of "
                + "recipients, the names of records, and that nobody and nothing else was named when it was asked, on "
                + "which exemptions rest too")
        terminal.result(
            .object(
                members(of: verdict.proof, verdict.origin) + [
                    .init("subject", .string(verdict.subject.hex)), .init("patient", .string(verdict.patient)),
                    .init("custodian", .string(verdict.custodian)), .init("from", .string(verdict.from.text)),
                    .init("to", .string(verdict.to.text)),
                    .init("disclosures", .number(String(verdict.lineCount))),
                    .init("nothing_released", .number(String(verdict.otherCount))),
                    .init("signed_by_recipient", .number(String(verdict.signedCount))),
                ]))
        return .success
    }

    // MARK: - Copies

    /// Checks a copy and names every file that is wrong.
    private func verify(
        _ folder: CopyFolder, _ trust: [TrustedKeys], _ witnesses: [NoteVerifierKey], _ requiredCount: Int,
        _ terminal: Terminal
    ) throws(SteleError) -> ExitCode {
        let verdict = try CopyVerifier.verify(
            folder, trust: trust, witnesses: witnesses, requiredCount: requiredCount)
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

    // MARK: - Whose it is, and who vouches

    private func wantedSubjects(_ arguments: Arguments) throws(SteleError) -> Set<SubjectID> {
        var wanted: Set<SubjectID> = []
        for text in arguments.all(Self.subject) {
            guard let subject = SubjectID(hex: text) else {
                throw SteleError(
                    .usageValue, "a subject's id is not 64 hexadecimal digits", hint: "copy it from the wallet")
            }
            wanted.insert(subject)
        }
        return wanted
    }

    private func require(_ shown: Set<SubjectID>, in wanted: Set<SubjectID>) throws(SteleError) {
        guard wanted.isEmpty || !shown.isEmpty && shown.isSubset(of: wanted) else {
            throw SteleError(
                .proofFalse, "the proof is about another subject than the one named, or about none",
                hint: "ask the custodian for the proof of this subject; another log under another id hides something")
        }
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
