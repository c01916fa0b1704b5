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
    /// Most texts that facts are looked through for.
    private static let needleCountMax = 4

    let test: ValueTest
    /// Texts one of which is, byte for byte, in the facts of every resource that passes; empty if there are no such.
    let needles: [[UInt8]]

    init(_ test: ValueTest) {
        self.test = test
        let texts = test.needles ?? []
        let isUsed = texts.count <= Self.needleCountMax && texts.allSatisfy { Self.isPlain($0) }
        needles = isUsed ? texts.map { Array($0.utf8) } : []
    }

    /// Whether equal texts are equal bytes: those beyond ASCII can be composed in several ways.
    private static func isPlain(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { $0 < 0x80 } }

    /// Whether facts without one of the needles need not be decoded.
    func isPossible(in facts: SearchFacts) -> Bool { needles.isEmpty || needles.contains { facts.contain($0) } }
}

extension SearchCondition {
    /// How much work it is, to do the least first.
    var cost: Int {
        switch self {
        // A reference is mostly to the patient, which everything passes.
        case .value(let parameter, let check): check.needles.isEmpty ? 2 : parameter.kind == .reference ? 1 : 0
        case .chain: 3
        case .has: 4
        }
    }
}
