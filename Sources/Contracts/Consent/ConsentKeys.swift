// Contracts · consent.rotate_consent_key and consent.rotate_policy_key.
public import Ledger
public import Primitives

/// Replaces the key that signs a subject's consent.
public struct ConsentRotateConsentKey: ContractCall {
    public typealias Result = ConsentActResult

    /// The subject.
    public var subject = SubjectID.zero
    /// The new key, made for this subject alone.
    public var consentKey = PublicKey.zero

    public static let declaration = CallDeclaration(
        "consent.rotate_consent_key", summary: "Replaces the key that signs a subject's consent.",
        signer: .subject(or: .wallet),
        index: "\"c\" ‖ subject 32 ‖ height u64 ‖ transaction 32",
        refusals: [.subjectUnknown, .delegateExists, .consentKeyShared])

    public init() {}

    /// A call that makes `consentKey` the key of `subject`.
    public init(subject: SubjectID, consentKey: PublicKey) {
        self.subject = subject
        self.consentKey = consentKey
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "subject", &subject, "the subject")
        try list.required(2, "consent_key", &consentKey, "the new key, made for this subject alone")
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        switch try context.keyAuthority(over: subject) {
        case .held(let consent, let signer):
            guard try NetworkState.key(consentKey, in: context.state) == nil else {
                return .refused(.consentKeyShared)
            }
            let wasRevoked = try context.state.value(for: ConsentState.revokedDelegates.key(subject, consentKey)) != nil
            let isDelegate = try context.state.value(for: ConsentState.delegates.key(subject, consentKey)) != nil
            guard consentKey != consent.consentKey, !wasRevoked, !isDelegate else {
                return .refused(.delegateExists)
            }
            context.state.set(
                ConsentState.policies.key(subject),
                to: AuthorityRow(consentKey: consentKey, policyKeyVersion: consent.policy.policyKeyVersion))
            // The old key is spent: it may not come back as a delegate or as the consent key.
            context.state.set(
                ConsentState.revokedDelegates.key(subject, consent.consentKey), to: EndedRow(endedAt: context.now))
            return .applied(ConsentActResult(signedAs: signer), indexKeys: [context.indexKey("c", subject)])
        case .refused(let refusal): return .refused(refusal)
        }
    }
}

/// Moves a subject to the next policy key, under which the signer has stated everything in force already.
///
/// The one step of a replacement that changes what decisions are made with: before it the tokens of the old key count,
/// after it those of the new one, and they stand for the same.
public struct ConsentRotatePolicyKey: ContractCall {
    public typealias Result = ConsentActResult

    /// The subject.
    public var subject = SubjectID.zero
    /// The new version: the current one and 1.
    public var policyKeyVersion: UInt32 = 1

    public static let declaration = CallDeclaration(
        "consent.rotate_policy_key",
        summary: "Moves a subject to the next policy key, under which the signer has stated its grants already.",
        signer: .subject(or: .wallet),
        index: "\"c\" ‖ subject 32 ‖ height u64 ‖ transaction 32",
        refusals: [.subjectUnknown, .policyKeyVersion, .policyKeyIncomplete])

    public init() {}

    /// A call that makes `policyKeyVersion` the current version of `subject`.
    public init(subject: SubjectID, policyKeyVersion: UInt32) {
        self.subject = subject
        self.policyKeyVersion = policyKeyVersion
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "subject", &subject, "the subject")
        try list.required(
            2, "policy_key_version", &policyKeyVersion, within: ConsentLimits.policyKeyVersions,
            "the new version: the current one and 1")
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        switch try context.keyAuthority(over: subject) {
        case .held(let consent, let signer):
            guard policyKeyVersion.follows(consent.policy.policyKeyVersion) else { return .refused(.policyKeyVersion) }
            guard consent.isRestated(by: context.signer, from: context.now) else {
                return .refused(.policyKeyIncomplete)
            }
            context.state.set(
                ConsentState.policies.key(subject),
                to: AuthorityRow(consentKey: consent.consentKey, policyKeyVersion: policyKeyVersion))
            return .applied(ConsentActResult(signedAs: signer), indexKeys: [context.indexKey("c", subject)])
        case .refused(let refusal): return .refused(refusal)
        }
    }
}
