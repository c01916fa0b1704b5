// Contracts · access: the contract and its reasons for refusal.
public import Primitives

extension ErrorCode {
    /// A request prepared under a policy that has changed since.
    public static let accessStale = ErrorCode("access.stale")
    /// An override by someone with an overdue review.
    public static let overrideReviewOverdue = ErrorCode("override.review_overdue")
    /// An override longer than the network allows.
    public static let overrideTooLong = ErrorCode("override.too_long")
    /// An override by someone with too many open reviews.
    public static let overrideReviewLimit = ErrorCode("override.review_limit")
    /// A review that is not open.
    public static let reviewUnknown = ErrorCode("review.unknown")
    /// An emergency that was opened for nobody, for another person or for another subject.
    public static let emergencyUnknown = ErrorCode("emergency.unknown")
    /// An emergency whose time is over or whose review is closed.
    public static let emergencyEnded = ErrorCode("emergency.ended")
    /// An entry of a journal that is not the next one: repeated, left out, or not following those before it.
    public static let journalOutOfOrder = ErrorCode("journal.out_of_order")
}

extension Refusal {
    public static let accessStale = Refusal(
        80, .accessStale, "the subject's policy changed while the request was prepared",
        hint: "ask again: preview, gather, request")
    public static let overrideReviewOverdue = Refusal(
        81, .overrideReviewOverdue, "an earlier override by the same person is overdue for review",
        hint: "have an administrator close the review with access.review")
    public static let overrideTooLong = Refusal(
        82, .overrideTooLong, "the override is longer than the network allows", hint: "ask for a shorter one")
    public static let overrideReviewLimit = Refusal(
        83, .overrideReviewLimit, "256 overrides by the same person wait for review",
        hint: "have an administrator close reviews with access.review")
    public static let reviewUnknown = Refusal(
        84, .reviewUnknown, "no review of that override is open", hint: "check the subject and the transaction")
    public static let emergencyUnknown = Refusal(
        85, .emergencyUnknown, "no override of that person opened that subject's records",
        hint: "open an emergency for this patient first, as the person who reads")
    public static let emergencyEnded = Refusal(
        86, .emergencyEnded, "the override's time is over, or its review is closed",
        hint: "ask without the emergency, or open another one if it goes on")
    public static let journalOutOfOrder = Refusal(
        87, .journalOutOfOrder, "the entry is not the next one of the organisation's journal",
        hint: "submit the journal's entries in order, each once")
}

extension Contract {
    /// Who asked for which records, and what was decided.
    static let access = Contract(
        name: "access", summary: "Who asked for a subject's records, and what was decided: a log that cannot omit.",
        calls: [
            AnyCallDeclaration(AccessRequest.self), AnyCallDeclaration(AccessOverride.self),
            AnyCallDeclaration(AccessUnordered.self), AnyCallDeclaration(AccessReview.self),
        ],
        rows: [
            RowDeclaration(AccessChainRow.self, key: "\"ac\" ‖ subject 32", "the chain of a subject's access events"),
            RowDeclaration(JournalRow.self, key: "\"aj\" ‖ organisation", "how far a journal is on the ledger"),
            RowDeclaration(OpenReviewRow.self, key: "\"ar\" ‖ actor 32 ‖ transaction 32", "an open review, by actor"),
            RowDeclaration(ReviewRow.self, key: "\"ax\" ‖ subject 32 ‖ transaction 32", "the review of an override"),
        ])
}
