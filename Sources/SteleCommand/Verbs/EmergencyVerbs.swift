// SteleCommand · `stele emergency open`, `stele review list` and `stele review close`.
internal import Contracts
internal import JSON
internal import Primitives

/// Opens a patient's records in an emergency.
struct EmergencyOpenVerb: Verb {
    private static let reasons = OverrideReason.allCases.map(\.name).joined(separator: "|")
    static let patient = Option("patient", "ID", "the patient's logical id", isRequired: true)
    static let reason = Option("reason", reasons, "why it cannot wait", isRequired: true)
    static let minutes = Option("minutes", "NUMBER", "for how long, 1 to 120", default: "60")

    let name = "emergency open"
    let summary = "open a patient's records in an emergency, for a time"
    let help = Help(
        meaning: """
            Opens the records of one patient to the person whose key signs, whatever their grants say, but for what \
            the patient forbids even in an emergency. The patient and the officers are told at once, everything read \
            meanwhile with the purpose ETREAT is in the patient's log, and an officer reviews it. While an earlier \
            emergency of the same person is overdue for review, nothing is opened.
            """,
        options: [patient, reason, minutes] + Connection.officerOptions,
        examples: [
            "stele emergency open --patient marta-kestrel --reason life_threatening --minutes 60 --key ward.pem",
            "stele read Observation --key ward.pem --patient marta-kestrel --purpose ETREAT",
        ])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let patient = try arguments.required(Self.patient)
        let text = arguments.value(Self.minutes) ?? "60"
        guard let minutes = UInt32(text), (1...120).contains(minutes) else {
            throw SteleError(.usageValue, "--minutes is no number from 1 to 120", hint: "write it like --minutes 60")
        }
        let wish = TokenWish(scope: "user/*.rs", purposes: ["ETREAT"], patient: patient)
        let body: JSONValue = [
            "patient": .string(patient), "reason": .string(try arguments.required(Self.reason)),
            "seconds": .number(String(minutes * 60)),
        ]
        let answer = try await Connection(arguments, Connection.officerOptions).session(wish)
            .send("POST", "/custodian/v1/emergencies", body: .json(body)).json()
        terminal.line("records of \(patient) are open to you until \(try answer.requiredText("until"))")
        if let transaction = answer["transaction"]?.string {
            terminal.line("  emergency  \(transaction)")
            terminal.line("  read them with --purpose ETREAT; review is due by \(try answer.requiredText("review_by"))")
        } else {
            terminal.line("  the ledger stands still: what you read is written down and recorded when it works again")
            terminal.line("  read them with --purpose ETREAT; the review is opened then")
        }
        terminal.result(JSONValue(answer))
        return .success
    }
}

/// Lists the emergencies that wait for review.
struct ReviewListVerb: Verb {
    let name = "review list"
    let summary = "list the emergencies that wait for review"
    let help = Help(
        meaning: """
            Lists every emergency whose review is open: who opened whose records, why, until when, and by when it is \
            to be reviewed. Whoever has an overdue one cannot open another.
            """,
        options: Connection.officerOptions, examples: ["stele review list --data /srv/stele"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let answer = try await Connection(arguments, Connection.officerOptions).session(.operations)
            .send("GET", "/custodian/v1/reviews").json()
        let reviews = answer["reviews"]?.elements.map { $0 } ?? []
        if reviews.isEmpty { terminal.line("no emergency waits for review") }
        for review in reviews {
            let mark = review["overdue"]?.bool == true ? "OVERDUE  " : ""
            terminal.line(
                "\(mark)\(try review.requiredText("transaction"))  \(try review.requiredText("asker")) opened "
                    + "\(try review.requiredText("patient")): \(try review.requiredText("reason")), until "
                    + "\(try review.requiredText("until")); review by \(try review.requiredText("review_by"))")
        }
        terminal.result(JSONValue(answer))
        return .success
    }
}

/// Closes the review of an emergency.
struct ReviewCloseVerb: Verb {
    static let finding = Option(
        "finding", ReviewFinding.allCases.map(\.name).joined(separator: "|"), "what was found", isRequired: true)

    let name = "review close"
    let summary = "close the review of an emergency with a finding"
    let help = Help(
        meaning: """
            Closes the review of one emergency, which ends it if it is still open. The patient is told the finding. \
            Nobody reviews an emergency of their own.
            """,
        operands: Operands("EMERGENCY", 1...1), options: [finding] + Connection.officerOptions,
        examples: ["stele review close 41d0…9a --finding justified --data /srv/stele"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        guard let emergency = Bytes32(hex: arguments.operands[0]) else {
            throw SteleError(
                .usageValue, "the emergency's id is not 64 hexadecimal digits",
                hint: "copy it whole from stele review list")
        }
        let body: JSONValue = ["finding": .string(try arguments.required(Self.finding))]
        let answer = try await Connection(arguments, Connection.officerOptions).session(.operations)
            .send("POST", "/custodian/v1/reviews/\(emergency.hex)", body: .json(body)).json()
        terminal.line("closed: \(try answer.requiredText("words"))")
        terminal.result(JSONValue(answer))
        return .success
    }
}
