// Vault · the words of consents, and the key with which staff write down what a patient says.
public import Cryptography
public import Primitives
internal import Storage

extension Vault {
    /// Keeps the words of an act of consent. Durable when this returns, which is before its transaction is submitted or
    /// handed to somebody to sign.
    ///
    /// - Throws: ``SteleError`` with code `vault.subject_unknown` or `vault.busy`, or those of the stores.
    public func keep(
        _ consent: KeptConsent, for transaction: TransactionID, of subject: SubjectID
    ) async throws(SteleError) {
        try committer.checkRoom()
        let keys = try openSubject(subject).keys
        var batch = WriteBatch()
        batch.put(
            keys.consentRow(transaction),
            XChaCha20Poly1305.sealWithNonce(
                consent.encoded, key: keys.sealing, associated: Binding.consent(subject, transaction), random: random),
            in: Self.requestFamily)
        try await committer.commit(batch, sync: true)
    }

    /// The words kept for the act of consent that `transaction` is, or nil.
    ///
    /// - Throws: ``SteleError`` with code `vault.subject_unknown` or `vault.damaged`.
    public func keptConsent(
        for transaction: TransactionID, of subject: SubjectID
    ) throws(SteleError) -> KeptConsent? {
        let keys = try openSubject(subject).keys
        guard let sealed = try store.get(keys.consentRow(transaction), in: Self.requestFamily) else { return nil }
        return try reading("kept consent") { () throws(SteleError) in
            let plain = try XChaCha20Poly1305.openWithNonce(
                sealed, key: keys.sealing, associated: Binding.consent(subject, transaction))
            return try decoding("kept consent") { () throws(CBORError) in try KeptConsent(plain) }
        }
    }

    /// The key that signs what staff write down for a subject, or nil if none was made. Whether the subject lets it
    /// sign is for the ledger to say.
    ///
    /// - Throws: ``SteleError`` with code `vault.subject_unknown` or `vault.damaged`.
    public func assistedKey(of subject: SubjectID) throws(SteleError) -> SigningKey? {
        let keys = try openSubject(subject).keys
        guard let sealed = try store.get(keys.assistedKeyRow, in: Self.requestFamily) else { return nil }
        return try reading("assisted key") { () throws(SteleError) in
            try SigningKey(
                seed: try XChaCha20Poly1305.openSecretWithNonce(
                    sealed, key: keys.wrapping, associated: Binding.delegateKey(subject)))
        }
    }

    /// Makes a new key for what staff write down for a subject, in the place of an earlier one. Durable when this
    /// returns; it can sign once the subject registers it on the ledger.
    public func makeAssistedKey(of subject: SubjectID) async throws(SteleError) -> SigningKey {
        try committer.checkRoom()
        let keys = try openSubject(subject).keys
        let key = SigningKey.random(from: random)
        var batch = WriteBatch()
        batch.put(
            keys.assistedKeyRow,
            XChaCha20Poly1305.sealWithNonce(
                key.seed, key: keys.wrapping, associated: Binding.delegateKey(subject), random: random),
            in: Self.requestFamily)
        try await committer.commit(batch, sync: true)
        return key
    }
}
