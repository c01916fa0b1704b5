// SteleCommand · `stele export`.
internal import FHIR
internal import JSON
internal import Primitives
internal import Storage

/// Takes proofs and records out of a node, to be kept and checked without it.
struct ExportVerb: Verb {
    static let out = Option(
        "out", "PATH", "where it goes", default: "WHAT.steleproof; everything.json; the folder PATIENT-copy")
    static let wallets = Option("wallets", "DIR", "where PATIENT.wallet is, without --wallet", default: "wallets")

    let name = "export"
    let summary = "take a patient's whole copy, or single proofs, out of a node"
    let help = Help(
        meaning: """
            With the id of a PATIENT it makes their own copy: a folder with every version of all their records, their \
            consents, their access log and the proof of each, to be read in a browser without a network, checked with \
            stele verify, and brought to another custodian with stele import. Otherwise WHAT is one of: record \
            Type/id, the record with its anchor, the access event of this export and the grants behind it; grant ID, \
            what made and what ended a grant; access ID, one access event with its grants; log, every access event of \
            the patient and that none is missing; everything, all of the patient's records as a FHIR bundle. A proof \
            is checked with stele verify, by anybody and without the node. A record in a proof is \
            a release like any other and is in the patient's log.
            """,
        operands: Operands("PATIENT | WHAT [ID]", 1...2),
        options: [out, wallets, TokenVerb.patient, .purpose] + Connection.allOptions,
        examples: [
            "stele export marta-kestrel --wallet marta.wallet --out marta-copy",
            "stele export record Observation/kestrel-hemoglobin --key laboratory.pem --patient marta-kestrel",
            "stele export log --wallet marta.wallet --out log.steleproof",
            "stele export everything --wallet marta.wallet --out marta.json",
        ])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let connection = Connection(arguments, Connection.allOptions)
        let what = arguments.operands[0]
        let id = arguments.operands.count > 1 ? arguments.operands[1] : nil
        let bytes: [UInt8]
        switch (what, id) {
        case ("record", let id?):
            bytes = try await recordSession(arguments, connection).proof("record/" + id)
        case ("grant", let id?), ("access", let id?):
            bytes = try await connection.patient().session.proof("\(what)/\(id)")
        case ("log", nil):
            let patient = try connection.patient()
            bytes = try await patient.session.proof("access/" + patient.subject.id.hex)
        case ("everything", nil):
            let patient = try connection.patient()
            bytes = Self.bundle(try await patient.session.everything(patient: patient.subject.logicalID).resources)
        case (let patient, nil) where Self.isPatient(patient):
            return try await copy(of: Self.patientID(patient), arguments, terminal)
        default:
            throw SteleError(
                .usageOperands, "what to export is not one of the things there are, or its id is missing",
                hint: "write the id of a patient, record Type/id, grant ID, access ID, log or everything")
        }
        let path = arguments.value(Self.out) ?? (what == "everything" ? "everything.json" : what + ".steleproof")
        try AtomicFile(path).write(bytes)
        terminal.line("wrote \(path), \(bytes.count) bytes")
        if what != "everything" { terminal.line("check it: stele verify \(path) --trust trust.key") }
        terminal.result(["file": .string(path), "bytes": .number(String(bytes.count))])
        return .success
    }

    /// Whether `word` names a patient. One whose id is a word of this verb is named as `Patient/log`.
    private static func isPatient(_ word: String) -> Bool {
        !["record", "grant", "access"].contains(word) && Resource.isID(patientID(word))
    }

    /// `PATIENT` or `Patient/PATIENT`.
    private static func patientID(_ text: String) -> String {
        text.hasPrefix("Patient/") ? String(text.dropFirst(8)) : text
    }

    /// Makes the patient's own copy.
    private func copy(
        of patient: String, _ arguments: Arguments, _ terminal: Terminal
    ) async throws -> ExitCode {
        let folder = arguments.value(Self.wallets) ?? "wallets"
        let wallet = arguments.value(.wallet) ?? "\(folder)/\(patient).wallet"
        let connection = try Connection(arguments, Connection.allOptions).patient(wallet: wallet)
        guard connection.subject.logicalID == patient else {
            throw SteleError(
                .walletNoSubject, "the wallet is another patient's",
                hint: "give the wallet of the patient whose copy it is to be")
        }
        let place = arguments.value(Self.out) ?? patient + "-copy"
        let exporter = CopyExporter(connection: connection) { terminal.note("stele: \($0)") }
        let made = try await exporter.run(to: place)
        for sentence in CopySentences(made.verdict).lines { terminal.line(sentence) }
        terminal.line("wrote \(place): open \(place)/\(CopyLayout.page) in a browser")
        terminal.line("check it: stele verify \(place) --trust trust.key, with the custodian's own trust.key")
        terminal.result([
            "folder": .string(place), "versions": .number(String(made.verdict.versionCount)),
            "consents": .number(String(made.verdict.grantCount)), "events": .number(String(made.verdict.eventCount)),
            "origins": .number(String(made.verdict.originCount)),
        ])
        return .success
    }

    private func recordSession(_ arguments: Arguments, _ connection: Connection) throws(SteleError) -> NodeSession {
        if arguments.contains(.wallet) { return try connection.patient().session }
        let purposes = arguments.all(.purpose)
        return try connection.session(
            TokenWish(
                scope: "system/*.rs", purposes: purposes.isEmpty ? ["TREAT"] : purposes,
                patient: arguments.value(TokenVerb.patient)))
    }

    /// A FHIR collection of `resources`, each with the bytes it came with.
    static func bundle(_ resources: [[UInt8]]) -> [UInt8] {
        var bytes = Array(#"{"resourceType":"Bundle","type":"collection","entry":["#.utf8)
        for (index, resource) in resources.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += Array("\n{\"resource\":".utf8) + resource + [UInt8(ascii: "}")]
        }
        return bytes + Array("\n]}\n".utf8)
    }
}
