// Vault · the directory's subjects and their profiles.
public import Cryptography
public import Primitives

extension VaultDirectory {
    /// Makes a patient a subject: a random id, a patient key and a policy key. Durable when this returns.
    ///
    /// The subject's registration on the ledger follows; ``RegisteredSubject/isOnLedger`` says whether it is known to
    /// have committed, so that it can be taken up again after a crash.
    ///
    /// - Parameter unclaimedSeed: the seed of the consent key, for a patient who has no wallet yet; kept sealed under
    ///   the patient's key until ``claimConsentSeed(of:)``.
    /// - Throws: ``SteleError`` with code `vault.subject_exists` when the patient is a subject, on the ledger or not.
    public func registerSubject(
        _ draft: SubjectDraft, unclaimedSeed: SecretBytes? = nil
    ) async throws(SteleError) -> RegisteredSubject {
        let patientRow = row(.patient, draft.patient.utf8)
        return try await lock.withLock(patientRow) { () async throws(SteleError) in
            guard try find(patientRow, Self.decodeSubjectID) == nil else {
                throw SteleError(
                    .vaultSubjectExists, "the patient is a subject already",
                    hint: "look the subject up and go on with it")
            }
            let subject = RegisteredSubject(
                id: random.bytes32(), patient: draft.patient, displayName: draft.displayName,
                birthDate: draft.birthDate,
                consentKey: draft.consentKey, organisation: draft.organisation, isOnLedger: false, profiles: [],
                policyKeys: [.random(version: 1, from: random)])
            noteIdentifying(subject.identifyingTexts)
            // Keys first: a subject without keys would be damage, keys without a subject are 144 idle bytes.
            _ = try await keyStore.addPatient(
                subject.id, policyKey: subject.newestPolicyKey, consentSeed: unclaimedSeed)
            try await write(
                [(row(.subject, subject.id.bytes), .subject(subject)), (patientRow, .subjectID(subject.id))], sync: true
            )
            return subject
        }
    }

    /// The subject `id`.
    ///
    /// - Throws: ``SteleError`` with code `vault.subject_unknown`.
    public func subject(_ id: SubjectID) throws(SteleError) -> RegisteredSubject {
        guard case .subject(let subject)? = try find(row(.subject, id.bytes), decodeSubject) else {
            throw SteleError(
                .vaultSubjectUnknown, "the vault keeps no such subject",
                hint: "check the id; a subject is known to its own custodian only")
        }
        return subject
    }

    /// The policy key that is the `version`th of a subject: also one that was replaced, which old tokens are read with.
    ///
    /// - Throws: ``SteleError`` with code `vault.subject_unknown`, or `vault.damaged` for one that was never made.
    public func policyKey(_ version: UInt32, of subject: RegisteredSubject) throws(SteleError) -> PolicyKey {
        if let known = subject.policyKeys.first(where: { $0.version == version }) { return known }
        guard let keys = try keyStore.patientKeys(subject.id) else { throw .damaged("patient key") }
        return try keyStore.policyKey(version, of: keys)
    }

    /// The policy key that follows the `version`th of a subject, for the holder of `consentKey` to be told; made now if
    /// it is not there. Durable when this returns; the same again after a crash, for as long as the ledger has not
    /// moved on to it and nobody else asks.
    ///
    /// One that another consent key's holder was told is thrown away: who had the wallet then may not be who has it
    /// now.
    ///
    /// - Throws: ``SteleError`` with code `vault.subject_unknown`, or `vault.damaged` if the newest one made is neither
    ///   that nor the one before it.
    public func nextPolicyKey(
        after version: UInt32, of id: SubjectID, for consentKey: PublicKey
    ) async throws(SteleError) -> PolicyKey {
        let key = row(.subject, id.bytes)
        return try await lock.withLock(key) { () async throws(SteleError) in
            var subject = try subject(id)
            guard version < UInt32.max, let current = subject.policyKeys.first(where: { $0.version == version }) else {
                throw .damaged("policy key")
            }
            if subject.newestPolicyKey != current, subject.preparedFor == consentKey { return subject.newestPolicyKey }
            guard let keys = try keyStore.patientKeys(id) else { throw .damaged("patient key") }
            let next = PolicyKey.random(version: version + 1, from: random)
            subject.policyKeys = [current, next]
            subject.preparedFor = consentKey
            try await write([(key, .subject(subject))], sync: true) { batch in
                keyStore.put(next, of: keys, into: &batch)
            }
            return next
        }
    }

    /// The seed of the consent key of a subject whose wallet nobody has claimed, or nil.
    public func unclaimedConsentSeed(of id: SubjectID) throws(SteleError) -> SecretBytes? {
        guard let keys = try keyStore.patientKeys(id) else { return nil }
        return try keyStore.consentSeed(of: keys)
    }

