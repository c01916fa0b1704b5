// CrashWorker · the whole ledger worked out again from its entries and rows, and held against what the node stores.
import Consensus
import Cryptography
import Ledger
import Node
import Primitives
import Storage

/// Reads a ledger store without the node's code. Independent on purpose: what both get wrong nobody would see.
struct LedgerCheck {
    let store: any KeyValueStore
    let network: Genesis
    private(set) var findings = Findings()
    /// Every transaction of the log by its id, with its place.
    private(set) var entries: [TransactionID: (index: UInt64, entry: StoredEntry)] = [:]
    private(set) var headers: [Header] = []
    private(set) var log = LogTiles()

    init(_ store: any KeyValueStore, network: Genesis) throws {
        self.store = store
        self.network = network
        try checkLog()
        try checkState()
    }

    // MARK: - Log

    private mutating func checkLog() throws {
        let rows = try store.rows("entry")
        var leaves: [StoredEntry] = []
        for (number, row) in rows.enumerated() {
            findings.expect(row.key.bigEndian(at: 0) == UInt64(number), "entry \(number) is missing")
            guard let entry = StoredEntry(row.value) else {
                findings.expect(false, "entry \(number) does not decode")
                return
            }
            leaves.append(entry)
        }
        let height = try store.headHeight() ?? 0
        let blocks = try store.rows("block")
        findings.expect(UInt64(blocks.count) == height + 1, "\(blocks.count) blocks, but the head is \(height)")
        var next = 0
        for block in blocks { next = try check(block.value, leaves: leaves, from: next) }
        findings.expect(next == leaves.count, "\(leaves.count - next) entries belong to no block")
        try checkTransactionRows()
        for row in try store.rows("index") {
            findings.expect(
                row.value.bigEndian(at: 0, as: UInt64.self) < UInt64(leaves.count), "an index row leads nowhere")
        }
    }

    /// Checks one block and its leaves from `first` on; returns where the next block begins.
    private mutating func check(_ row: [UInt8], leaves: [StoredEntry], from first: Int) throws -> Int {
        let height = UInt64(headers.count)
        let end = leaves[first...].firstIndex { $0.leaf.height != height } ?? leaves.count
        let own = leaves[first..<end]
        let block = try StoredBlock(row, envelopes: own.dropFirst().map(\.envelope))
        let header = block.header
        func expect(_ holds: Bool, _ what: String) { findings.expect(holds, "block \(height): \(what)") }
        for entry in own { log.append(leafHash: LogTree.leafHash(of: entry.leafBytes)) }
        expect(header.height == height, "has height \(header.height)")
        expect(header.logSize == UInt64(end) && header.logRoot == log.tree.root, "the log's root differs")
        expect(header.transactionCount == UInt64(max(0, own.count - 1)), "counts other transactions")
        if let previous = headers.last {
            expect(header.previousHash == previous.hash, "does not follow the block before")
            expect(header.time > previous.time, "is not later than the block before")
            expect(
                own.first?.leaf.kind == .seal && own.first?.leaf.id == previous.hash, "does not seal the header before")
            expect(block.firstIndex == UInt64(first), "begins elsewhere in the log")
        }
        headers.append(header)
        if let batch = block.batch { try check(batch, block, expect) }
        for (place, entry) in own.dropFirst().enumerated() {
            let transaction = try Transaction(decoding: entry.envelope)
            expect(transaction.isSigned(), "entry \(place) is not signed")
            expect(entry.leaf.id == transaction.id, "entry \(place) has another id")
            expect(entry.leaf.resultHash == SHA256.hash(entry.result), "entry \(place) has another result")
            expect(entry.leaf.index == UInt32(place + 1), "entry \(place) has another place")
            expect(entries[transaction.id] == nil, "transaction \(transaction.id) is in the log twice")
            entries[transaction.id] = (UInt64(first + 1 + place), entry)
        }
        return end
    }

