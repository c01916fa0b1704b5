// Vault · which subject a resource belongs to, for whoever asks by its id alone.
public import Primitives
internal import Storage
internal import Synchronization

extension VaultDirectory {
    /// The subject whose compartment holds `resource`, or nil if none ever did.
    ///
    /// A resource that was staged once and never anchored is found as well; the subject's compartment does not have it.
    public func subject(holding resource: ResourceName) throws(SteleError) -> SubjectID? {
        guard case .subjectID(let id)? = try find(location(of: resource), Self.decodeLocation) else { return nil }
        return id
    }

    /// The subject of another resource, chosen by the name `resource` that nobody has: as if it were that subject's.
    ///
    /// The choice is the same each time, needs the root key to foretell, and falls on a subject the more often the more
    /// resources it has: looking into it takes as long as looking into whoever has a name that exists.
    public func subject(near resource: ResourceName) throws(SteleError) -> SubjectID? {
        try neighbour(of: location(of: resource))
    }

    /// The same for the logical id `patient`, that nobody has.
    public func subject(near patient: String) throws(SteleError) -> SubjectID? {
        try neighbour(of: row(.patient, patient.utf8))
    }

    /// The subject in the row after `key` among those with its tag; the first one's if it is the last.
    private func neighbour(of key: [UInt8]) throws(SteleError) -> SubjectID? {
        let (tag, end) = ([key[0]], [key[0] + 1])
        let (store, family) = place(of: key)
        var next = try store.scan(from: key, to: end, in: family, limit: 1).first
        if next == nil { next = try store.scan(from: tag, to: end, in: family, limit: 1).first }
        guard let (found, sealed) = next else { return nil }
        let plain = try reading("directory entry") { () throws(SteleError) in try rows.open(sealed, for: found) }
        guard let subject = SubjectID(plain) else { throw .damaged("directory entry") }
        return subject
    }

    /// Claims the names among `resources` that nobody has for `subject`, until ``release(_:)``: meanwhile no other
    /// subject gets them.
    ///
    /// - Throws: ``SteleError`` with code `vault.resource_elsewhere` if one belongs to another subject, or is being
    ///   claimed for it; none is claimed.
    func claim(_ resources: Set<ResourceName>, for subject: SubjectID) throws(SteleError) -> LocationClaims {
        // Claims first, rows second: a claim is released once its row is there, so one of the two is always seen.
        let isFree = claims.withLock { claims in
            guard resources.allSatisfy({ claims[$0].map { $0.subject == subject } ?? true }) else { return false }
            for resource in resources { claims[resource] = (subject, (claims[resource]?.count ?? 0) + 1) }
            return true
        }
        guard isFree else { throw .resourceElsewhere }
        var claimed = LocationClaims(subject: subject, resources: resources)
        do throws(SteleError) {
            for resource in resources {
                let key = location(of: resource)
                switch try find(key, Self.decodeLocation) {
                case nil: claimed.rows.append((key, rows.seal(subject.bytes, for: key)))
                case .subjectID(subject): continue
                default: throw .resourceElsewhere
                }
            }
        } catch {
            release(claimed)
            throw error
        }
        return claimed
    }

    /// Ends claims whose rows are written, or will not be.
    func release(_ claimed: LocationClaims) {
        claims.withLock { claims in
            for resource in claimed.resources {
                guard let claim = claims[resource] else { continue }
                claims[resource] = claim.count == 1 ? nil : (claim.subject, claim.count - 1)
            }
        }
    }

    func location(of resource: ResourceName) -> [UInt8] { row(.resource, resource.description.utf8) }

    private static func decodeLocation(_ bytes: [UInt8]) throws(SteleError) -> Entry {
        guard let id = SubjectID(bytes) else { throw .damaged("directory entry") }
        return .subjectID(id)
    }
}

extension SteleError {
    /// The name of a resource belongs to another patient's record.
    public static var resourceElsewhere: SteleError {
        SteleError(
            .vaultResourceElsewhere, "the id of a resource is in use for another patient",
            hint: "give the resource another id: within one custodian a type and id name one record")
    }
}

/// Names claimed for a subject, and the rows that make the new ones its own.
struct LocationClaims: Sendable {
    let subject: SubjectID
    let resources: Set<ResourceName>
    fileprivate(set) var rows: [(key: [UInt8], value: [UInt8])] = []

    fileprivate init(subject: SubjectID, resources: Set<ResourceName>) {
        self.subject = subject
        self.resources = resources
    }

    /// Adds the rows to `batch`.
    func put(into batch: inout WriteBatch) {
        for row in rows { batch.put(row.key, row.value, in: VaultDirectory.family) }
    }
}
