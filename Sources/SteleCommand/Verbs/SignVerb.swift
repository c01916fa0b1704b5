// SteleCommand · `stele sign`.
internal import JSON
internal import Ledger
internal import Primitives

/// Signs an act of consent that a node handed out.
struct SignVerb: Verb {
    let name = "sign"
    let summary = "sign an act of consent that was prepared for a patient"
    let help = Help(
        meaning: """
            Reads what a node answered to a Consent, or to a call of the contract consent, that it could not sign \
            itself; shows what it does; signs it with the patient's key and submits it. Only acts of consent about \
            this patient, on this network, for this key are signed.
            """,
        operands: Operands("FILE", 1...1),
        options: Connection.patientOptions,
        examples: ["stele sign answer.json --wallet marta.wallet --ca ca.pem"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let patient = try Connection(arguments, Connection.patientOptions).patient()
        let bytes = try InputFile(arguments.operands[0])
            .read("answer of a node", byteCountMax: HandedOutAct.byteCountMax)
        let act = try HandedOutAct(bytes, for: patient.subject)
        terminal.line("signing \(act.call)")
        terminal.line("  \(String(decoding: act.arguments.serialized(), as: UTF8.self))")
        try await patient.session.submit(act.transaction.signed(by: [patient.subject.consentKey()]))
        terminal.line("applied: transaction \(act.transaction.id.hex)")
        terminal.result(["transaction": .string(act.transaction.id.hex), "call": .string(act.call)])
        return .success
    }
}
