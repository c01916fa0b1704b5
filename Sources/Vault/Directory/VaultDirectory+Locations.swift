// Vault · which subject a resource belongs to, for whoever asks by its id alone.
public import Primitives

extension ErrorCode {
    /// A resource id that is in use for a record of another patient.
    public static let vaultResourceElsewhere = ErrorCode("vault.resource_elsewhere")
}

extension VaultDirectory {
    /// The subject whose compartment holds `resource`, or nil if none ever did.
    public func subject(holding resource: ResourceName) throws(SteleError) -> SubjectID? {
        guard case .subjectID(let id)? = try find(location(of: resource), Self.decodeLocation) else { return nil }
        return id
    }

    /// Notes that `resources` are kept for `subject`, before they are staged. Durable when this returns; a resource that is
    /// noted and then never staged is simply absent.
    ///
    /// - Throws: ``SteleError`` with code `vault.resource_elsewhere` if one is kept for another subject; none is noted.
    public func noteLocations(
        of resources: some Sequence<ResourceName>, in subject: SubjectID
    ) async throws(SteleError) {
        var changes: [(key: [UInt8], entry: Entry?)] = []
        for resource in Set(resources) {
            guard let known = try self.subject(holding: resource) else {
                changes.append((location(of: resource), .subjectID(subject)))
                continue
            }
            guard known == subject else {
                throw SteleError(
                    .vaultResourceElsewhere, "the id of a resource is in use for another patient",
                    hint: "give the resource another id: within one custodian a type and id name one record")
            }
        }
        if !changes.isEmpty { try await write(changes, sync: true) }
    }

    private func location(of resource: ResourceName) -> [UInt8] { row(.resource, resource.description.utf8) }

    private static func decodeLocation(_ bytes: [UInt8]) throws(SteleError) -> Entry {
        guard let id = SubjectID(bytes) else { throw .damaged("directory entry") }
        return .subjectID(id)
    }
}
