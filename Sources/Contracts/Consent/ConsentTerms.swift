// Contracts · consent: the closed vocabularies of a grant and the bounds of a subject's policy.

/// The bounds of a subject's policy. Source: `docs/spec/consent.md` §8.
public enum ConsentLimits {
    /// Most grants kept in force, for one subject.
    public static let grantCountMax = 256
    /// How many grants one call makes, or ends.
    public static let grantsPerCall = 1...16
    /// Most episodes open at a time, for one subject.
    public static let episodeCountMax = 64
    /// Most delegates registered at a time, for one subject.
    public static let delegateCountMax = 16
    /// Longest time, in seconds, for which a grant's bounds may be whole minutes; a longer one has whole days.
    public static let exactSecondsMax: UInt64 = 90 * 86_400
    /// The versions a policy key can have.
    public static let policyKeyVersions: ClosedRange<UInt32> = 1...UInt32.max
}

/// Whether a grant lets or forbids.
public enum GrantKind: UInt8, FieldChoice {
    /// Lets the grantees act.
    case permit = 1
    /// Forbids the grantees to act, whatever permits say.
    case deny = 2

    public var name: String {
        switch self {
        case .permit: "permit"
        case .deny: "deny"
        }
    }
}

/// What an asker wants to do.
public enum Action: UInt8, FieldChoice {
    /// To see records.
    case read = 1
    /// To find records.
    case search = 2
    /// To add or change records.
    case write = 3
    /// To take copies away.
    case export = 4
    /// To hand on what was granted.
    case delegate = 5

    public var name: String {
        switch self {
        case .read: "read"
        case .search: "search"
        case .write: "write"
        case .export: "export"
        case .delegate: "delegate"
        }
    }
}

/// The actions a grant speaks about, one bit each: bit *n* − 1 for action *n*.
public struct Actions: FieldFlags {
    /// Every action.
    public static let all = Actions(rawValue: 0b11111)
    public static let members = Action.allCases.map { FieldType.Member($0.rawValue - 1, $0.name) }

    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// The set of `action` alone.
    public init(_ action: Action) { rawValue = 1 << UInt32(action.rawValue - 1) }
    /// The set of `actions`.
    public init(_ actions: some Sequence<Action>) {
        rawValue = actions.reduce(0) { $0 | Actions($1).rawValue }
    }
}

/// What whoever is permitted must observe, one bit each. Source: HL7 v3 ActCode, ObligationPolicy and RefrainPolicy.
public struct Obligations: FieldFlags {
    /// Not to disclose what was received to others: NORDSCLCD.
    public static let noRedisclosure = Obligations(rawValue: 1 << 0)
    /// Not to keep it beyond the occasion: NOPERSISTP.
    public static let noPersistence = Obligations(rawValue: 1 << 1)
    /// Not to use it for any other purpose: NOREUSE.
    public static let noReuse = Obligations(rawValue: 1 << 2)
    /// Not to link it back to the person: NORELINK.
    public static let noRelinking = Obligations(rawValue: 1 << 3)
    /// Not to merge it into other records: NOINTEGRATE.
    public static let noIntegration = Obligations(rawValue: 1 << 4)
    /// To delete it after use: DELAU.
    public static let deleteAfterUse = Obligations(rawValue: 1 << 5)
    /// To receive it de-identified only: DEID.
    public static let deidentify = Obligations(rawValue: 1 << 6)
    /// To receive it under a pseudonym only: PSEUD.
    public static let pseudonymise = Obligations(rawValue: 1 << 7)
    /// To have a person approve each use: HUAPRV.
    public static let humanApproval = Obligations(rawValue: 1 << 8)
    /// To show the privacy mark it carries: PRIVMARK.
    public static let privacyMark = Obligations(rawValue: 1 << 9)

    public static let members = [
        FieldType.Member(0, "no_redisclosure"), FieldType.Member(1, "no_persistence"), FieldType.Member(2, "no_reuse"),
        FieldType.Member(3, "no_relinking"), FieldType.Member(4, "no_integration"),
        FieldType.Member(5, "delete_after_use"), FieldType.Member(6, "deidentify"),
        FieldType.Member(7, "pseudonymise"), FieldType.Member(8, "human_approval"),
        FieldType.Member(9, "privacy_mark"),
    ]

    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// Who may sign consent in the subject's stead.
public enum DelegateKind: UInt8, FieldChoice {
    /// Another device of the subject: may do all the subject may.
    case wallet = 1
    /// A person who decides for the subject, such as a parent or a court's guardian.
    case proxy = 2
    /// Staff who write down what a subject without a device says.
    case assisted = 3
    /// An organisation the subject entrusted, such as a consent service.
    case organisation = 4

    public var name: String {
        switch self {
        case .wallet: "wallet"
        case .proxy: "proxy"
        case .assisted: "assisted"
        case .organisation: "organisation"
        }
    }
}

/// Who signed an act of consent: the subject, or a delegate of some kind. Marked in every result.
public enum ConsentSigner: UInt8, FieldChoice {
    /// The subject's own consent key.
    case subject = 1
    /// A delegate of this kind.
    case wallet = 2
    /// A delegate of this kind.
    case proxy = 3
    /// A delegate of this kind.
    case assisted = 4
    /// A delegate of this kind.
    case organisation = 5
    /// The custodian, which may end an episode that was opened so and do nothing else.
    case custodian = 6

    /// The signer that a delegate of `kind` is.
    public init(_ kind: DelegateKind) {
        switch kind {
        case .wallet: self = .wallet
        case .proxy: self = .proxy
        case .assisted: self = .assisted
        case .organisation: self = .organisation
        }
    }

    /// Whether it may change keys and delegates, not only grants.
    var mayManageKeys: Bool { self == .subject || self == .wallet }

    public var name: String {
        switch self {
        case .subject: "subject"
        case .wallet: "wallet"
        case .proxy: "proxy"
        case .assisted: "assisted"
        case .organisation: "organisation"
        case .custodian: "custodian"
        }
    }
}
