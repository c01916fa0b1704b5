// FHIR · one condition of a search, with the links it goes along.

/// What must hold of a resource. Conditions of one search must all hold.
public indirect enum SearchCondition: Sendable {
    /// Its values of a parameter pass.
    case value(SearchParameter, ValueCheck)
    /// It refers to a resource of one of these types of which that type's condition holds.
    case chain(SearchParameter, [ResourceType: SearchCondition], link: Int)
    /// A resource of this type refers to it by the parameter, and the condition holds of that.
    case has(ResourceType, SearchParameter, SearchCondition, link: Int)
}

/// What the values of a parameter must be, as it was read from a query.
public struct ValueCheck: Sendable {
    let test: ValueTest

    init(_ test: ValueTest) { self.test = test }
}

extension SearchCondition {
    /// How much work it is, to do the least first.
    var cost: Int {
        switch self {
        case .value: 0
        case .chain: 1
        case .has: 2
        }
    }
}
