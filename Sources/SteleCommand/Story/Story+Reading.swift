// SteleCommand · the demonstration: who reads what, and what the patient sees of it.
internal import JSON
internal import Primitives

extension Story {
    func readings(_ staff: StoryStaff, _ cast: StoryCast) async throws {
        narrator.chapter("Each reads what they may.")
        let document = cast.document(.result)
        let result = try await staff.laboratory.read(document.name)
        let number = document.number ?? ""
        let found = try JSONDocument(parsing: result.bytes).root["valueQuantity"]?["value"]?.numberText
        try Self.expect(found == number, "the result came back as it was written")
        narrator.tell(
            "The laboratory reads \(document.name): \(result.bytes.count) bytes, exactly as they were written, "
                + "\(number) with \(number.hasSuffix("0") && number.contains(".") ? "its zero" : "every digit").")
        try await find("Observation", by: staff.laboratory, as: .laboratory, cast)
        _ = try await staff.surgeon.read(cast.document(.report).name)
        narrator.tell("The surgeon reads \(cast.document(.report).name).")
        try await find("DiagnosticReport", by: staff.surgeon, as: .surgeon, cast)
        let medicineCount = try await find("MedicationRequest", by: staff.anaesthetist, as: .anaesthetist, cast)
        try await find("AllergyIntolerance", by: staff.anaesthetist, as: .anaesthetist, cast)
        let count = cast.count(of: "MedicationRequest")
        if medicineCount < count {
            narrator.tell(
                "Of \(count) prescriptions the anaesthetist finds \(medicineCount); nothing tells that there are more.")
        }
    }

    /// Most names that are told of what a search found.
    private static let toldNameCountMax = 6

    /// Searches, and expects what the labels of the patient's documents let the actor see; says how many that are.
    @discardableResult
    private func find(
        _ type: String, by session: NodeSession, as actor: StoryActor, _ cast: StoryCast
    ) async throws(SteleError) -> Int {
        let expected = try cast.names(of: type, for: actor)
        let found = try await session.search(type: type, patient: cast.patient)
        var names: [String] = []
        for bytes in found.resources {
            guard let id = try? JSONDocument(parsing: bytes).root["id"]?.string else { continue }
            names.append(id)
        }
        try Self.expect(
            Set(names.map { "\(type)/\($0)" }) == expected && names.count == expected.count
                && found.total == expected.count, "the \(actor.role) finds \(expected.count) of \(type)")
        let told = names.sorted().prefix(Self.toldNameCountMax).joined(separator: ", ")
        let further = names.count - min(names.count, Self.toldNameCountMax)
        narrator.tell(
            "The \(actor.role) searches \(type): \(told)\(further > 0 ? " and \(further) more" : "").")
        return names.count
    }

    func refusal(_ staff: StoryStaff, _ cast: StoryCast) async throws {
        narrator.chapter("The laboratory asks for the psychiatric note and gets nothing.")
        let hidden = try await Self.refusal(of: "the note") { () throws(SteleError) in
            _ = try await staff.laboratory.read(cast.document(.note).name)
        }
        let absent = try await Self.refusal(of: "a note that does not exist") { () throws(SteleError) in
            _ = try await staff.laboratory.read(StoryCast.absentNote)
        }
        try Self.expect(hidden.code.name == "record.unavailable", "the note is unavailable")
        try Self.expect(
            hidden.message == absent.message && hidden.hint == absent.hint && hidden.code == absent.code,
            "hidden and absent look alike")
        narrator.quote("\(hidden.code): \(hidden.message)")
        narrator.tell(
            "It asks for a note that does not exist and gets the same answer, word for word. To the laboratory the note "
                + "does not exist.")
    }

    func showLog(_ patient: PatientConnection, _ cast: StoryCast) async throws {
        narrator.chapter("\(cast.patientName) looks at who asked for these records.")
        let entries = try await patient.session.wholeAccessLog(of: patient.subject.id)
        let words = try patient.grantWords()
        for entry in entries { narrator.quote(entry.sentence(words)) }
        guard let attempt = entries.first(where: { $0.asked.contains(cast.document(.note).name) }) else {
            throw SteleError(
                .demoUnexpected, "the demonstration did not go as it is told: the attempt is not in the patient's log",
                hint: "read node.log in the demo's folder")
        }
        try Self.expect(attempt.isRefused && attempt.released.isEmpty, "the attempt released nothing")
        narrator.tell(
            "The patient sees the laboratory's attempt, event \(attempt.number), and why it failed. The laboratory learnt "
                + "nothing; the patient learnt that it asked.")
    }
}
