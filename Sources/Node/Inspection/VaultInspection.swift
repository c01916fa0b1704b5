// Node · a vault held against its ledger.
internal import Contracts
internal import Ledger
public import Primitives
public import Storage
public import Vault

/// What a comparison of a vault with its ledger found.
///
/// Checked: every record of every subject is anchored on the ledger with the same anchor, and every anchored version is
/// in the vault; every access event has its kept request. With `isDeep` every record is also opened and its content
/// held against its anchor.
public struct VaultInspection: Sendable {
    /// How many subjects the vault keeps, the organisation's own compartment included.
    public private(set) var subjectCount = 0
    /// How many record versions it keeps.
    public private(set) var recordCount = 0
    /// Their content, in bytes.
    public private(set) var byteCount = 0
    /// How many access events there are.
    public private(set) var eventCount = 0
    /// How many transactions wait to be settled; the next start settles them.
    public let pendingCount: Int

    /// Compares `vault` with the ledger in `store`, whose inspection gave `ledger`.
    /// - Parameter progress: Called after each subject with how many of them were read, in thousandths.
    /// - Throws: `vault.damaged` with the first thing that does not hold, or what the disk says.
    public init(
        of vault: Vault, store: any KeyValueStore, ledger: LedgerInspection, isDeep: Bool,
        progress: (Int) -> Void = { _ in }
    ) throws(SteleError) {
        pendingCount = vault.pendingCount
        let rows = LedgerStore(store)
        var subjects: [SubjectID] = []
        try vault.directory.forEachSubject { (subject) in subjects.append(subject.id) }
        for subject in subjects {
            subjectCount += 1
            try checkRecords(of: subject, vault, rows, ledger, isDeep: isDeep)
            try checkEvents(of: subject, vault, rows)
            progress(subjectCount * 1000 / subjects.count)
        }
    }

    private mutating func checkRecords(
        of subject: SubjectID, _ vault: Vault, _ rows: LedgerStore, _ ledger: LedgerInspection, isDeep: Bool
    ) throws(SteleError) {
        let entries = try vault.compartment(of: subject).entries
        for entry in entries {
            let value = try rows.store.get(StateKey.record(entry.recordID, of: subject), in: LedgerStore.state)
            guard let value, let row = try? RecordRow(decoding: value), row.anchor == entry.anchor else {
                throw Self.disagreement("a record is in the vault and not on the ledger, or with another anchor")
            }
            if isDeep { _ = try vault.open(entry, of: subject) }
            byteCount += entry.byteCount
        }
        recordCount += entries.count
        guard entries.count == ledger.recordCounts[subject] ?? 0 || vault.pendingCount > 0 else {
            throw Self.disagreement("the ledger anchors records that the vault does not have")
        }
    }

    private mutating func checkEvents(of subject: SubjectID, _ vault: Vault, _ rows: LedgerStore) throws(SteleError) {
        let prefix = [UInt8(ascii: "a")] + subject.bytes
        for (_, value) in try rows.store.scan(prefix: prefix, in: LedgerStore.index) {
            guard value.count == 8, let entry = try rows.entry(at: value.bigEndian(at: 0)) else {
                throw LedgerStore.damaged("the index of access events names no entry")
            }
            guard try vault.keptRequest(for: entry.leaf.id, of: subject) != nil else {
                throw Self.disagreement("an access event has no kept request")
            }
            eventCount += 1
        }
    }

    private static func disagreement(_ what: String) -> SteleError {
        SteleError(
            .vaultDamaged, "vault and ledger disagree: \(what)",
            hint: "keep this directory as it is and restore ledger, vault and keystore of one and the same backup")
    }
}
