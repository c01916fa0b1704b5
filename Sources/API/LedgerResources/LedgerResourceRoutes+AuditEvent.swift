// API · AuditEvents: the patient's log as FHIR; for officers who and when, by decision.
internal import Contracts
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

extension LedgerResourceRoutes {
    func readAuditEvent(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        let caller = try request.requireCaller()
        let id = request.parameters.hash("id")
        if let own = try own(nil, caller) {
            try await services.noteLook(caller)
            guard let line = try custodian.auditLine(id, of: own.subject) else { throw Services.recordUnavailable }
            return resource(auditEvent(line, own.patient, isWhole: true).json)
        }
        try requireOfficer(caller)
        let patient = caller.session.patient
        let question = ConsultationQuestion(
            patient: patient ?? "", action: .read, asked: "read AuditEvent/\(id.hex)")
        let custodian = self.custodian
        switch try await custodian.consult(
            question, by: asker(caller),
            about: { (subject) throws(SteleError) in
                try custodian.auditLine(id, of: subject).map { [Self.computed(id.hex, id, $0)] } ?? []
            })
        {
        case .told(let lines, _, let receipt, _):
            return resource(auditEvent(lines[0], patient ?? "", isWhole: false).json, receipt: receipt)
        case .unavailable(let event): return refusal(event, isRefused: false, isNamed: patient != nil, request)
        case .refused(let event): return refusal(event, isRefused: true, isNamed: patient != nil, request)
        }
    }

    /// - Parameter bound: The place in the log before which the page begins; 0 for the end.
    func searchAuditEvents(
        _ search: LedgerSearch, before bound: Int, _ request: RouteRequest
    ) async throws(SteleError) -> HTTPResponse {
        let caller = try request.requireCaller()
        let patient = try patient(of: search)
        if let own = try own(patient, caller) {
            try await services.noteLook(caller)
            return try await auditPage(search, of: own.subject, own.patient, before: bound, isWhole: true, request)
        }
        try requireOfficer(caller)
        let question = ConsultationQuestion(patient: patient, action: .search, asked: "search AuditEvent")
        switch try await custodian.consult(
            question, by: asker(caller),
            about: { (subject) throws(SteleError) in [Self.computed("log", subject, subject)] })
        {
        case .told(let subjects, _, let receipt, _):
            guard let subject = subjects.first else {
                return try await page(
                    .auditEvent, [], of: patient, total: nil, next: nil, search, request, receipt: receipt)
            }
            return try await auditPage(search, of: subject, patient, before: bound, isWhole: false, request, receipt)
        case .unavailable(let event): return refusal(event, isRefused: false, isNamed: true, request)
        case .refused(let event): return refusal(event, isRefused: true, isNamed: true, request)
        }
    }

    private func auditPage(
        _ search: LedgerSearch, of subject: SubjectID, _ patient: String, before bound: Int, isWhole: Bool,
        _ request: RouteRequest, _ receipt: Receipt? = nil
    ) async throws(SteleError) -> HTTPResponse {
        let dates = try search.dates("date", now: services.time.now())
        var agents: [String: String] = [:]
        for values in search.conditions["agent"] ?? [] {
            for value in values { agents[value] = try did(value) }
        }
        var found: [JSONValue] = []
        var next: Int?
        var last = 0
        try custodian.forEachAuditLine(of: subject, before: bound == 0 ? .max : UInt64(bound)) {
            (line) throws(SteleError) in
            guard found.count < search.count else {
                next = last
                return false
            }
            last = Int(line.receipt.logIndex)
            let event = auditEvent(line, patient, isWhole: isWhole)
            let time = Int64(clamping: line.receipt.time.milliseconds)
            guard dates.allSatisfy({ $0.contains { $0.matches(start: time, end: time + 1) } }),
                search.holds("action", { $0.split(separator: "|").last.map(String.init) == event.action }),
                search.holds("outcome", { $0.split(separator: "|").last.map(String.init) == event.outcome }),
                search.holds("agent", { agents[$0] != nil && agents[$0] == event.agentDID })
            else { return true }
            found.append(event.json)
            return true
        }
        return try await page(
            .auditEvent, found, of: patient, total: nil, next: next, search, request, receipt: receipt)
    }

    /// The DID that a value of `agent` names: itself, or that of the actor with the id behind the last slash.
    private func did(_ value: String) throws(SteleError) -> String? {
        if value.hasPrefix("did:") || value.hasPrefix("urn:") { return value }
        let id = value.split(separator: "/").last.map(String.init) ?? value
        return try custodian.vault.directory.actor(id: id)?.did
    }

    private func requireOfficer(_ caller: Caller) throws(SteleError) {
        guard caller.actor.isOfficer, caller.actor.organisation == custodian.organisation else {
            throw SteleError(
                .actorNotAllowed,
                "only the patient and officers of this custodian see who asked for a patient's records",
                hint: "use an access token of the patient, or of an officer whom a grant permits AuditEvents")
        }
    }

    private func auditEvent(_ line: AuditLine, _ patient: String, isWhole: Bool) -> AuditEventResource {
        AuditEventResource(line: line, patient: patient, organisation: custodian.organisation, isWhole: isWhole)
    }

    private static func computed<Value>(_ name: String, _ id: Bytes32, _ value: Value) -> Computed<Value> {
        Computed(
            name: ResourceName(type: "AuditEvent", id: name), id: id,
            labels: [
                .type("AuditEvent"), .category("administrative"),
                .typeInCategory(type: "AuditEvent", category: "administrative"), .all,
            ], value: value)
    }
}
