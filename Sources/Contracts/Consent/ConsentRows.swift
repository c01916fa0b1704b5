// Contracts · consent: the rows of a subject's policy and of what has ended.
public import Primitives

/// Who decides for a subject, and under which policy key. Key of the row: `"cp" ‖ subject 32`.
public struct AuthorityRow: FieldRecord {
    /// The subject's consent key.
    public var consentKey = PublicKey.zero
    /// The version of the subject's policy key.
    public var policyKeyVersion: UInt32 = 1

    public init() {}
    init(consentKey: PublicKey, policyKeyVersion: UInt32) {
        self.consentKey = consentKey
        self.policyKeyVersion = policyKeyVersion
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "consent_key", &consentKey, "the subject's consent key")
        try list.required(
            2, "policy_key_version", &policyKeyVersion, within: ConsentLimits.policyKeyVersions,
            "the version of the subject's policy key")
    }
}

/// An open episode. Key of the row: `"cp" ‖ subject 32 ‖ "e" ‖ episode 32`.
public struct EpisodeRow: FieldRecord {
    /// When it was opened.
    public var openedAt = UnixSeconds(0)
    /// Whether the custodian may end it too, such as at discharge. Nobody but the subject and delegates opens one.
    public var custodianMayEnd = false

    public init() {}
    init(openedAt: UnixSeconds, custodianMayEnd: Bool) {
        self.openedAt = openedAt
        self.custodianMayEnd = custodianMayEnd
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "opened_at", &openedAt, "when it was opened")
        try list.marker(2, "custodian_may_end", &custodianMayEnd, "whether the custodian may end it too")
    }
}

/// A grant not revoked. Key of the row: `"cp" ‖ subject 32 ‖ "g" ‖ grant 32`.
public struct GrantRow: FieldRecord {
    /// What it says.
    public var terms = GrantTerms()
    /// The episode with which it ends.
    public var episode: Bytes32?

    public init() {}
    init(terms: GrantTerms, episode: Bytes32?) {
        self.terms = terms
        self.episode = episode
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try terms.fields(&list)
        try list.optional(13, "episode", &episode, "the episode with which it ends")
    }
}

/// A registered profile. Key of the row: `"cp" ‖ subject 32 ‖ "p" ‖ number u8`.
public struct ProfileRow: FieldRecord {
    /// The tokens of its labels.
    public var classes = TokenSet.placeholder
    /// The version of the policy key that made them.
    public var policyKeyVersion: UInt32 = 1

    public init() {}
    init(classes: TokenSet, policyKeyVersion: UInt32) {
        self.classes = classes
        self.policyKeyVersion = policyKeyVersion
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "classes", &classes, "the tokens of its labels")
        try list.required(
            2, "policy_key_version", &policyKeyVersion, within: ConsentLimits.policyKeyVersions,
            "the version of the policy key that made them")
    }
}

/// A registered delegate. Key of the row: `"cd" ‖ subject 32 ‖ key 32`.
public struct DelegateRow: FieldRecord {
    /// What kind of delegate it is.
    public var kind = DelegateKind.wallet
    /// Until when it may sign, exclusive.
    public var notAfter = UnixSeconds(0)

    public init() {}
    init(kind: DelegateKind, notAfter: UnixSeconds) {
        self.kind = kind
        self.notAfter = notAfter
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "kind", &kind, "what kind of delegate it is")
        try list.required(2, "not_after", &notAfter, "until when it may sign, exclusive")
    }
}

/// Proof that something ended: a grant revoked, an episode ended, a delegate revoked.
///
/// Keys of the rows: `"cr" ‖ subject 32 ‖ grant 32`, `"ce" ‖ subject 32 ‖ episode 32`, `"cq" ‖ subject 32 ‖ key 32`.
public struct EndedRow: FieldRecord {
    /// When it ended.
    public var endedAt = UnixSeconds(0)

    public init() {}
    init(endedAt: UnixSeconds) { self.endedAt = endedAt }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "ended_at", &endedAt, "when it ended")
    }
}
