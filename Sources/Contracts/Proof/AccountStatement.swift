// Contracts · what a custodian signs when it gives an account of disclosures: the account's hash.
public import Ledger
public import Primitives

/// The statement that goes with an account of disclosures. Whoever changes a byte of the account breaks it, and the
/// custodian cannot say that it gave another.
///
/// ```
/// stele account of disclosures 1
/// network <origin>
/// custodian <organisation>
/// subject <64 hexadecimal digits>
/// account <64 hexadecimal digits>
/// ```
/// Source: `docs/spec/proofs.md` §6.
public struct AccountStatement: Hashable, Sendable {
    static let title = "stele account of disclosures 1"
    private static let names = ["network ", "custodian ", "subject ", "account "]

    /// The network's name in every signature.
    public var network: String
    /// The organisation whose account it is.
    public var custodian: String
    /// Whose records it is about.
    public var subject: SubjectID
    /// SHA-256 of the account's bytes.
    public var account: Digest

    /// A statement.
    public init(network: String, custodian: String, subject: SubjectID, account: Digest) {
        self.network = network
        self.custodian = custodian
        self.subject = subject
        self.account = account
    }

    /// The text that is signed.
    public var text: String {
        let values = [network, custodian, subject.hex, account.hex]
        return Self.title + "\n" + zip(Self.names, values).map { $0 + $1 + "\n" }.joined()
    }

    /// The network that the statement in `file` names; nil if it is none about an account.
    public static func network(of file: ProofFile) throws(SteleError) -> String? {
        guard let statement = file.statement else { return nil }
        return AccountStatement(try SignedNote(parsing: statement).text)?.network
    }

    /// Nil unless `text` is a statement, in its one spelling.
    init?(_ text: [UInt8]) {
        guard let text = String(validating: text, as: UTF8.self) else { return nil }
        let lines = text.split(separator: "\n").map(String.init)
        guard lines.count == Self.names.count + 1,
            zip(Self.names, lines.dropFirst()).allSatisfy({ $1.hasPrefix($0) })
        else { return nil }
        let values = zip(Self.names, lines.dropFirst()).map { String($1.dropFirst($0.utf8.count)) }
        guard let subject = SubjectID(hex: values[2]), let account = Digest(hex: values[3]) else { return nil }
        self.init(network: values[0], custodian: values[1], subject: subject, account: account)
        guard self.text == text else { return nil }
    }
}

extension ProofFile {
    /// Checks the statement in this file, whose paths hold: a live node key of the custodian signed it, and the subject
    /// of an account is the custodian's, or the ledger has the destruction that is named.
    func said() throws(SteleError) -> ProofStatement? {
        guard let statement else { return nil }
        let note = try SignedNote(parsing: statement)
        guard note.text.starts(with: Array(AccountStatement.title.utf8)) else { return try destruction(note) }
        guard let said = AccountStatement(note.text) else {
            throw Self.isFalse("the statement in the file is not one about an account of disclosures")
        }
        let custodian = try requireSigned(note, by: said.custodian, of: said.network)
        let row = rows.first { $0.key == StateKey.subject(said.subject) }?.value
        guard let row, (try? SubjectRow(decoding: row))?.custodian == custodian else {
            throw Self.isFalse("the file does not show that the account's subject is a patient of who signed it")
        }
        return .account(subject: said.subject, custodian: said.custodian, account: said.account)
    }

    /// The custodian named `custodian`, of which a node key that the state has and that is not revoked signed `note`.
    func requireSigned(
        _ note: SignedNote, by custodian: String, of network: String
    ) throws(SteleError) -> OrganisationName {
        guard let custodian = OrganisationName(custodian), NoteVerifierKey.isName(network) else {
            throw Self.isFalse("the statement names no network or custodian")
        }
        let keys = rows.compactMap { row -> NoteVerifierKey? in
            guard row.key.count == 34, row.key.starts(with: "nk".utf8), let value = row.value,
                let found = try? NetworkKeyRow(decoding: value), found.kind == .node, !found.isRevoked,
                found.organisation == custodian
            else { return nil }
            return NoteVerifierKey(name: network, publicKey: PublicKey(row.key, at: 2))
        }
        guard !keys.isEmpty, let signers = try? note.verifiedKeys(among: keys), !signers.isEmpty else {
            throw Self.isFalse("no node key of the custodian that the state has signed the statement")
        }
        return custodian
    }
}
