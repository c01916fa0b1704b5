// Vault · the requests kept for the patient.
internal import Cryptography
public import Primitives
internal import Storage

extension Vault {
    /// Keeps a request for the patient to read. Durable when this returns, which is before its transaction is
    /// submitted; many at once share a sync.
    ///
    /// A request whose transaction never commits is kept as well, and shows up nowhere: the patient's log begins from
    /// the ledger's events.
    ///
    /// - Throws: ``SteleError`` with code `vault.subject_unknown` or `vault.busy`, or those of the stores.
    public func keep(
        _ request: KeptRequest, for transaction: TransactionID, of subject: SubjectID
    ) async throws(SteleError) {
        try committer.checkRoom()
        let keys = try openSubject(subject).keys
        var batch = WriteBatch()
        batch.put(
            keys.requestRow(transaction),
            XChaCha20Poly1305.sealWithNonce(
                request.encoded, key: keys.sealing, associated: Binding.request(subject, transaction), random: random),
            in: Self.requestFamily)
        try await committer.commit(batch, sync: true)
    }

    /// The request kept for `transaction`, or nil.
    ///
    /// - Throws: ``SteleError`` with code `vault.subject_unknown` or `vault.damaged`.
    public func keptRequest(
        for transaction: TransactionID, of subject: SubjectID
    ) throws(SteleError) -> KeptRequest? {
        let keys = try openSubject(subject).keys
        guard let sealed = try store.get(keys.requestRow(transaction), in: Self.requestFamily) else { return nil }
        return try reading("kept request") { () throws(SteleError) in
            let plain = try XChaCha20Poly1305.openWithNonce(
                sealed, key: keys.sealing, associated: Binding.request(subject, transaction))
            return try decoding("kept request") { () throws(CBORError) in try KeptRequest(plain) }
        }
    }

    /// A request sealed for entry `number` of the journal, which is where it is kept until the ledger works again.
    ///
    /// - Throws: ``SteleError`` with code `vault.subject_unknown`.
    public func seal(
        _ request: KeptRequest, forJournal number: UInt64, of subject: SubjectID
    ) throws(SteleError) -> [UInt8] {
        XChaCha20Poly1305.sealWithNonce(
            request.encoded, key: try openSubject(subject).keys.sealing,
            associated: Binding.journal(subject, number: number), random: random)
    }

    /// The request that was sealed for entry `number` of the journal.
    ///
    /// - Throws: ``SteleError`` with code `vault.subject_unknown` or `vault.damaged`.
    public func request(
        sealed: [UInt8], forJournal number: UInt64, of subject: SubjectID
    ) throws(SteleError) -> KeptRequest {
        let keys = try openSubject(subject).keys
        return try reading("request in the journal") { () throws(SteleError) in
            let plain = try XChaCha20Poly1305.openWithNonce(
                sealed, key: keys.sealing, associated: Binding.journal(subject, number: number))
            return try decoding("request in the journal") { () throws(CBORError) in try KeptRequest(plain) }
        }
    }
}
