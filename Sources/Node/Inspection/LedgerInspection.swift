// Node · a ledger's store read from its first row to its last, and every hash in it worked out again.
internal import Consensus
internal import Contracts
internal import Cryptography
public import Ledger
public import Primitives
public import Storage

/// What a complete reading of a ledger's store found. Making one changes nothing and signs nothing.
///
/// Checked: the chain of headers from the genesis; each block's signed checkpoint; each transaction's name, result and
/// place; the log's root at every block, from the entries alone; the state's root, from the rows alone. With
/// `isDeep` also every signature of every transaction.
public struct LedgerInspection: Sendable {
    /// The newest block.
    public let header: Header
    /// How many transactions the log holds.
    public let transactionCount: UInt64
    /// Of how many of them only the leaf is left, because they were about subjects that were erased.
    public let erasedCount: UInt64
    /// How many subjects were erased.
    public let erasedSubjectCount: Int
    /// How many rows the state holds.
    public let rowCount: UInt64
    /// How many record versions the state holds of each subject.
    public let recordCounts: [SubjectID: Int]

    /// How many rows are hashed at a time.
    private static let rowChunkCount = 65_536

    /// Reads `store`, which was opened with ``LedgerStore/columnFamilies``.
    /// - Parameter signState: what the node's sign-state file holds: the store must not be older.
    /// - Parameter progress: Called now and then with how much of the log was read, in thousandths.
    /// - Throws: `store.damaged` with the first thing that does not hold, `store.other_network`, `store.rolled_back`,
    ///   or what the disk says.
    /// - Complexity: every row once; memory for the hashes of all rows of the state.
    public init(
        of store: any KeyValueStore, genesis: Genesis, signState: [UInt8], isDeep: Bool,
        progress: (Int) -> Void = { _ in }
    ) throws(SteleError) {
        let rows = LedgerStore(store)
        guard let height = try rows.height() else { throw LedgerStore.damaged("the store holds no block") }
        header = try Self.checkBlocks(rows, genesis, upTo: height)
        try Recovery.check(header, against: try SignState(decoding: signState))
        (transactionCount, erasedCount) = try Self.checkLog(rows, upTo: header, isDeep: isDeep, progress)
        (rowCount, recordCounts, erasedSubjectCount) = try Self.checkState(rows, under: header)
        guard erasedCount == 0 || erasedSubjectCount > 0 else {
            throw LedgerStore.damaged("bodies of transactions are missing although no subject was erased")
        }
    }

    // MARK: - Blocks

    private static func checkBlocks(
        _ rows: LedgerStore, _ genesis: Genesis, upTo height: UInt64
    ) throws(SteleError) -> Header {
        let trust = TrustedKeys(origin: genesis.origin, validators: ValidatorSet(genesis.validators))
        var previous: Header?
        for number in 0...height {
            guard let row = try rows.block(at: number) else { throw LedgerStore.damaged("block \(number) is missing") }
            let header = row.header
            guard header.chainID == genesis.chainID else { throw LedgerStore.otherNetwork }
            guard header.height == number, header.previousHash == previous?.hash ?? .zero,
                header.time > previous?.time ?? Timestamp(milliseconds: 0),
                row.firstIndex == previous?.logSize ?? 0
            else { throw LedgerStore.damaged("block \(number) does not follow the one before") }
            if number > 0 { try checkNote(rows, of: header, trust) }
            previous = header
        }
        guard let newest = previous else { throw LedgerStore.damaged("the store holds no block") }
        return newest
    }

    private static func checkNote(_ rows: LedgerStore, of header: Header, _ trust: TrustedKeys) throws(SteleError) {
        guard let note = try rows.note(at: header.height) else {
            throw LedgerStore.damaged("the checkpoint of block \(header.height) is missing")
        }
        let checkpoint = try? trust.verify(note)
        guard let checkpoint, checkpoint.size == header.logSize, checkpoint.root == header.logRoot,
            checkpoint.block?.headerHash == header.hash
        else { throw LedgerStore.damaged("the checkpoint of block \(header.height) is not of that block") }
    }

    // MARK: - Log

