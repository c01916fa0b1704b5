// Contracts · who signs a call, as data: its words, its route and its verb follow from this.

/// Whose key signs a call. Which keys these are at a height, the contract alone decides.
public enum CallSigner: Hashable, Sendable {
    /// A key that an organisation registered, of one of these kinds; its own node signs with the first.
    case organisation(Member, [KeyKind])
    /// The subject's consent key, or somebody in its place.
    case subject(or: Deputy)

    /// Which organisation of the network.
    public enum Member: Hashable, Sendable {
        /// The one that makes the call.
        case itself
        /// The one that founded the network.
        case founder
        /// The one whose actor it is about.
        case ofActor
        /// The one that gave the role.
        case ofRole
        /// The one that keeps the subject's records.
        case custodian
    }

    /// Who signs in a subject's place.
    public enum Deputy: Hashable, Sendable {
        /// A delegate of any kind.
        case delegate
        /// A delegate that is a wallet of the subject's.
        case wallet
        /// A wallet, or the delegate that the call is about.
        case walletOrNamed
        /// A delegate of any kind, or a node key of the custodian where the subject lets it.
        case delegateOrCustodian
    }

    /// The kind of key with which an organisation's own node can sign; nil if none of its keys may.
    public var nodeKind: KeyKind? {
        switch self {
        case .organisation(_, let kinds): kinds.first
        case .subject(or: .delegateOrCustodian): .node
        case .subject: nil
        }
    }

    /// Whether a patient may sign.
    public var isSubject: Bool {
        if case .subject = self { true } else { false }
    }

    /// The same in a phrase.
    public var words: String {
        switch self {
        case .organisation(let member, let kinds):
            let names = kinds.map(\.name).joined(separator: " or ")
            return (kinds.first == .node ? "a " : "an ") + names + " key of " + member.words
        case .subject(or: .delegate): return "the subject's consent key or a delegate"
        case .subject(or: .wallet): return "the subject's consent key or a wallet delegate"
        case .subject(or: .walletOrNamed): return "the subject's consent key, a wallet delegate, or the delegate itself"
        case .subject(or: .delegateOrCustodian):
            return "the subject's consent key or a delegate; a node key of the custodian if the episode was opened so"
        }
    }
}

extension CallSigner.Member {
    fileprivate var words: String {
        switch self {
        case .itself: "the organisation"
        case .founder: "the founding organisation"
        case .ofActor: "the actor's organisation"
        case .ofRole: "the organisation that gave it"
        case .custodian: "the subject's custodian"
        }
    }
}

/// When a node does not sign a call for whoever asks for it by name, and the verb that does what is wanted: there the
/// vault, or the node's own keys, go along.
public enum CallReservation: Hashable, Sendable {
    /// Always: `stele VERB` makes the call.
    case always(verb: String)
    /// When it is about a key that the node signs with: `stele VERB` replaces that key.
    case ownKeys(verb: String)

    /// The verb, without `stele`.
    public var verb: String {
        switch self {
        case .always(let verb), .ownKeys(let verb): verb
        }
    }
}
