// API · questions put to the custodian, and the answers that release nothing.
internal import FHIR
internal import HTTPServer
internal import Node
internal import Primitives
internal import Vault

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
        let asker = Asker(caller)
        let error: SteleError
        let transaction: TransactionID
        switch try await custodian.read(question, by: asker) {
        case .released(let release):
            metrics.count(.recordsReleased, release.records.count)
            return .released(release)
        case .gone(let release): return .refusal(gone(release, request))
        case .unavailable(let event): (error, transaction) = (Self.recordUnavailable, event)
        case .refused(let event): (error, transaction) = (Self.accessRefused, event)
        }
        metrics.count(.requestsNotReleased)
        var response = errors.response(to: error, path: request.request.path)
        response.headers.add("Stele-Transaction", transaction.hex)
        return .refusal(response)
    }

    /// The answer about a record that was deleted. Source: FHIR R4 §3.1.0.2.
    private func gone(_ release: Release, _ request: RouteRequest) -> HTTPResponse {
        let error = SteleError(
            .recordDeleted, "the record was deleted",
            hint: "read an older version at _history, or write a new one with PUT")
        var response = errors.response(to: error, path: request.request.path)
        if let entry = release.records.first?.entry {
            response.headers.add("ETag", VersionTag(entry.version).text)
            response.headers.add("Last-Modified", HTTPDate.text(entry.lastUpdated))
        }
        response.headers.add("Stele-Transaction", release.receipt.transactionID.hex)
        return response
    }

    static var recordUnavailable: SteleError {
        SteleError(
            .recordUnavailable, "there is no such record that you may see",
            hint: "check the id; if you should see it, ask the patient for a grant")
    }

    static var accessRefused: SteleError {
        SteleError(
            .accessRefused, "no grant permits you anything of this patient",
            hint: "ask the patient for a grant that covers you and your purpose")
    }
}
