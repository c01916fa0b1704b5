// Vault · writing records: sealed and durable before anybody is told that they exist.
internal import Cryptography
public import Primitives
internal import Storage
internal import Synchronization

extension Vault {
    /// Most records staged for one transaction: as many as one anchoring call takes.
    public static var stagedCountMax: Int { 256 }

    /// Seals records of one subject and makes them durable as pending, all or none, with one sync that others share.
    ///
    /// Ids, salts and version numbers are given out first; `transaction` then builds and signs what anchors them, and the
    /// caller submits it after this returns. Until ``confirm(_:)``, readers do not see the records. When this throws,
    /// nothing was staged and nothing may be submitted. A crash at any moment leaves all of it pending, or nothing that
    /// ``reconcile(isCommitted:now:)`` does not remove.
    ///
    /// - Parameters:
    ///   - drafts: 1–256 records. Two drafts may be successive versions of one resource.
    ///   - transaction: The transaction for the records, in the order of `drafts`. Called once, before anything is written.
    /// - Returns: The transaction and the records.
    /// - Throws: ``SteleError`` with code `vault.profile_unregistered`, `vault.version_conflict`, `vault.subject_unknown`,
    ///   `vault.busy`, those of the stores, or what `transaction` throws.
    public func stage(
        _ drafts: [RecordDraft], for subject: SubjectID,
        transaction: @Sendable ([StagedRecord]) throws(SteleError) -> StagedTransaction
    ) async throws(SteleError) -> (transaction: StagedTransaction, records: [StagedRecord]) {
        precondition((1...Self.stagedCountMax).contains(drafts.count), "1 to \(Self.stagedCountMax) records at a time")
        try committer.checkRoom()
        let open = try openSubject(subject)
        let profiles = try profileNumbers(for: drafts, of: subject)
        let categories = drafts.map { KeyCategory(labels: $0.labels) }
        let keys = try await newestCategoryKeys(Set(categories), of: open)
        let salts = drafts.map { _ in random.bytes32() }
        let anchors = zip(drafts, salts).map { HMACSHA256.code(of: SHA256.hash($0.content), salt: $1) }

        let records = try open.withState { (state) throws(SteleError) in
            try Self.number(drafts, profiles: profiles, anchors: anchors, random: random, in: &state)
        }
        let staged: StagedTransaction
        do {
            staged = try transaction(records)
            let entries = drafts.indices.map { index in
                let (draft, record, category) = (drafts[index], records[index], categories[index])
                return CompartmentEntry(
                    recordID: record.recordID, resource: draft.resource, version: record.version,
                    lastUpdated: draft.lastUpdated, profile: record.profile, category: category,
                    keyVersion: keys[category]!.version, salt: salts[index], anchor: record.anchor,
                    byteCount: draft.content.count, isTombstone: draft.isTombstone, transaction: staged.id,
                    facts: draft.facts)
            }
            try await write(drafts, entries, staged, under: keys, in: open)
        } catch {
            try? open.withState { (state) throws(SteleError) in
                for draft in drafts { state.endVersion(of: draft.resource) }
            }
            throw error
        }
        return (staged, records)
    }

    /// Gives each draft an id and a version number: all of them or none.
    private static func number(
        _ drafts: [RecordDraft], profiles: [UInt8], anchors: [Digest], random: any RandomSource,
        in state: inout CompartmentState
    ) throws(SteleError) -> [StagedRecord] {
        var records: [StagedRecord] = []
        records.reserveCapacity(drafts.count)
        var newest: [ResourceName: (version: UInt32, recordID: Bytes32?)] = [:]
        do throws(SteleError) {
            for (index, draft) in drafts.enumerated() {
                let resource = draft.resource
                if let earlier = newest[resource] {
                    guard draft.expectedVersion == nil || draft.expectedVersion == earlier.version else {
                        throw SteleError.versionConflict
                    }
                } else {
                    let anchored = try state.beginVersion(of: resource, expecting: draft.expectedVersion)
                    newest[resource] = (anchored?.version ?? 0, anchored?.recordID)
                }
                let before = newest[resource]!
                let record = StagedRecord(
                    recordID: random.bytes32(), resource: resource, version: before.version + 1, anchor: anchors[index],
                    profile: profiles[index], supersedes: before.recordID)
                newest[resource] = (record.version, record.recordID)
                records.append(record)
            }
        } catch {
            for resource in newest.keys { state.endVersion(of: resource) }
            throw error
        }
        return records
    }

