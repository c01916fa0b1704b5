// Contracts · access: the override under which a request is made.
public import Ledger
public import Primitives

/// Names the override under which records are asked for, and shows that it is the asker's own.
///
/// The override opened one subject's records to one person for a time; whatever is read meanwhile is a request and an
/// event of its own, decided as in an emergency. Source: `docs/spec/consent.md` §6.3.
public struct EmergencyCitation: FieldRecord, Hashable {
    /// The transaction that was the override.
    public var transaction = TransactionID.zero
    /// The same code that the override carried for the person.
    public var actorCode = Bytes32.zero

    public init() {}

    /// A citation of `transaction`, by the person with `actorCode`.
    public init(transaction: TransactionID, actorCode: Bytes32) {
        self.transaction = transaction
        self.actorCode = actorCode
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "transaction", &transaction, "the transaction that was the override")
        try list.required(2, "actor_mac", &actorCode, "the code that the override carried for the person")
    }

    /// Why nothing of `subject` is open under the override at the block's time, if so. Another person's override,
    /// another subject's and one that never was get one answer.
    func refusal(
        at custodian: OrganisationName, about subject: SubjectID, in context: CallContext
    ) throws(SteleError) -> Refusal? {
        guard let row = try context.state.review(of: transaction, about: subject),
            row.isOf(actorCode, at: custodian)
        else { return .emergencyUnknown }
        return row.holds(at: context.now) ? nil : .emergencyEnded
    }
}

extension StateView {
    /// The override that opens `subject` to the person with `code` at `time`, the one that holds longest; nil if none
    /// does.
    ///
    /// - Complexity: a scan of the person's open reviews, which are 256 at most.
    public func openEmergency(
        of code: Bytes32, at custodian: OrganisationName, about subject: SubjectID, time: UnixSeconds
    ) throws(SteleError) -> EmergencyCitation? {
        var found: (citation: EmergencyCitation, until: UnixSeconds)?
        let group = AccessState.openReviews.key(AccessState.actor(code, of: custodian))
        for (key, value) in try rows(prefix: group) where try OpenReviewRow(row: value).subject == subject {
            let transaction = TransactionID(key, at: Self.groupByteCount)
            guard let review = try review(of: transaction, about: subject), review.holds(at: time),
                found.map({ $0.until < review.until }) ?? true
            else { continue }
            found = (EmergencyCitation(transaction: transaction, actorCode: code), review.until)
        }
        return found?.citation
    }
}