    private static func checkLog(
        _ rows: LedgerStore, upTo head: Header, isDeep: Bool, _ progress: (Int) -> Void
    ) throws(SteleError) -> (count: UInt64, erasedCount: UInt64) {
        var tree = LogTree()
        var transactionCount: UInt64 = 0
        var erasedCount: UInt64 = 0
        var height: UInt64 = 0
        var leafCount: UInt32 = 0
        try rows.store.forEach(.all, in: LedgerStore.entry, reverse: false) { (key, value) throws(SteleError) in
            guard key == LedgerStore.key(tree.count) else {
                throw LedgerStore.damaged("the log has a gap at entry \(tree.count)")
            }
            let row = try EntryRow(decoding: value)
            if row.leaf.kind == .seal {
                guard row.leaf.height == height + 1 else {
                    throw LedgerStore.damaged("the seal of block \(height + 1) is missing")
                }
                try checkRoot(of: tree, at: height, in: rows)
                height += 1
                leafCount = 0
            }
            guard row.leaf.height == height, row.leaf.index == leafCount else {
                throw LedgerStore.damaged("entry \(tree.count) is not in its place")
            }
            if let content = row.content {
                try check(content, of: row.leaf, at: tree.count, in: rows, isDeep: isDeep)
                transactionCount += 1
            }
            if row.isErased {
                guard try rows.logIndex(of: row.leaf.id) == tree.count else {
                    throw LedgerStore.damaged("entry \(tree.count) is not listed under its id")
                }
                transactionCount += 1
                erasedCount += 1
            }
            tree.append(leafHash: LogTree.leafHash(of: Array(value[..<Leaf.byteCount])))
            leafCount += 1
            if tree.count % 1024 == 0 { progress(Int(tree.count * 1000 / max(1, head.logSize))) }
            return true
        }
        guard height == head.height, tree.count == head.logSize else {
            throw LedgerStore.damaged("the log does not end where block \(head.height) says")
        }
        try checkRoot(of: tree, at: height, in: rows)
        return (transactionCount, erasedCount)
    }

    private static func checkRoot(of tree: LogTree, at height: UInt64, in rows: LedgerStore) throws(SteleError) {
        guard let block = try rows.block(at: height), block.header.logRoot == tree.root else {
            throw LedgerStore.damaged("the log does not have the root that block \(height) certifies")
        }
    }

    private static func check(
        _ content: (envelope: [UInt8], result: [UInt8]), of leaf: Leaf, at index: UInt64, in rows: LedgerStore,
        isDeep: Bool
    ) throws(SteleError) {
        let transaction = try? Transaction(decoding: content.envelope)
        guard let transaction, transaction.id == leaf.id, SHA256.hash(content.result) == leaf.resultHash else {
            throw LedgerStore.damaged("entry \(index) is not what its leaf says")
        }
        guard try rows.logIndex(of: leaf.id) == index else {
            throw LedgerStore.damaged("entry \(index) is not listed under its id")
        }
        guard !isDeep || transaction.isSigned() else {
            throw LedgerStore.damaged("a signature of entry \(index) does not verify")
        }
    }

    // MARK: - State

    private static func checkState(
        _ rows: LedgerStore, under head: Header
    ) throws(SteleError) -> (rowCount: UInt64, recordCounts: [SubjectID: Int], erasedSubjectCount: Int) {
        let tree = StateTree(source: NoPages())
        var rowCount: UInt64 = 0
        var recordCounts: [SubjectID: Int] = [:]
        var erasedSubjectCount = 0
        var updates: [StateUpdate] = []
        try rows.store.forEach(.all, in: LedgerStore.state, reverse: false) { (key, value) throws(SteleError) in
            rowCount += 1
            if key.count == 66, key.starts(with: "rv".utf8) { recordCounts[SubjectID(key, at: 2), default: 0] += 1 }
            if key.count == 34, key.starts(with: "rs".utf8), try SubjectRow.isErased(row: value) {
                erasedSubjectCount += 1
            }
            updates.append(StateUpdate(key: key, value: value))
            if updates.count == rowChunkCount {
                try tree.apply(updates)
                updates.removeAll(keepingCapacity: true)
            }
            return true
        }
        guard try tree.apply(updates) == head.stateRoot else {
            throw LedgerStore.damaged("the state does not have the root that block \(head.height) certifies")
        }
        return (rowCount, recordCounts, erasedSubjectCount)
    }
}

/// A tree that begins empty loads no page.
private final class NoPages: StateNodeSource {
    func page(_ key: [UInt8]) throws(SteleError) -> [UInt8]? { nil }
}
