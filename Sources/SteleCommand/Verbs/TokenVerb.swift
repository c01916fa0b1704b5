// SteleCommand · `stele token`.
internal import JSON
internal import Primitives

/// Asks for an access token, for use with other tools.
struct TokenVerb: Verb {
    static let scope = Option(
        "scope", "SCOPES", "SMART scopes",
        default: "system/*.cruds for the operator, else system/*.rs; with --wallet patient/*.rs")
    static let patient = Option("patient", "ID", "the logical id of the patient whose records it is for")

    let name = "token"
    let summary = "ask the node for an access token"
    let help = Help(
        meaning: """
            Signs a client assertion (private_key_jwt, EdDSA) and exchanges it at the node's token endpoint. Prints \
            the token alone, so that it can stand in another command. It lives for five minutes at most and is kept by \
            nobody.
            """,
        options: [scope, patient, .purpose] + Connection.allOptions,
        examples: [
            "stele token --data /srv/stele",
            "stele token --key surgeon.pem --patient marta-kestrel --purpose TREAT --ca ca.pem",
            "curl --cacert ca.pem -H \"Authorization: Bearer $(stele token --wallet marta.wallet --ca ca.pem)\" URL",
        ])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let connection = Connection(arguments, Connection.allOptions)
        let session = try Self.session(arguments, connection)
        let issued = try await session.issue()
        terminal.line(issued.text)
        terminal.result([
            "access_token": .string(issued.text), "expires_in": .number(String(issued.lifetimeSeconds)),
            "scope": .string(issued.scope),
        ])
        return .success
    }

    /// The session that the words describe: a patient's, an actor's, or the operator's.
    private static func session(_ arguments: Arguments, _ connection: Connection) throws(SteleError) -> NodeSession {
        let purposes = arguments.all(.purpose)
        func wish(_ standard: TokenWish) -> TokenWish {
            var wish = standard
            if let scope = arguments.value(scope) { wish.scope = scope }
            if let patient = arguments.value(patient) { wish.patient = patient }
            if !purposes.isEmpty { wish.purposes = purposes }
            return wish
        }
        if arguments.contains(.wallet) {
            let patient = try connection.patient()
            return NodeSession(
                patient.client, patient.identity, wish(.ownRecord(patient.subject.logicalID)))
        }
        guard arguments.contains(.key) else { return try connection.session(wish(.operations)) }
        return try connection.session(wish(TokenWish(scope: "system/*.rs", purposes: ["TREAT"])))
    }
}