    private func profileNumbers(
        for drafts: [RecordDraft], of subject: SubjectID
    ) throws(SteleError) -> [UInt8] {
        var numbers: [Set<Label>: UInt8] = [:]
        for profile in try directory.subject(subject).profiles where profile.isOnLedger {
            numbers[profile.labels] = profile.number
        }
        var found: [UInt8] = []
        found.reserveCapacity(drafts.count)
        for draft in drafts {
            guard let number = numbers[draft.labels] else {
                throw SteleError(
                    .vaultProfileUnregistered,
                    "a record's labels make no profile that the ledger knows of this subject",
                    hint: "register the profiles that `proposeProfiles` returns, then stage the records")
            }
            found.append(number)
        }
        return found
    }
}

// MARK: - Category keys
extension Vault {
    /// The newest key of each category, made now where there is none.
    private func newestCategoryKeys(
        _ categories: Set<KeyCategory>, of subject: OpenSubject
    ) async throws(SteleError) -> [KeyCategory: CategoryKey] {
        let newest = try knownCategoryKeys(categories, of: subject).compactMapValues(\.last)
        if newest.count == categories.count { return newest }
        // One maker at a time: two keys of the same version would make what one of them sealed unreadable.
        return try await categoryLock.withLock(subject.keys.subject) { () async throws(SteleError) in
            let known = try knownCategoryKeys(categories, of: subject)
            let missing = known.filter { $0.value.isEmpty }.mapValues { _ in UInt32(1) }
            let added = missing.isEmpty ? [:] : try await keyStore.addCategoryKeys(missing, of: subject.keys)
            subject.noteCategoryKeys(added, after: known)
            return known.compactMapValues(\.last).merging(added) { _, new in new }
        }
    }

    private func knownCategoryKeys(
        _ categories: Set<KeyCategory>, of subject: OpenSubject
    ) throws(SteleError) -> [KeyCategory: [CategoryKey]] {
        var known: [KeyCategory: [CategoryKey]] = [:]
        for category in categories { known[category] = try subject.categoryKeys(category, in: keyStore) }
        return known
    }

    /// Gives a category of a subject's records a new key. Records sealed from now on use it; those sealed before stay as
    /// they are. Durable when this returns.
    public func renewKey(of category: KeyCategory, of subject: SubjectID) async throws(SteleError) {
        let open = try openSubject(subject)
        try await categoryLock.withLock(subject) { () async throws(SteleError) in
            let known = try knownCategoryKeys([category], of: open)
            let version = (known[category]?.last?.version ?? 0) + 1
            let added = try await keyStore.addCategoryKeys([category: version], of: open.keys)
            open.noteCategoryKeys(added, after: known)
        }
    }
}

