// FHIR · what a registration desk reads off a Patient.
import JSON

extension Resource {
    /// The name a Patient goes by in registers: the official one, else the first, as text or put together from given
    /// and family names; nil if there is none.
    public var officialName: String? {
        let names = node["name"].map { Array($0.elements) } ?? []
        let name = names.first { $0["use"]?.isString("official") ?? false } ?? names.first
        let parts = (name?["given"]?.elements.compactMap(\.string) ?? []) + [name?["family"]?.string].compactMap { $0 }
        return name?["text"]?.string ?? (parts.isEmpty ? nil : parts.joined(separator: " "))
    }

    /// `birthDate`, as written.
    public var birthDate: String? { node["birthDate"]?.string }

    /// The business identifiers of the resource that have a value, as written.
    public var identifiers: [BusinessIdentifier] {
        (node["identifier"].map { Array($0.elements) } ?? []).compactMap { identifier in
            identifier["value"]?.string.map { BusinessIdentifier(system: identifier["system"]?.string, value: $0) }
        }
    }
}

/// A business identifier: a value and the system it is unique in. Source: FHIR R4 §2.24.0.12.
public struct BusinessIdentifier: Hashable, Sendable {
    /// The system, or nil for an identifier that has none.
    public let system: String?
    /// The value.
    public let value: String

    /// The identifier `value` of `system`.
    public init(system: String?, value: String) {
        self.system = system
        self.value = value
    }
}
