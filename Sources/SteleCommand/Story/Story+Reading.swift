// SteleCommand · the demonstration: who reads what, and what the patient sees of it.
internal import JSON
internal import Primitives

extension Story {
    func readings(_ staff: StoryStaff) async throws {
        narrator.chapter("Each reads what they may.")
        let result = try await staff.laboratory.read(StoryCast.result)
        let text = String(decoding: result.bytes, as: UTF8.self)
        try Self.expect(text.contains(StoryCast.resultNumber), "the result came back as it was written")
        narrator.tell(
            "The laboratory reads \(StoryCast.result): \(result.bytes.count) bytes, exactly as they were written, "
                + "\(StoryCast.resultNumber) with its zero.")
        try await find("Observation", by: staff.laboratory, as: .laboratory, count: 3)
        _ = try await staff.surgeon.read(StoryCast.report)
        narrator.tell("The surgeon reads \(StoryCast.report).")
        try await find("DiagnosticReport", by: staff.surgeon, as: .surgeon, count: 3)
        try await find("MedicationRequest", by: staff.anaesthetist, as: .anaesthetist, count: 1)
        try await find("AllergyIntolerance", by: staff.anaesthetist, as: .anaesthetist, count: 1)
        narrator.tell("Of two prescriptions the anaesthetist finds one; nothing tells that there is another.")
    }

    private func find(
        _ type: String, by session: NodeSession, as actor: StoryActor, count: Int
    ) async throws(SteleError) {
        let found = try await session.search(type: type, patient: StoryCast.patient)
        try Self.expect(
            found.resources.count == count && found.total == count, "the \(actor.role) finds \(count) of \(type)")
        var names: [String] = []
        for bytes in found.resources {
            guard let id = try? JSONDocument(parsing: bytes).root["id"]?.string else { continue }
            names.append(id)
        }
        narrator.tell("The \(actor.role) searches \(type): \(names.sorted().joined(separator: ", ")).")
    }

    func refusal(_ staff: StoryStaff) async throws {
        narrator.chapter("The laboratory asks for the psychiatric note and gets nothing.")
        let hidden = try await Self.refusal(of: "the note") { () throws(SteleError) in
            _ = try await staff.laboratory.read(StoryCast.note)
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

    func showLog(_ marta: PatientConnection) async throws {
        narrator.chapter("\(StoryCast.patientName) looks at who asked for her records.")
        let entries = try await marta.session.wholeAccessLog(of: marta.subject.id)
        let words = try marta.grantWords()
        for entry in entries { narrator.quote(entry.sentence(words)) }
        guard let attempt = entries.first(where: { $0.asked.contains(StoryCast.note) }) else {
            throw SteleError(
                .demoUnexpected, "the demonstration did not go as it is told: the attempt is not in the patient's log",
                hint: "read node.log in the demo's folder")
        }
        try Self.expect(attempt.isRefused && attempt.released.isEmpty, "the attempt released nothing")
        narrator.tell(
            "She sees the laboratory's attempt, event \(attempt.number), and why it failed. The laboratory learnt "
                + "nothing; she learnt that it asked.")
    }
}
