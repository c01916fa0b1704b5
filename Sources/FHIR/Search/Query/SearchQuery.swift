// FHIR · what a search asks for, read from its parameters.
public import Primitives

/// A search of resources of one type, or of all types. Source: FHIR R4 §3.1.1.
///
/// A parameter that is not understood is refused: passing it over would answer another question than the one asked. A
/// client that says `Prefer: handling=lenient` gets it passed over and left out of ``parameters``. Parameters repeated
/// must all hold; values with commas are alternatives. It knows nothing of who may see what: it is put to a
/// ``SearchSpace`` that holds what may be seen and nothing else.
public struct SearchQuery: Sendable {
    /// Most resources of one page, and how many if nothing is said.
    public static let countMax = 1000
    public static let countDefault = 50
    /// Most parameters of one search.
    public static let parameterCountMax = 64

    /// How a total is asked for. Source: FHIR R4 §3.1.1.5.5.
    public enum Total: String, Sendable { case none, estimate, accurate }

    /// The type searched; nil for all.
    public let type: ResourceType?
    /// What must hold, all of it.
    public internal(set) var conditions: [SearchCondition] = []
    /// What comes along.
    public internal(set) var includes: [SearchInclude] = []
    /// In which order, the most important first; empty for the order of writing.
    public internal(set) var sort: [SearchSort] = []
    /// Most resources of one page; 0 for the total alone.
    public internal(set) var count = countDefault
    /// Whether a total is wanted.
    public internal(set) var total = Total.accurate
    /// How much of each resource is wanted.
    public internal(set) var part = SearchPart.whole
    /// The parameters that were understood, as the client wrote them: what `self` links and cursors carry.
    public internal(set) var parameters: [SearchField] = []
    /// The logical ids of patients that conditions name, if some do: nothing of other patients can match.
    public internal(set) var patients: Set<String>?
    /// The types that may come along; nil for any.
    var includable: Set<ResourceType>?
    let baseURL: String?

    /// The search that `fields` ask for.
    ///
    /// - Throws: `search.parameter`.
    public init(
        _ type: ResourceType?, _ fields: [SearchField], in context: SearchContext
    ) throws(SteleError) {
        guard fields.count <= Self.parameterCountMax else {
            throw .searchRefused("it has more than \(Self.parameterCountMax) parameters")
        }
        self.type = type
        baseURL = context.baseURL
        var reader = ConditionReader(context)
        for field in fields {
            if try readResult(field, context) { continue }
            guard let type, let condition = try reader.condition(field.name, field.value, on: type) else {
                if context.isLenient { continue }
                throw .searchRefused("a parameter is none of the type searched")
            }
            conditions.append(condition)
            parameters.append(field)
            notePatients(condition)
        }
        conditions.sort { $0.cost < $1.cost }
    }

    /// The search for everything of a type, or of all types if that is nil.
    public init(everythingOf type: ResourceType?, count: Int = countDefault) {
        self.type = type
        self.count = count
        baseURL = nil
    }

    /// Lowers the size of a page to `count`.
    public mutating func limit(to count: Int) { self.count = min(self.count, count) }

    /// The business identifiers that what is found must all have, if the query asks for nothing else; a system that is
    /// empty stands for none, one that is nil for any.
    public var identifiers: [BusinessIdentifier]? {
        var found: [BusinessIdentifier] = []
        for condition in conditions {
            guard case .value(let parameter, let check) = condition, parameter.code == "identifier",
                case .tokens(let tests) = check.test, tests.count == 1, !tests[0].code.isEmpty
            else { return nil }
            found.append(BusinessIdentifier(system: tests[0].system, value: tests[0].code))
        }
        return found.isEmpty ? nil : found
    }

    /// The identifier that names a patient, if this is a search for a patient by one identifier with its system.
    public var identified: (system: String, value: String)? {
        guard type == .patient else { return nil }
        for condition in conditions {
            guard case .value(let parameter, let check) = condition, parameter.code == "identifier",
                case .tokens(let tests) = check.test, tests.count == 1, let system = tests[0].system, !system.isEmpty,
                !tests[0].code.isEmpty
            else { continue }
            return (system, tests[0].code)
        }
        return nil
    }

    /// Whether it looks at other resources than those it finds: along chains, or at what comes along.
    public var isLinked: Bool {
        !includes.isEmpty || conditions.contains { condition in if case .value = condition { false } else { true } }
    }

    /// Notes whom a condition names: a patient by `patient` or `subject`, or the patient searched for by id.
    private mutating func notePatients(_ condition: SearchCondition) {
        guard case .value(let parameter, let check) = condition else { return }
        var named: Set<String> = []
        switch check.test {
        case .ids(let ids) where type == .patient: named = Set(ids)
        case .references(let tests) where ["patient", "subject"].contains(parameter.code):
            let ids = tests.compactMap { $0.type == nil || $0.type == "Patient" ? $0.id : nil }
            guard ids.count == tests.count else { return }
            named = Set(ids)
        default: return
        }
        patients = patients.map { $0.intersection(named) } ?? named
    }
}

/// One parameter of a search as it was written: its name with modifiers, and its value without the escapes of a URL.
public struct SearchField: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The value.
    public let value: String

    /// A parameter.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
