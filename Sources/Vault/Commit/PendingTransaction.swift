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
    /// What it was staged together with: the transactions of a group are settled together. Nil if alone.
    let group: PendingGroup?

    /// What is staged for a transaction, alone unless `group` says otherwise.
    init(subject: SubjectID, validUntil: UInt64, isStaged: Bool, blobs: [Bytes32], group: PendingGroup? = nil) {
        self.subject = subject
        self.validUntil = validUntil
        self.isStaged = isStaged
        self.blobs = blobs
        self.group = group
    }
}

/// Transactions that are settled together.
struct PendingGroup: Hashable, Sendable {
    /// A random id.
    let id: Bytes32
    /// How many transactions there are. While one of them is being settled or renewed, fewer are found.
    let count: Int
}

/// The rows of what is pending, sealed under the root.
struct PendingRows: Sendable {
    static let family = ColumnFamily("pending", index: 4, access: .ordered)
    private let rows: SealedRows

    init(_ current: CurrentRoot, random: any RandomSource) {
        rows = SealedRows(kind: .pending, current: current, random: random)
    }

    /// The row of a transaction, to be written when something is staged for it and removed when that is settled.
    func key(_ transaction: TransactionID) -> [UInt8] { rows.key(1, "pending", transaction.bytes) }

    /// Adds the row of `transaction` to `batch`: `[transaction, subject, valid until, staged, [blob …],
    /// [group, members] | null]`, sealed.
    func put(_ transaction: TransactionID, _ pending: PendingTransaction, into batch: inout WriteBatch) {
        var writer = CBORWriter(capacity: 96 + 34 * pending.blobs.count)
        writer.write(arrayCount: 6)
        writer.write(transaction)
        writer.write(pending.subject)
        writer.write(pending.validUntil)
        writer.write(pending.isStaged)
        writer.write(arrayCount: pending.blobs.count)
        for blob in pending.blobs { writer.write(blob) }
        if let group = pending.group {
            writer.write(arrayCount: 2)
            writer.write(group.id)
            writer.write(UInt64(group.count))
        } else {
            writer.writeNull()
        }
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
        _ = try reader.readArrayCount(6...6)
        let transaction = try reader.readBytes32()
        let subject = try reader.readBytes32()
        let validUntil = try reader.readUInt()
        let isStaged = try reader.readBool()
        var blobs: [Bytes32] = []
        for _ in 0..<(try reader.readArrayCount()) { blobs.append(try reader.readBytes32()) }
        var group: PendingGroup?
        if !reader.readNullIfPresent() {
            _ = try reader.readArrayCount(2...2)
            group = PendingGroup(id: try reader.readBytes32(), count: Int(try reader.readUInt(max: 1 << 20)))
        }
        try reader.finish()
        return (
            transaction,
            PendingTransaction(
                subject: subject, validUntil: validUntil, isStaged: isStaged, blobs: blobs, group: group)
        )
    }
}
