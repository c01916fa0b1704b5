// Contracts · consent: a permit or a deny, in tokens.
internal import Cryptography
public import Primitives

/// What a grant says, without its name. Source: `docs/spec/consent.md` §4.
public struct GrantTerms: FieldRecord {
    /// Whether it lets or forbids.
    public var kind = GrantKind.permit
    /// Whom it speaks about.
    public var grantees = TokenSet.placeholder
    /// What it speaks about doing.
    public var actions = Actions.all
    /// For what.
    public var purposes = TokenSet.placeholder
    /// On which records.
    public var classes = TokenSet.placeholder
    /// Save which records.
    public var except: TokenSet?
    /// From when.
    public var notBefore = UnixSeconds(0)
    /// Until when, exclusive.
    public var notAfter = UnixSeconds(0)
    /// What a permit asks of whoever uses it.
    public var obligations: Obligations = []
    /// Salted commitment to the words the subject agreed to.
    public var termsCommitment = Digest.zero
    /// The version of the policy key that made the tokens.
    public var policyKeyVersion: UInt32 = 1
    /// Whether a deny holds even in an emergency.
    public var isEvenInEmergency = false

    public init() {}

    /// Terms with these fields.
    public init(
        kind: GrantKind, grantees: TokenSet, actions: Actions, purposes: TokenSet, classes: TokenSet,
        except: TokenSet? = nil, notBefore: UnixSeconds, notAfter: UnixSeconds, obligations: Obligations = [],
        termsCommitment: Digest, policyKeyVersion: UInt32 = 1, isEvenInEmergency: Bool = false
    ) {
        self.kind = kind
        self.grantees = grantees
        self.actions = actions
        self.purposes = purposes
        self.classes = classes
        self.except = except
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.obligations = obligations
        self.termsCommitment = termsCommitment
        self.policyKeyVersion = policyKeyVersion
        self.isEvenInEmergency = isEvenInEmergency
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "kind", &kind, "whether it lets or forbids")
        try list.required(2, "grantees", &grantees, "whom it speaks about")
        try list.required(3, "actions", &actions, within: .some, "what it speaks about doing")
        try list.required(4, "purposes", &purposes, "for what")
        try list.required(5, "classes", &classes, "on which records")
        try list.optional(6, "except", &except, "save which records")
        try list.required(7, "not_before", &notBefore, "from when")
        try list.required(8, "not_after", &notAfter, "until when, exclusive")
        try list.required(9, "obligations", &obligations, within: .any, "what a permit asks of whoever uses it")
        try list.required(10, "terms_commitment", &termsCommitment, "salted commitment to the words agreed to")
        try list.required(
            11, "policy_key_version", &policyKeyVersion, within: ConsentLimits.policyKeyVersions,
            "the version of the policy key that made the tokens")
        try list.marker(12, "even_in_emergency", &isEvenInEmergency, "whether a deny holds even in an emergency")
    }

    public func validate() throws(FieldFault) {
        guard notBefore < notAfter else { throw FieldFault(.rule("is not after not_before"), path: "not_after") }
        let unit: UInt64 = notAfter.seconds - notBefore.seconds <= ConsentLimits.exactSecondsMax ? 60 : 86_400
        for (bound, name) in [(notBefore, "not_before"), (notAfter, "not_after")] {
            guard bound.seconds.isMultiple(of: unit) else {
                throw FieldFault(
                    .rule("is not a whole minute, or for more than 90 days a whole day of UTC"), path: name)
            }
        }
        guard kind == .deny || !isEvenInEmergency else {
            throw FieldFault(.rule("is for denies only"), path: "even_in_emergency")
        }
        guard kind == .permit || obligations.isEmpty else {
            throw FieldFault(.rule("are for permits only"), path: "obligations")
        }
    }
}

/// A grant in force, or once so.
public struct Grant: Hashable, Sendable {
    /// Its name: ``id(transaction:index:)``.
    public let id: Digest
    /// What it says.
    public let terms: GrantTerms
    /// The episode with which it ends.
    public let episode: Bytes32?

    /// The grant `id`.
    public init(id: Digest, terms: GrantTerms, episode: Bytes32? = nil) {
        self.id = id
        self.terms = terms
        self.episode = episode
    }

    /// `SHA-256("stele/v1/grant\0" ‖ transaction ‖ u8 index)`: the name of the grant at `index` of a call.
    public static func id(transaction: TransactionID, index: Int) -> Digest {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(33)
        bytes.append(transaction)
        bytes.append(UInt8(index))
        return SHA256.hash(tag: "grant", bytes)
    }
}

/// The class tokens that the records under one number carry.
public struct Profile: Hashable, Sendable {
    /// Its number.
    public let number: ProfileNumber
    /// The tokens of its labels.
    public let classes: TokenSet
    /// The version of the policy key that made the tokens.
    public let policyKeyVersion: UInt32

    /// The profile `number`.
    public init(number: ProfileNumber, classes: TokenSet, policyKeyVersion: UInt32 = 1) {
        self.number = number
        self.classes = classes
        self.policyKeyVersion = policyKeyVersion
    }
}
