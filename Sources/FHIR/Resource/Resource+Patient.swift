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

// MARK: - What identifies
extension Resource {
    /// What tells who a Patient is, each as people might write it: the id, identifiers with and without their system,
    /// names and their parts, telephone numbers, addresses. Dates of birth are not among them.
    public var identifyingTexts: [String] {
        var texts = [id].compactMap { $0 }
        for identifier in identifiers {
            texts.append(identifier.value)
            if let system = identifier.system { texts.append(system + "|" + identifier.value) }
        }
        for name in node["name"].map({ Array($0.elements) }) ?? [] {
            let given = name["given"]?.elements.compactMap(\.string) ?? []
            texts += given + [name["text"]?.string].compactMap { $0 }
            guard let family = name["family"]?.string else { continue }
            texts.append(family)
            for first in Set([given.first, given.isEmpty ? nil : given.joined(separator: " ")]).compactMap({ $0 }) {
                texts += [first + " " + family, family + " " + first, family + ", " + first]
            }
        }
        texts += (node["telecom"].map { Array($0.elements) } ?? []).compactMap { $0["value"]?.string }
        for address in node["address"].map({ Array($0.elements) }) ?? [] {
            texts +=
                (address["line"]?.elements.compactMap(\.string) ?? []) + [address["text"]?.string].compactMap { $0 }
        }
        return texts
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
