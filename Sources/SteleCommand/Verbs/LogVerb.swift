// SteleCommand · `stele log`.
internal import API
internal import JSON
internal import Primitives
internal import Storage

/// Shows a patient who asked for their records, or gives an account of what was disclosed.
struct LogVerb: Verb {
    static let patient = Option(
        "patient", "ID", "with --disclosures: whose, for an officer, whose taking of it the patient's log has")
    static let disclosures = Option(flag: "disclosures", "an accounting of what was disclosed, to whom and for what")
    static let from = Option(
        "from", "DATE", "with --disclosures: since when, YYYY-MM-DD or RFC 3339", default: "six years ago")
    static let to = Option("to", "DATE", "with --disclosures: until when, exclusive", default: "now")
    static let format = Option(
        "format", "json|csv|html", "with --disclosures: the form of the account", default: "json")
    static let out = Option("out", "FILE", "with --disclosures: where the account goes", default: "the terminal")
    static let proof = Option(
        "proof", "FILE",
        "with --disclosures: where the account goes as JSON with its proof, which stele verify checks and makes the "
            + "others of")

    let name = "log"
    let summary = "show a patient who asked for their records, and what came of it"
    let help = Help(
        meaning: """
            Prints the patient's access log: who asked, when, for what purpose, what was released, and if nothing was, \
            why. Refused requests are in it like any other, and so is that you looked. stele export log proves that \
            none is missing. With --disclosures it gives an account of what was released in a period, as the law asks \
            for it, exempt or not; as JSON with the proof of each line and that none is missing. An officer gives it \
            for a patient who asks in person, with --patient.
            """,
        options: [disclosures, patient, from, to, format, out, proof] + Connection.allOptions,
        examples: [
            "stele log --wallet marta.wallet --ca ca.pem", "stele log --wallet marta.wallet --json",
            "stele log --wallet marta.wallet --disclosures --from 2024-01-01 --format html --out account.html "
                + "--proof account.json",
            "stele log --disclosures --patient marta-kestrel --format html --out account.html --key officer.pem",
        ])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let connection = Connection(arguments, Connection.allOptions)
        if arguments.contains(Self.disclosures) { return try await account(connection, arguments, terminal) }
        for option in [Self.patient, Self.from, Self.to, Self.format, Self.out, Self.proof]
        where arguments.contains(option) {
            throw SteleError(
                .usageValue, "--\(option.name) is about an account of disclosures", hint: "add --disclosures")
        }
        let patient = try connection.patient()
        let entries = try await patient.session.wholeAccessLog(of: patient.subject.id)
        let words = try patient.grantWords()
        if entries.isEmpty { terminal.line("nobody has asked for your records") }
        for entry in entries { terminal.line(entry.sentence(words)) }
        terminal.result(["events": .array(entries.map(\.json))])
        return .success
    }

    private func account(
        _ connection: Connection, _ arguments: Arguments, _ terminal: Terminal
    ) async throws -> ExitCode {
        let format = arguments.value(Self.format) ?? "json"
        guard ["json", "csv", "html"].contains(format) else {
            throw SteleError(.usageValue, "--format is none of json, csv, html", hint: "choose one of them")
        }
        var query: [String] = []
        for (name, option) in [("patient", Self.patient), ("from", Self.from), ("to", Self.to)] {
            if let value = arguments.value(option) { query.append("\(name)=" + PercentText.encode(value)) }
        }
        let session: NodeSession
        if arguments.contains(Self.patient) {
            guard !arguments.contains(.wallet) else {
                throw SteleError(
                    .usageValue, "--patient is for officers, and --wallet for the patient", hint: "give one of them")
            }
            session = try connection.session(.operations)
        } else {
            session = try connection.patient().session
        }
        let file = try await session.send("GET", "/custodian/v1/disclosures?" + query.joined(separator: "&")).body
        // Table and page are made here, of the account that can be checked.
        let account = try DisclosureAccount.read(file).account
        let text =
            switch format {
            case "csv": Array(account.csv.utf8)
            case "html": Array(account.html.utf8)
            default: file
            }
        var result: [JSONValue.Member] = []
        if let path = arguments.value(Self.out) {
            try AtomicFile(path).write(text)
            terminal.line("the account is in \(path)")
            result.append(.init("account", .string(path)))
        } else {
            terminal.line(String(decoding: text, as: UTF8.self))
            if format == "json" { result.append(.init("account", JSONValue(try JSONDocument(parsing: file).root))) }
        }
        if let path = arguments.value(Self.proof) {
            try AtomicFile(path).write(file)
            terminal.line("with its proof it is in \(path); stele verify \(path) --trust trust.key checks it")
            result.append(.init("proof", .string(path)))
        }
        terminal.result(.object(result))
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
