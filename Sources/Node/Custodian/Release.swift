// Node · what is asked, and what comes back.
public import Contracts
public import FHIR
public import Primitives
public import Vault

/// What an asker wants.
public struct Question: Sendable {
    /// One record, or those that a search finds.
    public enum Kind: Sendable {
        /// A version of one resource; the newest if nil.
        case read(ResourceName, version: UInt32?)
        /// Resources that fulfil a query.
        case search(SearchRequest)
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
        case .search(let request): "search \(request.query.type?.name ?? "everything")"
        case .history(let history): action == .export ? "copy of everything" : history.words
        }
    }
}

/// A page of a search: what is looked for, whose records are searched, and where the page begins.
public struct SearchRequest: Sendable {
    /// Whose records are searched.
    public enum Scope: Hashable, Sendable {
        /// Those of the patient with this logical id.
        case patient(String)
        /// Those of the patient with this business identifier, if exactly one has it.
        case identified(system: String, value: String)
        /// Those of nobody: the organisation's own.
        case commons
        /// Those of these patients, or of everybody if nil. For officers alone.
        case several(Set<String>?)
    }

    /// What is looked for.
    public var query: SearchQuery
    /// Whose records are searched.
    public var scope: Scope
    /// How many results came on earlier pages.
    public var offset: Int
    /// What the first page said it saw; nil for a first page.
    public var moment: SearchMoment?
    /// Whether a resource that the query finds is wanted, for what no parameter says; nil for all.
    public var filter: (@Sendable (CompartmentEntry) -> Bool)?

    /// The page of `query` that begins after `offset` results.
    public init(
        _ query: SearchQuery, scope: Scope, offset: Int = 0, moment: SearchMoment? = nil,
        filter: (@Sendable (CompartmentEntry) -> Bool)? = nil
    ) {
        self.query = query
        self.scope = scope
        self.offset = offset
        self.moment = moment
        self.filter = filter
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

/// Records released to one asker, each under the event of the subject whose it is.
public struct Release: Sendable {
    /// One record.
    public struct Record: Sendable {
        /// The version.
        public let entry: CompartmentEntry
        /// Its content, exactly as written.
        public let bytes: [UInt8]
        /// Whether it came along with what was found, instead of being found.
        public let isIncluded: Bool
        /// The event under which it is released; if that is in the journal alone, the hash of the journal up to it.
        public let event: TransactionID
    }

    /// The entry of the journal under which it is released while the ledger stands still; there is no event then.
    public let journalNumber: UInt64?
    /// The events: one for a read, and for a search of one patient, found something or not; another if records of the
    /// organisation came along; for a search of several patients one for each of whom something is released.
    public let receipts: [Receipt]
    /// How many records the search found, over all pages, among permitted ones; not counting what came along.
    public let total: Int
    /// How many of the records were found.
    public let foundCount: Int
    /// The records: those found, then those that came along.
    public let records: [Record]
    /// What the grants ask of the asker.
    public let obligations: [String]
    /// What the page saw, for the next page to see the same.
    public let moment: SearchMoment

    /// The first event.
    /// - Precondition: the question was about one record or one patient.
    public var receipt: Receipt { receipts[0] }
}
