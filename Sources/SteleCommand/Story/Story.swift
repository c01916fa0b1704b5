// SteleCommand · the demonstration: one patient, three scopes, one refusal, and proofs that outlive the node.
internal import Cryptography
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
    /// Further bundles to import, if any.
    let bundles: String?
    /// The program that is started as node and as auditor: this one.
    let executable: String
    /// Whether the node runs on afterwards.
    let isKept: Bool
    let narrator: Narrator

    /// Tells it.
    func tell() async throws {
        let house = try await StoryHouse(folder: folder, executable: executable, narrator: narrator)
        do {
            try await tell(in: house)
        } catch {
            await house.stop()
            try? narrator.write(to: folder.file("story.log"))
            // An interrupt ends the node too, and whatever is under way then fails in some way of its own.
            throw Task.isCancelled ? CancellationError() : error
        }
        try narrator.write(to: folder.file("story.log"))
    }

    private func tell(in house: StoryHouse) async throws {
        try await house.open()
        try await importRecords(house)
        let staff = try await register(house)
        let marta = try patient(house)
        let consent = try await give(marta)
        try await readings(staff)
        try await refusal(staff)
        try await showLog(marta)
        let proofs = try await export(marta, staff, consent)
        try await revoke(marta, staff, consent)
        try await proofs.exportLog(of: marta, to: folder, narrator)
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

    private func importRecords(_ house: StoryHouse) async throws {
        narrator.chapter("Six patients come in.")
        let wallets = try WalletFolder(folder.file("wallets"))
        try await importFiles([samples + "/directory.json", samples + "/patients"], house, wallets, isComplete: true)
        narrator.tell(
            "Each patient has a wallet. Its consent key was made here and never went to the hospital, and each permits "
                + "themself everything. No one else may read anything yet, not even the doctors.")
        guard let bundles else { return }
        narrator.tell("Further bundles come in as well.")
        try await importFiles([bundles], house, wallets, isComplete: false)
    }

    private func importFiles(
        _ paths: [String], _ house: StoryHouse, _ wallets: WalletFolder, isComplete: Bool
    ) async throws {
        let importer = Importer(
            session: house.operations,
            registrar: PatientRegistrar(session: house.operations, wallets: wallets, treatingOrganisation: nil),
            journal: nil
        ) { [narrator] in narrator.tell($0) }
        let outcome = try await importer.run(try ImportPaths.files(in: paths))
        let tally = outcome.tally
        for sentence in tally.sentences { narrator.tell(sentence + ".") }
        narrator.tell(
            "Every resource was sealed, anchored on the ledger and synced to disk, in "
                + "\(Int(outcome.seconds * 1000)) ms.")
        if isComplete { try Self.expect(tally.refusedCount == 0, "a sample was refused") }
    }

    private func register(_ house: StoryHouse) async throws -> StoryStaff {
        narrator.chapter("Three members of staff are registered.")
        let staff = try await StoryStaff(house, folder)
        for actor in StoryActor.all { narrator.tell("\(actor.name), \(actor.role) at \(StoryCast.organisation).") }
        narrator.tell("The ledger has salted commitments to who they are, and nothing else of them.")
        return staff
    }

    private func patient(_ house: StoryHouse) throws(SteleError) -> PatientConnection {
        let wallet = try WalletFile(folder.file("wallets/\(StoryCast.patient).wallet"))
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
