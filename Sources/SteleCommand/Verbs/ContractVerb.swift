// SteleCommand · `stele <contract> <call>`: every declared call as a verb.
internal import Contracts
internal import Cryptography
internal import JSON
internal import Ledger
internal import Node
internal import Primitives

/// One call of a contract. Options, help and encoding come from its declaration alone.
struct ContractVerb: Verb {
    private static let key = Option("key", "FILE", "a private key that may sign the call, PEM; it does not leave here")
    private static let client = Option("as", "ID", "ask as this actor, whose key --key is", default: "the operator")
    private static let signer = Option(
        "signer", "HEX", "the public key that will sign elsewhere: prints the body for it")

    private let call: AnyCallDeclaration
    /// The options that say who signs and at which node; the others are the call's own.
    private let connectionOptions: [Option]
    let name: String
    let summary: String
    let help: Help

    /// The verb of `call`.
    init(_ call: AnyCallDeclaration) {
        self.call = call
        name = "\(call.contractName) \(call.callName)"
        summary = call.summary.prefix(1).lowercased() + call.summary.dropFirst().prefix { $0 != "." }
        let wallet: [Option] = call.signer.isSubject ? [.wallet] : []
        connectionOptions = wallet + [Self.key, Self.client, Self.signer, .url, .authority, .data, .config]
        let options = call.options.map { option in
            let meaning = option.summary + (option.isRequired ? "" : "; may be left out")
            return option.placeholder.map { Option(option.name, $0, meaning) } ?? Option(flag: option.name, meaning)
        }
        let signers = (wallet + [Self.key, Self.signer]).map { "--\($0.name)" }
        help = Help(
            meaning: """
                \(call.summary) The call as it is declared, for whoever knows the contract: other verbs are easier. \
                Signed by \(call.signer.words). Without \(signers.joined(separator: " or ")) it is \
                \(call.unsignedPhrase.filter { $0 != "`" }). docs/spec/contracts.md explains every field.
                """,
            options: options + connectionOptions, examples: Self.examples(of: call))
    }

    /// A verb for each call of the standard contracts.
    static var all: [any Verb] { Contract.all.flatMap(\.calls).map { ContractVerb($0) } }

    /// How the call is made: as a patient, with a key, by the node. Each as far as the declaration lets it be.
    private static func examples(of call: AnyCallDeclaration) -> [String] {
        let required = call.options.filter(\.isRequired)
        let usage = (required.isEmpty ? call.options : required).map { "--\($0.name) \($0.placeholder ?? "")" }
        let words = "stele \(call.contractName) \(call.callName) " + usage.joined(separator: " ")
        var examples: [String] = []
        if call.signer.isSubject { examples.append(words + " --wallet marta.wallet") }
        if case .always? = call.reservation {} else { examples.append(words + " --data /srv/stele") }
        return examples + [words + " --key signer.pem --data /srv/stele"]
    }

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let given = call.options.compactMap { option in
            help.options.first { $0.name == option.name && arguments.contains($0) }
        }
        let bytes = try call.arguments(from: given.map { ($0.name, arguments.value($0) ?? "") })
        let answer = try await answer(to: bytes, arguments)
        if let body = answer["body"]?.string {
            terminal.line("not submitted: \(call.signer.words) must sign it, within two minutes")
            terminal.line("  body \(body)")
            if call.signer.isSubject {
                terminal.line("  a wallet signs what --json prints, in a file: stele sign FILE --wallet WALLET")
            }
            terminal.line("  a key in a file signs and submits the call at once: --key FILE, with the same options")
        } else {
            terminal.line("applied: transaction \(answer["transaction"]?.string ?? "")")
        }
        if let result = answer["result"] {
            terminal.line("  result \(String(decoding: result.sourceBytes, as: UTF8.self))")
        }
        terminal.result(JSONValue(answer))
        return .success
    }

    /// What the node answers to the call with the arguments `bytes`, signed by whom the options name.
    private func answer(to bytes: [UInt8], _ arguments: Arguments) async throws -> JSONNode {
        let connection = Connection(arguments, connectionOptions)
        let isWallet = call.signer.isSubject && arguments.contains(.wallet)
        let signers = [isWallet, arguments.contains(Self.key), arguments.contains(Self.signer)]
        guard signers.count(where: { $0 }) <= 1 else {
            throw SteleError(
                .usageOption, "two options name who signs the call",
                hint: "give one of them: --wallet or --key to sign here, --signer to sign elsewhere")
        }
        guard arguments.contains(Self.key) || !arguments.contains(Self.client) else {
            throw SteleError(
                .usageOption, "--as names an actor without a key", hint: "add --key FILE, the key of that actor")
        }
        if isWallet { return try await submit(bytes, by: connection.patient()) }
        guard let path = arguments.value(Self.key) else {
            return try await ask(connection.session(.operations), bytes, signer: Self.signer(in: arguments))
        }
        let key = try InputFile(path).readSigningKey()
        let identity = arguments.value(Self.client).map { ClientIdentity(id: $0, key: key) }
        let session = NodeSession(try connection.client(), try identity ?? connection.identity(), .operations)
        let handedOut = try await ask(session, bytes, signer: key.publicKey)
        return try await session.submit(transaction(in: handedOut, bytes, key.publicKey).signed(by: [key]))
    }

    private func submit(_ bytes: [UInt8], by patient: PatientConnection) async throws -> JSONNode {
        let key = try patient.subject.consentKey()
        let unsigned = UnsignedTransaction(
            chainID: patient.subject.chainID, signer: key.publicKey, validUntil: SystemTime().now().seconds + 120,
            call: call.name, arguments: bytes, random: SystemRandom())
        return try await patient.session.submit(unsigned.signed(by: [key]))
    }

    /// The key that signs elsewhere, if one is named.
    private static func signer(in arguments: Arguments) throws(SteleError) -> PublicKey? {
        guard let text = arguments.value(signer) else { return nil }
        guard let key = PublicKey(hex: text) else {
            throw SteleError(
                .usageValue, "the value of --signer is no public key", hint: "write it as 64 hexadecimal digits")
        }
        return key
    }

    private func ask(_ session: NodeSession, _ bytes: [UInt8], signer: PublicKey?) async throws -> JSONNode {
        let query = signer.map { "?signer=\($0.hex)" } ?? ""
        return try await session.send("POST", call.path + query, body: .json(call.json(ofArguments: bytes))).json()
    }

    /// The body that a node handed out, if it is the call that was asked for: nothing else is signed.
    func transaction(
        in answer: JSONNode, _ bytes: [UInt8], _ signer: PublicKey
    ) throws(SteleError) -> UnsignedTransaction {
        guard let body = answer["body"]?.string.flatMap({ Base64.decode($0) }),
            let parsed = TransactionBody(decoding: body), let transaction = UnsignedTransaction(body: body),
            parsed.call == call.name, parsed.signer == signer, Array(parsed.encoded[parsed.argumentRange]) == bytes
        else { throw NodeAnswer.malformed("its body is not the call that was asked for") }
        return transaction
    }
}
