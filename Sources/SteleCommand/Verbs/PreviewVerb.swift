// SteleCommand · `stele preview`.
internal import Contracts
internal import JSON
internal import Node
internal import Primitives

/// Shows a patient what somebody would see.
struct PreviewVerb: Verb {
    static let to = Option(
        "to", "WHO", "who would ask, all that they are: actor:DID,role:CODE@ORG,organisation:NAME, with commas")
    static let forPreview = Option(
        "purpose", "CODE", "what for, an ActReason code", default: "TREAT", isRepeatable: true)
    static let action = Option("action", "WORD", "to do what: read, search, write, export, delegate", default: "read")
    static let counts = Option(flag: "counts", "count by kind alone, without the list of records")

    let name = "preview"
    let summary = "show a patient what somebody would see of their records now"
    let help = Help(
        meaning: """
            Asks the patient's custodian what an asker would get under the grants in force, without telling or asking \
            anybody: which records would be released, and which not. The same function decides that decides requests. \
            Somebody with several roles is all of them at once, so name them all.
            """,
        options: [to, forPreview, action, counts] + Connection.patientOptions,
        examples: [
            "stele preview --wallet marta.wallet --to role:surgeon@st-anna,organisation:st-anna",
            "stele preview --wallet marta.wallet --to organisation:st-anna --purpose HRESCH --counts",
        ])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let who = try arguments.required(Self.to)
        let labels = try Self.labels(who)
        let purposes = arguments.all(Self.forPreview)
        let question = PreviewQuestion(
            labels: labels, purposes: purposes.isEmpty ? ["TREAT"] : purposes,
            action: arguments.value(Self.action) ?? Action.read.name, isListed: !arguments.contains(Self.counts))
        let patient = try Connection(arguments, Connection.patientOptions).patient()
        let answer = try await patient.session.preview(question)
        for line in answer.lines(who: who) { terminal.line(line) }
        terminal.result(answer.json)
        return .success
    }

    private static func labels(_ text: String) throws(SteleError) -> [Label] {
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        let labels = words.compactMap { GrantScope.grantee($0) }
        guard labels.count == words.count else {
            throw SteleError(
                .usageValue, "the value of --to names nobody that can ask",
                hint: "write role:CODE@ORG, organisation:NAME, actor:DID or team:EPISODE, separated by commas")
        }
        return labels
    }
}
