// Node · patients enrolled before they have a wallet: the node keeps one for them until it is claimed.
internal import Contracts
public import Cryptography
internal import FHIR
public import Primitives
public import Vault

/// What happens when a patient is enrolled who has no wallet yet.
public struct EnrolmentTerms: Sendable {
    /// Whether the custodian's own organisation is permitted to treat the patient: to read and search everything for
    /// `TREAT`, for ten years. An ordinary grant, which the patient ends like any other.
    public var treatingPermit: Bool

    /// Terms of enrolment.
    public init(treatingPermit: Bool) { self.treatingPermit = treatingPermit }
}

/// What a wallet is made from, handed out once.
public struct ClaimedWallet: Sendable {
    /// The subject.
    public let subject: RegisteredSubject
    /// The policy key in force.
    public let policyKey: PolicyKey
    /// The seed of the key that signs the patient's consents. From now on nobody else has it.
    public let consentSeed: SecretBytes
}

extension Custodian {
    /// How long a treatment permit made at enrolment lasts, in seconds: ten years.
    static let treatingPermitSeconds: UInt64 = 10 * 366 * 86_400

    /// Makes a patient a subject with a consent key made here, which is kept sealed under the patient's key until
    /// ``claimWallet(of:)``. After a crash half-way the same call goes on where it stopped.
    ///
    /// - Parameter draft: `consentKey` of it is replaced by that of the new key.
    /// - Throws: `vault.subject_exists` when the patient is a subject with a wallet of their own, or a claimed one.
    public func enrolUnclaimed(_ draft: SubjectDraft, _ terms: EnrolmentTerms) async throws(SteleError) -> Enrolment {
        var draft = draft
        let key: SigningKey
        if let known = try vault.directory.subject(patient: draft.patient) {
            guard let seed = try vault.directory.unclaimedConsentSeed(of: known.id) else {
                throw SteleError(
                    .vaultSubjectExists, "the patient is a subject already, with a wallet",
                    hint: "use the patient's wallet; if it is lost, a wallet delegate of the patient replaces its key")
            }
            key = try SigningKey(seed: seed)
            draft.consentKey = key.publicKey
        } else {
            try ledger.disk?.checkGrowth()
            key = SigningKey.random(from: keyRandom)
            draft.consentKey = key.publicKey
            _ = try await vault.directory.registerSubject(draft, unclaimedSeed: key.seed)
        }
        let enrolment = try await enrol(draft)
        if terms.treatingPermit { try await permitTreatment(of: enrolment.subject, key: key) }
        return enrolment
    }

    /// Hands out the wallet of a patient who was enrolled without one, and destroys the node's copy.
    ///
    /// - Throws: `subject.not_enrolled`, or `vault.wallet_claimed` when it was handed out before or never here.
    public func claimWallet(of patient: String) async throws(SteleError) -> ClaimedWallet {
        let id = try enrolled(patient)
        return try await replacingPolicyKey(of: id) { () async throws(SteleError) in
            ClaimedWallet(
                subject: try vault.directory.subject(id), policyKey: try policy(of: id).key,
                consentSeed: try await vault.directory.claimConsentSeed(of: id))
        }
    }

    /// Registers the permit for treatment by the custodian's own organisation, unless one of that length stands.
    private func permitTreatment(of subject: RegisteredSubject, key: SigningKey) async throws(SteleError) {
        let now = time.now().seconds / 86_400 * 86_400
        let until = now + Self.treatingPermitSeconds
        let (policy, policyKey) = try self.policy(of: subject.id)
        guard !policy.grants.contains(where: { $0.terms.notAfter.seconds == until }) else { return }
        func set(_ label: Label) -> TokenSet {
            TokenSet(padding: [policyKey.token(for: label)], random: random)!  // One label.
        }
        let grant = ConsentGrant(
            subject: subject.id,
            grants: [
                GrantTerms(
                    kind: .permit, grantees: set(.organisation(organisation)), actions: Actions([.read, .search]),
                    purposes: set(.purpose("TREAT")), classes: set(.all), notBefore: UnixSeconds(now),
                    notAfter: UnixSeconds(until), termsCommitment: random.bytes32(),
                    policyKeyVersion: policyKey.version)
            ])
        let maker = UnsignedTransactionMaker(chainID: ledger.chainID, time: time, random: random)
        let receipt = try await ledger.submit(maker.envelope(grant, key: key))
        guard receipt.isApplied else { throw Self.refusal(receipt.status) }
    }
}

extension SubjectDraft {
    /// The subject that the Patient `resource` would become, with no consent key yet.
    ///
    /// - Precondition: the resource has an id.
    init(patient resource: Resource, organisation: String) {
        guard let id = resource.id else { preconditionFailure("a resource is given an id before it is kept") }
        let date = resource.birthDate
        self.init(
            patient: id,
            displayName: resource.officialName ?? "Patient " + id,
            birthDate: date.flatMap { DateTime($0) != nil && $0.utf8.count <= 10 ? $0 : nil },
            consentKey: .zero, organisation: organisation)
    }
}
