// Node · the writing of records of patients whom nobody else writes meanwhile.
internal import FHIR
public import Primitives
public import Vault

/// Writes records while their patients' writers' locks are held (``Custodian/exclusively(_:enrolling:_:)``).
public struct RecordWriter: Sendable {
    let custodian: Custodian
    let enrolling: EnrolmentTerms?

    /// A record to be anchored, and where its change stood.
    struct Line: Sendable {
        let place: Int
        let draft: RecordDraft
        let isCreated: Bool
    }

    /// Writes `changes`.
    ///
    /// A version with the same bytes as the newest is not written again; nor is the deletion of what is deleted. All
    /// that can be checked is checked before anything is enrolled, staged or submitted.
    /// - Parameter isOne: whether either all of it is written and shown at once, also across patients, or nothing; if
    ///   not, up to ``Custodian/anchoredCountMax`` versions of one patient at a time.
    /// - Returns: What became of each; nil where something was to be deleted that never was.
    /// - Throws: `subject.not_enrolled`, `vault.version_conflict`, `vault.version_pending`, `vault.resource_elsewhere`,
    ///   `records.unsettled`, `disk.reserved`, or what the ledger says.
    public func write(
        _ changes: [RecordChange], asOne isOne: Bool
    ) async throws(SteleError) -> [Written?] {
        try custodian.ledger.disk?.checkGrowth()
        let subjects = try await subjects(of: changes, asOne: isOne)
        let now = custodian.time.now()
        var written: [Written?] = Array(repeating: nil, count: changes.count)
        var lines: [SubjectID: [Line]] = [:]
        var order: [SubjectID] = []
        for (place, change) in changes.enumerated() {
            let subject = subjects[place]
            let current = try custodian.vault.compartment(of: subject).current(change.submission.name)
            if let found = try unchanged(change.submission, current, of: subject) {
                written[place] = found
                continue
            }
            guard let draft = try draft(change.submission, current, of: subject, now) else { continue }
            if lines[subject] == nil { order.append(subject) }
            lines[subject, default: []].append(
                Line(place: place, draft: draft, isCreated: !draft.isTombstone && current?.isTombstone ?? true))
        }
        var parts: [(subject: SubjectID, lines: [Line])] = []
        for subject in order {
            let found = lines[subject]!
            try await custodian.registerProfiles(Set(found.map(\.draft.labels)), of: subject)
            for start in stride(from: 0, to: found.count, by: Custodian.anchoredCountMax) {
                parts.append((subject, Array(found[start..<min(start + Custodian.anchoredCountMax, found.count)])))
            }
        }
        if isOne, parts.count > 1 {
            let results = try await custodian.anchor(
                group: parts.map { GroupPart(subject: $0.subject, drafts: $0.lines.map(\.draft)) })
            for (part, result) in zip(parts, results) { Self.note(result, part.lines, in: &written) }
        } else {
            for part in parts {
                let result = try await custodian.anchor(part.lines.map(\.draft), of: part.subject)
                Self.note(result, part.lines, in: &written)
            }
        }
        // Also when the same was written before: what is over was perhaps not ended then.
        let encounters = changes.indices.filter { changes[$0].submission.name.type == ResourceType.encounter.name }
        for subject in Set(encounters.map { subjects[$0] }) { try await custodian.endEpisodes(of: subject) }
        return written
    }

    /// The newest version of a resource of `patient`, whoever may see it, or nil.
    public func current(_ name: ResourceName, patient: String?) throws(SteleError) -> CompartmentEntry? {
        let subject = if let patient { try custodian.enrolled(patient) } else { try custodian.commons().id }
        return try custodian.vault.compartment(of: subject).current(name)
    }

    static func note(
        _ result: (transaction: TransactionID, records: [StagedRecord]), _ lines: [Line], in written: inout [Written?]
    ) {
        for (line, record) in zip(lines, result.records) {
            written[line.place] = Written(
                record, result.transaction, lastUpdated: line.draft.lastUpdated, isCreated: line.isCreated)
        }
    }

    // MARK: - Drafts

