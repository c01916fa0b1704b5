// FHIR · one parameter that resources of a type are searched by.

/// A search parameter of FHIR R4 as one type has it. Source: FHIR R4 §3.1.1.3, SearchParameter.
public struct SearchParameter: Sendable {
    /// How values are compared. Source: FHIR R4 §3.1.1.4.
    public enum Kind: String, Sendable, CaseIterable {
        case token, string, date, number, quantity, reference, uri, composite
    }

    /// Where the values are.
    enum Place: Sendable {
        /// Among the facts, under these sources.
        case sources([Int])
        /// The logical id.
        case id
        /// When the version was written.
        case lastUpdated
        /// Parts that must hold of one element: their kinds and sources.
        case components([(kind: Kind, sources: [Int])])
    }

    /// The name, such as `birthdate`.
    public let code: String
    /// How values are compared.
    public let kind: Kind
    /// The types that a reference may name; empty for any, and for other kinds.
    public let targets: [ResourceType]
    /// Whether references to other types than ``targets`` are no values of this parameter.
    let isRestricted: Bool
    let place: Place

    /// The numbers of the sources; empty for what is not among the facts.
    var sources: [Int] {
        guard case .sources(let numbers) = place else { return [] }
        return numbers
    }

    /// Whether a reference of this parameter may name a resource of `type`.
    public func canTarget(_ type: ResourceType) -> Bool { targets.isEmpty || targets.contains(type) }
}

/// One element that parameters look at.
struct SearchSource: Sendable {
    /// What its values are kept as.
    let kind: SearchParameter.Kind
    /// The FHIR type of the element, such as `CodeableConcept`.
    let type: String
    /// The system that a code without one is from, if its value set has one.
    let system: String?
    /// Whether its values say which repetition of an element they stand in.
    let isGrouped: Bool
}
