// Contracts · consent.restate.
public import Ledger
public import Primitives

/// The token sets of a grant.
public struct GrantTokens: FieldRecord {
    /// Whom it speaks about.
    public var grantees = TokenSet.placeholder
    /// For what.
    public var purposes = TokenSet.placeholder
    /// On which records.
    public var classes = TokenSet.placeholder
    /// Save which records.
    public var except: TokenSet?

    public init() {}

    /// These sets.
    public init(grantees: TokenSet, purposes: TokenSet, classes: TokenSet, except: TokenSet? = nil) {
        self.grantees = grantees
        self.purposes = purposes
        self.classes = classes
        self.except = except
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "grantees", &grantees, "whom it speaks about")
        try list.required(2, "purposes", &purposes, "for what")
        try list.required(3, "classes", &classes, "on which records")
        try list.optional(4, "except", &except, "save which records")
    }

    /// Whether there is a set of the same size for each of `terms`.
    func fits(_ terms: GrantTerms) -> Bool {
        grantees.tokens.count == terms.grantees.tokens.count && purposes.tokens.count == terms.purposes.tokens.count
            && classes.tokens.count == terms.classes.tokens.count && except?.tokens.count == terms.except?.tokens.count
    }
}

/// A grant and its tokens under another policy key.
public struct RestatedGrant: FieldRecord {
    /// The grant.
    public var grant = Digest.zero
    /// What it says, in the new tokens.
    public var tokens = GrantTokens()

    public init() {}

    /// The grant `grant`, saying `tokens`.
    public init(grant: Digest, tokens: GrantTokens) {
        self.grant = grant
        self.tokens = tokens
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "grant", &grant, "the grant")
        try list.required(2, "tokens", &tokens, "what it says, in tokens of the next policy key")
    }
}

/// States grants of a subject again, in tokens of the next policy key. All or none; again takes the place of before.
///
/// Nothing is decided by these tokens before ``ConsentRotatePolicyKey``, which whoever signed this has to sign as well:
/// what another states is another's word, and may be that of a key which has been taken away since. The grant stays
/// what it was: its id, kind, actions, bounds, obligations and episode are those it was made with, and what ends it
/// ends both.
public struct ConsentRestate: ContractCall {
    public typealias Result = ConsentActResult

    /// The subject.
    public var subject = SubjectID.zero
    /// The version of the policy key that made the tokens: the current one and 1.
    public var policyKeyVersion: UInt32 = 1
    /// The grants.
    public var grants: [RestatedGrant] = []

    public static let declaration = CallDeclaration(
        "consent.restate", summary: "States grants of a subject again, all or none, in tokens of the next policy key.",
        signer: .subject(or: .wallet), index: "\"c\" ‖ subject 32 ‖ height u64 ‖ transaction 32",
        refusals: [.subjectUnknown, .policyKeyVersion, .grantUnknown, .grantDiffers])

    public init() {}

    /// A call that states `grants` of `subject` under the policy key `policyKeyVersion`.
    public init(subject: SubjectID, policyKeyVersion: UInt32, grants: [RestatedGrant]) {
        self.subject = subject
        self.policyKeyVersion = policyKeyVersion
        self.grants = grants
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "subject", &subject, "the subject")
        try list.required(
            2, "policy_key_version", &policyKeyVersion, within: ConsentLimits.policyKeyVersions,
            "the version of the policy key that made the tokens: the current one and 1")
        try list.required(3, "grants", &grants, within: ConsentLimits.grantsPerCall, "the grants, each once")
    }

    public func validate() throws(FieldFault) {
        guard Set(grants.map(\.grant)).count == grants.count else { throw FieldFault(.order, path: "grants") }
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        let policy: ConsentPolicy
        let signedAs: ConsentSigner
        switch try context.keyAuthority(over: subject) {
        case .held(let consent, let signer): (policy, signedAs) = (consent.policy, signer)
        case .refused(let refusal): return .refused(refusal)
        }
        guard policyKeyVersion.follows(policy.policyKeyVersion) else { return .refused(.policyKeyVersion) }
        for restated in grants {
            guard let grant = policy.grants.first(where: { $0.id == restated.grant }),
                policy.canApply(grant, from: context.now)
            else { return .refused(.grantUnknown) }
            guard restated.tokens.fits(grant.terms) else { return .refused(.grantDiffers) }
            context.state.set(
                ConsentState.policies.key(subject, ConsentState.grantSort, grant.id),
                to: GrantRow(
                    terms: grant.terms, episode: grant.episode,
                    next: StatedTokens(tokens: restated.tokens, signer: context.signer)))
        }
        return .applied(ConsentActResult(signedAs: signedAs), indexKeys: [context.indexKey("c", subject)])
    }
}
