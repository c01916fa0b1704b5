// Vault · the origins of records that came from other ledgers.
internal import Cryptography
public import Primitives
internal import Storage

extension Vault {
    /// Keeps the origins of record versions of `subject`, in the place of earlier ones. Durable when this returns, all
    /// or none.
    ///
    /// They are sealed under the patient's key and go with it. After a crash between a version's anchor and this, the
    /// version has no origin until the same import comes again.
    ///
    /// - Throws: ``SteleError`` with code `vault.subject_unknown` or `vault.busy`, or those of the stores.
    public func keep(
        _ origins: [(record: Bytes32, origins: [KeptOrigin])], of subject: SubjectID
    ) async throws(SteleError) {
        guard !origins.isEmpty else { return }
        try committer.checkRoom()
        let keys = try openSubject(subject).keys
        var batch = WriteBatch()
        for (record, origins) in origins {
            var writer = CBORWriter(capacity: 256 + origins.reduce(0) { $0 + $1.proof.count + $1.trust.utf8.count })
            KeptOrigin.encode(origins, into: &writer)
            batch.put(
                keys.originRow(record),
                XChaCha20Poly1305.sealWithNonce(
                    writer.bytes, key: keys.sealing, associated: Binding.origin(subject, record), random: random),
                in: Self.requestFamily)
        }
        try await committer.commit(batch, sync: true)
    }

    /// The origins kept of a record version, oldest first; none if it was made here.
    ///
    /// - Throws: ``SteleError`` with code `vault.subject_unknown` or `vault.damaged`.
    public func keptOrigins(of record: Bytes32, of subject: SubjectID) throws(SteleError) -> [KeptOrigin] {
        let keys = try openSubject(subject).keys
        guard let sealed = try store.get(keys.originRow(record), in: Self.requestFamily) else { return [] }
        return try reading("origin of a record") { () throws(SteleError) in
            let plain = try XChaCha20Poly1305.openWithNonce(
                sealed, key: keys.sealing, associated: Binding.origin(subject, record))
            return try decoding("origin of a record") { () throws(CBORError) in
                var reader = CBORReader(plain)
                let origins = try KeptOrigin.list(from: &reader)
                try reader.finish()
                return origins
            }
        }
    }
}
