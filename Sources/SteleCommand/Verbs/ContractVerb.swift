// SteleCommand · `stele <contract> <call>`: every declared call as a verb.
internal import Contracts
internal import Cryptography
internal import JSON
internal import Ledger
internal import Node
internal import Primitives

/// One call of a contract. Options, help and encoding come from its declaration alone.
struct ContractVerb: Verb {
    private let call: AnyCallDeclaration
    let name: String
    let summary: String
    let help: Help

    /// The verb of `call`.
    init(_ call: AnyCallDeclaration) {
        self.call = call
        name = "\(call.contractName) \(call.callName)"
        summary = call.summary.prefix(1).lowercased() + call.summary.dropFirst().prefix { $0 != "." }
        let options = call.options.map { option in
            let meaning = option.summary + (option.isRequired ? "" : "; may be left out")
            return option.placeholder.map { Option(option.name, $0, meaning) } ?? Option(flag: option.name, meaning)
        }
        let usage = call.options.filter(\.isRequired).map { "--\($0.name) \($0.placeholder ?? "")" }
        let who = call.contractName == "consent" ? " --wallet marta.wallet" : " --data /srv/stele"
        help = Help(
            meaning: """
                \(call.summary) The call as it is declared, for whoever knows the contract: other verbs are easier. \
                Signed by \(call.signer); with --wallet by the patient's consent key here, otherwise by the node's \
                key, which only officers may ask for. docs/spec/contracts.md explains every field.
                """,
            options: options + Connection.patientOptions,
            examples: ["stele \(name) " + usage.joined(separator: " ") + who])
    }

    /// A verb for each call of the standard contracts.
    static var all: [any Verb] { Contract.all.flatMap(\.calls).map { ContractVerb($0) } }

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let given = help.options.filter { option in
            call.options.contains { $0.name == option.name } && arguments.contains(option)
        }
        let bytes = try call.arguments(from: given.map { ($0.name, arguments.value($0) ?? "") })
        let connection = Connection(arguments, Connection.patientOptions)
        let answer: JSONNode
        if arguments.contains(.wallet) {
            let patient = try connection.patient()
            let key = try patient.subject.consentKey()
            let unsigned = UnsignedTransaction(
                chainID: patient.subject.chainID, signer: key.publicKey, validUntil: SystemTime().now().seconds + 120,
                call: call.name, arguments: bytes, random: SystemRandom())
            answer = try await patient.session.submit(unsigned.signed(by: [key]))
        } else {
            let body = NodeClient.Body.json(try call.json(ofArguments: bytes))
            let path = "/contracts/v1/\(call.contractName)/\(call.callName)"
            answer = try await connection.session(.operations).send("POST", path, body: body).json()
        }
        if let body = answer["body"]?.string {
            terminal.line("not submitted: only \(call.signer) may sign this; give --wallet, or sign the body elsewhere")
            terminal.line("  body \(body)")
        } else {
            terminal.line("applied: transaction \(answer["transaction"]?.string ?? "")")
        }
        if let result = answer["result"] {
            terminal.line("  result \(String(decoding: result.sourceBytes, as: UTF8.self))")
        }
        terminal.result(JSONValue(answer))
        return .success
    }
}
