// Node · what a start finds on disk, checked before anything is signed or served.
internal import Consensus
internal import Cryptography
internal import Ledger
internal import Primitives
internal import Storage

/// A ledger put together again from its last durable block.
struct Recovered {
    let chain: Chain
    let machine: ConsensusMachine
    let signState: SignState
    /// At which height each region of the state tree was written last.
    let regionHeights: [UInt64]
    let head: Head
}

/// Rebuilds the machine state. The log's root and the state's root are recomputed and compared with the last header,
/// and the header with the sign-state, so that a damaged or older store is refused before it can do harm.
struct Recovery {
    let genesis: Genesis
    let contracts: any ContractSet
    let store: LedgerStore
    let pending: PendingState
    let signStateFile: SyncedSlotFile
    let key: SigningKey
    let ownIndex: UInt64

    func run() throws(SteleError) -> Recovered {
        if try store.height() == nil { try start() }
        guard let height = try store.height(), let row = try store.block(at: height) else {
            throw LedgerStore.damaged("the newest block is missing")
        }
        guard row.header.chainID == genesis.chainID else { throw LedgerStore.otherNetwork }
        var signState = try SignState(decoding: signStateFile.read().payload)
        try Self.check(row.header, against: signState)
        let log = try log(upTo: row.header, from: try store.tileLogSize())
        let (tree, regionHeights) = try tree(upTo: row.header)
        let chain = Chain(
            genesis: genesis, header: row.header, log: log, tree: tree, reader: pending,
            window: try window(before: row.header))
        var machine = ConsensusMachine(
            chainID: genesis.chainID, origin: genesis.origin, validators: chain.validators, ownIndex: ownIndex,
            key: key, signState: signState, height: height, batchHash: row.header.batchHash,
            certificate: row.certificate, committedHeight: height == 0 ? 0 : height - 1)
        var note: SignedNote?
        if height > 0 {
            // Signing is deterministic, so the newest checkpoint is simply signed again; the sign-state allows it.
            for effect in machine.step(.executed(header: row.header, checkpoint: chain.checkpoint(of: row.header))) {
                if case .persist(let state) = effect { signState = state }
                if case .finalize(_, let signed) = effect { note = signed }
            }
            guard note != nil else { throw LedgerStore.damaged("the newest checkpoint cannot be signed again") }
        } else {
            note = NoteSigner(name: genesis.origin, key: key).sign(chain.checkpoint(of: row.header).text)
        }
        if signState.encoded != signStateFile.read().payload { try signStateFile.write(signState.encoded) }
        guard let note else { throw LedgerStore.damaged("the newest checkpoint cannot be signed again") }
        return Recovered(
            chain: chain, machine: machine, signState: signState, regionHeights: regionHeights,
            head: Head(header: row.header, note: note.encoded, log: log))
    }

    private func start() throws(SteleError) {
        let tree = StateTree(source: store)
        let start = try Chain.start(genesis, contracts: contracts, tree: tree, reader: pending)
        try store.writeStart(start, of: tree)
    }

    /// Refuses a store whose newest block is not the one that the node signed last.
    static func check(_ header: Header, against signState: SignState) throws(SteleError) {
        guard let commit = signState.commit else { return }
        if commit.height > header.height {
            throw SteleError(
                .storeRolledBack,
                "the store ends at block \(header.height), but this node has signed block \(commit.height)",
                hint: "restore a store at least as new as the sign-state; never start an older copy with this key")
        }
        if commit.height == header.height && commit.hash != header.hash {
            throw SteleError(
                .storeRolledBack, "the store's block \(header.height) is not the one this node signed",
                hint: "restore the store that belongs to this sign-state; keep both copies as evidence")
        }
    }

