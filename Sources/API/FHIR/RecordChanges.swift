// API · changes of records on behalf of a caller: who may, where they go, and what is answered.
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

extension RouteRequest {
    /// The caller, who may write here: staff or a system of this custodian.
    func requireWriter(_ services: Services) throws(SteleError) -> Caller {
        let caller = try requireCaller()
        guard !caller.isPatient, caller.actor.organisation == services.custodian.organisation else {
            throw SteleError(
                .actorNotAllowed, "only staff and systems of this custodian write records here",
                hint: "use an access token of an actor of the custodian's organisation")
        }
        return caller
    }
}

extension Services {
    /// How a patient is enrolled whom `caller` writes and who is no subject yet; nil for whoever does not enrol.
    func enrolment(by caller: Caller) -> EnrolmentTerms? {
        caller.actor.isOfficer ? EnrolmentTerms(treatingPermit: configuration.treatingPermit) : nil
    }

    /// A logical id that nobody has.
    func newID() -> String { Hex.encode(random.bytes(16)) }

    /// Makes one change of a record of `patient`.
    func change(
        _ submission: Submission, of patient: String?, by caller: Caller
    ) async throws(SteleError) -> Written? {
        try await custodian.exclusively([patient], enrolling: enrolment(by: caller)) {
            (writer) async throws(SteleError) in
            try await self.change(submission, of: patient, with: writer)
        }
    }

    /// The same where the patient's records are held already.
    func change(
        _ submission: Submission, of patient: String?, with writer: RecordWriter
    ) async throws(SteleError) -> Written? {
        let written = try await writer.write([RecordChange(submission, patient: patient)], asOne: true)[0]
        if written?.isNew == true { metrics.count(.recordsWritten, 1) }
        return written
    }

    /// The URL of a version.
    func location(of written: Written) -> String {
        "\(configuration.baseURL)/fhir/\(written.resource)/_history/\(written.version)"
    }

    /// The answer to a change that left `written`. Source: FHIR R4 §3.1.0.8, §3.1.0.4.
    ///
    /// - Parameter resource: what the client sent and may have back; nil for one that was found and not sent, or for a
    ///   deletion.
    func answer(
        _ written: Written, _ resource: Resource?, _ request: RouteRequest
    ) throws(SteleError) -> HTTPResponse {
        let status = written.isCreated ? 201 : 200
        var response: HTTPResponse
        switch try request.preference() {
        case .representation:
            response = HTTPResponse(status: status)
            if let resource {
                response = HTTPResponse(
                    status: status, contentType: ErrorAnswer.fhirType, bytes: try written.stored(resource).bytes)
            }
        case .minimal: response = HTTPResponse(status: status)
        case .outcome: response = Self.outcome(status)
        }
        response.headers.add("Location", location(of: written))
        add(written, to: &response)
        return response
    }

    /// The answer to a deletion: 204, or 200 with an outcome if the client wants one. The same whether there was
    /// anything to delete. Source: FHIR R4 §3.1.0.7.
    func answer(deleting written: Written?, _ request: RouteRequest) throws(SteleError) -> HTTPResponse {
        var response = HTTPResponse(status: 204)
        if try request.preference() == .outcome { response = Self.outcome(200) }
        if let written { add(written, to: &response) }
        return response
    }

    private func add(_ written: Written, to response: inout HTTPResponse) {
        response.headers.add("ETag", VersionTag(written.version).text)
        response.headers.add("Last-Modified", HTTPDate.text(written.lastUpdated))
        response.headers.add("Stele-Transaction", written.transactionID.hex)
    }

    private static func outcome(_ status: Int) -> HTTPResponse {
        let outcome = OperationOutcome([
            OperationOutcome.Issue(.information, .informational, diagnostics: "the change is durable and anchored")
        ])
        return HTTPResponse(status: status, contentType: ErrorAnswer.fhirType, bytes: outcome.serialized())
    }
}
