// SteleCommand · `stele read`.
internal import JSON
internal import Primitives

/// Reads records through a node, as anybody must: asked, decided, recorded, released.
struct ReadVerb: Verb {
    let name = "read"
    let summary = "read a record, or the records of one type of a patient"
    let help = Help(
        meaning: """
            Asks the node for one record, Type/id, or with a type alone for all records of that type of the patient \
            named by --patient. The node decides under the consent in force, records the request for the patient \
            whatever the answer, and only then releases. Exit code 1 means refused: record.unavailable says nothing \
            about whether the record exists. Resources are printed exactly as they were written.
            """,
        operands: Operands("TYPE/ID|TYPE", 1...1),
        options: [TokenVerb.patient, .purpose] + Connection.allOptions,
        examples: [
            "stele read Observation/kestrel-hemoglobin --key laboratory.pem --patient marta-kestrel",
            "stele read Observation --key surgeon.pem --patient marta-kestrel",
            "stele read Patient/marta-kestrel --wallet marta.wallet --json",
        ])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let connection = Connection(arguments, Connection.allOptions)
        var patient = arguments.value(TokenVerb.patient)
        let session: NodeSession
        if arguments.contains(.wallet) {
            let own = try connection.patient()
            patient = patient ?? own.subject.logicalID
            session = own.session
        } else {
            let purposes = arguments.all(.purpose)
            session = try connection.session(
                TokenWish(
                    scope: "system/*.rs", purposes: purposes.isEmpty ? ["TREAT"] : purposes, patient: patient))
        }
        let words = arguments.operands[0]
        if words.contains("/") { return try await read(words, session, terminal) }
        guard let patient else {
            throw SteleError(
                .usageValue, "the option --patient is missing", hint: "name the patient whose records are searched")
        }
        return try await search(words, of: patient, session, terminal)
    }

    private func read(
        _ reference: String, _ session: NodeSession, _ terminal: Terminal
    ) async throws(SteleError) -> ExitCode {
        let parts = reference.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
            throw SteleError(.usageValue, "a record is not written as Type/id", hint: "write it like Observation/hb-1")
        }
        let record = try await session.read(parts.map { PercentText.encode(String($0)) }.joined(separator: "/"))
        terminal.line(String(decoding: record.bytes, as: UTF8.self))
        terminal.result([
            "resource": try Self.value(record.bytes),
            "transaction": record.transaction.map { .string($0.hex) } ?? .null,
        ])
        return .success
    }

    private func search(
        _ type: String, of patient: String, _ session: NodeSession, _ terminal: Terminal
    ) async throws(SteleError) -> ExitCode {
        let found = try await session.search(type: PercentText.encode(type), patient: patient)
        for bytes in found.resources { terminal.line(String(decoding: bytes, as: UTF8.self)) }
        var resources: [JSONValue] = []
        for bytes in found.resources { resources.append(try Self.value(bytes)) }
        terminal.result([
            "resources": .array(resources),
            "transactions": .array(found.transactions.map { .string($0.hex) }),
        ])
        terminal.note("\(found.resources.count) resources released")
        return .success
    }

    private static func value(_ bytes: [UInt8]) throws(SteleError) -> JSONValue {
        guard let document = try? JSONDocument(parsing: bytes) else { throw NodeAnswer.malformed("no JSON") }
        return JSONValue(document.root)
    }
}
