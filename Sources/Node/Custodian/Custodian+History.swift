// Node · versions on their way out, deletions among them: decided, recorded and released like a search.
internal import Contracts
internal import Ledger
internal import Primitives
internal import Vault

extension Custodian {
    /// A page of the versions that a history asks for, as far as their profiles are permitted.
    ///
    /// Of one resource: nothing found is answered like a resource that is not there, whatever the reason. Of a patient:
    /// an empty page is an answer.
    func history(
        _ request: HistoryQuestion, _ question: Question, by asker: Asker, about whose: Whose
    ) async throws(SteleError) -> Answer {
        let (receipt, value) = try await settled {
            (retryOf) async throws(SteleError) -> (
                event: RecordedEvent, value: (hasPermit: Bool, page: HistoryQuestion.Page)
            ) in
            let inquiry = try decide(question.action, by: asker, about: whose.subject)
            let found = request.find(in: inquiry.compartment, permitted: whose.isStandIn ? 0 : inquiry.permitted)
            if found.entries.isEmpty, !whose.isNamed || whose.isStandIn || !inquiry.hasPermit {
                try balance(whose, question, by: asker)
            }
            let event = try await record(inquiry, found.entries, asked: question.words, by: asker, retryOf: retryOf)
            return (event, (inquiry.hasPermit, found))
        }
        let (hasPermit, page) = value
        if whose.isNamed, whose.isStandIn || !hasPermit { return .refused(receipt.transactionID) }
        guard request.patient != nil || page.isKnown else { return .unavailable(receipt.transactionID) }
        var release = ReleaseMaker(self)
        try release.open(page.entries, of: whose.subject, under: receipt)
        return .released(try release.release(total: page.total, moment: .now))
    }
}
