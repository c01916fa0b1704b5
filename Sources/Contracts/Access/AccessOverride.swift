// Contracts · access.override: emergency access by a person, limited, recorded and reviewed.
public import Ledger
public import Primitives

/// Why an emergency override is needed.
public enum OverrideReason: UInt8, FieldChoice {
    /// The subject's life or limb is in danger.
    case lifeThreatening = 1
    /// The subject cannot be asked: unconscious, confused, a child alone.
    case unableToConsent = 2
    /// Care that cannot wait until the subject is asked.
    case urgentCare = 3
    /// Others are in danger.
    case dangerToOthers = 4
    /// An event with many hurt.
    case disaster = 5

    public var name: String {
        switch self {
        case .lifeThreatening: "life_threatening"
        case .unableToConsent: "unable_to_consent"
        case .urgentCare: "urgent_care"
        case .dangerToOthers: "danger_to_others"
        case .disaster: "disaster"
        }
    }
}

/// What an override can be for.
public enum OverrideAction: UInt8, FieldChoice {
    /// To see records.
    case read = 1
    /// To find records.
    case search = 2

    public var name: String {
        switch self {
        case .read: "read"
        case .search: "search"
        }
    }

    /// The same as an action of a grant.
    var action: Action {
        switch self {
        case .read: .read
        case .search: .search
        }
    }
}

/// Opens a subject's records in an emergency, and a review with a deadline.
///
/// It beats a missing permit, and a deny unless that deny holds even in an emergency.
public struct AccessOverride: ContractCall {
    /// What was opened, until when, and by when it is to be reviewed.
    public struct Result: FieldRecord {
        /// The event's number in the subject's log.
        public var number: UInt64 = 1
        /// The profiles that are open.
        public var permitted = ProfileSet()
        /// Those of them that would have been refused without an emergency.
        public var overridden = ProfileSet()
        /// The grants that deny the others even now.
        public var denies: [DenyCitation] = []
        /// The hash over the subject's log, this event included.
        public var head = Digest.zero
        /// Until when the override holds, exclusive.
        public var until = UnixSeconds(0)
        /// By when it is to be reviewed.
        public var reviewBy = UnixSeconds(0)

        public init() {}

