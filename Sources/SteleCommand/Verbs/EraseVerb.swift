// SteleCommand · `stele erase` and `stele hold`.
internal import JSON
internal import Primitives
internal import Storage

/// Erases a patient.
struct EraseVerb: Verb {
    static let because = Option(
        "because", "CODE",
        "why: no_longer_needed, withdrawn, objection, unlawful, legal_obligation or retention_over",
        default: "withdrawn")
    static let out = Option("out", "FILE", "where the signed statement goes", default: "SUBJECT.steleproof")

    let name = "erase"
    let summary = "erase a patient: records, keys, index, and what the ledger's files say"
    let help = Help(
        meaning: """
            Destroys everything that this custodian has of a patient, unless retention or a legal hold keep it: then \
            the reason and the date are said, and nothing happens. The keys of everybody else are wrapped under a new \
            root key and the old one is destroyed, so no backup opens the patient's records again. The ledger keeps \
            the leaves of their transactions and the fact of the erasure. The statement of destruction names who may \
            still have copies; it is checked with stele verify.
            """,
        operands: Operands("PATIENT", 1...1), options: [because, out] + Connection.officerOptions,
        examples: ["stele erase marta-kestrel --because withdrawn --data /srv/stele"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let patient = arguments.operands[0]
        let session = try Connection(arguments, Connection.officerOptions).session(.operations)
        let root = try await session.send(
            "POST", "/custodian/v1/subjects/\(PercentText.encode(patient))/erasure",
            body: .json(["because": .string(arguments.value(Self.because) ?? "withdrawn")])
        ).json()
        let subject = try root.requiredBytes32("subject")
        guard let statement = Base64.decode(try root.requiredText("statement")) else {
            throw NodeAnswer.malformed("its statement is no Base64")
        }
        let path = arguments.value(Self.out) ?? String(subject.hex.prefix(16)) + ".steleproof"
        try AtomicFile(path).write(statement)
        terminal.line("erased \(patient)")
        terminal.line("  subject    \(subject.hex)")
        terminal.line("  records    \(try root.requiredNumber("records"))")
        terminal.line("  bodies     \(try root.requiredNumber("bodies")) transactions of the ledger are leaves alone")
        terminal.line("  statement  \(path)")
        terminal.line("check it: stele verify \(path) --trust trust.key")
        terminal.result([
            "subject": .string(subject.hex), "status": .string(try root.requiredText("status")),
            "transaction": .string(try root.requiredText("transaction")), "file": .string(path),
        ])
        return .success
    }
}

/// Puts records under a legal hold.
struct HoldVerb: Verb {
    static let reason = Option("reason", "CODE", "litigation, investigation, audit, regulator or research")
    static let until = Option("until", "DATE", "the first day on which it no longer holds, such as 2030-01-31")
    static let release = Option(flag: "release", "end the hold")

    let name = "hold"
    let summary = "keep a patient's records from being erased, or stop keeping them"
    let help = Help(
        meaning: """
            Puts a patient's records under a legal hold, until a day or until it is released. Meanwhile an erasure is \
            refused, whatever its reason.
            """,
        operands: Operands("PATIENT", 1...1), options: [reason, until, release] + Connection.officerOptions,
        examples: [
            "stele hold marta-kestrel --reason litigation --until 2030-01-31 --data /srv/stele",
            "stele hold marta-kestrel --release --data /srv/stele",
        ])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let patient = arguments.operands[0]
        let path = "/custodian/v1/subjects/\(PercentText.encode(patient))/hold"
        let session = try Connection(arguments, Connection.officerOptions).session(.operations)
        if arguments.contains(Self.release) {
            _ = try await session.send("DELETE", path)
            terminal.line("released \(patient)")
            terminal.result(["patient": .string(patient), "hold": .null])
            return .success
        }
        let reason = try arguments.required(Self.reason)
        let until = arguments.value(Self.until)
        var members: [JSONValue.Member] = [.init("reason", .string(reason))]
        if let until { members.append(.init("until", .string(until))) }
        _ = try await session.send("PUT", path, body: .json(.object(members)))
        terminal.line("held \(patient) (\(reason)) " + (until.map { "until \($0)" } ?? "until it is released"))
        terminal.result([
            "patient": .string(patient),
            "hold": ["reason": .string(reason), "until": until.map { .string($0) } ?? .null],
        ])
        return .success
    }
}
