// Contracts · access: the rows of a subject's log and of emergency reviews.
internal import Cryptography
internal import Ledger
public import Primitives

/// What a review of an emergency override found.
public enum ReviewFinding: UInt8, FieldChoice {
    /// The emergency was real and the access fitting.
    case justified = 1
    /// It was not; what follows from that happens off the ledger.
    case unjustified = 2
    /// It cannot be told.
    case inconclusive = 3

    public var name: String {
        switch self {
        case .justified: "justified"
        case .unjustified: "unjustified"
        case .inconclusive: "inconclusive"
        }
    }
}

/// The review of one override, open or closed. Key of the row: `"ax" ‖ subject 32 ‖ transaction 32`.
public struct ReviewRow: FieldRecord {
    /// Whose override it was: a hash over the code of the actor and the organisation.
    public var actor = Digest.zero
    /// By when it is to be reviewed.
    public var reviewBy = UnixSeconds(0)
    /// What the review found; absent while it is open.
    public var finding: ReviewFinding?
    /// When it was reviewed; absent while it is open.
    public var reviewedAt: UnixSeconds?
    /// Until when the override holds, exclusive; it ends earlier when its review is closed.
    public var until = UnixSeconds(0)

    public init() {}

    /// Whether it is the override of the person with `code` at `organisation`.
    public func isOf(_ code: Bytes32, at organisation: OrganisationName) -> Bool {
        actor == AccessState.actor(code, of: organisation)
    }

    /// Since when it is overdue while it is open: at its deadline it is not yet.
    public var overdueSince: UnixSeconds { UnixSeconds(reviewBy.seconds + 1) }

    /// Whether the override still holds at `time`.
    public func holds(at time: UnixSeconds) -> Bool { finding == nil && time < until }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "actor", &actor, "SHA-256 of the organisation and the actor's code: whose override it was")
        try list.required(2, "review_by", &reviewBy, "by when it is to be reviewed")
        try list.optional(3, "finding", &finding, "what the review found; absent while it is open")
        try list.optional(4, "reviewed_at", &reviewedAt, "when it was reviewed; absent while it is open")
        try list.required(5, "until", &until, "until when the override holds, exclusive")
    }
}

/// An open review, listed by actor. Key of the row: `"ar" ‖ actor 32 ‖ transaction 32`.
public struct OpenReviewRow: FieldRecord {
    /// The subject whose records were opened.
    public var subject = SubjectID.zero
    /// By when it is to be reviewed.
    public var reviewBy = UnixSeconds(0)

    public init() {}

    /// Since when it is overdue: at its deadline it is not yet.
    public var overdueSince: UnixSeconds { UnixSeconds(reviewBy.seconds + 1) }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "subject", &subject, "the subject whose records were opened")
        try list.required(2, "review_by", &reviewBy, "by when it is to be reviewed")
    }
}

/// The rows of the access contract.
enum AccessState {
    static let chains = RowKind("a", "c")
    static let reviews = RowKind("a", "x")
    static let openReviews = RowKind("a", "r")
    static let journals = RowKind("a", "j")
    /// Most reviews that one person may leave open.
    static let openReviewCountMax = 256

    /// `SHA-256("stele/v1/override-actor\0" ‖ code ‖ organisation)`: so that no organisation can open reviews in the
    /// name of another's staff by repeating their codes.
    static func actor(_ code: Bytes32, of organisation: OrganisationName) -> Digest {
        SHA256.hash(tag: "override-actor", code.bytes + organisation.text.utf8)
    }
}

extension CallContext {
    /// Numbers and chains `event` at the end of the log of `subject`, and returns what the log is then.
    func chain(_ event: AccessEvent, to subject: SubjectID) throws(SteleError) -> AccessChainRow {
        let key = AccessState.chains.key(subject)
        var row = try state.row(at: key) ?? AccessChainRow(of: subject)
        var event = event
        event.number = row.count + 1
        event.transaction = transactionID
        event.time = now
        row.append(encoded: event.encoded())
        state.set(key, to: row)
        return row
    }

    /// Opens the review of what this transaction opened of `subject` for the person behind `actor`.
    func openReview(of actor: Digest, about subject: SubjectID, until end: UnixSeconds, by deadline: UnixSeconds) {
        var review = ReviewRow()
        review.actor = actor
        review.reviewBy = deadline
        review.until = end
        state.set(AccessState.reviews.key(subject, transactionID), to: review)
        var open = OpenReviewRow()
        open.subject = subject
        open.reviewBy = deadline
        state.set(AccessState.openReviews.key(actor, transactionID), to: open)
    }

    /// Where access event `number` of `subject` is listed: `"a" ‖ subject ‖ number u64`.
    func accessIndexKey(_ subject: SubjectID, _ number: UInt64) -> [UInt8] {
        var key = [UInt8(ascii: "a")]
        key.reserveCapacity(41)
        key.append(subject)
        key.append(bigEndian: number)
        return key
    }
}
