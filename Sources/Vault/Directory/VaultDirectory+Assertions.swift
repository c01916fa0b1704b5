// Vault · which client assertions were used: kept until they expire, so that a restart forgets none.
internal import Cryptography
public import Primitives
internal import Storage

/// A client assertion that was used, by a hash of what makes it one of a kind.
public struct UsedAssertion: Hashable, Sendable {
    /// The hash of its client and its identifier.
    public let name: Digest
    /// When it ends, in seconds since 1970; nobody need remember it after that.
    public let expires: UInt64

    /// The assertion `name`.
    public init(name: Digest, expires: UInt64) {
        self.name = name
        self.expires = expires
    }
}

extension VaultDirectory {
    /// Notes that `assertion` was used, and forgets those named `ended`. Durable when this returns; many at once share
    /// a sync.
    ///
    /// - Throws: ``SteleError`` with code `vault.busy`, or those of the store.
    public func noteAssertion(_ assertion: UsedAssertion, forgetting ended: [Digest]) async throws(SteleError) {
        try keyStore.committer.checkRoom()
        var batch = WriteBatch()
        for name in ended { batch.delete(assertionRow(name), in: Self.peopleFamily) }
        let key = assertionRow(assertion.name)
        var value = assertion.name.bytes
        value.append(bigEndian: assertion.expires)
        batch.put(key, rows.seal(value, for: key), in: Self.peopleFamily)
        try await keyStore.committer.commit(batch, sync: true)
    }

    /// Every assertion noted and not forgotten, in no order that means anything.
    ///
    /// - Throws: ``SteleError`` with code `vault.damaged`.
    public func usedAssertions() throws(SteleError) -> [UsedAssertion] {
        var found: [UsedAssertion] = []
        try keyStore.store.forEach(prefix: [Tag.assertion.rawValue], in: Self.peopleFamily) {
            (key, sealed) throws(SteleError) in
            let plain = try reading("used assertion") { () throws(SteleError) in try rows.open(sealed, for: key) }
            guard plain.count == 40 else { throw .damaged("used assertion") }
            found.append(UsedAssertion(name: Digest(plain, at: 0), expires: plain.bigEndian(at: 32)))
            return true
        }
        return found
    }

    func assertionRow(_ name: Digest) -> [UInt8] { row(.assertion, name.bytes) }
}
