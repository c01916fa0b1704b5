// Vault · staged records on their way to disk: large content first, then everything else at once.
internal import Cryptography
internal import Primitives
internal import Storage
internal import Synchronization

/// Everything that is written for one transaction.
struct Staging: Sendable {
    let drafts: [RecordDraft]
    let entries: [CompartmentEntry]
    let transaction: StagedTransaction
    let keys: [KeyCategory: CategoryKey]
    let locations: LocationClaims
    let subject: OpenSubject

    /// The drafts whose content goes into blobs, with the blobs' names.
    var large: [(index: Int, blob: Bytes32)] {
        drafts.indices.filter { RecordRow.needsBlob(drafts[$0].content) }
            .map { ($0, subject.keys.blob(entries[$0].recordID)) }
    }

    func pending(isStaged: Bool) -> PendingTransaction {
        PendingTransaction(
            subject: subject.keys.subject, validUntil: transaction.validUntil, isStaged: isStaged,
            blobs: large.map(\.blob))
    }

    func binding(_ index: Int) -> RecordBinding { entries[index].binding(in: subject.keys.subject) }
    func key(_ index: Int) -> CategoryKey { keys[entries[index].category]! }
}

extension Vault {
    /// Writes `staging`. When this throws, nothing of it is shown, and what is left of it is removed now or by the
    /// first reconciling after the next opening.
    func write(_ staging: Staging) async throws(SteleError) {
        let rows = staging.large.isEmpty ? [:] : try await writeBlobs(of: staging)
        let batch = sealed(staging, rows)
        let pending = staging.pending(isStaged: true)
        let transaction = staging.transaction.id
        let result: Result<Void, SteleError> = await withCheckedContinuation { continuation in
            do throws(SteleError) {
                let entryCount = try staging.subject.apply(
                    .stage(transaction, staging.entries), committer: committer, random: random, sync: true,
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

    /// The rows of the records, of their names and of the transaction; `rows` are those whose content is in a blob.
    private func sealed(_ staging: Staging, _ rows: [Int: [UInt8]]) -> WriteBatch {
        var batch = WriteBatch(capacity: staging.drafts.reduce(1024) { $0 + 384 + min($1.content.count, 4096) })
        for (index, entry) in staging.entries.enumerated() {
            let row =
                rows[index]
                ?? RecordRow.inline(
                    staging.drafts[index].content, staging.binding(index), under: staging.key(index), random: random)
            batch.put(staging.subject.keys.recordRow(entry.recordID), row, in: Self.recordFamily)
        }
        staging.locations.put(into: &batch)
        directory.putIdentifiers(of: staging.drafts, of: staging.subject.keys.subject, into: &batch)
        pendingRows.put(staging.transaction.id, staging.pending(isStaged: true), into: &batch)
        return batch
    }
}

// MARK: - Blobs
extension Vault {
    /// Writes the blobs of `staging` and returns the rows of their records.
    private func writeBlobs(of staging: Staging) async throws(SteleError) -> [Int: [UInt8]] {
        // The blobs' names must be durable before the blobs: otherwise nobody would know, after a crash, whose they
        // are.
        var batch = WriteBatch()
        pendingRows.put(staging.transaction.id, staging.pending(isStaged: false), into: &batch)
        try await committer.commit(batch, sync: true)
        do {
            return try await BlockingWork.run { () throws(SteleError) in
                var rows: [Int: [UInt8]] = [:]
                for (index, blob) in staging.large {
                    try self.blobs.write(blob) { (append) throws(SteleError) in
                        rows[index] = try RecordRow.blob(
                            staging.drafts[index].content, staging.binding(index), under: staging.key(index),
                            random: self.random, append: append)
                    }
                }
                return rows
            }
        } catch {
            await removeBlobs(of: staging)
            throw error
        }
    }

    /// Undoes the blobs of a staging that failed. What cannot be undone now is undone after the next opening.
    private func removeBlobs(of staging: Staging) async {
        do throws(SteleError) {
            try await BlockingWork.run { () throws(SteleError) in
                for (_, blob) in staging.large { try self.blobs.delete(blob) }
            }
            var batch = WriteBatch()
            batch.delete(pendingRows.key(staging.transaction.id), in: PendingRows.family)
            try await committer.commit(batch, sync: false)
        } catch {
            return
        }
    }
}