// MARK: - Writing
extension Vault {
    /// Writes blobs first, then everything else at once.
    private func write(
        _ drafts: [RecordDraft], _ entries: [CompartmentEntry], _ staged: StagedTransaction,
        under keys: [KeyCategory: CategoryKey], in subject: OpenSubject
    ) async throws(SteleError) {
        let large = drafts.indices.filter { RecordRow.needsBlob(drafts[$0].content) }
        let blobIDs = large.map { subject.keys.blob(entries[$0].recordID) }
        var rows: [Int: [UInt8]] = [:]
        if !large.isEmpty {
            // The blobs' names must be durable before the blobs: otherwise nobody would know, after a crash, whose they are.
            try await note(staged, of: subject, blobs: blobIDs, isStaged: false)
            do {
                rows = try await BlockingWork.run { () throws(SteleError) in
                    var rows: [Int: [UInt8]] = [:]
                    for (index, id) in zip(large, blobIDs) {
                        rows[index] = try self.sealBlob(
                            drafts[index].content, entries[index], as: id, keys, subject.keys.subject)
                    }
                    return rows
                }
            } catch {
                await removeBlobs(blobIDs, of: staged.id)
                throw error
            }
        }
        let pending = PendingTransaction(
            subject: subject.keys.subject, validUntil: staged.validUntil, isStaged: true, blobs: blobIDs)
        let batch = sealed(drafts, entries, rows, under: keys, staged.id, pending, of: subject)
        try await commit(.stage(staged.id, entries), with: batch, pending, of: subject)
    }

    private func sealed(
        _ drafts: [RecordDraft], _ entries: [CompartmentEntry], _ rows: [Int: [UInt8]],
        under keys: [KeyCategory: CategoryKey], _ transaction: TransactionID, _ pending: PendingTransaction,
        of subject: OpenSubject
    ) -> WriteBatch {
        var batch = WriteBatch(capacity: drafts.reduce(1024) { $0 + 192 + min($1.content.count, 4096) })
        for (index, entry) in entries.enumerated() {
            let row =
                rows[index]
                ?? RecordRow.inline(
                    drafts[index].content, entry.binding(in: subject.keys.subject), under: keys[entry.category]!,
                    random: random)
            batch.put(subject.keys.recordRow(entry.recordID), row, in: Self.recordFamily)
        }
        pendingRows.put(transaction, pending, into: &batch)
        return batch
    }

    private func commit(
        _ change: CompartmentChange, with batch: WriteBatch, _ pending: PendingTransaction, of subject: OpenSubject
    ) async throws(SteleError) {
        guard case .stage(let transaction, _) = change else { preconditionFailure("only staging waits for the disk") }
        let result: Result<Void, SteleError> = await withCheckedContinuation { continuation in
            do throws(SteleError) {
                let entryCount = try subject.apply(
                    change, committer: committer, random: random, sync: true,
                    completion: { continuation.resume(returning: $0) }
                ) { _, row in
                    row = batch
                    // Before anybody can learn that the batch is written, and confirm it.
                    self.pending.withLock { $0[transaction] = pending }
                }
                guard let entryCount else { preconditionFailure("a transaction id was used for two transactions") }
                noteCost(of: pending.subject, entryCount: entryCount)
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
        try result.get()
    }

    private func sealBlob(
        _ content: [UInt8], _ entry: CompartmentEntry, as id: Bytes32, _ keys: [KeyCategory: CategoryKey],
        _ subject: SubjectID
    ) throws(SteleError) -> [UInt8] {
        var row: [UInt8] = []
        try blobs.write(id) { (append) throws(SteleError) in
            row = try RecordRow.blob(
                content, entry.binding(in: subject), under: keys[entry.category]!, random: random, append: append)
        }
        return row
    }

    private func note(
        _ staged: StagedTransaction, of subject: OpenSubject, blobs: [Bytes32], isStaged: Bool
    ) async throws(SteleError) {
        var batch = WriteBatch()
        pendingRows.put(
            staged.id,
            PendingTransaction(
                subject: subject.keys.subject, validUntil: staged.validUntil, isStaged: isStaged, blobs: blobs),
            into: &batch)
        try await committer.commit(batch, sync: true)
    }

    /// Undoes the blobs of a staging that failed. What cannot be undone now is undone after the next opening.
    private func removeBlobs(_ ids: [Bytes32], of transaction: TransactionID) async {
        do throws(SteleError) {
            for id in ids { try blobs.delete(id) }
            var batch = WriteBatch()
            batch.delete(pendingRows.key(transaction), in: PendingRows.family)
            try await committer.commit(batch, sync: false)
        } catch {
            return
        }
    }
}
