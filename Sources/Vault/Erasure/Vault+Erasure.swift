// Vault · a subject's records, index and keys destroyed.
internal import Cryptography
public import Primitives
internal import Storage

/// How an erasure goes: content first, while its names can still be worked out from the patient's key; then the key
/// itself, by ending the epoch; then the files are rewritten. Nobody else may use the vault from the first to the end
/// of the second step: whoever calls sees to it. Each step may be done again after a crash.
extension Vault {
    /// Removes the content, the index and the kept requests of a subject, with its blobs; durable when this returns.
    ///
    /// - Throws: ``SteleError`` with code `vault.subject_unknown`, `vault.pending` while something is staged for it, or
    ///   those of the stores.
    public func removeContent(of subject: SubjectID) async throws(SteleError) {
        committer.finish()
        let open = try openSubject(subject)
        let (entries, isPending) = try open.withState { (state) throws(SteleError) in
            (state.compartment.entries, !state.pending.isEmpty)
        }
        guard !isPending else { throw Self.stillPending }
        let large = entries.filter { $0.byteCount > RecordRow.inlineByteCountMax }
        for entry in large { try blobs.delete(open.keys.blob(entry.recordID)) }
        var batch = WriteBatch()
        for family in Self.compartmentFamilies { batch.deleteAll(prefix: open.keys.rowPrefix, in: family) }
        try await committer.commit(batch, sync: true)
        forget(subject)
    }

    /// How many record versions a subject has, and how many of them lie in blobs.
    public func contentCount(of subject: SubjectID) throws(SteleError) -> (recordCount: Int, blobCount: Int) {
        let entries = try compartment(of: subject).entries
        return (entries.count, entries.count { $0.byteCount > RecordRow.inlineByteCountMax })
    }

    /// Ends the epoch: wraps and seals everything that stays under a new root, in one write, without what belongs to
    /// the subject of `erasure`, if there is one; destroys the old root; and makes the index anew. Durable when this
    /// returns.
    ///
    /// - Precondition: nothing is pending.
    /// - Throws: ``SteleError`` with code `vault.pending`, or those of the stores and of the keeper.
    /// - Complexity: every key and everybody known once, every compartment once.
    public func endEpoch(erasing erasure: Erasure? = nil, keeper: some RootKeeper) async throws(SteleError) {
        guard pendingCount == 0 else { throw Self.stillPending }
        let old = keyStore.root
        var erasure = erasure
        erasure?.stage = .shredded
        erasure?.retiredEpoch = old.epoch
        let next = RootKey.random(epoch: old.epoch + 1, from: random)
        try keeper.prepare(next)
        let batch = try epochBatch(for: RootKeys(next), erasing: erasure)
        try await keyStore.committer.commit(batch, sync: true)
        keyStore.current.replace(by: RootKeys(next))
        directory.forgetAll()
        try keeper.adopt(next)
        try rebuildIndex()
    }

    /// Rewrites the files of the key store and of the index, and those of the content in which the keys of the subject
    /// lay. What was sealed for it is noise by now; this frees the space, and takes the noise away too.
    ///
    /// - Parameter prefix: ``rowPrefix(of:)`` of the subject, if it is still known.
    public func compactErased(_ prefix: [UInt8]?) throws(SteleError) {
        try compactKeys()
        // Without the prefix, after a crash, everything is rewritten.
        try store.compact(
            Self.compartmentFamilies.map { ($0, prefix.map(KeyRange.prefix) ?? .all) } + [
                (VaultDirectory.family, .all), (PendingRows.family, .all),
            ])
    }

    /// Rewrites the files of the key store.
    public func compactKeys() throws(SteleError) {
        try keyStore.store.compact(Vault.keyFamilies.map { ($0, .all) })
    }

    /// What the rows of a subject begin with: to be asked before its keys go.
    public func rowPrefix(of subject: SubjectID) throws(SteleError) -> [UInt8] {
        try openSubject(subject).keys.rowPrefix
    }

    /// The families whose rows begin with the patient's prefix.
    private static let compartmentFamilies = [recordFamily, CompartmentRows.family, requestFamily]

    /// What refuses an erasure while anchors are awaited.
    public static var stillPending: SteleError {
        SteleError(
            .vaultPending, "records wait for their anchors, so the keys cannot be renewed now",
            hint: "ask again in two minutes: an anchor that never comes is given up by then")
    }
}

