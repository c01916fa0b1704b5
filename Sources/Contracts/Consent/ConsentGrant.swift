// Contracts · consent.grant.
public import Ledger
public import Primitives

/// Makes grants for a subject. All are made or none.
public struct ConsentGrant: ContractCall {
    /// The names of the grants made, and who signed.
    public struct Result: FieldRecord {
        /// Who signed.
        public var signedAs = ConsentSigner.subject
        /// The grants' ids, in the order of the call.
        public var grants: [Digest] = []

        public init() {}

        public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
            try list.required(1, "signed_as", &signedAs, "who signed: the subject or a delegate of some kind")
            try list.required(
                2, "grants", &grants, within: ConsentLimits.grantsPerCall, "the grants' ids, in the order of the call")
        }
    }

    /// The subject.
    public var subject = SubjectID.zero
    /// What the grants say.
    public var grants: [GrantTerms] = []
    /// The episode with which they end; opened if it is unknown.
    public var episode: Bytes32?
    /// Whether the custodian may end the episode too, if this call opens it.
    public var custodianMayEnd = false

    public static let declaration = CallDeclaration(
        "consent.grant", summary: "Makes grants for a subject, all or none; with an episode, grants that end with it.",
        signer: .subject(or: .delegate), index: "\"c\" ‖ subject 32 ‖ height u64 ‖ transaction 32",
        refusals: [.subjectUnknown, .policyKeyVersion, .grantExpired, .grantLimit, .episodeEnded, .episodeLimit])

    public init() {}

    /// A call that makes `grants` for `subject`.
    public init(subject: SubjectID, grants: [GrantTerms], episode: Bytes32? = nil, custodianMayEnd: Bool = false) {
        self.subject = subject
        self.grants = grants
        self.episode = episode
        self.custodianMayEnd = custodianMayEnd
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "subject", &subject, "the subject")
        try list.required(2, "grants", &grants, within: ConsentLimits.grantsPerCall, "what the grants say")
        try list.optional(3, "episode", &episode, "the episode with which they end; opened if it is unknown")
        try list.marker(
            4, "custodian_may_end", &custodianMayEnd,
            "whether the custodian may end the episode too, such as at discharge, if this call opens it")
    }

    public func validate() throws(FieldFault) {
        guard !custodianMayEnd || episode != nil else {
            throw FieldFault(.rule("needs an episode"), path: "custodian_may_end")
        }
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        let policy: ConsentPolicy
        var result = Result()
        switch try context.authority(over: subject) {
        case .held(let consent, let signer):
            policy = consent.policy
            result.signedAs = signer
        case .refused(let refusal): return .refused(refusal)
        }
        for terms in grants {
            guard terms.policyKeyVersion == policy.policyKeyVersion else { return .refused(.policyKeyVersion) }
            guard context.now < terms.notAfter else { return .refused(.grantExpired) }
        }
        if let episode, !policy.openEpisodes.contains(episode),
            let refusal = try context.open(episode, of: subject, under: policy, custodianMayEnd: custodianMayEnd)
        {
            return .refused(refusal)
        }
        guard context.makeRoom(for: grants.count, of: subject, under: policy) else { return .refused(.grantLimit) }
        for (index, terms) in grants.enumerated() {
            let id = Grant.id(transaction: context.transactionID, index: index)
            context.state.set(
                ConsentState.policies.key(subject, ConsentState.grantSort, id),
                to: GrantRow(terms: terms, episode: episode))
            result.grants.append(id)
        }
        return .applied(result, indexKeys: [context.indexKey("c", subject)])
    }
}

extension CallContext {
    /// Makes room for `count` grants, and says whether there is any. Grants that can never apply again are removed, but
    /// only when they stand in the way, so that most acts write nothing but their own rows.
    fileprivate func makeRoom(for count: Int, of subject: SubjectID, under policy: ConsentPolicy) -> Bool {
        guard policy.grants.count + count > ConsentLimits.grantCountMax else { return true }
        let ended = policy.grants.filter { !policy.canApply($0, from: now) }
        guard policy.grants.count - ended.count + count <= ConsentLimits.grantCountMax else { return false }
        for grant in ended {
            state.remove(ConsentState.policies.key(subject, ConsentState.grantSort, grant.id))
        }
        return true
    }
}