    private func check(_ batch: Batch, _ block: StoredBlock, _ expect: (Bool, String) -> Void) throws {
        let validators = ValidatorSet(network.validators)
        expect(batch.hash == block.header.batchHash && batch.isSigned(by: validators), "is not its signed batch")
        let certificate = block.certificate
        expect(
            certificate?.batchHash == batch.hash
                && certificate?.isValid(chainID: network.chainID, validators: validators) == true,
            "has no prepare certificate")
        var key: [UInt8] = []
        key.append(bigEndian: block.header.height)
        let trust = TrustedKeys(origin: network.origin, validators: validators)
        let checkpoint = try store.row(key, "note").map { try trust.verify($0) }
        expect(
            checkpoint?.root == block.header.logRoot && checkpoint?.block?.headerHash == block.header.hash,
            "has no signed checkpoint of its own")
    }

    private mutating func checkTransactionRows() throws {
        let rows = try store.rows("txid")
        findings.expect(rows.count == entries.count, "\(rows.count) transaction rows, \(entries.count) transactions")
        for row in rows {
            let index = Bytes32(row.key).flatMap { entries[$0]?.index }
            findings.expect(index == row.value.bigEndian(at: 0), "a transaction row leads to another entry")
        }
    }

    // MARK: - State

    private mutating func checkState() throws {
        let tree = StateTree(source: NoPages())
        let rows = try store.rows("state")
        try tree.apply(rows.map { StateUpdate(key: $0.key, value: $0.value) })
        findings.expect(tree.root == headers.last?.stateRoot, "the rows have another root than the header")
    }

    /// A tree that is only ever in memory.
    private final class NoPages: StateNodeSource {
        func page(_ key: [UInt8]) throws(SteleError) -> [UInt8]? { nil }
    }
}

// MARK: - Against what the node says
extension LedgerCheck {
    /// What was signed is never ahead of what is stored.
    mutating func check(signStateAt path: String) throws {
        let state = try SignState(decoding: SyncedSlotFile.open(path).read().payload)
        guard let commit = state.commit else { return }
        findings.expect(commit.height < UInt64(headers.count), "block \(commit.height) was signed and is not stored")
        guard commit.height < UInt64(headers.count) else { return }
        findings.expect(
            headers[Int(commit.height)].hash == commit.hash, "block \(commit.height) is not the one that was signed")
        findings.expect(
            state.prepare.map { $0.vote.height <= UInt64(headers.count) } ?? true, "a batch far ahead was signed")
    }

    /// The tiles that the running node serves, computed again.
    mutating func checkTiles(of node: LedgerNode) throws {
        let size = log.tree.count
        findings.expect(node.head.header == headers.last, "the node's head is not the store's")
        for level in UInt8(0)..<4 {
            var index: UInt64 = 0
            while case let width = TileCoordinate.width(level: level, index: index, treeSize: size), width > 0 {
                let tile = TileCoordinate(level: level, index: index, width: width)
                let expected = log.tile(level: level, index: index)?.prefix(32 * width)
                let served = try node.tile(tile)
                findings.expect(served.map { $0[...] } == expected, "\(tile.path) is not what the entries make")
                index += 1
            }
        }
    }

    /// Everything that was acknowledged is there, once, as it was acknowledged.
    mutating func check(_ line: JournalLine, against node: LedgerNode) throws {
        switch line {
        case .transaction(let id, _, _, _, _, _):
            let receipt = try node.receipt(of: id)
            findings.expect(receipt.map { JournalLine($0) } == line, "the receipt of \(id) is lost or another")
            findings.expect(entries[id] != nil, "acknowledged transaction \(id) is not in the log")
        case .record(_, _, _, _, let id, _), .released(_, let id, _):
            findings.expect(entries[id]?.entry.leaf.status == 0, "acknowledged transaction \(id) was not applied")
        case .head(let height, let header, let note):
            findings.expect(
                try node.header(at: height)?.hash == header, "another header at \(height) was published before")
            findings.expect(
                try node.note(at: height).map { SHA256.hash($0) } == note, "checkpoint \(height) was signed twice")
        case .enrolled, .granted, .revoked: break
        }
    }
}
