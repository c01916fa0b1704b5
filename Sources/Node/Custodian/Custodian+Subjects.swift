// Node · patients become subjects, labels become profiles.
internal import Contracts
public import Cryptography
internal import FHIR
public import Primitives
public import Vault

/// What a patient's wallet gets when the patient becomes a subject.
public struct Enrolment: Sendable {
    /// The subject.
    public let subject: RegisteredSubject
    /// The patient as an actor: asks for tokens with the consent key.
    public let actor: RegisteredActor
}

extension Custodian {
    /// Makes a patient a subject: random id, policy key, registration on the ledger, and an actor for the patient.
    ///
    /// The consent key is made by the patient's wallet and its secret never comes here; the policy key is made here and
    /// goes to the wallet. After a crash half-way the same call with the same key goes on where it stopped.
    public func enrol(_ draft: SubjectDraft) async throws(SteleError) -> Enrolment {
        let subject: RegisteredSubject
        if let known = try vault.directory.subject(patient: draft.patient) {
            guard known.consentKey == draft.consentKey else {
                throw SteleError(
                    .vaultSubjectExists, "the patient is a subject already, with another consent key",
                    hint: "use the patient's wallet; a lost one is replaced by consent.rotate_consent_key")
            }
            subject = known
        } else {
            try ledger.disk?.checkGrowth()
            subject = try await vault.directory.registerSubject(draft)
        }
        if !subject.isOnLedger {
            try await apply(
                RecordsRegisterSubject(subject: subject.id, consentKey: subject.consentKey),
                accepting: .subjectExists)
            try await vault.directory.updateSubject(subject.id) { $0.isOnLedger = true }
        }
        let did = DIDKey.did(of: draft.consentKey)
        if let actor = try vault.directory.actor(did: did), actor.isOnLedger {
            return Enrolment(subject: subject, actor: actor)
        }
        let actor = try await addActor(
            ActorDraft(
                id: "patient-" + draft.patient, kind: .person, displayName: draft.displayName, roles: ["patient"],
                key: .okp(draft.consentKey), patientSubject: subject.id))
        return Enrolment(subject: subject, actor: actor)
    }

    /// Registers on the ledger whatever profiles `labelSets` need that it does not have.
    func registerProfiles(_ labelSets: Set<Set<Label>>, of subject: SubjectID) async throws(SteleError) {
        let missing = try await vault.directory.proposeProfiles(for: labelSets, of: subject)
        guard !missing.isEmpty else { return }
        let results = await withTaskGroup(of: SteleError?.self) { group in
            for profile in missing {
                group.addTask {
                    do throws(SteleError) {
                        try await self.register(profile, of: subject)
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            var errors: [SteleError] = []
            for await error in group { if let error { errors.append(error) } }
            return errors
        }
        if let error = results.first { throw error }
        try await vault.directory.confirmProfiles(missing.map(\.number), of: subject)
    }

    /// Registers `profile` under the policy key in force, which may be replaced meanwhile.
    private func register(_ profile: RecordProfile, of subject: SubjectID) async throws(SteleError) {
        for _ in 0..<Self.attemptCountMax {
            let key = try self.policy(of: subject).key
            let receipt = try await ledger.submit(transaction(registration(of: profile, under: key, of: subject)))
            switch receipt.status {
            case 0: return
            case Refusal.policyKeyVersion.status: continue
            case Refusal.profileExists.status where try isRegistered(profile, of: subject): return
            default: throw Self.refusal(receipt.status)
            }
        }
        throw Self.policyContended
    }

    /// The call that registers `profile` in tokens of `key`.
    func registration(
        of profile: RecordProfile, under key: PolicyKey, of subject: SubjectID
    ) -> RecordsRegisterProfile {
        guard let number = ProfileNumber(UInt64(profile.number)),
            let classes = TokenSet(padding: profile.labels.map { key.token(for: $0) }, random: random)
        else { preconditionFailure("a profile has at most 16 labels and a number below 64") }
        return RecordsRegisterProfile(
            subject: subject, profile: number, classes: classes, policyKeyVersion: key.version)
    }

    /// Whether the ledger has `profile` with the tokens of all its labels: a number taken for other labels would let
    /// records out that its own labels keep in.
    private func isRegistered(_ profile: RecordProfile, of subject: SubjectID) throws(SteleError) -> Bool {
        let (policy, key) = try self.policy(of: subject)
        guard let found = policy.profiles.first(where: { $0.number.number == profile.number }),
            found.policyKeyVersion == key.version
        else { return false }
        return profile.labels.allSatisfy { found.classes.tokens.contains(key.token(for: $0)) }
    }

    // MARK: - The organisation's own compartment

    /// The logical id under which the organisation's own records are kept: practitioners, places, devices.
    public static let commonsPatient = "commons"

    /// Where records of no patient live. Its policy is an ordinary grant to the organisation's own staff; requests for
    /// records that do not exist are decided against it, so that they cost and look the same as any other.
    func commons() throws(SteleError) -> RegisteredSubject {
        guard let subject = try vault.directory.subject(patient: Self.commonsPatient) else {
            throw SteleError(
                .subjectNotEnrolled, "the organisation's own compartment is missing",
                hint: "restart the node: it makes the compartment when it starts")
        }
        return subject
    }

    /// The key that signs the consent of the organisation's own compartment, made from its first node key. It stays
    /// when the node key is replaced.
    public static func commonsKey(of nodeKey: SigningKey) throws(SteleError) -> SigningKey {
        try SigningKey(seed: HKDF.sha256.derive(from: nodeKey.seed, info: "stele/v1/commons-consent"))
    }

    func openCommons() async throws(SteleError) {
        let consentKey = if let commonsKey { commonsKey } else { try Self.commonsKey(of: nodeKey) }
        let enrolment = try await enrol(
            SubjectDraft(
                patient: Self.commonsPatient, displayName: organisation, consentKey: consentKey.publicKey,
                organisation: organisation))
        let subject = enrolment.subject.id
        let now = time.now().seconds / 86_400 * 86_400
        let policy = try ledger.withState(about: subject) { (state) throws(SteleError) in
            try AccessPreview.policy(of: subject, in: state)
        }
        let oneYear: UInt64 = 366 * 86_400
        guard policy?.grants.contains(where: { $0.terms.notAfter.seconds > now + oneYear }) != true else { return }
        let key = try self.policy(of: subject).key
        func set(_ labels: [Label]) -> TokenSet {
            TokenSet(padding: labels.map { key.token(for: $0) }, random: random)!  // At most four labels.
        }
        let grant = ConsentGrant(
            subject: subject,
            grants: [
                GrantTerms(
                    kind: .permit,
                    grantees: set([.organisation(organisation), .role(code: "patient", organisation: organisation)]),
                    actions: .all,
                    purposes: set(["TREAT", "HPAYMT", "HOPERAT", "PATRQT"].map(Label.purpose)), classes: set([.all]),
                    notBefore: UnixSeconds(now), notAfter: UnixSeconds(now + 10 * oneYear),
                    termsCommitment: random.bytes32(), policyKeyVersion: key.version)
            ])
        let envelope = UnsignedTransactionMaker(chainID: ledger.chainID, time: time, random: random)
            .envelope(grant, key: consentKey)
        let receipt = try await ledger.submit(envelope)
        guard receipt.isApplied else { throw Self.refusal(receipt.status) }
    }
}
