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

/// The token sets of a grant as they were stated for the policy key to come.
public struct StatedTokens: FieldRecord {
    /// The sets.
    public var tokens = GrantTokens()
    /// Who stated them, and alone can move on to them.
    public var signer = PublicKey.zero

    public init() {}
    init(tokens: GrantTokens, signer: PublicKey) {
        self.tokens = tokens
        self.signer = signer
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try tokens.fields(&list)
        try list.required(5, "signer", &signer, "who stated them, and alone can move on to them")
    }
}

/// A grant not revoked. Key of the row: `"cp" ‖ subject 32 ‖ "g" ‖ grant 32`.
public struct GrantRow: FieldRecord {
    /// What it says.
    public var terms = GrantTerms()
    /// The episode with which it ends.
    public var episode: Bytes32?
    /// The same in tokens of the policy key that follows that of the terms.
    public var next: StatedTokens?

    public init() {}
    init(terms: GrantTerms, episode: Bytes32?, next: StatedTokens? = nil) {
        self.terms = terms
        self.episode = episode
        self.next = next
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try terms.fields(&list)
        try list.optional(13, "episode", &episode, "the episode with which it ends")
        try list.optional(14, "next", &next, "the same in tokens of the policy key that follows that of the terms")
    }

    /// The terms in tokens of the policy key that is the `version`th; as they were made if there are none.
    func terms(under version: UInt32) -> GrantTerms {
        guard let next, version.follows(terms.policyKeyVersion) else { return terms }
        var restated = terms
        restated.grantees = next.tokens.grantees
        restated.purposes = next.tokens.purposes
        restated.classes = next.tokens.classes
        restated.except = next.tokens.except
        restated.policyKeyVersion = version
        return restated
    }
}

extension UInt32 {
    /// Whether the policy key of this version comes right after that of `version`.
    func follows(_ version: UInt32) -> Bool { self > 1 && self - 1 == version }
}

/// A registered profile. Key of the row: `"cp" ‖ subject 32 ‖ "p" ‖ number u8`.
public struct ProfileRow: FieldRecord {
    /// The tokens of its labels.
    public var classes = TokenSet.placeholder
    /// The version of the policy key that made them.
    public var policyKeyVersion: UInt32 = 1
    /// Those of the same labels under the policy key that follows.
    public var next: TokenSet?

    public init() {}
    init(classes: TokenSet, policyKeyVersion: UInt32, next: TokenSet? = nil) {
        self.classes = classes
        self.policyKeyVersion = policyKeyVersion
        self.next = next
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "classes", &classes, "the tokens of its labels")
        try list.required(
            2, "policy_key_version", &policyKeyVersion, within: ConsentLimits.policyKeyVersions,
            "the version of the policy key that made them")
        try list.optional(3, "next", &next, "those of the same labels under the policy key that follows")
    }

    /// The tokens under the policy key that is the `version`th, or nil.
    func classes(under version: UInt32) -> TokenSet? {
        if version == policyKeyVersion { return classes }
        return version.follows(policyKeyVersion) ? next : nil
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
