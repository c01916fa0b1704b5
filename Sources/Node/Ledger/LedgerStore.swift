// Node · the ledger on disk: which rows there are, and how a block becomes durable.
internal import Consensus
public import Ledger
public import Primitives
public import Storage

extension ErrorCode {
    /// A store whose rows contradict each other.
    public static let storeDamaged = ErrorCode("store.damaged")
    /// A store older than what the node has signed.
    public static let storeRolledBack = ErrorCode("store.rolled_back")
    /// A store of another network.
    public static let storeOtherNetwork = ErrorCode("store.other_network")
}

/// The rows of the ledger. Source: `docs/spec/ledger.md` §7.
///
/// ```
/// meta   "head" → u64 height · "tiles" → u64 log size · "region" ‖ u8 number → u64 height ‖ region of the state tree
/// block  u64 height → CBOR (``BlockRow``)
/// note   u64 height → signed checkpoint
/// entry  u64 log index → leaf 80 ‖ u32 envelope size ‖ envelope ‖ result      (a seal: leaf 80)
/// txid   transaction id → u64 log index
/// state  key → value
/// delta  u64 height → (key hash 32 ‖ 01 value hash 32 | key hash 32 ‖ 00) …    since its regions were written
/// page   page key → page of the state tree
/// tile   u8 level ‖ u64 index → tile of the log
/// index  contract's key → u64 log index
/// ```
public final class LedgerStore: Sendable {
    static let meta = ColumnFamily("meta", index: 0, access: .pointLookup)
    static let block = ColumnFamily("block", index: 1, access: .appendOnly)
    static let note = ColumnFamily("note", index: 2, access: .appendOnly)
    static let entry = ColumnFamily("entry", index: 3, access: .appendOnly)
    static let txid = ColumnFamily("txid", index: 4, access: .pointLookup)
    static let state = ColumnFamily("state", index: 5, access: .ordered)
    static let delta = ColumnFamily("delta", index: 6, access: .appendOnly)
    static let page = ColumnFamily("page", index: 7, access: .pointLookup)
    static let tile = ColumnFamily("tile", index: 8, access: .pointLookup)
    static let index = ColumnFamily("index", index: 9, access: .ordered)
    /// Every family, in order.
    public static let columnFamilies = [meta, block, note, entry, txid, state, delta, page, tile, index]

    static let headKey = Array("head".utf8)
    static let tilesKey = Array("tiles".utf8)

    let store: any KeyValueStore

    /// The ledger in `store`, which was opened with ``columnFamilies``.
    public init(_ store: any KeyValueStore) { self.store = store }

    static func key(_ number: UInt64) -> [UInt8] {
        var key: [UInt8] = []
        key.append(bigEndian: number)
        return key
    }

    static func regionKey(_ number: UInt8) -> [UInt8] { Array("region".utf8) + [number] }
}

// MARK: - Reading
extension LedgerStore {
    /// The height of the newest durable block, or nil in a store never started.
    func height() throws(SteleError) -> UInt64? {
        guard let bytes = try store.get(Self.headKey, in: Self.meta) else { return nil }
        guard bytes.count == 8 else { throw Self.damaged("the head row is malformed") }
        return bytes.bigEndian(at: 0)
    }

    /// Whether there is a block in it, that of the genesis at least.
    public var isStarted: Bool { get throws(SteleError) { try height() != nil } }

    /// The header of the newest durable block.
    /// - Throws: `store.damaged` when there is none.
    public func newestHeader() throws(SteleError) -> Header {
        guard let height = try height(), let row = try block(at: height) else {
            throw Self.damaged("the newest block is missing")
        }
        return row.header
    }

    /// How many entries of the log have their tiles on disk.
    func tileLogSize() throws(SteleError) -> UInt64 {
        guard let bytes = try store.get(Self.tilesKey, in: Self.meta), bytes.count == 8 else {
            throw Self.damaged("the row about the log's tiles is missing or malformed")
        }
        return bytes.bigEndian(at: 0)
    }

    /// Region `number` of the state tree, and the height at which it was like that.
    func region(_ number: UInt8) throws(SteleError) -> (height: UInt64, region: StateRegion) {
        guard let bytes = try store.get(Self.regionKey(number), in: Self.meta), bytes.count >= 8,
            let region = StateRegion(decoding: Array(bytes[8...]), number: number)
        else { throw Self.damaged("the row of region \(number) of the state tree is missing or malformed") }
        return (bytes.bigEndian(at: 0), region)
    }

    /// The block at `height`.
    func block(at height: UInt64) throws(SteleError) -> BlockRow? {
        guard let bytes = try store.get(Self.key(height), in: Self.block) else { return nil }
        return try BlockRow(decoding: bytes)
    }

    /// The signed checkpoint of the block at `height`.
    func note(at height: UInt64) throws(SteleError) -> [UInt8]? {
        try store.get(Self.key(height), in: Self.note)
    }

    /// The entry at `index` of the log.
    func entry(at index: UInt64) throws(SteleError) -> EntryRow? {
        guard let bytes = try store.get(Self.key(index), in: Self.entry) else { return nil }
        return try EntryRow(decoding: bytes)
    }

    /// The log index of a transaction.
    func logIndex(of id: TransactionID) throws(SteleError) -> UInt64? {
        guard let bytes = try store.get(id.bytes, in: Self.txid) else { return nil }
        guard bytes.count == 8 else { throw Self.damaged("a transaction row is malformed") }
        return bytes.bigEndian(at: 0)
    }

