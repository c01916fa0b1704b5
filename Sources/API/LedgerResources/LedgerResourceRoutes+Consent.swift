// API · Consents: the patient's own without an event, anybody else's by decision.
internal import Contracts
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

extension LedgerResourceRoutes {
    func readConsent(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        let caller = try request.requireCaller()
        let id = request.parameters.hash("id")
        if let own = try own(nil, caller) {
            guard let told = try custodian.toldGrants(of: own.subject).first(where: { $0.grant.grant.id == id }) else {
                throw Services.recordUnavailable
            }
            return resource(try json(told, own.patient))
        }
        let patient = caller.session.patient
        let question = ConsultationQuestion(
            patient: patient ?? "", action: .read, asked: "read Consent/\(id.hex)")
        let custodian = self.custodian
        switch try await custodian.consult(
            question, by: asker(caller),
            about: { (subject) throws(SteleError) in
                try Self.computed(custodian.toldGrants(of: subject).filter { $0.grant.grant.id == id })
            })
        {
        case .told(let grants, _, let receipt, let obligations):
            var response = resource(try json(grants[0], patient ?? ""), receipt: receipt)
            addObligations(obligations, to: &response)
            return response
        case .unavailable(let event):
            return refusal(event, isRefused: false, isNamed: patient != nil, request)
        case .refused(let event): return refusal(event, isRefused: true, isNamed: patient != nil, request)
        }
    }

    func searchConsents(
        _ search: LedgerSearch, offset: Int, _ request: RouteRequest
    ) async throws(SteleError) -> HTTPResponse {
        let caller = try request.requireCaller()
        let patient = try patient(of: search)
        let now = UnixSeconds(services.time.now())
        let matches: @Sendable (ToldGrant) -> Bool = { told in
            search.holds("status") { $0 == (told.grant.isActive(at: now) ? "active" : "inactive") }
        }
        if let own = try own(patient, caller) {
            let all = Array(try custodian.toldGrants(of: own.subject).filter(matches).reversed())
            var found: [JSONValue] = []
            for told in all.dropFirst(offset).prefix(search.count) { found.append(try json(told, own.patient)) }
            let next = offset + search.count < all.count ? offset + search.count : nil
            return try await page(
                .consent, found, of: own.patient, total: all.count, next: next, search, request)
        }
        let question = ConsultationQuestion(
            patient: patient, action: .search, asked: "search Consent", offset: offset, count: search.count)
        let custodian = self.custodian
        switch try await custodian.consult(
            question, by: asker(caller),
            about: { (subject) throws(SteleError) in
                try Self.computed(custodian.toldGrants(of: subject).filter(matches).reversed())
            })
        {
        case .told(let grants, let total, let receipt, let obligations):
            var found: [JSONValue] = []
            for told in grants { found.append(try json(told, patient)) }
            let next = offset + search.count < total ? offset + search.count : nil
            var response = try await page(
                .consent, found, of: patient, total: total, next: next, search, request, receipt: receipt)
            addObligations(obligations, to: &response)
            return response
        case .unavailable(let event): return refusal(event, isRefused: false, isNamed: true, request)
        case .refused(let event): return refusal(event, isRefused: true, isNamed: true, request)
        }
    }

    /// A grant as a Consent.
    func json(_ told: ToldGrant, _ patient: String) throws(SteleError) -> JSONValue {
        ConsentResource(
            told: told, patient: patient, organisation: custodian.organisation, names: try custodian.namesOfLabels(),
            now: UnixSeconds(services.time.now())
        ).json
    }

    private static func computed(_ grants: [ToldGrant]) -> [Computed<ToldGrant>] {
        grants.map { told in
            Computed(
                name: ResourceName(type: "Consent", id: told.grant.grant.id.hex), id: told.grant.grant.id,
                labels: ConsentResource.labels(of: told.statement), value: told)
        }
    }
}
