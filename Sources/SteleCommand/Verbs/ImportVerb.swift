// SteleCommand · `stele import`.
internal import JSON
internal import Primitives

/// Brings FHIR files into a node, enrolling their patients.
struct ImportVerb: Verb {
    static let wallets = Option("wallets", "DIR", "where the wallets of the patients are and go", default: "wallets")
    static let treating = Option(
        flag: "treating-org", "each patient permits this organisation to read and search everything for treatment")
    static let journal = Option(
        "journal", "FILE", "where it is noted how far the import is", default: "import.journal in --wallets")
    static let failures = Option(
        "failures", "FILE", "where it is listed what did not come in", default: "import.failures in --wallets")

    let name = "import"
    let summary = "bring FHIR files into a node, enrolling their patients"
    let help = Help(
        meaning: """
            Reads FHIR R4 as JSON: bundles of any type and any size, single resources, and NDJSON (files that end in \
            .ndjson or .jsonl). Folders are read with everything in them that ends in .json, .ndjson or .jsonl. \
            References are resolved across all of it. A patient who is new gets a wallet: the consent key is made here \
            and never leaves this machine, the custodian enrols the patient, and the patient permits themself \
            everything. Then the resources are sent, people and places first. Resources keep their ids; equal repeats \
            are left out, differing ones become versions. An import that stopped is continued by the same call. A \
            folder that stele export made of a patient is brought in with all versions and the proofs of where they \
            come from.
            """,
        operands: Operands("FILE|DIR…", 1...10_000),
        options: [wallets, treating, journal, failures] + Connection.officerOptions,
        examples: [
            "stele import Samples/directory.json Samples/patients --data /srv/stele --wallets wallets",
            "stele import bundles --treating-org --url https://records.example:8443 --ca ca.pem --key registrar.pem",
        ])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let paths = try ImportPaths.files(in: arguments.operands)
        let session = try Connection(arguments, Connection.officerOptions).session(.operations)
        if let copy = CopyFolder(arguments.operands[0]), copy.hasManifest {
            return try await bringIn(copy, arguments, session, terminal)
        }
        let folder = try WalletFolder(arguments.value(Self.wallets) ?? "wallets")
        let organisation = arguments.contains(Self.treating) ? try await session.ownOrganisation() : nil
        let journal = try ImportJournal(
            arguments.value(Self.journal) ?? folder.path + "/import.journal",
            network: try await session.client.networkDigest())
        let failures = arguments.value(Self.failures) ?? folder.path + "/import.failures"
        if journal.partCount > 0 { terminal.note("going on with an import that stopped") }
        let importer = Importer(
            session: session,
            registrar: PatientRegistrar(session: session, wallets: folder, treatingOrganisation: organisation),
            journal: journal
        ) { terminal.note($0) }
        let outcome = try await importer.run(await ImportSources(paths) { terminal.note($0) })
        try journal.remove()
        try ImportFailures.write(outcome.failures, to: failures)

        for sentence in outcome.tally.sentences { terminal.line(sentence) }
        if outcome.skippedPartCount > 0 {
            terminal.line("\(outcome.skippedPartCount) parts had been sent before the import stopped")
        }
        if !outcome.failures.isEmpty { terminal.line("what did not come in is listed in \(failures)") }
        terminal.line("wallets are in \(folder.path): give each to its patient")
        terminal.result(outcome.tally.json)
        return outcome.tally.refusedCount == 0 ? .success : .refused
    }
}
