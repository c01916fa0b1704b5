// Node · records brought in as they are: from a bundle of any kind, or a list of resources.
internal import Cryptography
public import FHIR
public import Primitives
internal import Vault

extension ErrorCode {
    /// An entry of a bundle that cannot be written.
    public static let bundleEntry = ErrorCode("bundle.entry")
}

/// Writes the resources of a bundle under the ids they have.
///
/// An import is no transaction: what the entries ask for in `request` is passed over, whatever the kind of the bundle.
/// A resource keeps its id and its bytes, but for references that name another entry by `urn:` or by a `fullUrl` that
/// is not the entry's own type and id: those become `Type/id`. References that nothing in the bundle answers stay as
/// they are and are counted. A resource without an id gets one. What is there already with the same bytes is not
/// written again, so an import that stopped is continued by the same call.
///
/// A history lists the newest version first and is written from its end. What it says was deleted gets a version that
/// says so, under the profile of what was there before; where nothing was, there is nothing to delete.
///
/// Entries are written patient by patient, in groups of one ledger transaction; one that fails leaves the others.
public struct RecordImport: Sendable {
    /// What became of one entry.
    public enum Result: Sendable {
        /// It is there now, or its deletion is.
        case written(Written)
        /// It was to be deleted and is not there.
        case absent
        /// It is not.
        case failed(SteleError)
    }

    /// What became of an import.
    public struct Outcome: Sendable {
        /// What became of each entry, in order.
        public var results: [Result]
        /// How many references by `urn:` or conditional references were left, because no entry answers them.
        public var unresolvedCount = 0
    }

    /// What an entry brings.
    public enum Kind: Hashable, Sendable {
        case version, deletion
    }

    private struct Plan: Sendable {
        let place: Int
        let imported: ImportedDraft
        let patient: String?
        var name: ResourceName { imported.draft.resource }
    }

    /// How many patients' records are written at once.
    static let patientCountAtOnceMax = 4

    private let custodian: Custodian
    private let enrolling: EnrolmentTerms?
    private let check: @Sendable (ResourceType, Kind) throws(SteleError) -> Void

    /// An import into the records of `custodian`.
    ///
    /// - Parameters:
    ///   - terms: how patients who are no subjects yet are enrolled by their Patient resource; nil to refuse them.
    ///   - check: throws for what may not be written, such as by the caller's scopes.
    public init(
        into custodian: Custodian, enrolling terms: EnrolmentTerms?,
        check: @escaping @Sendable (ResourceType, Kind) throws(SteleError) -> Void = { (_, _) throws(SteleError) in }
    ) {
        self.custodian = custodian
        enrolling = terms
        self.check = check
    }

    /// Writes the entries of `bundle`.
    public func run(_ bundle: Bundle) async throws(SteleError) -> Outcome {
        var outcome = Outcome(results: [])
        var results: [Result?] = Array(repeating: nil, count: bundle.entries.count)
        let names = names(of: bundle)
        var groups: [(patient: String?, plans: [Plan])] = []
        var places: [String?: Int] = [:]
        var owners: [ResourceName: String?] = [:]
        // Source: FHIR R4 §3.1.0.13: "sorted with oldest versions last".
        let order =
            bundle.kind == .history ? Array(bundle.entries.indices.reversed()) : Array(bundle.entries.indices)
        for index in order {
            do throws(SteleError) {
                guard let plan = try plan(index, of: bundle, names, owners, &outcome.unresolvedCount) else {
                    results[index] = .absent
                    continue
                }
                owners.updateValue(plan.patient, forKey: plan.imported.draft.resource)
                if let group = places[plan.patient] {
                    groups[group].plans.append(plan)
                } else {
                    places[plan.patient] = groups.count
                    groups.append((plan.patient, [plan]))
                }
            } catch {
                results[index] = .failed(error)
            }
        }
        await withTaskGroup(of: [(place: Int, result: Result)].self) { tasks in
            var waiting = groups[...]
            func addNext() {
                if let group = waiting.popFirst() { tasks.addTask { await write(group.plans, of: group.patient) } }
            }
            for _ in 0..<Self.patientCountAtOnceMax { addNext() }
            for await written in tasks {
                for (place, result) in written { results[place] = result }
                addNext()
            }
        }
        outcome.results = results.compactMap { $0 }
        return outcome
    }

    // MARK: - Planning

    /// The type and id under which each entry is written.
    private func names(of bundle: Bundle) -> [String?] {
        bundle.entries.map { entry in
            guard let resource = entry.resource else { return entry.deletion?.relative }
            return resource.type.name + "/"
                + (resource.id ?? ImportedID.id(fullURL: entry.fullURL, digest: SHA256.hash(resource.bytes)))
        }
    }