    private func log(upTo header: Header, from flushedSize: UInt64) throws(SteleError) -> LogTiles {
        var log = try LogTiles(treeSize: flushedSize, source: store)
        try store.store.forEach(
            KeyRange(from: LedgerStore.key(flushedSize), to: LedgerStore.key(header.logSize)), in: LedgerStore.entry,
            reverse: false
        ) { key, value throws(SteleError) in
            guard key == LedgerStore.key(log.tree.count), value.count >= Leaf.byteCount else {
                throw LedgerStore.damaged("the log has a gap at entry \(log.tree.count)")
            }
            log.append(leafHash: LogTree.leafHash(of: Array(value[..<Leaf.byteCount])))
            return true
        }
        guard log.tree.count == header.logSize, log.tree.root == header.logRoot else {
            throw LedgerStore.damaged("the log does not have the root that block \(header.height) certifies")
        }
        return log
    }

    /// The tree of the regions on disk, and to each of them the changes of later blocks.
    private func tree(upTo header: Header) throws(SteleError) -> (tree: StateTree, regionHeights: [UInt64]) {
        var regions: [StateRegion] = []
        var heights: [UInt64] = []
        for number in UInt8.min...UInt8.max {
            let (height, region) = try store.region(number)
            heights.append(height)
            regions.append(region)
        }
        let tree = StateTree(regions: regions, source: store)
        let oldest = heights.min() ?? 0
        try store.store.forEach(
            KeyRange(from: LedgerStore.key(oldest + 1), to: LedgerStore.key(header.height + 1)),
            in: LedgerStore.delta, reverse: false
        ) { key, value throws(SteleError) in
            guard key.count == 8 else { throw LedgerStore.damaged("the key of a delta row is malformed") }
            let height: UInt64 = key.bigEndian(at: 0)
            let updates = try Self.updates(in: value).filter {
                heights[Int(StateRegion.number(of: $0.keyHash))] < height
            }
            try tree.apply(updates)
            return true
        }
        guard tree.root == header.stateRoot else {
            throw LedgerStore.damaged("the state does not have the root that block \(header.height) certifies")
        }
        return (tree, heights)
    }

    private static func updates(in delta: [UInt8]) throws(SteleError) -> [StateUpdate] {
        var updates: [StateUpdate] = []
        var offset = 0
        while offset < delta.count {
            guard offset + 33 <= delta.count else { throw LedgerStore.damaged("a delta row is cut short") }
            let keyHash = Digest(delta, at: offset)
            let hasValue = delta[offset + 32] == 1
            offset += 33
            guard hasValue else {
                updates.append(StateUpdate(keyHash: keyHash, valueHash: nil))
                continue
            }
            guard offset + 32 <= delta.count else { throw LedgerStore.damaged("a delta row is cut short") }
            updates.append(StateUpdate(keyHash: keyHash, valueHash: Digest(delta, at: offset)))
            offset += 32
        }
        return updates
    }

    private func window(before header: Header) throws(SteleError) -> ReplayWindow {
        var window = ReplayWindow()
        let oldest = header.time.seconds
        let reach = Transaction.validitySecondsMax + Chain.clockSlackSeconds
        var times: [UInt64: UInt64] = [:]
        try store.store.forEach(
            KeyRange(from: LedgerStore.key(0), to: LedgerStore.key(header.logSize)), in: LedgerStore.entry,
            reverse: true
        ) { _, value throws(SteleError) in
            let row = try EntryRow(decoding: value)
            if times[row.leaf.height] == nil {
                times[row.leaf.height] = try store.block(at: row.leaf.height)?.header.time.seconds ?? 0
            }
            // A transaction accepted longer ago than its longest validity has expired by now.
            guard times[row.leaf.height]! + reach >= oldest else { return false }
            if row.isErased {
                // When it would have expired went with its body: any minute that it could have named.
                let time = times[row.leaf.height]!
                for second in stride(from: max(oldest, time), through: time + reach, by: 60) {
                    _ = window.insert(row.leaf.id, validUntil: second)
                }
                _ = window.insert(row.leaf.id, validUntil: time + reach)
            }
            if let content = row.content {
                let transaction = try Transaction(decoding: content.envelope)
                if transaction.body.validUntil >= oldest {
                    _ = window.insert(transaction.id, validUntil: transaction.body.validUntil)
                }
            }
            return true
        }
        return window
    }
}
