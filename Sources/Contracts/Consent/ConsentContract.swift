// Contracts · consent: the contract and its reasons for refusal.
public import Primitives

extension ErrorCode {
    /// A grant that is not in force.
    public static let grantUnknown = ErrorCode("grant.unknown")
    /// More grants in force than a subject may have.
    public static let grantLimit = ErrorCode("grant.limit")
    /// A grant that has ended before it is made.
    public static let grantExpired = ErrorCode("grant.expired")
    /// An episode id that is open already.
    public static let episodeExists = ErrorCode("episode.exists")
    /// An episode that is not open.
    public static let episodeUnknown = ErrorCode("episode.unknown")
    /// An episode that has ended.
    public static let episodeEnded = ErrorCode("episode.ended")
    /// More episodes open than a subject may have.
    public static let episodeLimit = ErrorCode("episode.limit")
    /// A delegate's key that is or was registered for the subject.
    public static let delegateExists = ErrorCode("delegate.exists")
    /// A delegate that is not registered.
    public static let delegateUnknown = ErrorCode("delegate.unknown")
    /// More delegates than a subject may have.
    public static let delegateLimit = ErrorCode("delegate.limit")
    /// A delegate whose time is over before it begins.
    public static let delegateExpired = ErrorCode("delegate.expired")
    /// Tokens that do not stand where those of the grant stand.
    public static let grantDiffers = ErrorCode("grant.differs")
    /// A policy key under which not everything in force is stated yet.
    public static let policyKeyIncomplete = ErrorCode("policy_key.incomplete")
    /// A consent key that something else uses.
    public static let consentKeyShared = ErrorCode("consent_key.shared")
}

extension Refusal {
    public static let grantUnknown = Refusal(
        64, .grantUnknown, "the subject has no such grant in force", hint: "list the subject's grants and check the id")
    public static let grantLimit = Refusal(
        65, .grantLimit, "the subject has 256 grants in force already",
        hint: "revoke some, or make one grant of several")
    public static let grantExpired = Refusal(
        66, .grantExpired, "the grant would end before it begins to hold", hint: "choose a later not_after")
    public static let episodeExists = Refusal(
        67, .episodeExists, "the episode is open already", hint: "name it in consent.grant to add grants to it")
    public static let episodeUnknown = Refusal(
        68, .episodeUnknown, "the subject has no such open episode", hint: "check the id")
    public static let episodeEnded = Refusal(
        69, .episodeEnded, "the episode has ended", hint: "open a new episode under a new id")
    public static let episodeLimit = Refusal(
        70, .episodeLimit, "the subject has 64 open episodes already", hint: "end those that are over")
    public static let delegateExists = Refusal(
        71, .delegateExists, "the key is or was the subject's consent key or delegate", hint: "make a new key")
    public static let delegateUnknown = Refusal(
        72, .delegateUnknown, "the subject has no such delegate", hint: "list the subject's delegates and check the key"
    )
    public static let delegateLimit = Refusal(
        73, .delegateLimit, "the subject has 16 delegates already", hint: "revoke one that is not needed")
    public static let consentKeyShared = Refusal(
        74, .consentKeyShared, "the key belongs to a member of the network, so it could be followed across subjects",
        hint: "make a key for this subject alone")
    public static let delegateExpired = Refusal(
        75, .delegateExpired, "the delegate's time would be over before it begins", hint: "choose a later not_after")
    public static let grantDiffers = Refusal(
        76, .grantDiffers, "the tokens are not in as many sets, of the same sizes, as those of the grant",
        hint: "make one token for each token of the grant; to change what it says, revoke it and make another")
    public static let policyKeyIncomplete = Refusal(
        77, .policyKeyIncomplete, "a grant or profile in force has no tokens under the next policy key yet",
        hint: "register the profiles and restate the grants under the next version first")
}

extension Contract {
    /// What each subject lets and forbids, in tokens the ledger cannot read.
    static let consent = Contract(
        name: "consent", summary: "What each subject lets and forbids, in tokens the ledger cannot read.",
        calls: [
            AnyCallDeclaration(ConsentGrant.self), AnyCallDeclaration(ConsentRevoke.self),
            AnyCallDeclaration(ConsentOpenEpisode.self), AnyCallDeclaration(ConsentEndEpisode.self),
            AnyCallDeclaration(ConsentRegisterDelegate.self), AnyCallDeclaration(ConsentRevokeDelegate.self),
            AnyCallDeclaration(ConsentRotateConsentKey.self), AnyCallDeclaration(ConsentRestate.self),
            AnyCallDeclaration(ConsentRotatePolicyKey.self),
        ],
        rows: [
            RowDeclaration(AuthorityRow.self, key: "\"cp\" ‖ subject 32", "who decides for a subject"),
            RowDeclaration(EpisodeRow.self, key: "\"cp\" ‖ subject 32 ‖ \"e\" ‖ episode 32", "an open episode"),
            RowDeclaration(GrantRow.self, key: "\"cp\" ‖ subject 32 ‖ \"g\" ‖ grant 32", "a grant not revoked"),
            RowDeclaration(ProfileRow.self, key: "\"cp\" ‖ subject 32 ‖ \"p\" ‖ number u8", "a registered profile"),
            RowDeclaration(DelegateRow.self, key: "\"cd\" ‖ subject 32 ‖ key 32", "a delegate not revoked"),
            RowDeclaration(EndedRow.self, key: "\"cr\" ‖ subject 32 ‖ grant 32", "a revoked grant"),
            RowDeclaration(EndedRow.self, key: "\"ce\" ‖ subject 32 ‖ episode 32", "an ended episode"),
            RowDeclaration(EndedRow.self, key: "\"cq\" ‖ subject 32 ‖ key 32", "a revoked delegate"),
        ])
}

/// What every act of consent returns: as whom it was signed, so that acts by others are marked.
public struct ConsentActResult: FieldRecord {
    /// Who signed.
    public var signedAs = ConsentSigner.subject

    public init() {}
    init(signedAs: ConsentSigner) { self.signedAs = signedAs }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "signed_as", &signedAs, "who signed: the subject or a delegate of some kind")
    }
}
