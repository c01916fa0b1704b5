// Contracts · records.register_subject and records.register_profile.
public import Ledger
public import Primitives

/// Registers a subject: a patient at the signer's organisation, which becomes the custodian.
public struct RecordsRegisterSubject: ContractCall {
    /// A fresh random id, unlinkable to the same patient elsewhere.
    public var subject = SubjectID.zero
    /// The key that will sign the subject's consent, made for this subject alone.
    public var consentKey = PublicKey.zero
    /// The version of the policy key under which the subject's labels become tokens.
    public var policyKeyVersion: UInt32 = 1

    public static let declaration = CallDeclaration(
        "records.register_subject",
        summary: "Registers a subject, a patient at the signer's organisation, which becomes the custodian.",
        signer: .organisation(.itself, [.node]), reservation: .always(verb: "import"),
        index: "\"c\" ‖ subject 32 ‖ height u64 ‖ transaction 32",
        refusals: [.subjectExists, .consentKeyShared])

    public init() {}

    /// A call that registers `subject`.
    public init(subject: SubjectID, consentKey: PublicKey, policyKeyVersion: UInt32 = 1) {
        self.subject = subject
        self.consentKey = consentKey
        self.policyKeyVersion = policyKeyVersion
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "subject", &subject, "a fresh random id, unlinkable to the same patient elsewhere")
        try list.required(2, "consent_key", &consentKey, "the key that signs the subject's consent, made for it alone")
        try list.required(
            3, "policy_key_version", &policyKeyVersion, within: ConsentLimits.policyKeyVersions,
            "the version of the policy key that makes the subject's tokens")
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        guard let custodian = try context.organisation(signingAs: .node) else { return .refused(.signerNotAllowed) }
        let state = context.state
        guard try RecordsState.subject(subject, in: state) == nil else { return .refused(.subjectExists) }
        guard try NetworkState.key(consentKey, in: state) == nil else { return .refused(.consentKeyShared) }
        var row = SubjectRow()
        row.custodian = custodian
        state.set(RecordsState.subjects.key(subject), to: row)
        state.set(
            ConsentState.policies.key(subject),
            to: AuthorityRow(consentKey: consentKey, policyKeyVersion: policyKeyVersion))
        return .applied(NoResult(), indexKeys: [context.indexKey("c", subject)])
    }
}

/// Registers a profile: the class tokens that the records under its number carry.
///
/// The number stands for one set of labels for ever. A profile that is registered gets tokens of the same labels under
/// the next policy key before the subject moves on to that key; there, again takes the place of before.
public struct RecordsRegisterProfile: ContractCall {
    /// The subject.
    public var subject = SubjectID.zero
    /// The profile's number.
    public var profile = ProfileNumber.placeholder
    /// The tokens of its labels.
    public var classes = TokenSet.placeholder
    /// The version of the policy key that made the tokens.
    public var policyKeyVersion: UInt32 = 1

    public static let declaration = CallDeclaration(
        "records.register_profile", summary: "Registers a profile, the class tokens of the records under its number.",
        signer: .organisation(.custodian, [.node]), reservation: .always(verb: "import"),
        index: "\"c\" ‖ subject 32 ‖ height u64 ‖ transaction 32",
        refusals: [.subjectUnknown, .subjectErased, .profileExists, .profileUnknown, .policyKeyVersion])

    public init() {}

    /// A call that registers `profile` of `subject`.
    public init(subject: SubjectID, profile: ProfileNumber, classes: TokenSet, policyKeyVersion: UInt32 = 1) {
        self.subject = subject
        self.profile = profile
        self.classes = classes
        self.policyKeyVersion = policyKeyVersion
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "subject", &subject, "the subject")
        try list.required(2, "profile", &profile, "the profile's number")
        try list.required(3, "classes", &classes, "the tokens of its labels")
        try list.required(
            4, "policy_key_version", &policyKeyVersion, within: ConsentLimits.policyKeyVersions,
            "the version of the policy key that made the tokens: the current one, or that and 1")
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        var subjectRow: SubjectRow
        switch try context.custody(of: subject) {
        case .held(let row): subjectRow = row
        case .refused(let refusal): return .refused(refusal)
        }
        guard let consent = try ConsentState.consent(of: subject, in: context.state) else {
            return .refused(.subjectUnknown)
        }
        let current = consent.policy.policyKeyVersion
        guard policyKeyVersion == current || policyKeyVersion.follows(current) else {
            return .refused(.policyKeyVersion)
        }
        let key = ConsentState.policies.key(subject, ConsentState.profileSort, profile.number)
        let known: ProfileRow? = try context.state.row(at: key)
        if policyKeyVersion == current {
            guard known?.classes(under: current) == nil else { return .refused(.profileExists) }
            context.state.set(key, to: ProfileRow(classes: classes, policyKeyVersion: current))
        } else {
            guard let inForce = known?.classes(under: current) else { return .refused(.profileUnknown) }
            context.state.set(key, to: ProfileRow(classes: inForce, policyKeyVersion: current, next: classes))
        }
        if !subjectRow.profiles.contains(profile) {
            subjectRow.profiles.insert(profile)
            context.state.set(RecordsState.subjects.key(subject), to: subjectRow)
        }
        return .applied(NoResult(), indexKeys: [context.indexKey("c", subject)])
    }
}
