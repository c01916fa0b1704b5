// SteleCommand · `stele log`.
internal import JSON
internal import Primitives
internal import Storage

/// Shows a patient who asked for their records, or gives an account of what was disclosed.
struct LogVerb: Verb {
    static let disclosures = Option(flag: "disclosures", "an accounting of what was disclosed, to whom and for what")
    static let from = Option(
        "from", "DATE", "with --disclosures: since when, YYYY-MM-DD or RFC 3339", default: "six years ago")
    static let to = Option("to", "DATE", "with --disclosures: until when, exclusive", default: "now")
    static let format = Option(
        "format", "json|csv|html", "with --disclosures: the form of the account", default: "json")
    static let out = Option("out", "FILE", "with --disclosures: where the account goes", default: "the terminal")
    static let proof = Option(
        "proof", "FILE", "with --disclosures: where the proof goes that shows every line, and that none is missing")

    let name = "log"
    let summary = "show a patient who asked for their records, and what came of it"
    let help = Help(
        meaning: """
            Prints the patient's access log: who asked, when, for what purpose, what was released, and if nothing was, \
            why. Refused requests are in it like any other, and so is that you looked. stele export log proves that \
            none is missing. With --disclosures it gives an account of what was released in a period, as the law asks \
            for it, exempt or not, each line with the transaction that the proof shows.
            """,
        options: [disclosures, from, to, format, out, proof] + Connection.patientOptions,
        examples: [
            "stele log --wallet marta.wallet --ca ca.pem", "stele log --wallet marta.wallet --json",
            "stele log --wallet marta.wallet --disclosures --from 2024-01-01 --format html --out account.html "
                + "--proof account.steleproof",
        ])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let patient = try Connection(arguments, Connection.patientOptions).patient()
        if arguments.contains(Self.disclosures) { return try await account(patient, arguments, terminal) }
        for option in [Self.from, Self.to, Self.format, Self.out, Self.proof] where arguments.contains(option) {
            throw SteleError(
                .usageValue, "--\(option.name) is about an account of disclosures", hint: "add --disclosures")
        }
        let entries = try await patient.session.wholeAccessLog(of: patient.subject.id)
        let words = try patient.grantWords()
        if entries.isEmpty { terminal.line("nobody has asked for your records") }
        for entry in entries { terminal.line(entry.sentence(words)) }
        terminal.result(["events": .array(entries.map(\.json))])
        return .success
    }

    private func account(
        _ patient: PatientConnection, _ arguments: Arguments, _ terminal: Terminal
    ) async throws -> ExitCode {
        let format = arguments.value(Self.format) ?? "json"
        var query = "format=" + PercentText.encode(format)
        for (name, option) in [("from", Self.from), ("to", Self.to)] {
            if let value = arguments.value(option) { query += "&\(name)=" + PercentText.encode(value) }
        }
        let account = try await patient.session.send("GET", "/custodian/v1/disclosures?" + query, accept: "*/*")
        var result: [JSONValue.Member] = []
        if let path = arguments.value(Self.out) {
            try AtomicFile(path).write(account.body)
            terminal.line("the account is in \(path)")
            result.append(.init("account", .string(path)))
        } else {
            terminal.line(String(decoding: account.body, as: UTF8.self))
            if format == "json" { result.append(.init("account", JSONValue(try account.json()))) }
        }
        if let path = arguments.value(Self.proof) {
            let proof = try await patient.session.send(
                "GET", "/ledger/v1/proofs/access/" + patient.subject.id.hex, accept: "application/cbor")
            try AtomicFile(path).write(proof.body)
            terminal.line("its proof is in \(path); stele verify \(path) --trust trust.key checks it")
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
