// Node · records on their way in: labelled, sealed, anchored, and only then shown.
internal import Contracts
public import FHIR
public import Primitives
public import Vault

extension Custodian {
    /// Writes versions of resources of one patient, or of none: those go to the organisation's own compartment.
    ///
    /// A resource whose newest version has the same bytes is not written again. When this returns, every version is
    /// sealed, anchored and durable. Up to ``anchoredCountMax`` versions are anchored by one transaction, all or none;
    /// a failure leaves those of other transactions written.
    /// - Throws: `subject.not_enrolled`, `vault.version_conflict`, `vault.version_pending`, `vault.resource_elsewhere`,
    ///   or what the ledger says.
    public func write(_ submissions: [Submission], patient: String?) async throws(SteleError) -> [Written] {
        guard !submissions.isEmpty else { return [] }
        return try await exclusively([patient]) { (writer) async throws(SteleError) in
            try await writer.write(submissions.map { RecordChange($0, patient: patient) }, asOne: false)
                .compactMap { $0 }
        }
    }

    /// Runs `body` while nobody else writes records of `patients`; nil stands for the organisation's own.
    ///
    /// What `body` finds in their compartments is still so when it writes. Within it no other patient's records may be
    /// written, and ``exclusively(_:enrolling:_:)`` may not be called.
    /// - Parameter terms: how a patient who is no subject yet becomes one by the writing of their Patient resource; nil
    ///   if that is not for this caller to do.
    public func exclusively<Value: Sendable>(
        _ patients: some Sequence<String?>, enrolling terms: EnrolmentTerms? = nil,
        _ body: (RecordWriter) async throws(SteleError) -> Value
    ) async throws(SteleError) -> Value {
        let keys = Set(patients.map { $0 ?? Self.commonsPatient }).sorted()
        return try await writing.withLocks(keys) { () async throws(SteleError) in
            try await body(RecordWriter(custodian: self, enrolling: terms))
        }
    }

    /// Runs `body` while nobody else decides whether a patient is known here: two requests that look for one identifier
    /// and create a patient when there is none must not both find none. Comes before ``exclusively(_:enrolling:_:)``.
    public func identifyingPatients<Value: Sendable>(
        _ body: () async throws(SteleError) -> Value
    ) async throws(SteleError) -> Value {
        // No patient has this key: a logical id is not empty.
        try await writing.withLocks([""], body)
    }

    /// The logical id of the patient whose record `resource` is, nil inside for one of the organisation's own; nil if
    /// there never was such a resource.
    public func owner(of resource: ResourceName) throws(SteleError) -> String?? {
        guard let subject = try vault.directory.subject(holding: resource) else { return nil }
        let patient = try vault.directory.subject(subject).patient
        return .some(patient == Self.commonsPatient ? nil : patient)
    }

    /// The logical ids of the patients whose newest Patient resource has all of `identifiers`, whoever may see it.
    ///
    /// - Parameter identifiers: a system that is empty stands for none, one that is nil for any.
    public func patients(identifiedBy identifiers: [BusinessIdentifier]) throws(SteleError) -> [String] {
        guard let first = identifiers.first else { return [] }
        var found: [String] = []
        for subject in try vault.directory.subjects(identifiedBy: first.value, system: first.system) {
            let patient = try vault.directory.subject(subject).patient
            let name = ResourceName(type: ResourceType.patient.name, id: patient)
            guard let entry = try vault.compartment(of: subject).current(name), !entry.isTombstone else { continue }
            let known = try Resource(parsing: vault.open(entry, of: subject)).identifiers
            let hasAll = identifiers.allSatisfy { wanted in
                known.contains { own in
                    own.value == wanted.value && wanted.system.map { $0 == own.system ?? "" } ?? true
                }
            }
            if hasAll { found.append(patient) }
        }
        return found
    }

    /// The subject that the patient with this logical id is.
    /// - Throws: `subject.not_enrolled`.
    public func enrolled(_ patient: String) throws(SteleError) -> SubjectID {
        // The organisation's own compartment is nobody's record: what is there, the whole staff sees.
        guard patient != Self.commonsPatient, let subject = try vault.directory.subject(patient: patient),
            subject.isOnLedger
        else {
            throw SteleError(
                .subjectNotEnrolled, "the patient is not enrolled with this custodian",
                hint: "have an officer enrol the patient first, by writing the Patient or at /custodian/v1/subjects")
        }
        return subject.id
    }
}
