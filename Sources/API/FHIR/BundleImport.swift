// API · a bundle of records in.
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives

/// Writes the entries of a batch, transaction or collection.
///
/// Entries are planned first, one by one; then written in groups, one for each patient, in the order in which patients
/// first appear. A resource keeps the id it has, also under `POST`: a bundle is an import, and references between its
/// entries must go on holding in bytes that are never changed. A resource without an id gets one.
///
/// A transaction with one bad entry writes nothing. One that fails later, such as by a conflict, may have written
/// earlier groups: sending it again writes only what is missing. A batch answers for each entry by itself.
struct BundleImport {
    /// What became of one entry.
    enum Result: Sendable {
        case written(Written)
        case failed(SteleError)
    }

    private struct Plan {
        let place: Int
        let submission: Submission
        let patient: String?
    }

    private let services: Services
    private let bundle: Bundle
    private let caller: Caller

    init(_ services: Services, _ bundle: Bundle, by caller: Caller) {
        self.services = services
        self.bundle = bundle
        self.caller = caller
    }

    /// Writes the bundle and returns what became of each entry, in order.
    func run() async throws(SteleError) -> [Result] {
        guard [.transaction, .batch, .collection].contains(bundle.kind) else {
            throw SteleError(
                .bundleKind, "a bundle of this kind cannot be imported",
                hint: "send a transaction, a batch or a collection")
        }
        var results: [Result?] = Array(repeating: nil, count: bundle.entries.count)
        var groups: [(patient: String?, plans: [Plan])] = []
        var places: [String?: Int] = [:]
        for index in bundle.entries.indices {
            do throws(SteleError) {
                let plan = try self.plan(index)
                if let group = places[plan.patient] {
                    groups[group].plans.append(plan)
                } else {
                    places[plan.patient] = groups.count
                    groups.append((plan.patient, [plan]))
                }
            } catch {
                if bundle.kind == .transaction { throw Self.inEntry(index, error) }
                results[index] = .failed(error)
            }
        }
        for group in groups {
            for (place, result) in try await write(group.plans, patient: group.patient) { results[place] = result }
        }
        return results.compactMap { $0 }
    }

    // MARK: - Planning

    private func plan(_ index: Int) throws(SteleError) -> Plan {
        let entry = bundle.entries[index]
        guard var resource = entry.resource else { throw Self.refused("it holds no resource") }
        var expectedVersion: UInt32?
        switch entry.request?.method {
        case nil:
            try caller.require(.update, on: resource.type)
        case .POST?:
            try caller.require(.create, on: resource.type)
            guard entry.request?.url == resource.type.name else {
                throw Self.refused("its url is not the type of its resource")
            }
        case .PUT?:
            try caller.require(.update, on: resource.type)
            guard let reference = resource.reference, entry.request?.url == reference.text else {
                throw Self.refused("its url is not the type and id of its resource")
            }
            if let match = entry.request?.ifMatch {
                guard let tag = VersionTag(match) else { throw Self.refused("its ifMatch is no version tag") }
                expectedVersion = tag.number
            }
        default: throw Self.refused("its method is neither POST nor PUT")
        }
        if resource.id == nil {
            resource = try resource.settingIdentity(id: Hex.encode(services.random.bytes(16)))
        }
        let patient = try RecordOwner.patient(of: resource, try owner(of: index, resource))
        return Plan(
            place: index, submission: Submission(resource, expectedVersion: expectedVersion), patient: patient)
    }

    /// The patient that the entry names, by way of the bundle's own entries.
    private func owner(of index: Int, _ resource: Resource) throws(SteleError) -> Reference? {
        if let found = bundle.subject(of: index) { return found }
        // Named, but by an entry that the bundle does not have or that is no patient.
        return resource.type == .patient ? resource.reference : resource.subjectReference
    }

    // MARK: - Writing

    private func write(_ plans: [Plan], patient: String?) async throws(SteleError) -> [(place: Int, result: Result)] {
        do throws(SteleError) {
            let written = try await services.custodian.write(plans.map(\.submission), patient: patient)
            services.metrics.count(.recordsWritten, written.count { $0.isNew })
            return zip(plans, written).map { ($0.place, .written($1)) }
        } catch {
            if bundle.kind == .transaction { throw Self.inEntry(plans[0].place, error) }
            guard plans.count > 1 else { return [(plans[0].place, .failed(error))] }
        }
        // One entry spoils its group; alone, each of the others succeeds. What was written already is not written
        // again.
        var results: [(place: Int, result: Result)] = []
        for plan in plans { results += try await write([plan], patient: patient) }
        return results
    }

    private static func refused(_ rule: String) -> SteleError {
        SteleError(
            .bundleEntry, "an entry of the bundle cannot be imported: \(rule)",
            hint: "send entries with a resource and a request that is POST Type or PUT Type/id")
    }

    private static func inEntry(_ index: Int, _ error: SteleError) -> SteleError {
        SteleError(
            error.code, "entry \(index) (counted from 0), or one of the same patient: \(error.message)",
            hint: error.hint, cause: error.cause)
    }
}

/// Writes the Bundle that answers a batch or a transaction. Source: FHIR R4 §3.1.0.11.
struct BundleResponse {
    let services: Services
    let isBatch: Bool

    /// The response bundle; a written entry names its transaction in an extension.
    func bytes(_ results: [BundleImport.Result]) -> [UInt8] {
        let entries = results.map { result -> JSONValue in
            switch result {
            case .written(let written):
                let isCreated = written.version == 1 && written.isNew
                return [
                    "response": [
                        "extension": [
                            ["url": "urn:stele:transaction", "valueString": .string(written.transactionID.hex)]
                        ],
                        "status": .string(isCreated ? "201 Created" : "200 OK"),
                        "location": .string(services.location(of: written)),
                        "etag": .string(VersionTag(written.version).text),
                        "lastModified": .string(written.lastUpdated.description),
                    ]
                ]
            case .failed(let error):
                return [
                    "response": [
                        "status": .string(String(ErrorStatus.status(of: error.code))),
                        "outcome": OperationOutcome(error, ErrorStatus.issueKind(of: error.code)).json,
                    ]
                ]
            }
        }
        var members: [JSONValue.Member] = [
            .init("resourceType", "Bundle"),
            .init("type", .string(isBatch ? "batch-response" : "transaction-response")),
        ]
        if !entries.isEmpty { members.append(.init("entry", .array(entries))) }
        return JSONValue.object(members).serialized()
    }
}