        public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
            try list.required(1, "n", &number, within: 1...UInt64.max, "the event's number in the subject's log")
            try list.required(2, "permitted", &permitted, "the profiles that are open")
            try list.required(3, "overridden", &overridden, "those that would have been refused without an emergency")
            try list.required(
                4, "denies", &denies, within: 0...ProfileNumber.count, "the grants that deny the others even now")
            try list.required(5, "head", &head, "the hash over the subject's log, this event included")
            try list.required(6, "until", &until, "until when the override holds, exclusive")
            try list.required(7, "review_by", &reviewBy, "by when it is to be reviewed")
        }
    }

    /// The subject.
    public var subject = SubjectID.zero
    /// Commitment to what the asker signed.
    public var askerCommitment = Digest.zero
    /// Who asks.
    public var asker = TokenSet.placeholder
    /// To do what.
    public var action = OverrideAction.read
    /// For what.
    public var purposes = TokenSet.placeholder
    /// The profiles the custodian expects to be open.
    public var expected = ProfileSet()
    /// The root over what would be released.
    public var manifestRoot = Digest.zero
    /// `HMAC(organisation's override key, actor)`: counts one person's overrides without a name.
    public var actorCode = Bytes32.zero
    /// Why it is needed.
    public var reason = OverrideReason.lifeThreatening
    /// For how long, in seconds.
    public var seconds: UInt32 = 60
    /// The transaction this one repeats.
    public var retryOf: TransactionID?
    /// The version of the policy key that made the tokens.
    public var policyKeyVersion: UInt32 = 1

    public static let declaration = CallDeclaration(
        "access.override", summary: "Opens a subject's records in an emergency, and a review with a deadline.",
        signer: .organisation(.custodian, [.override]), reservation: .always(verb: "emergency open"),
        index: "\"a\" ‖ subject 32 ‖ n u64, \"e\" ‖ height u64 ‖ transaction 32",
        refusals: [
            .subjectUnknown, .subjectErased, .accessStale, .overrideReviewOverdue, .overrideTooLong,
            .overrideReviewLimit,
        ])

    public init() {}

    /// A call that opens records of `subject`.
    public init(
        subject: SubjectID, askerCommitment: Digest, asker: TokenSet, action: OverrideAction, purposes: TokenSet,
        expected: ProfileSet, manifestRoot: Digest, actorCode: Bytes32, reason: OverrideReason, seconds: UInt32,
        retryOf: TransactionID? = nil, policyKeyVersion: UInt32 = 1
    ) {
        self.subject = subject
        self.askerCommitment = askerCommitment
        self.asker = asker
        self.action = action
        self.purposes = purposes
        self.expected = expected
        self.manifestRoot = manifestRoot
        self.actorCode = actorCode
        self.reason = reason
        self.seconds = seconds
        self.retryOf = retryOf
        self.policyKeyVersion = policyKeyVersion
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "subject", &subject, "the subject")
        try list.required(2, "asker_commitment", &askerCommitment, "commitment to what the asker signed")
        try list.required(3, "asker", &asker, "who asks")
        try list.required(4, "action", &action, "to do what")
        try list.required(5, "purposes", &purposes, "for what")
        try list.required(6, "expected", &expected, "the profiles the custodian expects to be open")
        try list.required(7, "manifest_root", &manifestRoot, "the root over what would be released")
        try list.required(8, "actor_mac", &actorCode, "HMAC(organisation's override key, actor)")
        try list.required(9, "reason", &reason, "why it is needed")
        try list.required(
            10, "seconds", &seconds, within: ParametersRow.overrideSecondsLimits, "for how long, in seconds")
        try list.optional(11, "retry_of", &retryOf, "the transaction this one repeats")
        try list.required(
            12, "policy_key_version", &policyKeyVersion, within: ConsentLimits.policyKeyVersions,
            "the version of the policy key that made the tokens")
    }
}

// MARK: - Execution
extension AccessOverride {
    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        let custodian: OrganisationName
        switch try context.custody(of: subject, kind: .override) {
        case .held(let row): custodian = row.custodian
        case .refused(let refusal): return .refused(refusal)
        }
        let parameters = try NetworkState.parameters(in: context.state)
        guard seconds <= parameters.overrideSecondsMax else { return .refused(.overrideTooLong) }
        let actor = AccessState.actor(actorCode, of: custodian)
        if let refusal = try context.state.emergencyRefusal(of: actorCode, at: custodian, time: context.now) {
            return .refused(refusal)
        }

        guard let policy = try AccessPreview.policy(of: subject, in: context.state) else {
            return .refused(.subjectUnknown)
        }
        var question = ConsentQuestion(
            asker: asker, purposes: purposes, action: action.action, time: context.now, isEmergency: true)
        let decision = ConsentEvaluator.decide(question, under: policy)
        // Tokens of another key would meet no deny, not even one that holds in an emergency.
        guard policyKeyVersion == policy.policyKeyVersion, decision.permitted == expected else {
            return .refused(.accessStale)
        }
        question.isEmergency = false
        let ordinary = ConsentEvaluator.decide(question, under: policy)

        var event = AccessEvent()
        event.record(self, permitted: decision.permitted)
        let chain = try context.chain(event, to: subject)
        var result = Result()
        result.number = chain.count
        result.permitted = decision.permitted
        result.overridden = decision.permitted.subtracting(ordinary.permitted)
        result.denies = decision.denies
        result.head = chain.head
        result.until = UnixSeconds(context.now.seconds + UInt64(seconds))
        result.reviewBy = UnixSeconds(context.now.seconds + UInt64(parameters.reviewSeconds))
        context.openReview(of: actor, about: subject, until: result.until, by: result.reviewBy)
        return .applied(
            result, indexKeys: [context.accessIndexKey(subject, chain.count), context.indexKey("e")])
    }
}
