// Contracts · what the state says, as typed rows, for the node and its surfaces.
public import Ledger
public import Primitives

extension StateView {
    /// The row of a registered key, revoked or not.
    public func networkKey(_ key: PublicKey) throws(SteleError) -> NetworkKeyRow? {
        try NetworkState.key(key, in: self)
    }

    /// The parameters in force.
    public func parameters() throws(SteleError) -> ParametersRow { try NetworkState.parameters(in: self) }

    /// The row of an actor.
    public func actor(_ actor: Bytes32) throws(SteleError) -> ActorRow? { try row(at: StateKey.actor(actor)) }

    /// The row of a role.
    public func role(_ credential: Bytes32) throws(SteleError) -> RoleRow? { try row(at: StateKey.role(credential)) }

    /// The row of a subject.
    public func subject(_ subject: SubjectID) throws(SteleError) -> SubjectRow? {
        try RecordsState.subject(subject, in: self)
    }

    /// The row of a version of a record.
    public func record(_ record: Bytes32, of subject: SubjectID) throws(SteleError) -> RecordRow? {
        try row(at: StateKey.record(record, of: subject))
    }

    /// The subject's consent key, or nil if the subject is not registered.
    public func consentKey(of subject: SubjectID) throws(SteleError) -> PublicKey? {
        try ConsentState.consent(of: subject, in: self)?.consentKey
    }

    /// What of the subject's policy has tokens under the next policy key, or nil if the subject is not registered.
    public func restatedPolicy(of subject: SubjectID) throws(SteleError) -> RestatedPolicy? {
        try ConsentState.consent(of: subject, in: self)?.restated
    }

    /// The subject's delegates that were not revoked, those whose time is over included, in order of their keys.
    public func delegates(of subject: SubjectID) throws(SteleError) -> [(key: PublicKey, row: DelegateRow)] {
        var delegates: [(key: PublicKey, row: DelegateRow)] = []
        for (key, value) in try rows(prefix: ConsentState.delegates.key(subject)) {
            delegates.append((PublicKey(key, at: Self.groupByteCount), try DelegateRow(row: value)))
        }
        return delegates
    }

    /// The subject's access log: how many events, and the hash over them.
    public func accessChain(of subject: SubjectID) throws(SteleError) -> AccessChainRow {
        try row(at: StateKey.accessChain(of: subject)) ?? AccessChainRow(of: subject)
    }

    /// An organisation's journal: how many of its entries are recorded, and the hash over them.
    public func journal(of organisation: OrganisationName) throws(SteleError) -> JournalRow {
        try row(at: StateKey.journal(of: organisation)) ?? JournalRow(of: organisation)
    }

    /// Why the person with `code` at `organisation` may open no emergency at `time`, if so, when `count` more than the
    /// state knows of wait for review.
    public func emergencyRefusal(
        of code: Bytes32, at organisation: OrganisationName, time: UnixSeconds, besides count: Int = 0
    ) throws(SteleError) -> Refusal? {
        let open = try rows(prefix: AccessState.openReviews.key(AccessState.actor(code, of: organisation)))
        for (_, value) in open {
            // At its deadline a review is not overdue yet.
            guard time <= (try OpenReviewRow(row: value)).reviewBy else { return .overrideReviewOverdue }
        }
        return open.count + count < AccessState.openReviewCountMax ? nil : .overrideReviewLimit
    }

    /// Whether an emergency access to the subject's records waits for its review.
    public func hasOpenReview(about subject: SubjectID) throws(SteleError) -> Bool {
        for (_, value) in try rows(prefix: AccessState.reviews.key(subject))
        where try ReviewRow(row: value).finding == nil { return true }
        return false
    }

    /// The overrides that wait for review, of every organisation, in an order that means nothing.
    ///
    /// - Complexity: a scan of them all; there are few.
    public func openReviews() throws(SteleError) -> [(transaction: TransactionID, row: OpenReviewRow)] {
        var reviews: [(transaction: TransactionID, row: OpenReviewRow)] = []
        for (key, value) in try rows(prefix: AccessState.openReviews.key) {
            reviews.append((TransactionID(key, at: Self.groupByteCount), try OpenReviewRow(row: value)))
        }
        return reviews
    }

    /// The row of an open episode, or nil if it is not open.
    public func openEpisode(_ episode: Bytes32, of subject: SubjectID) throws(SteleError) -> EpisodeRow? {
        try row(at: StateKey.openEpisode(episode, of: subject))
    }

    /// The review of the override that `transaction` was, open or closed.
    public func review(
        of transaction: TransactionID, about subject: SubjectID
    ) throws(SteleError) -> ReviewRow? {
        try row(at: StateKey.review(of: transaction, about: subject))
    }
}
