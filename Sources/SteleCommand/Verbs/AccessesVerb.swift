// SteleCommand · `stele accesses`.
internal import JSON
internal import Primitives

/// Answers an investigator: who asked for whose records, when, for what and with what outcome.
struct AccessesVerb: Verb {
    static let actor = Option("actor", "ID", "who asked: an actor's id or DID")
    static let organisation = Option("organisation", "NAME", "the organisation that was asked for")
    static let patient = Option("patient", "ID", "whose records; for officers")
    static let purpose = Option("purpose", "CODE", "for what, an ActReason code, its cases included")
    static let outcome = Option("outcome", "released|empty|withheld|refused|opened", "with what outcome")
    static let emergency = Option("emergency", "true|false", "in an emergency, or not")
    static let from = Option("from", "DATE", "since when, YYYY-MM-DD or RFC 3339")
    static let to = Option("to", "DATE", "until when, exclusive")
    static let count = Option("count", "NUMBER", "how many at most, up to 1000", default: "100")
    private static let filters = [actor, organisation, patient, purpose, outcome, emergency, from, to, count]

    let name = "accesses"
    let summary = "find who asked for whose records, as an officer or regulator"
    let help = Help(
        meaning: """
            Lists accesses across patients, newest first: who and when, for what purpose and with what outcome, and \
            nothing of what was in the records. For officers of the custodian; an actor with the role regulator sees \
            subjects instead of patients. The question itself is recorded.
            """,
        options: filters + Connection.officerOptions,
        examples: [
            "stele accesses --actor brennauer --from 2026-01-01 --data /srv/stele",
            "stele accesses --emergency true --key inspector.pem",
        ])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let query = Self.filters.compactMap { option in
            arguments.value(option).map { "\(option.name)=\(PercentText.encode($0))" }
        }
        let session = try Connection(arguments, Connection.officerOptions).session(.operations)
        let answer = try await session.send("GET", "/custodian/v1/accesses?" + query.joined(separator: "&")).json()
        for access in answer["accesses"]?.elements.map({ $0 }) ?? [] {
            let actor = access["actor"]?["name"]?.string ?? access["actor"]?["did"]?.string ?? "somebody"
            let whose = try access["patient"]?.string ?? String(access.requiredText("subject").prefix(16))
            let purposes = access["purposes"]?.elements.compactMap(\.string).joined(separator: " ") ?? ""
            let mark = access["emergency"]?.bool == true ? "  EMERGENCY" : ""
            terminal.line(
                "\(try access.requiredText("time"))  \(actor)  \(try access.requiredText("action")) of \(whose)  "
                    + "\(purposes)  \(try access.requiredText("outcome"))\(mark)")
        }
        terminal.line("\(try answer.requiredNumber("total")) accesses in all")
        terminal.result(JSONValue(answer))
        return .success
    }
}
