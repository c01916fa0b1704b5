// SteleCommand · `stele assist`.
internal import JSON
internal import Ledger
internal import Primitives

/// Lets the custodian's staff write down what a patient says.
struct AssistVerb: Verb {
    static let days = Option("days", "NUMBER", "for how long, from now, 366 at most", default: "90")

    let name = "assist"
    let summary = "let the custodian's staff write down consents for a patient, for a time"
    let help = Help(
        meaning: """
            Registers a delegate of kind assisted, whose key the custodian keeps sealed under the patient's: from then \
            on a FHIR Consent that staff send for the patient takes effect at once. Every act by it is marked, and the \
            patient sees who wrote it down. It ends with its time, or by stele consent revoke_delegate.
            """,
        options: [days] + Connection.patientOptions,
        examples: ["stele assist --days 30 --wallet marta.wallet --ca ca.pem"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let patient = try Connection(arguments, Connection.patientOptions + [Self.days]).patient()
        let dayCount = try arguments.integer(Self.days, in: 1...366) ?? 90
        let answer = try await patient.session.send(
            "POST", "/custodian/v1/subjects/\(patient.subject.logicalID)/assisted-delegate",
            body: .json(["days": .number(String(dayCount))]))
        let act = try HandedOutAct(answer.body, for: patient.subject)
        let delegate = try answer.json().requiredText("delegate")
        try await patient.session.submit(act.transaction.signed(by: [patient.subject.consentKey()]))
        terminal.line(
            "delegate \(delegate) may write down consents until \(try answer.json().requiredText("not_after"))")
        terminal.result(["delegate": .string(delegate), "transaction": .string(act.transaction.id.hex)])
        return .success
    }
}
