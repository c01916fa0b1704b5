// Vault · the episodes of care that end with an encounter.
internal import Cryptography
public import Primitives
internal import Storage

extension Vault {
    /// The episodes of a subject that end with an encounter, those that have ended since included until they are taken
    /// out.
    ///
    /// - Throws: ``SteleError`` with code `vault.subject_unknown` or `vault.damaged`.
    public func boundEpisodes(of subject: SubjectID) throws(SteleError) -> [BoundEpisode] {
        let keys = try openSubject(subject).keys
        guard let sealed = try store.get(keys.episodesRow, in: Self.requestFamily) else { return [] }
        return try reading("bound episode") { () throws(SteleError) in
            let plain = try XChaCha20Poly1305.openWithNonce(
                sealed, key: keys.sealing, associated: Binding.episodes(subject))
            return try decoding("bound episode") { () throws(CBORError) in try BoundEpisode.decode(plain) }
        }
    }

    /// Replaces them. Durable when this returns; whoever changes them sees to it that nobody else does meanwhile.
    ///
    /// - Precondition: there are at most ``BoundEpisode/countMax``.
    public func setBoundEpisodes(_ episodes: [BoundEpisode], of subject: SubjectID) async throws(SteleError) {
        precondition(episodes.count <= BoundEpisode.countMax)
        try committer.checkRoom()
        let keys = try openSubject(subject).keys
        var batch = WriteBatch()
        if episodes.isEmpty {
            batch.delete(keys.episodesRow, in: Self.requestFamily)
        } else {
            batch.put(
                keys.episodesRow,
                XChaCha20Poly1305.sealWithNonce(
                    BoundEpisode.encode(episodes), key: keys.sealing, associated: Binding.episodes(subject),
                    random: random),
                in: Self.requestFamily)
        }
        try await committer.commit(batch, sync: true)
    }
}
