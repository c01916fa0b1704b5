// Contracts · access.request: decide, record, and only then may anything be released.
public import Ledger
public import Primitives

/// Asks for a subject's records. Applied whatever is decided: a refusal is an event too.
///
/// The custodian prepares a release under the policy it sees, says which profiles it expects to be permitted, and names
/// the root over what it would release. The contract decides again; if anything differs nothing is recorded and the
/// custodian prepares anew.
public struct AccessRequest: ContractCall {
    /// What was decided, and where it stands in the subject's log.
    public struct Result: FieldRecord {
        /// The event's number in the subject's log.
        public var number: UInt64 = 1
        /// The profiles that are permitted.
        public var permitted = ProfileSet()
        /// The grants that permit them.
        public var permits: [PermitCitation] = []
        /// The grants that deny the others; a profile that none denies and none permits is in no list.
        public var denies: [DenyCitation] = []
        /// The hash over the subject's log, this event included.
        public var head = Digest.zero
        /// In an emergency, the permitted profiles that would have been refused without one.
        public var overridden: ProfileSet?

        public init() {}

        public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
            try list.required(1, "n", &number, within: 1...UInt64.max, "the event's number in the subject's log")
            try list.required(2, "permitted", &permitted, "the profiles that are permitted")
            try list.required(
                3, "permits", &permits, within: 0...ConsentLimits.grantCountMax, "the grants that permit them")
            try list.required(
                4, "denies", &denies, within: 0...ProfileNumber.count, "the grants that deny the others")
            try list.required(5, "head", &head, "the hash over the subject's log, this event included")
            try list.optional(
                6, "overridden", &overridden,
                "in an emergency, the permitted profiles that would have been refused without one")
        }
    }

    /// The subject.
    public var subject = SubjectID.zero
    /// Commitment to what the asker signed.
    public var askerCommitment = Digest.zero
    /// Who asks.
    public var asker = TokenSet.placeholder
    /// To do what.
    public var action = Action.read
    /// For what.
    public var purposes = TokenSet.placeholder
    /// The profiles the custodian expects to be permitted.
    public var expected = ProfileSet()
    /// The root over what would be released.
    public var manifestRoot = Digest.zero
    /// The transaction this one repeats.
    public var retryOf: TransactionID?
    /// The override under which it is asked, if it is asked under one.
    public var emergency: EmergencyCitation?
    /// The version of the policy key that made the tokens.
    public var policyKeyVersion: UInt32 = 1

    public static let declaration = CallDeclaration(
        "access.request", summary: "Asks for a subject's records; records what is decided, refusals included.",
        signer: .organisation(.custodian, [.node]), reservation: .always(verb: "read"),
        index: "\"a\" ‖ subject 32 ‖ n u64",
        refusals: [.subjectUnknown, .subjectErased, .emergencyUnknown, .emergencyEnded, .accessStale])

    public init() {}

    /// A call that asks for records of `subject`.
    public init(
        subject: SubjectID, askerCommitment: Digest, asker: TokenSet, action: Action, purposes: TokenSet,
        expected: ProfileSet, manifestRoot: Digest, retryOf: TransactionID? = nil,
        emergency: EmergencyCitation? = nil, policyKeyVersion: UInt32 = 1
    ) {
        self.subject = subject
        self.askerCommitment = askerCommitment
        self.asker = asker
        self.action = action
        self.purposes = purposes
        self.expected = expected
        self.manifestRoot = manifestRoot
        self.retryOf = retryOf
        self.emergency = emergency
        self.policyKeyVersion = policyKeyVersion
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "subject", &subject, "the subject")
        try list.required(2, "asker_commitment", &askerCommitment, "commitment to what the asker signed")
        try list.required(3, "asker", &asker, "who asks")
        try list.required(4, "action", &action, "to do what")
        try list.required(5, "purposes", &purposes, "for what")
        try list.required(6, "expected", &expected, "the profiles the custodian expects to be permitted")
        try list.required(7, "manifest_root", &manifestRoot, "the root over what would be released")
        try list.optional(8, "retry_of", &retryOf, "the transaction this one repeats")
        try list.optional(9, "emergency", &emergency, "the override under which it is asked, if under one")
        try list.required(
            10, "policy_key_version", &policyKeyVersion, within: ConsentLimits.policyKeyVersions,
            "the version of the policy key that made the tokens")
    }

    public func validate() throws(FieldFault) {
        guard emergency == nil || action == .read || action == .search else {
            throw FieldFault(.rule("is no reading or searching, which alone an emergency opens"), path: "action")
        }
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        let custodian: OrganisationName
        switch try context.custody(of: subject) {
        case .held(let row): custodian = row.custodian
        case .refused(let refusal): return .refused(refusal)
        }
        if let refusal = try emergency?.refusal(at: custodian, about: subject, in: context) {
            return .refused(refusal)
        }
        guard let policy = try AccessPreview.policy(of: subject, in: context.state) else {
            return .refused(.subjectUnknown)
        }
        var question = ConsentQuestion(
            asker: asker, purposes: purposes, action: action, time: context.now, isEmergency: emergency != nil)
        let decision = ConsentEvaluator.decide(question, under: policy)
        // Tokens of another key would meet no deny.
        guard policyKeyVersion == policy.policyKeyVersion, decision.permitted == expected else {
            return .refused(.accessStale)
        }
        var event = AccessEvent()
        event.record(self, permitted: decision.permitted)
        let chain = try context.chain(event, to: subject)
        var result = Result()
        result.number = chain.count
        result.permitted = decision.permitted
        result.permits = decision.permits
        result.denies = decision.denies
        result.head = chain.head
        if emergency != nil {
            question.isEmergency = false
            let ordinary = ConsentEvaluator.decide(question, under: policy)
            result.overridden = decision.permitted.subtracting(ordinary.permitted)
        }
        return .applied(result, indexKeys: [context.accessIndexKey(subject, chain.count)])
    }
}
