// Vault · one erasure: what it has done so far, and what is said of it afterwards.
public import Primitives

/// The erasure of one subject, kept from its first step until long after its last: who was the subject is not in it.
public struct Erasure: Hashable, Sendable {
    /// How far it is. Each stage is durable before the next begins.
    public enum Stage: UInt8, Sendable, CaseIterable, Comparable {
        /// The subject is marked; the ledger may not know yet.
        case begun
        /// The ledger has the erasure.
        case recorded
        /// The subject's keys and every row sealed under them are gone, with the root of their epoch.
        case shredded
        /// The bodies of the subject's transactions are gone, and the files are rewritten.
        case finished

        public static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
    }

    /// Somebody to whom records were released, and who may still have copies.
    public struct Recipient: Hashable, Sendable {
        /// Their DID.
        public var did: String
        /// How many record versions were released to them, counted once for each release.
        public var recordCount: Int
        /// When last, in milliseconds since 1970.
        public var last: Timestamp

        /// A recipient.
        public init(did: String, recordCount: Int, last: Timestamp) {
            self.did = did
            self.recordCount = recordCount
            self.last = last
        }
    }

    /// The subject.
    public let subject: SubjectID
    /// Why, by the name of the reason on the ledger.
    public let reason: String
    /// When it was asked for.
    public let asked: Timestamp
    /// How far it is.
    public var stage = Stage.begun
    /// The transaction that is its record on the ledger.
    public var transaction: TransactionID?
    /// The epoch whose root was destroyed.
    public var retiredEpoch: UInt32 = 0
    /// How many record versions, blobs and transaction bodies were removed.
    public var recordCount = 0
    public var blobCount = 0
    public var bodyCount = 0
    /// Who may still have copies, the latest first.
    public var recipients: [Recipient]
    /// How many more there were than are named.
    public var unnamedRecipientCount: Int
    /// Whether the patient had a wallet of their own.
    public var hasWallet: Bool
    /// When the last step was done.
    public var finished: Timestamp?
    /// The signed statement of destruction; empty until it is finished.
    public var statement: [UInt8] = []

    /// An erasure asked for at `asked`.
    public init(
        subject: SubjectID, reason: String, asked: Timestamp, recipients: [Recipient], unnamedRecipientCount: Int,
        hasWallet: Bool
    ) {
        self.subject = subject
        self.reason = reason
        self.asked = asked
        self.recipients = recipients
        self.unnamedRecipientCount = unnamedRecipientCount
        self.hasWallet = hasWallet
    }
}

// MARK: - Encoding
extension Erasure {
    /// `[subject, reason, asked ms, stage, transaction | null, retired epoch, records, blobs, bodies,
    /// [[did, records, last ms] …], unnamed, wallet, finished ms | null, statement]`.
    var encoded: [UInt8] {
        var writer = CBORWriter(capacity: 256 + 96 * recipients.count + statement.count)
        writer.write(arrayCount: 14)
        writer.write(subject)
        writer.write(text: reason)
        writer.write(asked.milliseconds)
        writer.write(UInt64(stage.rawValue))
        if let transaction { writer.write(transaction) } else { writer.writeNull() }
        writer.write(UInt64(retiredEpoch))
        for count in [recordCount, blobCount, bodyCount] { writer.write(UInt64(count)) }
        writer.write(arrayCount: recipients.count)
        for recipient in recipients {
            writer.write(arrayCount: 3)
            writer.write(text: recipient.did)
            writer.write(UInt64(recipient.recordCount))
            writer.write(recipient.last.milliseconds)
        }
        writer.write(UInt64(unnamedRecipientCount))
        writer.write(hasWallet)
        if let finished { writer.write(finished.milliseconds) } else { writer.writeNull() }
        writer.write(bytes: statement)
        return writer.bytes
    }

    /// The erasure encoded in `bytes`.
    init(_ bytes: [UInt8]) throws(CBORError) {
        var reader = CBORReader(bytes)
        func count(_ reader: inout CBORReader) throws(CBORError) -> Int { Int(try reader.readUInt(max: 1 << 40)) }
        _ = try reader.readArrayCount(14...14)
        subject = try reader.readBytes32()
        reason = try reader.readText()
        asked = Timestamp(milliseconds: try reader.readUInt())
        let offset = reader.position
        guard let stage = Stage(rawValue: UInt8(try reader.readUInt(max: 255))) else {
            throw CBORError(.outOfRange, at: offset)
        }
        self.stage = stage
        transaction = reader.readNullIfPresent() ? nil : try reader.readBytes32()
        retiredEpoch = UInt32(try reader.readUInt(max: UInt64(UInt32.max)))
        recordCount = try count(&reader)
        blobCount = try count(&reader)
        bodyCount = try count(&reader)
        recipients = []
        for _ in 0..<(try reader.readArrayCount()) {
            _ = try reader.readArrayCount(3...3)
            let did = try reader.readText()
            let records = try count(&reader)
            recipients.append(
                Recipient(did: did, recordCount: records, last: Timestamp(milliseconds: try reader.readUInt())))
        }
        unnamedRecipientCount = try count(&reader)
        hasWallet = try reader.readBool()
        finished = reader.readNullIfPresent() ? nil : Timestamp(milliseconds: try reader.readUInt())
        statement = try reader.readBytes()
        try reader.finish()
    }
}
