// Node · a patient's own copy on its way out: decided and recorded like any release, with proofs.
internal import Contracts
internal import Ledger
public import Primitives
internal import Vault

/// What a request for a page of a copy led to.
public enum CopyAnswer: Sendable {
    /// This page.
    case released(CopyPage)
    /// No permit for this: the event stands in the log.
    case refused(TransactionID)
}

extension Custodian {
    /// A page of the copy of `patient`: versions of all their records as far as their profiles are permitted for
    /// *export*, deletions among them, newest first, after the record `after`.
    ///
    /// Each page is an event of its own, so nothing goes out without a receipt. What is written after the first page is
    /// on no later page.
    /// - Throws: as ``read(_:by:)``.
    public func copy(of patient: String, after: Bytes32?, by asker: Asker) async throws(SteleError) -> CopyAnswer {
        var history = HistoryQuestion(.patient(patient, type: nil), after: after, count: CopyPage.versionCountMax)
        history.byteCountMax = CopyPage.byteCountMax
        let release: Release
        switch try await read(Question(.history(history), action: .export), by: asker) {
        case .released(let released): release = released
        case .refused(let event), .unavailable(let event): return .refused(event)
        case .gone(let released): return .refused(released.receipt.transactionID)
        }
        guard let subject = try vault.directory.subject(patient: patient)?.id else { throw Self.recordUnavailable }
        var transactions: [TransactionID] = []
        var versions: [CopyPage.Version] = []
        for record in release.records {
            let entry = record.entry
            if !transactions.contains(entry.transaction) { transactions.append(entry.transaction) }
            versions.append(
                CopyPage.Version(
                    record: entry.recordID, salt: entry.salt, resource: entry.resource, version: entry.version,
                    lastUpdated: entry.lastUpdated, isTombstone: entry.isTombstone, transaction: entry.transaction,
                    bytes: record.bytes, origins: try vault.keptOrigins(of: entry.recordID, of: subject)))
        }
        return .released(
            CopyPage(
                remainingCount: UInt64(release.total), trust: ledger.trustText, organisation: organisation,
                event: release.receipt.transactionID, proof: try await ledger.proof(of: transactions),
                versions: versions))
    }
}

extension LedgerNode {
    /// The checkpoint keys of this ledger as a trust file.
    public var trustText: String {
        TrustedKeys(origin: genesis.origin, validators: ValidatorSet(genesis.validators)).text
    }
}
