// Node · records on their way in: labelled, sealed, anchored, and only then shown.
internal import Contracts
public import FHIR
internal import Ledger
public import Primitives
internal import Synchronization
public import Vault

/// One resource to be written.
public struct Submission: Sendable {
    /// The resource; it has an id.
    public var resource: Resource
    /// The version that must be the newest, 0 for none; nil for whatever it is.
    public var expectedVersion: UInt32?

    /// A resource to be written.
    public init(_ resource: Resource, expectedVersion: UInt32? = nil) {
        self.resource = resource
        self.expectedVersion = expectedVersion
    }
}

/// What became of one resource.
public struct Written: Hashable, Sendable {
    /// Its name.
    public let resource: ResourceName
    /// The version that holds it.
    public let version: UInt32
    /// The record on the ledger.
    public let recordID: Bytes32
    /// The transaction that anchored it.
    public let transactionID: TransactionID
    /// When it was written.
    public let lastUpdated: Timestamp
    /// False if equal bytes were the newest version already, so that nothing was written.
    public let isNew: Bool
}

extension Custodian {
    /// Writes resources of one patient, or of none: those go to the organisation's own compartment.
    ///
    /// A resource whose newest version has the same bytes is not written again. When this returns, every version is
    /// sealed, anchored and durable. Up to ``anchoredCountMax`` versions are anchored by one transaction, all or none;
    /// a failure leaves those of other transactions written.
    /// - Throws: `subject.not_enrolled`, `vault.version_conflict`, `vault.resource_elsewhere`, or what the ledger says.
    public func write(_ submissions: [Submission], patient: String?) async throws(SteleError) -> [Written] {
        guard !submissions.isEmpty else { return [] }
        let subject = if let patient { try enrolled(patient) } else { try commons().id }
        return try await writing.withLock(subject) { () async throws(SteleError) in
            try await write(submissions, of: subject)
        }
    }

    private func write(_ submissions: [Submission], of subject: SubjectID) async throws(SteleError) -> [Written] {
        let now = time.now()
        let compartment = try vault.compartment(of: subject)
        var written: [Written?] = []
        var drafts: [(place: Int, draft: RecordDraft)] = []
        for (place, submission) in submissions.enumerated() {
            let draft = try RecordDraft(
                submission.resource, lastUpdated: now, expectedVersion: submission.expectedVersion)
            if let current = compartment.current(draft.resource), !current.isTombstone,
                current.byteCount == draft.content.count,
                submission.expectedVersion.map({ $0 == current.version }) ?? true,
                try vault.open(current, of: subject) == draft.content
            {
                written.append(Self.written(current))
            } else {
                written.append(nil)
                drafts.append((place, draft))
            }
        }
        guard !drafts.isEmpty else { return written.compactMap { $0 } }
        try await registerProfiles(Set(drafts.map(\.draft.labels)), of: subject)
        for start in stride(from: 0, to: drafts.count, by: Self.anchoredCountMax) {
            let chunk = Array(drafts[start..<min(start + Self.anchoredCountMax, drafts.count)])
            for (line, result) in zip(chunk, try await anchor(chunk.map(\.draft), of: subject)) {
                written[line.place] = result
            }
        }
        return written.compactMap { $0 }
    }

    private func anchor(_ drafts: [RecordDraft], of subject: SubjectID) async throws(SteleError) -> [Written] {
        let prepared = Mutex<AdmittedTransaction?>(nil)  // Set once, inside `stage`.
        let (staged, records) = try await vault.stage(drafts, for: subject) { (records) throws(SteleError) in
            let versions = records.map { record in
                RecordVersion(
                    record: record.recordID, anchor: record.anchor, profile: ProfileNumber(UInt64(record.profile))!,
                    supersedes: record.supersedes)
            }
            let made = try transaction(RecordsAnchor(subject: subject, versions: versions))
            prepared.withLock { $0 = made }
            return StagedTransaction(made.transaction.id, validUntil: made.transaction.body.validUntil)
        }
        // If this throws, the transaction may still commit: the sweep settles it once its time is over.
        let receipt = try await ledger.submit(prepared.withLock { $0! })
        guard receipt.isApplied else {
            try vault.discard(staged.id)
            throw Self.refusal(receipt.status)
        }
        try vault.confirm(staged.id)
        return zip(drafts, records).map { draft, record in
            Written(
                resource: record.resource, version: record.version, recordID: record.recordID,
                transactionID: staged.id, lastUpdated: draft.lastUpdated, isNew: true)
        }
    }

    private static func written(_ entry: CompartmentEntry) -> Written {
        Written(
            resource: entry.resource, version: entry.version, recordID: entry.recordID,
            transactionID: entry.transaction, lastUpdated: entry.lastUpdated, isNew: false)
    }

    /// The subject that the patient with this logical id is.
    func enrolled(_ patient: String) throws(SteleError) -> SubjectID {
        // The organisation's own compartment is nobody's record: what is there, the whole staff sees.
        guard patient != Self.commonsPatient, let subject = try vault.directory.subject(patient: patient),
            subject.isOnLedger
        else {
            throw SteleError(
                .subjectNotEnrolled, "the patient is not enrolled with this custodian",
                hint: "enrol the patient first: stele import does it, or POST /custodian/v1/subjects")
        }
        return subject.id
    }
}
