// Contracts · access.review: closes the review that an override opened.
public import Ledger
public import Primitives

/// Closes the review of an override with a finding, in time or late. An override that still holds ends with it.
public struct AccessReview: ContractCall {
    /// The subject whose records were opened.
    public var subject = SubjectID.zero
    /// The transaction that opened them.
    public var transaction = TransactionID.zero
    /// What was found.
    public var finding = ReviewFinding.justified

    public static let declaration = CallDeclaration(
        "access.review", summary: "Closes the review of an override with a finding, in time or late.",
        signer: .organisation(.custodian, [.admin]), reservation: .always(verb: "review close"),
        index: "\"v\" ‖ subject 32 ‖ height u64 ‖ transaction 32, \"e\" ‖ height u64 ‖ transaction 32",
        refusals: [.subjectUnknown, .subjectErased, .reviewUnknown])

    public init() {}

    /// A call that closes the review of `transaction`.
    public init(subject: SubjectID, transaction: TransactionID, finding: ReviewFinding) {
        self.subject = subject
        self.transaction = transaction
        self.finding = finding
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "subject", &subject, "the subject whose records were opened")
        try list.required(2, "transaction", &transaction, "the transaction that opened them")
        try list.required(3, "finding", &finding, "what was found")
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        if case .refused(let refusal) = try context.custody(of: subject, kind: .admin) { return .refused(refusal) }
        let key = AccessState.reviews.key(subject, transaction)
        guard var row = try context.state.row(at: key, as: ReviewRow.self), row.finding == nil else {
            return .refused(.reviewUnknown)
        }
        row.finding = finding
        row.reviewedAt = context.now
        context.state.set(key, to: row)
        context.state.remove(AccessState.openReviews.key(row.actor, transaction))
        return .applied(NoResult(), indexKeys: [context.indexKey("v", subject), context.indexKey("e")])
    }
}
