// SteleCommand · a patient's acts: giving, ending, and keeping word of both.
internal import Contracts
internal import Cryptography
internal import JSON
internal import Node
internal import Primitives

extension PatientConnection {
    /// Makes the grants of `order`, all or none, and notes them in the wallet's book.
    /// - Parameters:
    ///   - episode: the episode they end with; opened by this act if it is not open.
    ///   - custodianMayEnd: whether the custodian may end it too, if this act opens it.
    func give(
        _ order: GrantOrder, episode: Bytes32? = nil, custodianMayEnd: Bool = false
    ) async throws(SteleError) -> [GrantBook.Line] {
        let prepared = order.prepared(for: subject, now: SystemTime().now(), random: SystemRandom())
        let transaction = try await act(
            ConsentGrant(
                subject: subject.id, grants: prepared.map(\.terms), episode: episode,
                custodianMayEnd: custodianMayEnd))
        let lines = prepared.enumerated().map { index, grant in
            GrantBook.Line(
                grant: Grant.id(transaction: transaction, index: index), chainID: subject.chainID, subject: subject.id,
                episode: episode, words: grant.words, salt: grant.salt)
        }
        try GrantBook(walletPath: wallet.path).add(lines)
        return lines
    }

    /// Revokes `grants`, all or none.
    func revoke(_ grants: [Digest]) async throws(SteleError) {
        try await act(ConsentRevoke(subject: subject.id, grants: grants))
        try GrantBook(walletPath: wallet.path).markRevoked(Set(grants))
    }

    /// Lets `episode` end with `encounter`, `Encounter/id`. If that cannot be, the episode ends at once: what was to
    /// end at discharge must not go on without end.
    func bind(episode: Bytes32, to encounter: String) async throws(SteleError) {
        do throws(SteleError) {
            _ = try await session.send(
                "POST", "/custodian/v1/episodes",
                body: .json(["episode": .string(episode.hex), "encounter": .string(encounter)]))
        } catch {
            try await end(episode: episode)
            throw error
        }
    }

    /// Ends `episode` and every grant made under it.
    func end(episode: Bytes32) async throws(SteleError) {
        try await act(ConsentEndEpisode(subject: subject.id, episode: episode))
        let book = GrantBook(walletPath: wallet.path)
        try book.markRevoked(Set(try book.lines().filter { $0.episode == episode }.map(\.grant)))
    }
}
