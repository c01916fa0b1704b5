// Vault · what a resource is called inside a compartment.

/// A FHIR resource by type and logical id, whichever its version.
public struct ResourceName: Hashable, Sendable, CustomStringConvertible {
    /// The resource type, such as `Observation`.
    public let type: String
    /// The logical id.
    public let id: String

    /// The resource `type`/`id`.
    public init(type: String, id: String) {
        self.type = type
        self.id = id
    }

    public var description: String { "\(type)/\(id)" }
}
