// Vault · writing records: sealed and durable before anybody is told that they exist.
internal import Cryptography
public import Primitives

extension Vault {
    /// Most records staged for one transaction: as many as one anchoring call takes.
    public static var stagedCountMax: Int { 256 }

    /// Seals records of one subject and makes them durable as pending, all or none, with one sync that others share.
    ///
    /// Ids, salts and version numbers are given out first; `transaction` then builds and signs what anchors them, and
    /// the caller submits it after this returns. Until ``confirm(_:)``, readers do not see the records. When this
    /// throws, nothing was staged and nothing may be submitted. A crash at any moment leaves all of it pending, or
    /// nothing that ``reconcile(isCommitted:now:)`` does not remove.
    ///
    /// - Parameters:
    ///   - drafts: 1–256 records. Two drafts may be successive versions of one resource.
    ///   - transaction: The transaction for the records, in the order of `drafts`. Called once, before anything is
    ///     written.
    /// - Returns: The transaction and the records.
    /// - Throws: ``SteleError`` with code `vault.profile_unregistered`, `vault.version_conflict`,
    ///   `vault.version_pending`, `vault.resource_elsewhere`, `vault.subject_unknown`, `vault.busy`, those of the
    ///   stores, or what `transaction` throws.
    public func stage(
        _ drafts: [RecordDraft], for subject: SubjectID,
        transaction: @Sendable ([StagedRecord]) throws(SteleError) -> StagedTransaction
    ) async throws(SteleError) -> (transaction: StagedTransaction, records: [StagedRecord]) {
        let prepared = try await prepare(drafts, for: subject)
        defer { directory.release(prepared.locations) }
        do {
            let staged = try transaction(prepared.records)
            try await write(prepared.staging(for: staged))
            return (staged, prepared.records)
        } catch {
            abandon(prepared)
            throw error
        }
    }

    /// Gives out everything that the transaction of `drafts` names. The caller stages it or abandons it, and releases
    /// its claims.
    func prepare(_ drafts: [RecordDraft], for subject: SubjectID) async throws(SteleError) -> PreparedRecords {
        precondition((1...Self.stagedCountMax).contains(drafts.count), "1 to \(Self.stagedCountMax) records at a time")
        try committer.checkRoom()
        let open = try openSubject(subject)
        let profiles = try profileNumbers(for: drafts, of: subject)
        let categories = drafts.map { KeyCategory(labels: $0.labels) }
        let keys = try await newestCategoryKeys(Set(categories), of: open)
        let salts = drafts.map { _ in random.bytes32() }
        let anchors = zip(drafts, salts).map { HMACSHA256.code(of: $0.digest, salt: $1) }
        let locations = try directory.claim(Set(drafts.map(\.resource)), for: subject)
        do throws(SteleError) {
            let records = try open.withState { (state) throws(SteleError) in
                try Self.number(drafts, profiles: profiles, anchors: anchors, random: random, in: &state)
            }
            return PreparedRecords(
                drafts: drafts, records: records, categories: categories, keys: keys, salts: salts,
                locations: locations, identifiers: directory.identifierRows(of: drafts, subject), subject: open)
        } catch {
            directory.release(locations)
            throw error
        }
    }

    /// Ends the versions that `prepared` began.
    func abandon(_ prepared: PreparedRecords) {
        try? prepared.subject.withState { (state) throws(SteleError) in
            for draft in prepared.drafts { state.endVersion(of: draft.resource) }
        }
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
                    profile: profiles[index], supersedes: before.recordID, isTombstone: draft.isTombstone)
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
