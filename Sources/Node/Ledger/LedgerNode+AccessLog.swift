// Node · a subject's access log as the ledger has it, and the proof that it is whole.
internal import Contracts
public import Ledger
public import Primitives

extension LedgerNode {
    /// A proof of every access event of a subject with the grants they rest on, and of the row that counts the events:
    /// none was left out.
    ///
    /// - Complexity: one look and one path for each event, whatever else is in the ledger.
    public func accessLogProof(of subject: SubjectID) async throws(SteleError) -> ProofFile {
        let count = try withState(about: subject) { (state) throws(SteleError) in
            try state.accessChain(of: subject).count
        }
        var transactions: [TransactionID] = []
        var grants: Set<Digest> = []
        if count > 0 {
            for line in try accessEvents(of: subject, 1...count) {
                transactions.append(line.receipt.transactionID)
                let result = try? AccessRequest.Result(decoding: line.receipt.result)
                grants.formUnion(result?.permits.map(\.grant) ?? [])
            }
        }
        transactions += try grantTransactions(making: grants, of: subject)
        return try await proof(of: transactions, rows: [StateKey.accessChain(of: subject)])
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
        var key = [UInt8(ascii: "a")]
        key.append(subject)
        key.append(bigEndian: number)
        return key
    }
}