    /// - Parameter owners: the patients of the resources of entries before this one.
    /// - Returns: nil where nothing is to be deleted.
    private func plan(
        _ index: Int, of bundle: Bundle, _ names: [String?], _ owners: [ResourceName: String?],
        _ unresolvedCount: inout Int
    ) throws(SteleError) -> Plan? {
        if let fault = bundle.entries[index].fault { throw fault }
        if bundle.kind == .history, let deleted = bundle.entries[index].deletion {
            return try plan(index, deleting: deleted, owners)
        }
        guard var resource = bundle.entries[index].resource, let name = names[index] else {
            throw SteleError(
                .bundleEntry, "an entry of the bundle holds no resource", hint: "send entries with resources")
        }
        try check(resource.type, .version)
        try resource.requireValid()
        var unresolved = 0
        resource = try resource.replacingLinks { (link) throws(SteleError) in
            guard let found = bundle.entry(named: link.reference, from: index), let target = names[found] else {
                if link.reference.isURN && link.isReference || link.criteria != nil { unresolved += 1 }
                return nil
            }
            return link.reference.relative == target ? nil : target
        }
        unresolvedCount += unresolved
        if resource.id == nil {
            resource = try resource.settingIdentity(id: String(name.dropFirst(resource.type.name.utf8.count + 1)))
        }
        // Named by an entry of the bundle, if it is one; a patient without an id of their own has one by now.
        let owner = bundle.subject(of: index)
        let patient = try RecordOwner.patient(
            of: resource, owner?.isURN == false ? owner : resource.subjectReference)
        let draft = try RecordDraft(resource, lastUpdated: custodian.time.now())
        return Plan(
            place: index, imported: ImportedDraft(submission: Submission(resource), draft: draft), patient: patient)
    }

    private func plan(
        _ index: Int, deleting reference: Reference, _ owners: [ResourceName: String?]
    ) throws(SteleError) -> Plan? {
        guard let type = reference.type, let id = reference.id else { preconditionFailure("a deletion spells both") }
        try check(type, .deletion)
        let name = ResourceName(type: type.name, id: id)
        var owner = owners[name]
        if owner == nil { owner = try custodian.owner(of: name) }
        guard let patient = owner else { return nil }
        // Its labels are those of what it deletes, which is known once nobody else writes.
        let draft = RecordDraft(name, content: [], labels: [], lastUpdated: custodian.time.now(), isTombstone: true)
        return Plan(
            place: index, imported: ImportedDraft(submission: Submission(deleting: name), draft: draft),
            patient: patient)
    }

    // MARK: - Writing

    /// Writes entries of one patient, together if they can be, else in halves: one that spoils its group leaves the
    /// others. The versions of one resource stay together, for by what is there of them the same import again is known.
    private func write(_ plans: [Plan], of patient: String?) async -> [(place: Int, result: Result)] {
        do throws(SteleError) {
            let written = try await custodian.exclusively([patient], enrolling: enrolling) {
                (writer) async throws(SteleError) in
                try await writer.bringIn(plans.map(\.imported), of: patient)
            }
            if let error = written.error, let parted = await writeInParts(plans, of: patient, after: error) {
                return parted
            }
            let missing = written.error.map(Result.failed) ?? .absent
            return zip(plans, written.written).map { ($0.place, $1.map { .written($0) } ?? missing) }
        } catch {
            return await writeInParts(plans, of: patient, after: error)
                ?? plans.map { ($0.place, .failed(error)) }
        }
    }

    /// Writes halves of entries that could not be written together; nil if no part would fare better.
    private func writeInParts(
        _ plans: [Plan], of patient: String?, after error: SteleError
    ) async -> [(place: Int, result: Result)]? {
        guard !Self.isOfAll(error), let (first, second) = Self.halves(plans) else { return nil }
        return await write(first, of: patient) + write(second, of: patient)
    }

    /// Two parts of `plans`, each in order and with all there is of its resources; nil if all are of one resource.
    private static func halves(_ plans: [Plan]) -> ([Plan], [Plan])? {
        var counts: [ResourceName: Int] = [:]
        var order: [ResourceName] = []
        for plan in plans {
            if counts.updateValue((counts[plan.name] ?? 0) + 1, forKey: plan.name) == nil { order.append(plan.name) }
        }
        guard order.count > 1 else { return nil }
        var first: Set<ResourceName> = []
        var count = 0
        for name in order.dropLast() where first.isEmpty || count + counts[name]! <= plans.count / 2 {
            first.insert(name)
            count += counts[name]!
        }
        return (plans.filter { first.contains($0.name) }, plans.filter { !first.contains($0.name) })
    }

    /// Whether a smaller part would be refused for the same reason.
    private static func isOfAll(_ error: SteleError) -> Bool {
        [.subjectNotEnrolled, .recordsUnsettled, .diskReserved, .diskFull].contains(error.code)
    }
}
