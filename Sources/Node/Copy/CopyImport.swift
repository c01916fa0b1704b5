// Node · a copy brought in: the same bytes under the same ids, with the proofs of where they come from.
internal import Contracts
public import FHIR
internal import Ledger
public import Primitives
public import Vault

extension ErrorCode {
    /// A copy of a resource that has another history here.
    public static let copyHistoryDiffers = ErrorCode("copy.history_differs")
    /// A part of a copy that is not what it should be.
    public static let copyMalformed = ErrorCode("copy.malformed")
}

/// Writes what a ``CopyDelivery`` holds, and keeps the proofs that came with it. Source: `docs/spec/copy.md` §6.
///
/// Every version is anchored here anew under the number it had there, oldest first, and has exactly the bytes that it
/// had there: so the proofs of the other ledger go on holding. Each of them is checked under the keys named with it
/// before anything is written; whether those keys are to be trusted is for whoever reads the proof later.
///
/// Versions that are here already with the same bytes are passed over, so an import that stopped is continued by the
/// same call. A resource that has other versions here is left alone.
public struct CopyImport: Sendable {
    /// What became of one history.
    public struct Outcome: Sendable {
        /// The resource.
        public let resource: ResourceName
        /// How many versions were written, and how many were here already.
        public var writtenCount = 0
        public var presentCount = 0
        /// Why the rest of it was not written.
        public var refusal: SteleError?
    }

    private let custodian: Custodian
    private let enrolling: EnrolmentTerms?
    private let check: @Sendable (ResourceType) throws(SteleError) -> Void

    /// An import into the records of `custodian`.
    ///
    /// - Parameters:
    ///   - terms: how the patient is enrolled by their Patient resource if they are no subject yet; nil to refuse.
    ///   - check: throws for a type that may not be written, such as by the caller's scopes.
    public init(
        into custodian: Custodian, enrolling terms: EnrolmentTerms?,
        check: @escaping @Sendable (ResourceType) throws(SteleError) -> Void
    ) {
        self.custodian = custodian
        enrolling = terms
        self.check = check
    }

    /// Brings `delivery` in, and says what became of each history, in order.
    /// - Throws: what concerns the whole of it, such as `subject.not_enrolled`.
    public func run(_ delivery: CopyDelivery) async throws(SteleError) -> [Outcome] {
        var checked: [Result<History, SteleError>] = []
        for history in delivery.histories {
            do throws(SteleError) {
                checked.append(.success(try self.checked(history, of: delivery.patient)))
            } catch {
                checked.append(.failure(error))
            }
        }
        let histories = checked
        return try await custodian.exclusively([delivery.patient], enrolling: enrolling) {
            (writer) async throws(SteleError) in
            var lines: [Line] = []
            for (history, given) in zip(histories, delivery.histories) {
                var line = Line(outcome: Outcome(resource: given.resource))
                do throws(SteleError) {
                    line = try self.line(try history.get(), of: delivery.patient)
                } catch {
                    line.outcome.refusal = error
                }
                lines.append(line)
            }
            try await keepPresent(lines, of: delivery.patient)
            while lines.contains(where: { !$0.rest.isEmpty }) {
                try await writeNext(&lines, of: delivery.patient, writer)
            }
            return lines.map(\.outcome)
        }
    }

    // MARK: - Checking

    /// A history that may be written, its versions parsed.
    private struct History: Sendable {
        let resource: ResourceName
        let earlierCount: Int
        let versions: [Version]
    }
    private struct Version: Sendable {
        let resource: Resource?
        let bytes: [UInt8]
        let origins: [KeptOrigin]
    }
    /// A history on its way: what is still to be written.
    private struct Line: Sendable {
        var outcome: Outcome
        var rest: ArraySlice<Version> = []
        var present: [(record: Bytes32, origins: [KeptOrigin])] = []
    }

    private func checked(_ given: CopyDelivery.History, of patient: String) throws(SteleError) -> History {
        guard let type = ResourceType(name: given.resource.type), Resource.isID(given.resource.id) else {
            throw Self.malformed("a resource has no name")
        }
        try check(type)
        var versions: [Version] = []
        for version in given.versions {
            versions.append(try checked(version, given.resource, of: patient))
        }
        return History(resource: given.resource, earlierCount: Int(given.earlierCount), versions: versions)
    }

    private func checked(
        _ version: CopyDelivery.Version, _ name: ResourceName, of patient: String
    ) throws(SteleError) -> Version {
        guard !version.origins.isEmpty else { throw Self.malformed("a version comes without a proof") }
        for origin in version.origins { try Self.check(origin, of: version) }
        // What this ledger showed once needs no origin here.
        let own = custodian.ledger.genesis.origin
        var origins: [KeptOrigin] = []
        for origin in version.origins where try ProofFile(decoding: origin.proof).claimedOrigin != own {
            origins.append(origin)
        }
        guard !version.isTombstone else {
            guard version.bytes.isEmpty else { throw Self.malformed("a deletion has content") }
            return Version(resource: nil, bytes: [], origins: origins)
        }
        let resource = try Resource(parsing: version.bytes)
        guard resource.type.name == name.type, resource.id == name.id else {
            throw Self.malformed("a version is of another resource than it is said to be")
        }
        try resource.requireValid()
        guard try RecordOwner.patient(of: resource, resource.subjectReference) == patient else {
            throw Self.malformed("a version is the record of another patient")
        }
        return Version(resource: resource, bytes: version.bytes, origins: origins)
    }