    /// What is there already, if the change would change nothing.
    private func unchanged(
        _ submission: Submission, _ current: CompartmentEntry?, of subject: SubjectID
    ) throws(SteleError) -> Written? {
        guard let current else { return nil }
        switch submission.change {
        case .deletion: return current.isTombstone ? Written(current) : nil
        case .version(let resource):
            guard !current.isTombstone else { return nil }
            // What was sent may carry the meta of an earlier version; with that of the current one it would be equal.
            let same =
                submission.saysItsVersion
                ? try resource.settingVersion(current.version, lastUpdated: current.lastUpdated) : resource
            guard current.byteCount == same.byteCount,
                try custodian.vault.open(current, of: subject) == same.bytes
            else { return nil }
            return Written(current)
        }
    }

    /// The version to be written; nil to delete what is not there.
    private func draft(
        _ submission: Submission, _ current: CompartmentEntry?, of subject: SubjectID, _ now: Timestamp
    ) throws(SteleError) -> RecordDraft? {
        switch submission.change {
        case .version(let resource):
            guard submission.saysItsVersion else {
                return try RecordDraft(resource, lastUpdated: now, expectedVersion: submission.expectedVersion)
            }
            let newest = current?.version ?? 0
            return try RecordDraft(
                resource.settingVersion(newest + 1, lastUpdated: now), lastUpdated: now, expectedVersion: newest)
        case .deletion(let name):
            guard let current else { return nil }
            // Under the profile of what is deleted: whoever may see the record may know that it is gone, nobody else.
            let profiles = try custodian.vault.directory.subject(subject).profiles
            return RecordDraft(
                name, content: [], labels: profiles[Int(current.profile)].labels, lastUpdated: now, isTombstone: true,
                expectedVersion: submission.expectedVersion)
        }
    }

    // MARK: - Subjects

    /// The subject of each change. Patients who are none yet become subjects once nothing else can be refused:
    /// everybody else is known to be one, every version is the one expected, has labels that fit, and a name that is
    /// free.
    ///
    /// - Parameter isDrafted: whether it is known already that every version has labels that fit.
    func subjects(
        of changes: [RecordChange], asOne isOne: Bool, isDrafted: Bool = false
    ) async throws(SteleError) -> [SubjectID] {
        var known: [String?: SubjectID] = [:]
        var drafts: [String: SubjectDraft] = [:]
        var refusal: SteleError?
        for change in changes where known[change.patient] == nil {
            guard let patient = change.patient else {
                known[nil] = try custodian.commons().id
                continue
            }
            do throws(SteleError) {
                known[patient] = try custodian.enrolled(patient)
            } catch {
                guard error.code == .subjectNotEnrolled, enrolling != nil, patient != Custodian.commonsPatient else {
                    throw error
                }
                refusal = error
                if case .version(let resource) = change.submission.change, resource.type == .patient,
                    resource.id == patient
                {
                    drafts[patient] = SubjectDraft(patient: resource, organisation: custodian.organisation)
                }
            }
        }
        for change in changes {
            if let patient = change.patient, known[patient] == nil, drafts[patient] == nil, let refusal {
                throw refusal
            }
            try check(change, of: known[change.patient], isOne, isDrafted)
        }
        if let enrolling {
            for (patient, draft) in drafts.sorted(by: { $0.key < $1.key }) {
                known[patient] = try await custodian.enrolUnclaimed(draft, enrolling).subject.id
            }
        }
        return changes.map { known[$0.patient]! }
    }

    /// Refuses what would be refused later, when a patient might be enrolled already. `subject` is nil for a patient
    /// who is none yet. Whose a name is, is looked up here for what is written as one; otherwise staging finds out.
    private func check(
        _ change: RecordChange, of subject: SubjectID?, _ isOne: Bool, _ isDrafted: Bool
    ) throws(SteleError) {
        let submission = change.submission
        let current = try subject.flatMap { (subject) throws(SteleError) in
            try custodian.vault.compartment(of: subject).current(submission.name)
        }
        if let expected = submission.expectedVersion {
            // A deleted resource is none, to whoever wants there to be none.
            let isThere = current.map { !$0.isTombstone || expected != 0 } ?? false
            guard expected == (isThere ? current!.version : 0) else { throw Self.versionConflict }
        }
        guard case .version(let resource) = submission.change else { return }
        if isOne, let holder = try custodian.vault.directory.subject(holding: submission.name), holder != subject {
            throw .resourceElsewhere
        }
        if subject == nil, !isDrafted { _ = try RecordDraft(resource, lastUpdated: custodian.time.now()) }
    }

    private static var versionConflict: SteleError {
        SteleError(
            .vaultVersionConflict, "the resource is not at the version expected",
            hint: "read the resource again and repeat the change on its newest version")
    }
}
