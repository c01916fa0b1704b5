// Node · a subject's access log as the ledger has it, and the proof that it is whole.
internal import Contracts
public import Ledger
public import Primitives
internal import Storage

extension LedgerNode {
    /// A proof of every access event of a subject with the grants they rest on, and of the row that counts the events:
    /// none was left out; with the rows `others` beside it.
    ///
    /// - Complexity: one look and one path for each event, whatever else is in the ledger.
    public func accessLogProof(
        of subject: SubjectID, rows others: [[UInt8]] = []
    ) async throws(SteleError) -> ProofFile {
        // The row first: events that happen from here on are not under its head.
        let (head, rows) = try await rowProofs([StateKey.accessChain(of: subject)] + others)
        let places = try store.store.scan(prefix: Self.eventKey(subject), in: LedgerStore.index)
            .map { (_, value) throws(SteleError) in try Self.logIndex(value) }
            .prefix { $0 < head.header.logSize }
        let events = try await entryProofs(at: Array(places), under: head)
        let permits = events.flatMap { (try? AccessRequest.Result(decoding: $0.result))?.permits ?? [] }
        let grants = try grantTransactions(making: Set(permits.map(\.grant)), of: subject)
            .map { (id) throws(SteleError) in try place(of: id) }
        return ProofFile(
            note: await note(of: head), header: head.header.encoded,
            entries: events + (try await entryProofs(at: grants, under: head)), rows: rows, openings: [])
    }

    /// The transactions that are events `numbers` of a subject's log, all of which exist.
    func accessEvents(of subject: SubjectID, _ numbers: ClosedRange<UInt64>) throws(SteleError) -> [Line] {
        let found = try lines(
            indexFrom: Self.eventKey(subject, numbers.lowerBound), to: Self.eventKey(subject, numbers.upperBound + 1))
        guard found.count == numbers.count else {
            throw LedgerStore.damaged("the index of access events has a gap")
        }
        return found
    }

    /// The transactions that made `wanted`.
    func grantTransactions(
        making wanted: Set<Digest>, of subject: SubjectID
    ) throws(SteleError) -> [TransactionID] {
        guard !wanted.isEmpty else { return [] }
        var found: [TransactionID] = []
        for line in try lines(indexPrefix: [UInt8(ascii: "c")] + subject.bytes) {
            let body = try Transaction(decoding: line.envelope).body
            guard body.call == ConsentGrant.declaration.name,
                let call = try? ConsentGrant(decoding: body.encoded, in: body.argumentRange)
            else { continue }
            if call.grants.indices.contains(where: { wanted.contains(Grant.id(transaction: body.id, index: $0)) }) {
                found.append(body.id)
            }
        }
        return found
    }

    /// Where event `number` of a subject's log is listed: `"a" ‖ subject ‖ number u64`.
    static func eventKey(_ subject: SubjectID, _ number: UInt64) -> [UInt8] {
        var key = eventKey(subject)
        key.append(bigEndian: number)
        return key
    }

    private static func eventKey(_ subject: SubjectID) -> [UInt8] { [UInt8(ascii: "a")] + subject.bytes }
}
