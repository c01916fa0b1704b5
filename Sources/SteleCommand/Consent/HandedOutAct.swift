// SteleCommand · an act that somebody else prepared, for the patient to sign.
internal import Contracts
internal import Cryptography
internal import JSON
internal import Ledger
internal import Primitives

/// What a node answered where it would not sign itself: a Parameters resource with a `body`, or an object with one.
struct HandedOutAct {
    /// Longest file that is read, in bytes.
    static let byteCountMax = 1 << 20

    /// The act, as it will be signed.
    let transaction: UnsignedTransaction
    /// What it calls.
    let call: String
    /// With what.
    let arguments: JSONValue

    /// The act in `bytes`, if it is one of consent that `subject` itself would sign. Nothing else is ever signed: not
    /// for another network, not about another patient, not as anybody else.
    init(_ bytes: [UInt8], for subject: Wallet.Subject) throws(SteleError) {
        guard let root = try? JSONDocument(parsing: bytes).root, let text = Self.body(in: root),
            let body = Base64.decode(text), let parsed = TransactionBody(decoding: body),
            let transaction = UnsignedTransaction(body: body), let declaration = Contract.call(named: parsed.call)
        else { throw Self.refused("it holds no body of a transaction") }
        let arguments = try declaration.json(ofArguments: Array(parsed.encoded[parsed.argumentRange]))
        guard parsed.chainID == subject.chainID else { throw Self.refused("it is for another network") }
        guard declaration.contractName == "consent" else { throw Self.refused("it is no act of consent") }
        guard case .string(subject.id.hex)? = arguments["subject"] else {
            throw Self.refused("it is about another patient")
        }
        guard parsed.signer == (try subject.consentKey()).publicKey else {
            throw Self.refused("it is for another key to sign")
        }
        self.transaction = transaction
        call = parsed.call
        self.arguments = arguments
    }

    private static func body(in root: JSONNode) -> String? {
        if let body = root["body"]?.string { return body }
        let parameter = root["parameter"]?.elements.first { $0["name"]?.isString("body") ?? false }
        return parameter?["valueBase64Binary"]?.string
    }

    private static func refused(_ rule: String) -> SteleError {
        SteleError(
            .transactionMalformed, "the file is not signed: \(rule)",
            hint: "give the answer of the node as it came, and the wallet of the patient whom it is about")
    }
}