    /// Throws unless the proof of `origin` shows exactly this version to whoever trusts its keys.
    private static func check(_ origin: KeptOrigin, of version: CopyDelivery.Version) throws(SteleError) {
        let file = try ProofFile(decoding: origin.proof).opening(version.bytes)
        _ = try ProofVerifier.verify(file.encoded, trust: TrustedKeys(parsing: origin.trust))
        guard file.anchoredVersions[file.openings[0].record]?.version.isTombstone == version.isTombstone else {
            throw malformed("a proof shows a deletion where there is content, or the other way round")
        }
    }

    private static func malformed(_ rule: String) -> SteleError {
        SteleError(
            .copyMalformed, "a part of the copy is not what it should be: \(rule)",
            hint: "check the copy with stele verify, and have it exported again if it does not hold")
    }

    // MARK: - Writing

    /// What is to be done for `history`, which must continue, or be, what is here.
    private func line(_ history: History, of patient: String) throws(SteleError) -> Line {
        let directory = custodian.vault.directory
        let subject = try directory.subject(patient: patient)?.id
        let holder = try directory.subject(holding: history.resource)
        if let holder, holder != subject { throw .resourceElsewhere }
        let known = try subject.map { (subject) throws(SteleError) in
            try custodian.vault.compartment(of: subject).versions(of: history.resource)
        }
        let here = known ?? []
        guard history.earlierCount <= here.count else { throw Self.differs }
        var line = Line(outcome: Outcome(resource: history.resource))
        for (entry, version) in zip(here.dropFirst(history.earlierCount), history.versions) {
            guard let subject, entry.isTombstone == (version.resource == nil),
                entry.byteCount == version.bytes.count,
                try custodian.vault.open(entry, of: subject) == version.bytes
            else { throw Self.differs }
            line.outcome.presentCount += 1
            line.present.append((entry.recordID, version.origins))
        }
        line.rest = history.versions.dropFirst(line.outcome.presentCount)
        return line
    }

    private static var differs: SteleError {
        SteleError(
            .copyHistoryDiffers, "the resource has another history here than in the copy",
            hint: "read both; what is here stays, and the copy's version can be written as a new one")
    }

    /// Keeps origins that are new of versions that are here already: an import may have stopped before it kept them.
    private func keepPresent(_ lines: [Line], of patient: String) async throws(SteleError) {
        guard let subject = try custodian.vault.directory.subject(patient: patient)?.id else { return }
        var kept: [(record: Bytes32, origins: [KeptOrigin])] = []
        for (record, origins) in lines.flatMap(\.present) {
            let known = try custodian.vault.keptOrigins(of: record, of: subject)
            let added = origins.filter { !known.contains($0) }
            let logs = Set(known.map(\.trust))
            let new = added.filter { !logs.contains($0.trust) }
            guard !new.isEmpty else { continue }
            kept.append((record, Array((known + new).prefix(KeptOrigin.countMax))))
        }
        try await custodian.vault.keep(kept, of: subject)
    }

    /// Writes the next version of every history that has one left, then keeps their origins.
    private func writeNext(
        _ lines: inout [Line], of patient: String, _ writer: RecordWriter
    ) async throws(SteleError) {
        let places = lines.indices.filter { !lines[$0].rest.isEmpty }
        let versions = places.map { lines[$0].rest.removeFirst() }
        let names = places.map { lines[$0].outcome.resource }
        let changes = zip(names, versions).map { name, version in
            RecordChange(version.resource.map { Submission($0) } ?? Submission(deleting: name), patient: patient)
        }
        let results = await write(changes, writer)
        var kept: [(record: Bytes32, origins: [KeptOrigin])] = []
        for ((place, version), result) in zip(zip(places, versions), results) {
            switch result {
            case .success(let written):
                lines[place].outcome.writtenCount += 1
                if !version.origins.isEmpty { kept.append((written.recordID, version.origins)) }
            case .failure(let error):
                // What follows would have another number.
                lines[place].rest = []
                lines[place].outcome.refusal = error
            }
        }
        guard let subject = try custodian.vault.directory.subject(patient: patient)?.id else { return }
        try await custodian.vault.keep(kept, of: subject)
    }

    /// Writes `changes` together if they can be, else one by one: one that spoils its group leaves the others.
    private func write(
        _ changes: [RecordChange], _ writer: RecordWriter
    ) async -> [Result<Written, SteleError>] {
        do throws(SteleError) {
            let written = try await writer.write(changes, asOne: false)
            return written.map { $0.map { .success($0) } ?? .failure(Self.differs) }
        } catch {
            guard changes.count > 1 else { return [.failure(error)] }
        }
        var results: [Result<Written, SteleError>] = []
        for change in changes { results += await write([change], writer) }
        return results
    }
}
