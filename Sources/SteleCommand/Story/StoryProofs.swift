// SteleCommand · the demonstration: proofs that need no node.
internal import Contracts
internal import JSON
internal import Ledger
internal import Primitives

extension Story {
    func export(
        _ patient: PatientConnection, _ staff: StoryStaff, _ consent: StoryConsent, _ cast: StoryCast
    ) async throws -> StoryProofs {
        narrator.chapter("Proofs are exported.")
        let record = try await staff.surgeon.proof("record/" + cast.document(.report).name)
        try folder.write(record, "record.steleproof")
        narrator.tell(
            "The surgeon takes the imaging report with its proof: the bytes, their anchor, the access event and the "
                + "patient's grant, \(record.count) bytes in record.steleproof.")
        let entries = try await patient.session.wholeAccessLog(of: patient.subject.id)
        guard let attempt = entries.first(where: { $0.asked.contains(cast.document(.note).name) }),
            let grant = consent.grant(to: .surgeon)
        else { throw SteleError(.demoUnexpected, "an access event is missing", hint: "read story.log") }
        try folder.write(try await patient.session.proof("access/" + attempt.transaction.hex), "refusal.steleproof")
        try folder.write(try await patient.session.proof("grant/" + grant.hex), "grant.steleproof")
        narrator.tell(
            "The patient takes the proof of the laboratory's attempt, which shows which kinds of record were permitted to it, and "
                + "of the grant to the surgeon.")
        let everything = try await patient.session.everything(patient: cast.patient)
        try folder.write(ExportVerb.bundle(everything.resources), "\(cast.patient)-export.json")
        narrator.tell(
            "And the whole record: \(everything.resources.count) resources in "
                + "\(cast.patient)-export.json, the psychiatric note among them.")
        return StoryProofs(report: record)
    }
}

/// What was exported.
struct StoryProofs {
    /// How many lines of a check are quoted: the verdict, and the statements that come first.
    private static let quotedLineCountMax = 10

    /// The file of the record's proof.
    let report: [UInt8]

    /// Exports the patient's whole log as the last thing the node does.
    func exportLog(of patient: PatientConnection, to folder: StoryFolder, _ narrator: Narrator) async throws {
        let log = try await patient.session.proof("access/" + patient.subject.id.hex)
        try folder.write(log, "access-log.steleproof")
        narrator.tell("Last comes the whole access log with the proof that no event is missing.")
    }

    /// Checks every proof in a process of its own, then one with a flipped bit.
    func verify(_ executable: String, _ folder: StoryFolder, _ narrator: Narrator) throws {
        narrator.tell(
            "stele verify runs in an empty folder, with an empty environment, and is given proof and key only.")
        let trust = folder.file("trust.key")
        for name in ["record", "refusal", "grant", "access-log"] {
            let check = try ChildVerify(executable, proof: folder.file("\(name).steleproof"), trust: trust)
            narrator.command("stele verify \(name).steleproof --trust trust.key")
            for line in check.lines.prefix(Self.quotedLineCountMax) { narrator.quote(line) }
            let further = check.lines.count - Self.quotedLineCountMax
            if further > 0 { narrator.quote("… and \(further) further lines") }
            try Story.expect(check.exitCode == 0, "\(name).steleproof holds")
        }
        try flip(executable, folder, trust, narrator)
    }

    private func flip(_ executable: String, _ folder: StoryFolder, _ trust: String, _ narrator: Narrator) throws {
        var bytes = report
        guard let opening = try ProofFile(decoding: report).openings.first,
            let range = bytes.firstRange(of: opening.bytes)
        else { throw SteleError(.demoUnexpected, "the proof opens no record", hint: "read story.log") }
        let place = range.lowerBound + opening.bytes.count / 2
        bytes[place] ^= 1
        let path = folder.file(".flipped")
        try folder.write(bytes, ".flipped")
        let check = try ChildVerify(executable, proof: path, trust: trust)
        narrator.tell("One bit of byte \(place) of record.steleproof is flipped, inside the report. Then")
        narrator.command("stele verify record.steleproof --trust trust.key")
        for line in check.lines { narrator.quote(line) }
        try Story.expect(check.exitCode == ExitCode.refused.rawValue, "the flipped bit is found")
        try Files.removeAll(path)
    }
}
