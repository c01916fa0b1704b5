// SteleCommand · `stele log`.
internal import JSON
internal import Primitives

/// Shows a patient who asked for their records.
struct LogVerb: Verb {
    let name = "log"
    let summary = "show a patient who asked for their records, and what came of it"
    let help = Help(
        meaning: """
            Prints the patient's access log: who asked, when, for what purpose, what was released, and if nothing was, \
            why. Refused requests are in it like any other. stele export log proves that none is missing.
            """,
        options: Connection.patientOptions,
        examples: ["stele log --wallet marta.wallet --ca ca.pem", "stele log --wallet marta.wallet --json"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let patient = try Connection(arguments, Connection.patientOptions).patient()
        let entries = try await patient.session.wholeAccessLog(of: patient.subject.id)
        let words = try patient.grantWords()
        if entries.isEmpty { terminal.line("nobody has asked for your records") }
        for entry in entries { terminal.line(entry.sentence(words)) }
        terminal.result(["events": .array(entries.map(\.json))])
        return .success
    }
}

extension PatientConnection {
    /// The patient's own words for each grant made with this wallet.
    func grantWords() throws(SteleError) -> [Digest: String] {
        Dictionary(
            try GrantBook(walletPath: wallet.path).lines().map { ($0.grant, $0.words) },
            uniquingKeysWith: { first, _ in first })
    }
}