    /// Hands out the seed of a subject's consent key, once, and removes it: durable before this returns.
    ///
    /// - Throws: ``SteleError`` with code `vault.wallet_claimed` when it is not here, or not any more.
    public func claimConsentSeed(of id: SubjectID) async throws(SteleError) -> SecretBytes {
        try await lock.withLock(row(.subject, id.bytes)) { () async throws(SteleError) in
            guard let keys = try keyStore.patientKeys(id), let seed = try keyStore.consentSeed(of: keys) else {
                throw SteleError(
                    .vaultWalletClaimed, "the patient's wallet is not here: it was claimed, or made elsewhere",
                    hint: "use the wallet the patient has; nobody else can make another")
            }
            try await keyStore.removeConsentSeed(of: keys)
            return seed
        }
    }

    /// The subject that a patient is, or nil.
    public func subject(patient: String) throws(SteleError) -> RegisteredSubject? {
        guard case .subjectID(let id)? = try find(row(.patient, patient.utf8), Self.decodeSubjectID) else { return nil }
        return try subject(id)
    }

    /// Calls `body` with every subject, in an order that means nothing. For officers: it opens each entry.
    public func forEachSubject(_ body: (RegisteredSubject) throws(SteleError) -> Void) throws(SteleError) {
        try forEach(.subject, decodeSubject) { (entry) throws(SteleError) in
            if case .subject(let subject) = entry { try body(subject) }
        }
    }

    /// Changes what is known of a subject. Durable when this returns; nothing is changed when `change` throws.
    @discardableResult
    public func updateSubject(
        _ id: SubjectID, _ change: @Sendable (inout RegisteredSubject) throws(SteleError) -> Void
    ) async throws(SteleError) -> RegisteredSubject {
        try await update(id, sync: true, change)
    }

    private func update(
        _ id: SubjectID, sync: Bool, _ change: @Sendable (inout RegisteredSubject) throws(SteleError) -> Void
    ) async throws(SteleError) -> RegisteredSubject {
        let key = row(.subject, id.bytes)
        return try await lock.withLock(key) { () async throws(SteleError) in
            let old = try subject(id)
            var new = old
            try change(&new)
            if new != old { try await write([(key, .subject(new))], sync: sync) }
            return new
        }
    }

    private func decodeSubject(_ bytes: [UInt8]) throws(SteleError) -> Entry {
        .subject(
            try RegisteredSubject(bytes) { (id, version) throws(SteleError) in
                guard let keys = try keyStore.patientKeys(id) else { throw .damaged("patient key") }
                return try keyStore.policyKey(version, of: keys)
            })
    }

    private static func decodeSubjectID(_ bytes: [UInt8]) throws(SteleError) -> Entry {
        guard let id = SubjectID(bytes) else { throw .damaged("directory entry") }
        return .subjectID(id)
    }
}

// MARK: - Profiles
extension VaultDirectory {
    /// Gives every set of labels a profile of the subject, and returns the profiles concerned that the ledger is not
    /// known to have yet, which the caller registers there. Durable when this returns.
    ///
    /// A set that has a number keeps it, whether or not its registration ever committed, so this can be called again
    /// after a failure. Then ``confirmProfiles(_:of:)`` lets records use them.
    ///
    /// - Throws: ``SteleError`` with code `vault.profiles_full` when there would be more than 64; no number is given.
    public func proposeProfiles(
        for labelSets: Set<Set<Label>>, of id: SubjectID
    ) async throws(SteleError) -> [RecordProfile] {
        let subject = try subject(id)
        let missing = labelSets.contains { subject.profile(for: $0) == nil }
        let proposed = missing ? try await addProfiles(for: labelSets, of: id) : subject
        return proposed.profiles.filter { !$0.isOnLedger && labelSets.contains($0.labels) }
    }

    /// Notes that the registration of these profiles committed. Need not be repeated after a crash: registering them on
    /// the ledger again, and being told that they are there, is as good.
    public func confirmProfiles(_ numbers: some Sequence<UInt8>, of id: SubjectID) async throws(SteleError) {
        let numbers = Set(numbers)
        _ = try await update(id, sync: false) { subject in
            for number in numbers where subject.profiles.indices.contains(Int(number)) {
                subject.profiles[Int(number)].isOnLedger = true
            }
        }
    }

    private func addProfiles(
        for labelSets: Set<Set<Label>>, of id: SubjectID
    ) async throws(SteleError) -> RegisteredSubject {
        try await update(id, sync: true) { (subject) throws(SteleError) in
            // By their encodings, so that a replayed run gives the same numbers.
            let missing = labelSets.filter { subject.profile(for: $0) == nil }
                .sorted { Self.order($0).lexicographicallyPrecedes(Self.order($1)) }
            guard subject.profiles.count + missing.count <= RecordProfile.countMax else {
                throw SteleError(
                    .vaultProfilesFull,
                    "the subject has \(subject.profiles.count) profiles of \(RecordProfile.countMax)",
                    hint: "label the records with fewer different sets of labels")
            }
            for labels in missing {
                subject.profiles.append(
                    RecordProfile(number: UInt8(subject.profiles.count), labels: labels, isOnLedger: false))
            }
        }
    }

    private static func order(_ labels: Set<Label>) -> [UInt8] {
        var writer = CBORWriter()
        writer.write(labels: labels)
        return writer.bytes
    }
}
