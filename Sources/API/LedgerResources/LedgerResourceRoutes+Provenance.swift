// API · Provenances: where the versions of a record come from, for whoever may read them.
internal import Contracts
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

extension LedgerResourceRoutes {
    func readProvenance(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        let caller = try request.requireCaller()
        let id = request.parameters.hash("id")
        let patient = caller.session.patient
        let question = ConsultationQuestion(
            patient: patient ?? "", action: .read, asked: "read Provenance/\(id.hex)")
        switch try await consult(question, caller, { $0.recordID == id }) {
        case .told(let entries, _, let receipt, _):
            return resource(try json(entries, of: patient ?? "")[0], receipt: receipt)
        case .unavailable(let event): return refusal(event, isRefused: false, isNamed: patient != nil, request)
        case .refused(let event): return refusal(event, isRefused: true, isNamed: patient != nil, request)
        }
    }

    func searchProvenances(
        _ search: LedgerSearch, offset: Int, _ request: RouteRequest
    ) async throws(SteleError) -> HTTPResponse {
        let caller = try request.requireCaller()
        let targets = try Self.targets(search)
        let dates = try search.dates("recorded", now: services.time.now())
        var patient = search.patient
        if patient == nil, targets.count == 1, let target = targets.first?.first,
            let holder = try custodian.vault.directory.subject(holding: target.name)
        {
            patient = try custodian.vault.directory.subject(holder).patient
        }
        guard search.patient != nil || !targets.isEmpty else {
            throw LedgerSearch.refused("a search names one patient or one target")
        }
        let question = ConsultationQuestion(
            patient: patient ?? "", action: .search,
            asked: (["search Provenance"] + targets.joined().map { "\($0.name)" }).joined(separator: " "),
            offset: offset, count: search.count)
        let outcome = try await consult(question, caller) { entry in
            targets.allSatisfy { $0.contains { $0.matches(entry) } }
                && dates.allSatisfy { dates in
                    let time = Int64(clamping: entry.lastUpdated.milliseconds)
                    return dates.contains { $0.matches(start: time, end: time + 1) }
                }
        }
        switch outcome {
        case .told(let entries, let total, let receipt, let obligations):
            // Whoever did not name the patient cannot tell what is hidden from what is not there.
            guard search.patient != nil || total > 0 else {
                return refusal(receipt.transactionID, isRefused: false, isNamed: false, request)
            }
            let next = offset + search.count < total ? offset + search.count : nil
            var response = try await page(
                .provenance, try json(entries, of: patient ?? ""), of: patient ?? "", total: total, next: next, search,
                request, receipt: receipt)
            addObligations(obligations, to: &response)
            return response
        case .unavailable(let event):
            return refusal(event, isRefused: false, isNamed: search.patient != nil, request)
        case .refused(let event): return refusal(event, isRefused: true, isNamed: search.patient != nil, request)
        }
    }

    /// Every version of the patient's records that `matches` picks, with the labels of the record itself.
    private func consult(
        _ question: ConsultationQuestion, _ caller: Caller, _ matches: @escaping @Sendable (CompartmentEntry) -> Bool
    ) async throws(SteleError) -> Consultation<CompartmentEntry> {
        let custodian = self.custodian
        return try await custodian.consult(
            question, by: asker(caller),
            about: { (subject) throws(SteleError) in
                let profiles = try custodian.vault.directory.subject(subject).profiles
                return try custodian.vault.compartment(of: subject).entries.filter(matches).reversed().compactMap {
                    entry in
                    guard profiles.indices.contains(Int(entry.profile)) else { return nil }
                    return Computed(
                        name: ResourceName(type: "Provenance", id: entry.recordID.hex), id: entry.recordID,
                        labels: profiles[Int(entry.profile)].labels, value: entry)
                }
            })
    }

    private func json(_ entries: [CompartmentEntry], of patient: String) throws(SteleError) -> [JSONValue] {
        guard let subject = try custodian.vault.directory.subject(patient: patient) else { return [] }
        let compartment = try custodian.vault.compartment(of: subject.id)
        var found: [JSONValue] = []
        for entry in entries { found.append(try ProvenanceResource(entry, in: compartment, custodian).json) }
        return found
    }

    /// A version, or all versions, of one resource.
    private struct Target: Sendable {
        let name: ResourceName
        let version: UInt32?

        func matches(_ entry: CompartmentEntry) -> Bool {
            entry.resource == name && (version.map { $0 == entry.version } ?? true)
        }
    }

    private static func targets(_ search: LedgerSearch) throws(SteleError) -> [[Target]] {
        var targets: [[Target]] = []
        for values in search.conditions["target"] ?? [] {
            var alternatives: [Target] = []
            for value in values {
                let parts = value.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
                let version = parts.count == 4 && parts[2] == "_history" ? UInt32(parts[3]) : nil
                guard parts.count == 2 || version != nil, ResourceType(name: parts[0]) != nil, Resource.isID(parts[1])
                else { throw LedgerSearch.refused("target is not Type/id or Type/id/_history/version") }
                alternatives.append(Target(name: ResourceName(type: parts[0], id: parts[1]), version: version))
            }
            targets.append(alternatives)
        }
        return targets
    }
}