// MARK: - The next epoch
extension Vault {
    /// The key store as it is to be under `next`.
    private func epochBatch(for next: RootKeys, erasing erasure: Erasure?) throws(SteleError) -> WriteBatch {
        var batch = WriteBatch(capacity: 1 << 16)
        let patients = KeyStore.Tag.patient.rawValue
        batch.deleteRange(from: [patients], to: [patients + 1], in: KeyStore.family)
        batch.deleteRange(from: [0], to: [0xff], in: VaultDirectory.peopleFamily)
        batch.put(KeyStore.checkRow(next.epoch), KeyStore.checkValue(next), in: KeyStore.family)
        if let erasure, let gone = try keyStore.patientKeys(erasure.subject) {
            for tag in [KeyStore.Tag.category, .policy, .consent] {
                batch.deleteAll(prefix: [tag.rawValue] + gone.rowPrefix, in: KeyStore.family)
            }
        }
        var people = PeopleRows(SealedRows(kind: .directory, current: CurrentRoot(next), random: random))
        try directory.forEachPerson { (person) throws(SteleError) in
            switch person {
            case .subject(let id, _, _) where id == erasure?.subject: return
            case .actor(let actor, _) where erasure.map { actor.patientSubject == $0.subject } ?? false: return
            case .erasure(let kept, _) where kept.subject == erasure?.subject: return
            case .subject(let id, _, _):
                guard let key = try keyStore.patientKey(id) else { throw .damaged("patient key") }
                keyStore.put(key, of: id, under: next, into: &batch)
            default: break
            }
            people.add(person)
        }
        if let erasure { people.add(.erasure(erasure, erasure.encoded)) }
        for row in people.rows { batch.put(row.key, row.value, in: VaultDirectory.peopleFamily) }
        return batch
    }
}

/// One of those known, as much of them as their rows are named by, with what is sealed.
enum Person {
    case subject(SubjectID, patient: String, [UInt8])
    case actor(RegisteredActor, [UInt8])
    case assertion(Digest, [UInt8])
    case erasure(Erasure, [UInt8])
}

/// The rows of those known under a root.
struct PeopleRows {
    private let sealing: SealedRows
    private(set) var rows: [(key: [UInt8], value: [UInt8])] = []

    init(_ sealing: SealedRows) { self.sealing = sealing }

    mutating func add(_ person: Person) {
        switch person {
        case .subject(let id, let patient, let plain):
            add(.subject, id.bytes, plain)
            add(.patient, Array(patient.utf8), id.bytes)
        case .actor(let actor, let plain):
            add(.actor, Array(actor.id.utf8), plain)
            add(.did, Array(actor.did.utf8), Array(actor.id.utf8))
            if let client = actor.clientID { add(.client, Array(client.utf8), Array(actor.id.utf8)) }
        case .assertion(let name, let plain): add(.assertion, name.bytes, plain)
        case .erasure(let erasure, let plain): add(.erasure, erasure.subject.bytes, plain)
        }
    }

    private mutating func add(_ tag: VaultDirectory.Tag, _ name: [UInt8], _ plain: [UInt8]) {
        let key = sealing.key(tag.rawValue, tag.name, name)
        rows.append((key, sealing.seal(plain, for: key)))
    }
}

extension VaultDirectory {
    /// Calls `body` with everybody known, each once. Opens every row.
    func forEachPerson(_ body: (Person) throws(SteleError) -> Void) throws(SteleError) {
        try keyStore.store.forEach(.all, in: Self.peopleFamily, reverse: false) { (key, sealed) throws(SteleError) in
            guard let tag = Tag(rawValue: key[0]) else { throw .damaged("directory entry") }
            let plain = try reading("directory entry") { () throws(SteleError) in try rows.open(sealed, for: key) }
            if let person = try Self.person(tag, plain) { try body(person) }
            return true
        }
    }

    private static func person(_ tag: Tag, _ plain: [UInt8]) throws(SteleError) -> Person? {
        try decoding("directory entry") { () throws(CBORError) -> Person? in
            switch tag {
            case .subject:
                var reader = CBORReader(plain)
                _ = try reader.readArrayCount(RegisteredSubject.fieldCounts)
                let id = try reader.readBytes32()
                return .subject(id, patient: try reader.readText(), plain)
            case .actor: return .actor(try RegisteredActor(plain), plain)
            case .assertion:
                guard plain.count == 40 else { throw CBORError(.outOfRange, at: 0) }
                return .assertion(Digest(plain, at: 0), plain)
            case .erasure: return .erasure(try Erasure(plain), plain)
            case .patient, .did, .client, .resource, .identifier, .identifying: return nil  // Named by the others.
            }
        }
    }
}
