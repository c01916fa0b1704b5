// Vault · the directory's erasures: begun, under way, finished.
public import Primitives
internal import Storage

extension VaultDirectory {
    /// Marks the subject of `erasure` and keeps it, in one step; durable when this returns. A subject that is marked
    /// already keeps the erasure it has.
    ///
    /// - Returns: The erasure that is kept.
    /// - Throws: ``SteleError`` with code `vault.subject_unknown`.
    public func begin(_ erasure: Erasure) async throws(SteleError) -> Erasure {
        let key = row(.subject, erasure.subject.bytes)
        return try await lock.withLock(key) { () async throws(SteleError) in
            if let begun = try self.erasure(of: erasure.subject) { return begun }
            var marked = try subject(erasure.subject)
            marked.isShredding = true
            try await write([(key, .subject(marked))], sync: true) { batch in put(erasure, into: &batch) }
            return erasure
        }
    }

    /// Keeps what an erasure has done meanwhile; durable when this returns.
    public func update(_ erasure: Erasure) async throws(SteleError) {
        var batch = WriteBatch()
        put(erasure, into: &batch)
        try await keyStore.committer.commit(batch, sync: true)
    }

    /// The erasure of a subject, or nil if none was begun.
    public func erasure(of subject: SubjectID) throws(SteleError) -> Erasure? {
        let key = row(.erasure, subject.bytes)
        guard let sealed = try keyStore.store.get(key, in: Self.peopleFamily) else { return nil }
        return try open(sealed, for: key)
    }

    /// Every erasure, in an order that means nothing.
    public func erasures() throws(SteleError) -> [Erasure] {
        var found: [Erasure] = []
        try keyStore.store.forEach(prefix: [Tag.erasure.rawValue], in: Self.peopleFamily) {
            (key, sealed) throws(SteleError) in
            found.append(try open(sealed, for: key))
            return true
        }
        return found
    }

    private func put(_ erasure: Erasure, into batch: inout WriteBatch) {
        let key = row(.erasure, erasure.subject.bytes)
        batch.put(key, rows.seal(erasure.encoded, for: key), in: Self.peopleFamily)
    }

    private func open(_ sealed: [UInt8], for key: [UInt8]) throws(SteleError) -> Erasure {
        let plain = try reading("erasure") { () throws(SteleError) in try rows.open(sealed, for: key) }
        return try decoding("erasure") { () throws(CBORError) in try Erasure(plain) }
    }
}