    static var otherNetwork: SteleError {
        SteleError(
            .storeOtherNetwork, "the ledger in this data directory belongs to another network",
            hint: "use the data directory that belongs to this genesis.cbor, or start in an empty one")
    }

    static func damaged(_ message: String) -> SteleError {
        SteleError(
            .storeDamaged, message,
            hint: "stop this node and run stele inspect --deep; restore the data directory from a backup")
    }
}

// MARK: - Writing
/// What the driver makes durable at once: one block and what goes with it.
struct CommitJob: Sendable {
    let block: ExecutedBlock
    let certificate: PrepareCertificate
    let signState: SignState
    let note: SignedNote
    let log: LogTiles
    var flush: Flush?

    /// Regions with their pages, and tiles, that go to disk with this block.
    struct Flush: Sendable {
        var regions: [(number: UInt8, region: StateRegion)] = []
        var pages: [(key: [UInt8], value: [UInt8]?)] = []
        /// Every tile that is new or longer, if the tiles' turn has come.
        var tiles: [(key: [UInt8], bytes: [UInt8])]?
        /// Deltas after the first of these heights up to the second are no longer needed.
        var deltas: Range<UInt64>?
    }
}

extension LedgerStore {
    /// Makes blocks durable in one synced write.
    func write(_ jobs: [CommitJob]) throws(SteleError) {
        var batch = WriteBatch(capacity: jobs.reduce(1024) { $0 + $1.block.batch.encoded.count * 2 + 65_536 })
        for job in jobs { Self.add(job, to: &batch) }
        try store.write(batch, sync: true)
    }

    private static func add(_ job: CommitJob, to batch: inout WriteBatch) {
        let block = job.block
        let height = block.header.height
        let dropped = block.dropped.map { (UInt64($0), block.batch.envelopes[$0]) }
        let row = BlockRow(
            header: block.header, batchHead: block.batch.head, batchSignature: block.batch.signature, dropped: dropped,
            certificate: job.certificate, firstIndex: block.firstIndex)
        batch.put(key(height), row.encoded, in: Self.block)
        batch.put(key(height), job.note.encoded, in: note)
        batch.put(key(block.firstIndex), block.seal.encoded, in: entry)
        var index = block.firstIndex
        for line in block.entries {
            index += 1
            let indexBytes = key(index)
            batch.put(
                indexBytes,
                EntryRow.encode(
                    leaf: line.leaf, envelope: line.transaction.envelope, result: line.outcome.result),
                in: entry)
            batch.put(line.transaction.id.bytes, indexBytes, in: txid)
            for indexKey in line.outcome.indexKeys { batch.put(indexKey, indexBytes, in: Self.index) }
        }
        add(block.changes, to: &batch)
        if !block.updates.isEmpty {
            var delta: [UInt8] = []
            delta.reserveCapacity(block.updates.count * 65)
            for change in block.updates {
                delta.append(change.keyHash)
                delta.append(change.valueHash == nil ? 0 : 1)
                if let valueHash = change.valueHash { delta.append(valueHash) }
            }
            batch.put(key(height), delta, in: Self.delta)
        }
        if let flush = job.flush { add(flush, of: block.header, to: &batch) }
        batch.put(headKey, key(height), in: meta)
    }

    private static func add(_ flush: CommitJob.Flush, of header: Header, to batch: inout WriteBatch) {
        for (number, region) in flush.regions {
            batch.put(regionKey(number), key(header.height) + region.encoded, in: meta)
        }
        for page in flush.pages {
            if let value = page.value {
                batch.put(page.key, value, in: Self.page)
            } else {
                batch.delete(page.key, in: Self.page)
            }
        }
        if let tiles = flush.tiles {
            for tile in tiles { batch.put(tile.key, tile.bytes, in: Self.tile) }
            batch.put(tilesKey, key(header.logSize), in: meta)
        }
        if let deltas = flush.deltas {
            batch.deleteRange(from: key(deltas.lowerBound + 1), to: key(deltas.upperBound + 1), in: delta)
        }
    }

    private static func add(_ changes: [StateChange], to batch: inout WriteBatch) {
        for change in changes {
            if let value = change.value {
                batch.put(change.key, value, in: state)
            } else {
                batch.delete(change.key, in: state)
            }
        }
    }

    /// Makes block 0 durable: the rows of the genesis and the whole of its small tree.
    func writeStart(_ start: Chain.Start, of tree: StateTree) throws(SteleError) {
        var batch = WriteBatch()
        let row = BlockRow(
            header: start.header, batchHead: [], batchSignature: [], dropped: [], certificate: nil, firstIndex: 0)
        batch.put(Self.key(0), row.encoded, in: Self.block)
        Self.add(start.changes, to: &batch)
        var flush = CommitJob.Flush(tiles: [])
        for number in UInt8.min...UInt8.max {
            let (region, pages) = tree.takeRegion(number)
            flush.regions.append((number, region))
            flush.pages += pages
        }
        Self.add(flush, of: start.header, to: &batch)
        batch.put(Self.headKey, Self.key(0), in: Self.meta)
        try store.write(batch, sync: true)
    }
}

// MARK: - Sources for the pure parts
extension LedgerStore: TileSource {
    public func tile(level: UInt8, index: UInt64) throws(SteleError) -> [UInt8]? {
        try store.get(TileCoordinate.key(level: level, index: index), in: Self.tile)
    }
}

extension LedgerStore: StateNodeSource {
    public func page(_ key: [UInt8]) throws(SteleError) -> [UInt8]? { try store.get(key, in: Self.page) }
}
