// SteleCommand · `stele import`.
internal import JSON
internal import Primitives

/// Brings FHIR bundles into a node, enrolling their patients.
struct ImportVerb: Verb {
    static let wallets = Option("wallets", "DIR", "where the wallets of the patients are and go", default: "wallets")

    let name = "import"
    let summary = "bring FHIR bundles into a node, enrolling their patients"
    let help = Help(
        meaning: """
            Reads FHIR R4 bundles or single resources as JSON. A patient who is new gets a wallet: the consent key is \
            made here and never leaves this machine, the custodian enrols the patient, and the patient permits \
            themself everything. Then the resources are sent, people and places first. What the node has already is \
            skipped, so an import that stopped is continued by the same call. A folder that stele export made of a \
            patient is brought in with all versions and the proofs of where they come from. Folders are read with \
            everything in them that ends in .json.
            """,
        operands: Operands("FILE|DIR…", 1...10_000),
        options: [wallets] + Connection.officerOptions,
        examples: [
            "stele import Samples/directory.json Samples/patients --data /srv/stele --wallets wallets",
            "stele import bundles --url https://records.example:8443 --ca ca.pem --key registrar.pem",
        ])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let session = try Connection(arguments, Connection.officerOptions).session(.operations)
        if let copy = CopyFolder(arguments.operands[0]), copy.hasManifest {
            return try await bringIn(copy, arguments, session, terminal)
        }
        let folder = try WalletFolder(arguments.value(Self.wallets) ?? "wallets")
        var tally = ImportTally()
        var files: [ImportFile] = []
        for path in try ImportFile.paths(in: arguments.operands) {
            do throws(SteleError) {
                files.append(try ImportFile(path))
            } catch {
                terminal.note("stele: not read: \(error.description)")
                tally.refusals[error.code.name, default: 0] += 1
            }
        }
        let progress = ImportProgress(files) { terminal.note($0) }
        let importer = Importer(session: session, wallets: folder) { progress.note($0, sentByteCount: $1) }
        tally += try await importer.run(files)
        for sentence in tally.sentences { terminal.line(sentence) }
        terminal.line("wallets are in \(folder.path): give each to its patient")
        terminal.result(tally.json)
        return tally.refusedCount == 0 ? .success : .refused
    }
}
