// Node · proofs that need no node: transactions in the log, rows in the state, records under their anchors.
public import Ledger
public import Primitives
internal import Synchronization

extension LedgerNode {
    /// A proof file under the newest final head, or the newest that witnesses cosigned if that shows the same. With
    /// witnesses, waits for one round of theirs unless the last one failed.
    /// - Parameters:
    ///   - transactions: transactions to show in the log.
    ///   - rows: keys of rows to show in the state, present or absent.
    ///   - openings: records to open.
    public func proof(
        of transactions: [TransactionID], rows keys: [[UInt8]] = [], openings: [RecordOpening] = []
    ) async throws(SteleError) -> ProofFile {
        let places = try transactions.map { (id) throws(SteleError) in try place(of: id) }
        if keys.isEmpty, let cosigned = cosignedHead, places.allSatisfy({ $0 < cosigned.head.header.logSize }) {
            return ProofFile(
                note: cosigned.note.encoded, header: cosigned.head.header.encoded,
                entries: try await entryProofs(at: places, under: cosigned.head), rows: [], openings: openings)
        }
        let (head, rows) = keys.isEmpty ? (heads.head, []) : try await rowProofs(keys)
        return ProofFile(
            note: await note(of: head), header: head.header.encoded,
            entries: try await entryProofs(at: places, under: head), rows: rows, openings: openings)
    }

    /// The signed checkpoint of `head`, cosigned if there are witnesses who answer.
    func note(of head: Head) async -> [UInt8] {
        await witnessed.withLock { $0 }?.witnessing.cosigned(head)?.note.encoded ?? head.note
    }

    /// A proof of rows, under the head that is final when it is made.
    func rowProofs(_ keys: [[UInt8]]) async throws(SteleError) -> (head: Head, rows: [RowProof]) {
        try await sequencer.rowProofs(keys, heads: heads, store: store)
    }

    /// Where in the log a transaction is.
    func place(of id: TransactionID) throws(SteleError) -> UInt64 {
        guard let place = try store.logIndex(of: id) else { throw Self.unproven }
        return place
    }

    private static var unproven: SteleError {
        SteleError(
            .transactionUnknown, "this ledger has no such transaction",
            hint: "check the id; a transaction that was never acknowledged can be sent again")
    }
}

// MARK: - Entries
extension LedgerNode {
    /// How many entries one task shows: enough that hashing the upper tiles again in each counts for little.
    private static let entryCountPerTask = 128

    /// Proofs of the transactions at `places` of the log, in that order, made on all cores.
    /// - Complexity: one look and one tile of 255 hashes for each entry.
    func entryProofs(at places: [UInt64], under head: Head) async throws(SteleError) -> [EntryProof] {
        typealias Part = (start: Int, result: Result<[EntryProof], SteleError>)
        let starts = stride(from: 0, to: places.count, by: Self.entryCountPerTask)
        let parts = await withTaskGroup(of: Part.self) { group in
            for start in starts {
                let part = places[start..<min(places.count, start + Self.entryCountPerTask)]
                group.addTask {
                    (start, Result { () throws(SteleError) in try self.entryProofs(of: part, under: head) })
                }
            }
            return await group.reduce(into: [Part]()) { $0.append($1) }
        }
        var proofs: [EntryProof] = []
        for part in parts.sorted(by: { $0.start < $1.start }) { proofs += try part.result.get() }
        return proofs
    }

    private func entryProofs(of places: ArraySlice<UInt64>, under head: Head) throws(SteleError) -> [EntryProof] {
        var prover = LogProver(treeSize: head.header.logSize, source: LayeredTileSource(head.log, over: store))
        var proofs: [EntryProof] = []
        proofs.reserveCapacity(places.count)
        for place in places {
            let row = try store.entry(at: place)
            if let row, row.isErased { throw Self.erased }
            guard place < head.header.logSize, let row, let content = row.content else { throw Self.unproven }
            proofs.append(
                EntryProof(
                    leaf: row.leaf, body: try Transaction(decoding: content.envelope).body, result: content.result,
                    inclusion: try prover.inclusionProof(index: place)))
        }
        return proofs
    }
}
