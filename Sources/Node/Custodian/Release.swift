// Node · what is asked, and what comes back.
public import Contracts
public import Primitives
public import Vault

/// What an asker wants.
public struct Question: Sendable {
    /// One record, or some of a patient's.
    public enum Kind: Sendable {
        /// A version of one resource; the newest if nil.
        case read(ResourceName, version: UInt32?)
        /// Resources of one patient, of one type if given, that `matches` picks by its facts.
        case search(
            type: String?, patient: String, offset: Int, count: Int, matches: @Sendable (CompartmentEntry) -> Bool)
        /// Versions, newest first, deletions among them.
        case history(HistoryQuestion)
    }
    /// What is wanted.
    public var kind: Kind
    /// To do what with it.
    public var action: Action

    /// A question.
    public init(_ kind: Kind, action: Action) {
        self.kind = kind
        self.action = action
    }

    /// What is asked for, in coded words, for the patient's log.
    var words: String {
        switch kind {
        case .read(let resource, nil): "read \(resource)"
        case .read(let resource, let version?): "read \(resource) version \(version)"
        case .search(let type, _, _, _, _): "search \(type ?? "everything")"
        case .history(let history): history.words
        }
    }
}

/// What comes back. Whichever it is, the patient's log has the event.
public enum Answer: Sendable {
    /// These records.
    case released(Release)
    /// Hidden, absent or refused: the asker cannot tell which.
    case unavailable(TransactionID)
    /// What was asked for by name was deleted, and the asker may know it: its profile is permitted. The deletion is the
    /// only record of the release and has no bytes.
    case gone(Release)
    /// The asker has no permit at all for the patient they named.
    case refused(TransactionID)
}

/// Records released to one asker under one event.
public struct Release: Sendable {
    /// The event.
    public let receipt: Receipt
    /// How many records the search found, over all pages, among permitted ones.
    public let total: Int
    /// The records with their bytes.
    public let records: [(entry: CompartmentEntry, bytes: [UInt8])]
    /// What the grants ask of the asker.
    public let obligations: [String]
}
