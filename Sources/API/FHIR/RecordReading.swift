// API · questions put to the custodian, and the answers that release nothing.
internal import FHIR
internal import HTTPServer
internal import Node
internal import Primitives

/// What a question led to.
enum ReadOutcome: Sendable {
    case released(Release)
    /// The answer that says no.
    case refusal(HTTPResponse)
}

extension Services {
    /// Asks `question` for the caller of `request`; the patient's log has the event whatever comes of it.
    func read(_ question: Question, _ request: RouteRequest) async throws(SteleError) -> ReadOutcome {
        let caller = try request.requireCaller()
        let asker = Asker(
            actor: caller.actor, purposes: caller.session.purposes, assertion: caller.session.assertion,
            patient: caller.session.patient)
        let error: SteleError
        let transaction: TransactionID
        switch try await custodian.read(question, by: asker) {
        case .released(let release):
            metrics.count(.recordsReleased, release.records.count)
            return .released(release)
        case .unavailable(let event): (error, transaction) = (Self.recordUnavailable, event)
        case .refused(let event): (error, transaction) = (Self.accessRefused, event)
        }
        metrics.count(.requestsNotReleased)
        var response = errors.response(to: error, path: request.request.path)
        response.headers.add("Stele-Transaction", transaction.hex)
        return .refusal(response)
    }

    static var recordUnavailable: SteleError {
        SteleError(
            .recordUnavailable, "there is no such record that you may see",
            hint: "check the id; if you should see it, ask the patient for a grant")
    }

    private static var accessRefused: SteleError {
        SteleError(
            .accessRefused, "no grant permits you anything of this patient",
            hint: "ask the patient for a grant that covers you and your purpose")
    }
}
