// API · references between the entries of a transaction, and those that are criteria.
internal import FHIR
internal import Node
internal import Primitives
internal import Vault

/// What references in a transaction stand for. Source: FHIR R4 §3.1.0.11.2, "fullUrl", and §3.1.0.11.3.
struct TransactionLinks: Sendable {
    private let services: Services
    private let bundle: Bundle
    private let request: RouteRequest
    /// `Type/id` of the entries that have one, by their places.
    private var names: [Int: String] = [:]
    /// `Type/id` of what the conditional references of each entry pick, by the entry's place and their text.
    private var found: [Int: [String: String]] = [:]

    init(_ services: Services, _ bundle: Bundle, _ request: RouteRequest) {
        self.services = services
        self.bundle = bundle
        self.request = request
    }

    /// Takes note of the names of `entries` that are known by now.
    mutating func note(_ entries: [TransactionEntry]) {
        for entry in entries { if let name = entry.name { names[entry.place] = name } }
    }

    /// Looks up the conditional references to patients.
    mutating func findPatients(of entries: [TransactionEntry]) async throws(SteleError) {
        var known: [String: String] = [:]
        for (entry, link, criteria) in try Self.conditional(entries) where criteria.type == .patient {
            do throws(SteleError) {
                if known[link] == nil {
                    var patients = try ownPatients(criteria, among: entries)
                    if patients.isEmpty { patients = try await services.findPatients(criteria, request) }
                    known[link] = "Patient/" + (try Self.one(patients))
                }
            } catch {
                throw TransactionRun.named(entry.place, error)
            }
            found[entry.place, default: [:]][link] = known[link]
        }
    }

    /// Looks up the others: among the organisation's own records, or those of the patient of the resource that refers.
    mutating func findOthers(of entries: [TransactionEntry], _ patients: [Int: String?]) async throws(SteleError) {
        var known: [String: String] = [:]
        for (entry, link, criteria) in try Self.conditional(entries) where criteria.type != .patient {
            let patient = RecordOwner.shared.contains(criteria.type) ? nil : patients[entry.place] ?? nil
            let key = (patient ?? "") + "\0" + link
            do throws(SteleError) {
                if known[key] == nil {
                    let ids = try await services.find(criteria, of: patient, request).map(\.id)
                    known[key] = criteria.type.name + "/" + (try Self.one(ids))
                }
            } catch {
                throw TransactionRun.named(entry.place, error)
            }
            found[entry.place, default: [:]][link] = known[key]
        }
    }

    /// `resource`, of the entry at `place`, with what is known by now in place of its references. A reference that
    /// spells the type and id of what it names stays as it is.
    func resolving(_ resource: Resource, at place: Int) throws(SteleError) -> Resource {
        try resource.replacingLinks { (link) throws(SteleError) in
            if link.criteria != nil { return found[place]?[link.reference.text] }
            guard let entry = bundle.entry(named: link.reference, from: place), let name = names[entry] else {
                return nil
            }
            return link.reference.relative == name ? nil : name
        }
    }

    /// The patients that the transaction itself writes and that have the identifiers asked for.
    private func ownPatients(_ criteria: Criteria, among entries: [TransactionEntry]) throws(SteleError) -> [String] {
        let wanted = try criteria.identifiers(services)
        return entries.compactMap { entry in
            guard entry.type == .patient, let id = entry.id, let known = entry.resource?.identifiers else { return nil }
            let hasAll = wanted.allSatisfy { wanted in
                known.contains { own in
                    own.value == wanted.value && wanted.system.map { $0 == own.system ?? "" } ?? true
                }
            }
            return hasAll ? id : nil
        }
    }

    private static func conditional(
        _ entries: [TransactionEntry]
    ) throws(SteleError) -> [(TransactionEntry, String, Criteria)] {
        var all: [(TransactionEntry, String, Criteria)] = []
        for entry in entries {
            for link in entry.resource?.links ?? [] {
                guard let (type, query) = link.criteria else { continue }
                do throws(SteleError) {
                    all.append((entry, link.reference.text, try Criteria(type, query)))
                } catch {
                    throw TransactionRun.named(entry.place, error)
                }
            }
        }
        return all
    }

    private static func one(_ ids: [String]) throws(SteleError) -> String {
        guard ids.count < 2 else { throw Services.criteriaSeveral }
        guard let id = ids.first else {
            throw SteleError(
                .criteriaNone, "nothing fulfils the criteria of a reference",
                hint: "write what it refers to first, or refer to it by its id")
        }
        return id
    }
}
