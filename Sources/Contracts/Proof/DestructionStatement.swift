// Contracts · what a custodian says when it has erased a subject: text that people read and programs check.
internal import Ledger
public import Primitives

/// The statement of destruction. It names nobody but those who were shown records, by DID; whose records they were is
/// known to whoever knows the subject's random id.
///
/// ```
/// stele destruction statement 1
/// network <origin>
/// custodian <organisation>
/// subject <64 hexadecimal digits>
/// reason <word>
/// asked <time>
/// destroyed <time>
/// transaction <64 hexadecimal digits>
/// root of epoch <decimal>
/// removed <decimal> records <decimal> blobs <decimal> bodies
/// copies with the wallet                                   if the patient has one
/// copies with <did> <decimal> records last <time>          for each recipient, the latest first
/// copies with <decimal> others                             if there were too many to name
/// ```
/// Source: `docs/spec/proofs.md` §4.
public struct DestructionStatement: Hashable, Sendable {
    /// Somebody who was shown records and may have kept copies.
    public struct Recipient: Hashable, Sendable {
        /// Their DID.
        public var did: String
        /// How many record versions they were shown.
        public var recordCount: Int
        /// When last.
        public var last: Timestamp

        /// A recipient.
        public init(did: String, recordCount: Int, last: Timestamp) {
            self.did = did
            self.recordCount = recordCount
            self.last = last
        }
    }

    /// The network's name in every signature.
    public var network: String
    /// The organisation that kept the records.
    public var custodian: String
    /// The subject.
    public var subject: SubjectID
    /// Why, as on the ledger.
    public var reason: String
    /// When it was asked for, and when the last step was done.
    public var asked: Timestamp
    public var destroyed: Timestamp
    /// The transaction that records it.
    public var transaction: TransactionID
    /// The epoch whose root key was destroyed.
    public var retiredEpoch: UInt32
    /// What was removed.
    public var recordCount: Int
    public var blobCount: Int
    public var bodyCount: Int
    /// Whether the patient's own wallet may have copies.
    public var hasWallet: Bool
    /// Who else may.
    public var recipients: [Recipient]
    /// How many more than those named.
    public var unnamedRecipientCount: Int

    /// A statement.
    public init(
        network: String, custodian: String, subject: SubjectID, reason: String, asked: Timestamp, destroyed: Timestamp,
        transaction: TransactionID, retiredEpoch: UInt32, recordCount: Int, blobCount: Int, bodyCount: Int,
        hasWallet: Bool, recipients: [Recipient], unnamedRecipientCount: Int
    ) {
        self.network = network
        self.custodian = custodian
        self.subject = subject
        self.reason = reason
        self.asked = asked
        self.destroyed = destroyed
        self.transaction = transaction
        self.retiredEpoch = retiredEpoch
        self.recordCount = recordCount
        self.blobCount = blobCount
        self.bodyCount = bodyCount
        self.hasWallet = hasWallet
        self.recipients = recipients
        self.unnamedRecipientCount = unnamedRecipientCount
    }

    /// The text that is signed.
    public var text: String {
        var lines = [
            "stele destruction statement 1", "network \(network)", "custodian \(custodian)", "subject \(subject.hex)",
            "reason \(reason)", "asked \(asked)", "destroyed \(destroyed)", "transaction \(transaction.hex)",
            "root of epoch \(retiredEpoch)", "removed \(recordCount) records \(blobCount) blobs \(bodyCount) bodies",
        ]
        if hasWallet { lines.append("copies with the wallet") }
        var byteCount = 0
        var unnamedCount = unnamedRecipientCount
        for recipient in recipients {
            let line = "copies with \(Self.word(recipient.did)) \(recipient.recordCount) records last \(recipient.last)"
            byteCount += line.utf8.count + 1
            if byteCount > Self.recipientByteCountMax { unnamedCount += 1 } else { lines.append(line) }
        }
        if unnamedCount > 0 { lines.append("copies with \(unnamedCount) others") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Most bytes that name recipients: a note has 64 KiB in all.
    private static let recipientByteCountMax = 60_000

    /// `text` as one word: whatever could end a word or a line is written as `%` and two digits.
    private static func word(_ text: String) -> String {
        text.utf8.map { byte in
            (0x21...0x7e).contains(byte) && byte != UInt8(ascii: "%")
                ? String(UnicodeScalar(byte)) : "%" + Hex.encode(CollectionOfOne(byte))
        }.joined()
    }
}

/// The facts of a statement that a check holds against the ledger, read strictly from its first lines.
struct DestructionFacts {
    let network: String
    let custodian: String
    let subject: SubjectID
    let reason: String
    let destroyed: String
    let transaction: TransactionID
    let holderCount: Int

    /// Nil unless `text` is a statement.
    init?(_ text: [UInt8]) {
        guard let text = String(validating: text, as: UTF8.self), text.hasSuffix("\n") else { return nil }
        let lines = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let names = [
            "network ", "custodian ", "subject ", "reason ", "asked ", "destroyed ", "transaction ", "root of epoch ",
            "removed ",
        ]
        guard lines.count > names.count, lines[0] == "stele destruction statement 1",
            zip(names, lines.dropFirst()).allSatisfy({ $1.hasPrefix($0) }),
            lines.dropFirst(names.count + 1).allSatisfy({ $0.hasPrefix("copies with ") })
        else { return nil }
        let values = zip(names, lines.dropFirst()).map { String($1.dropFirst($0.utf8.count)) }
        guard let subject = SubjectID(hex: values[2]), let transaction = TransactionID(hex: values[6]) else {
            return nil
        }
        network = values[0]
        custodian = values[1]
        self.subject = subject
        reason = values[3]
        destroyed = values[5]
        self.transaction = transaction
        holderCount = lines.count - names.count - 1
    }
}

extension ProofFile {
    /// Checks the statement of destruction `note`: a live node key of the custodian signed it, the ledger has the
    /// erasure that it names, and the state says that the subject was erased.
    func destruction(_ note: SignedNote) throws(SteleError) -> ProofStatement {
        guard let facts = DestructionFacts(note.text) else {
            throw Self.isFalse("the statement in the file is not one of destruction")
        }
        let custodian = try requireSigned(note, by: facts.custodian, of: facts.network)
        guard
            let entry = entries.first(where: { $0.body.id == facts.transaction }), entry.leaf.status == 0,
            entry.body.call == RecordsErase.declaration.name,
            let call = try? RecordsErase(decoding: entry.body.encoded, in: entry.body.argumentRange),
            call.subject == facts.subject, call.reason.name == facts.reason
        else { throw Self.isFalse("the file does not show the erasure that the statement names") }
        guard let row = rows.first(where: { $0.key == RecordsState.subjects.key(facts.subject) })?.value,
            let subject = try? SubjectRow(decoding: row), subject.erasedAt != nil, subject.custodian == custodian
        else { throw Self.isFalse("the state does not say that the custodian erased the subject") }
        return .destroyed(
            subject: facts.subject, custodian: facts.custodian, reason: facts.reason, at: facts.destroyed,
            holderCount: facts.holderCount)
    }
}
