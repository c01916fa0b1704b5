// SteleCommand · the demonstration: one patient, three scopes, one refusal, and proofs that outlive the node.
internal import Cryptography
internal import JSON
internal import Node
internal import Primitives

/// Tells the demonstration with a real node, as a process of its own, on a free port of this machine.
///
/// Every sentence is checked before it is said: a step that does not go as told throws `demo.unexpected`. The node that
/// was started is stopped whatever happens.
struct Story {
    /// Where it leaves everything.
    let folder: StoryFolder
    /// The folder `Samples`.
    let samples: String
    /// The folder whose patients come in instead of the samples, if one is given.
    let bundles: String?
    /// The program that is started as node and as auditor: this one.
    let executable: String
    /// Whether the node runs on afterwards.
    let isKept: Bool
    let narrator: Narrator

    /// Tells it.
    func tell() async throws {
        let paths = bundles.map { [$0] } ?? [samples + "/directory.json", samples + "/patients"]
        let sources = await ImportSources(try ImportPaths.files(in: paths)) { narrator.tell($0 + ".") }
        try StoryCasting.check(sources)
        let house = try await StoryHouse(folder: folder, executable: executable, narrator: narrator)
        do {
            try await tell(in: house, sources)
        } catch {
            await house.stop()
            try? narrator.write(to: folder.file("story.log"))
            // An interrupt ends the node too, and whatever is under way then fails in some way of its own.
            throw Task.isCancelled ? CancellationError() : error
        }
        try narrator.write(to: folder.file("story.log"))
    }

    private func tell(in house: StoryHouse, _ sources: ImportSources) async throws {
        try await house.open()
        let cast = try await importRecords(house, sources)
        let staff = try await register(house, cast)
        let patient = try patient(house, cast)
        let consent = try await give(patient, cast)
        try await readings(staff, cast)
        try await refusal(staff, cast)
        try await showLog(patient, cast)
        let proofs = try await export(patient, staff, consent, cast)
        try await revoke(patient, staff, consent, cast)
        try await proofs.exportLog(of: patient, to: folder, narrator)
        await house.stop()
        narrator.chapter("The node is switched off. What is left are files.")
        try proofs.verify(executable, folder, narrator)
        try await ending(house)
    }

    /// Throws unless `condition` holds: the story is told only as it happens.
    static func expect(_ condition: Bool, _ what: String) throws(SteleError) {
        guard condition else {
            throw SteleError(
                .demoUnexpected, "the demonstration did not go as it is told: \(what)",
                hint: "read story.log and node.log in the demo's folder")
        }
    }

    /// The refusal that `work` ends with, or `demo.unexpected` if it succeeds.
    static func refusal(of what: String, _ work: () async throws(SteleError) -> Void) async throws(SteleError)
        -> SteleError
    {
        do throws(SteleError) {
            try await work()
        } catch {
            return error
        }
        throw SteleError(
            .demoUnexpected, "the demonstration did not go as it is told: \(what) was not refused",
            hint: "read story.log and node.log in the demo's folder")
    }

    // MARK: - Records and people

    private func importRecords(_ house: StoryHouse, _ sources: ImportSources) async throws -> StoryCast {
        narrator.chapter(bundles == nil ? "Six patients come in." : "The patients of a folder come in.")
        let wallets = try WalletFolder(folder.file("wallets"))
        let importer = Importer(
            session: house.operations,
            registrar: PatientRegistrar(session: house.operations, wallets: wallets, treatingOrganisation: nil),
            journal: nil
        ) { [narrator] in narrator.tell($0 + ".") }
        let outcome = try await importer.run(sources)
        for sentence in outcome.tally.sentences { narrator.tell(sentence + ".") }
        narrator.tell(
            "Every resource was sealed, anchored on the ledger and synced to disk, in "
                + "\(Int(outcome.seconds * 1000)) ms.")
        if !outcome.failures.isEmpty {
            try ImportFailures.write(outcome.failures, to: folder.file("import.failures"))
            narrator.tell("What did not come in is listed in import.failures: the file, the place in it, the reason.")
        }
        if bundles == nil { try Self.expect(outcome.tally.refusedCount == 0, "a sample was refused") }
        narrator.tell(
            "Each patient has a wallet. Its consent key was made here and never went to the hospital, and each permits "
                + "themself everything. No one else may read anything yet, not even the doctors.")
        let (cast, lent) = try StoryCasting(
            sources: sources, refused: Set(outcome.failures.compactMap(\.resource)), samples: samples
        ).cast()
        narrator.tell("This is the story of \(cast.patientName).")
        if !lent.isEmpty { try await lend(lent, cast, house) }
        return cast
    }

    /// Adds documents of the samples to the patient's record, and says so.
    private func lend(_ documents: [[UInt8]], _ cast: StoryCast, _ house: StoryHouse) async throws {
        var body = Array(#"{"resourceType":"Bundle","type":"collection","entry":["#.utf8)
        for (index, document) in documents.enumerated() {
            body += (index == 0 ? #"{"resource":"# : #",{"resource":"#).utf8
            body += document + Array("}".utf8)
        }
        body += "]}".utf8
        let answer = try await house.operations.send(
            "POST", "/custodian/v1/import", accept: "application/fhir+json", body: .fhir(body)
        ).json()
        let answers = answer["entry"]?.elements.map { ImportTally.Answer($0) } ?? []
        try Self.expect(answers == documents.map { _ in .created }, "the documents that are lent come in")
        for role in cast.lent {
            narrator.tell(
                "The folder has no \(role.words.split(separator: " ").dropFirst().joined(separator: " ")) for this patient, so "
                    + "the demonstration adds its own: \(role.sample).")
        }
    }

    private func register(_ house: StoryHouse, _ cast: StoryCast) async throws -> StoryStaff {
        narrator.chapter("Three members of staff are registered.")
        let staff = try await StoryStaff(house, folder, patient: cast.patient)
        for actor in StoryActor.all { narrator.tell("\(actor.name), \(actor.role) at \(StoryCast.organisation).") }
        narrator.tell("The ledger has salted commitments to who they are, and nothing else of them.")
        return staff
    }

    private func patient(_ house: StoryHouse, _ cast: StoryCast) throws(SteleError) -> PatientConnection {
        let wallet = try WalletFile(folder.file("wallets/\(cast.patient).wallet"))
        return try PatientConnection(
            wallet: wallet, subject: try wallet.subject(at: house.client.url), client: house.client)
    }

    // MARK: - Ending

    private func ending(_ house: StoryHouse) async throws {
        narrator.chapter("The end.")
        if isKept {
            try await house.open(isFirst: false)
            narrator.tell("The node runs again at \(house.client.url), as process \(house.processID). Stop it with")
            narrator.command("kill \(house.processID)")
        } else {
            narrator.tell("Nothing is left running. Serve the same data with")
            narrator.command("\(Files.shortPath(executable)) serve --data \(Files.shortPath(folder.data))")
        }
        narrator.tell("Everything is in \(folder.path): proofs, trust.key, wallets, and this story in story.log.")
        let tenths = Int(narrator.elapsedSeconds * 10)
        narrator.tell("It took \(tenths / 10).\(tenths % 10) s.")
    }
}
