// Vault · transactions the vault waits for, found again after a crash.
internal import Cryptography
internal import Primitives
internal import Storage

/// What was staged, or was about to be, for one transaction.
struct PendingTransaction: Hashable, Sendable {
    let subject: SubjectID
    /// Block time in seconds after which the ledger accepts the transaction no more.
    let validUntil: UInt64
    /// Whether everything staged is durable. If not, the transaction was never handed to anybody: the writer died
    /// first.
    let isStaged: Bool
    /// The blobs written for it.
    let blobs: [Bytes32]
}

/// The rows of what is pending, sealed under the root.
struct PendingRows: Sendable {
    static let family = ColumnFamily("pending", index: 4, access: .ordered)
    private let rows: SealedRows

    init(_ root: RootKeys, random: any RandomSource) {
        rows = SealedRows(family: Self.family, kind: .pending, root: root, random: random)
    }

    /// The row of a transaction, to be written when something is staged for it and removed when that is settled.
    func key(_ transaction: TransactionID) -> [UInt8] { rows.key(1, "pending", transaction.bytes) }

    /// Adds the row of `transaction` to `batch`: `[transaction, subject, valid until, staged, [blob …]]`, sealed.
    func put(_ transaction: TransactionID, _ pending: PendingTransaction, into batch: inout WriteBatch) {
        var writer = CBORWriter(capacity: 96 + 34 * pending.blobs.count)
        writer.write(arrayCount: 5)
        writer.write(transaction)
        writer.write(pending.subject)
        writer.write(pending.validUntil)
        writer.write(pending.isStaged)
        writer.write(arrayCount: pending.blobs.count)
        for blob in pending.blobs { writer.write(blob) }
        let key = key(transaction)
        batch.put(key, rows.seal(writer.bytes, for: key), in: Self.family)
    }

    /// Everything that is pending.
    func load(from store: any KeyValueStore) throws(SteleError) -> [TransactionID: PendingTransaction] {
        var found: [TransactionID: PendingTransaction] = [:]
        try store.forEach(.all, in: Self.family, reverse: false) { (key, value) throws(SteleError) in
            let plain = try reading("list of what is pending") { () throws(SteleError) in try rows.open(value, for: key)
            }
            let (transaction, pending) = try decoding("list of what is pending") { () throws(CBORError) in
                try Self.decode(plain)
            }
            found[transaction] = pending
            return true
        }
        return found
    }

    private static func decode(_ bytes: [UInt8]) throws(CBORError) -> (TransactionID, PendingTransaction) {
        var reader = CBORReader(bytes)
        _ = try reader.readArrayCount(5...5)
        let transaction = try reader.readBytes32()
        let subject = try reader.readBytes32()
        let validUntil = try reader.readUInt()
        let isStaged = try reader.readBool()
        var blobs: [Bytes32] = []
        for _ in 0..<(try reader.readArrayCount()) { blobs.append(try reader.readBytes32()) }
        try reader.finish()
        return (
            transaction,
            PendingTransaction(subject: subject, validUntil: validUntil, isStaged: isStaged, blobs: blobs)
        )
    }
}
