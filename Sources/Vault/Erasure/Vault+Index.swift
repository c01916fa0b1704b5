// Vault · the index over all compartments, made anew for another epoch.
internal import Cryptography
internal import FHIR
internal import Primitives
internal import Storage
internal import Synchronization

/// Which subject has a resource or an identifier, and what is pending, are sealed under the root although they lie with
/// the content. When the epochs of the two differ, because an erasure has just ended one, because it stopped half-way,
/// or because the content is an old copy, they are made anew from the compartments, which the patients' keys open.
extension Vault {
    /// `00` → epoch u32: of which epoch the rows of the index are. Absent while they are being made.
    private static let indexEpochKey: [UInt8] = [0]
    private static let batchByteCount = 4 << 20

    /// The epoch of the index in `store`, or nil if it is not whole.
    static func indexEpoch(in store: any KeyValueStore) throws(SteleError) -> UInt32? {
        guard let value = try store.get(indexEpochKey, in: VaultDirectory.family) else { return nil }
        guard value.count == 4 else { throw .damaged("index epoch") }
        return value.bigEndian(at: 0)
    }

    /// Makes the index anew; durable when this returns. What is pending is found again as transactions of their own, to
    /// be settled by the ledger at once.
    ///
    /// - Complexity: opens every compartment and every version of every Patient.
    func rebuildIndex() throws(SteleError) {
        committer.finish()
        var batch = WriteBatch()
        batch.delete(Self.indexEpochKey, in: VaultDirectory.family)
        batch.deleteRange(from: [0], to: [0xff], in: VaultDirectory.family)
        batch.deleteRange(from: [0], to: [0xff], in: PendingRows.family)
        try store.write(batch, sync: true)
        batch.removeAll()
        var subjects: [SubjectID] = []
        try directory.forEachPerson { (person) in if case .subject(let id, _, _) = person { subjects.append(id) } }
        for subject in subjects {
            try index(subject, into: &batch)
            guard batch.byteCount > Self.batchByteCount else { continue }
            try store.write(batch, sync: false)
            batch.removeAll()
        }
        var epoch: [UInt8] = []
        epoch.append(bigEndian: keyStore.root.epoch)
        batch.put(Self.indexEpochKey, epoch, in: VaultDirectory.family)
        try store.write(batch, sync: true)
        directory.forgetAll()
    }

    private func index(_ subject: SubjectID, into batch: inout WriteBatch) throws(SteleError) {
        guard let keys = try keyStore.patientKeys(subject) else { throw .damaged("patient key") }
        let state = try CompartmentRows.load(keys, from: store).state
        let entries = state.compartment.entries + state.pending.values.joined()
        for resource in Set(entries.map(\.resource)) {
            let key = directory.location(of: resource)
            batch.put(key, directory.rows.seal(subject.bytes, for: key), in: VaultDirectory.family)
        }
        for entry in entries where entry.resource.type == "Patient" && !entry.isTombstone {
            guard let patient = try patient(entry, of: subject) else { continue }
            var rows = IdentifierRows()
            directory.add(patient.identifiers, patient.identifyingTexts, of: subject, to: &rows)
            rows.put(into: &batch)
        }
        for (transaction, entries) in state.pending {
            let blobs = entries.filter { $0.byteCount > RecordRow.inlineByteCountMax }.map { keys.blob($0.recordID) }
            let found = PendingTransaction(subject: subject, validUntil: 0, isStaged: true, blobs: blobs)
            pendingRows.put(transaction, found, into: &batch)
            pending.withLock { $0[transaction] = found }
        }
    }

    /// The Patient of `entry`; nil if it is damaged, which is an inspection's to name and must not keep everything else
    /// shut. A fault of the disk is none of that: it would lose the identifiers unseen.
    private func patient(_ entry: CompartmentEntry, of subject: SubjectID) throws(SteleError) -> Resource? {
        do throws(SteleError) {
            let content = try open(entry, of: subject)
            return try? Resource(parsing: content)
        } catch {
            guard error.code == .vaultDamaged else { throw error }
            return nil
        }
    }
}
