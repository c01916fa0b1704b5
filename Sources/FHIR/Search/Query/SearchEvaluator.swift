// FHIR · a search put to a space.
internal import Primitives

extension SearchQuery {
    /// The resources of `space` that fulfil every condition, in the order asked for; equal ones in the order of
    /// writing.
    ///
    /// - Complexity: each resource of the type is looked at once, each chain's end and each type of a `_has` once more.
    public func matches<Space: SearchSpace>(in space: Space) -> [SearchMatch<Space.Record>] {
        var evaluator = SearchEvaluator(space, baseURL: baseURL)
        var found: [SearchMatch<Space.Record>] = []
        space.forEachRecord(of: type) { record in
            guard evaluator.fulfils(record, conditions) else { return }
            found.append(SearchMatch(record: record, keys: keys(of: record)))
        }
        guard !sort.isEmpty else { return found }
        // The sort of the standard library keeps the order of equal elements only by chance.
        return found.enumerated()
            .sorted { left, right in
                left.element.keys.precedes(right.element.keys, by: sort) ?? (left.offset < right.offset)
            }
            .map(\.element)
    }

    private func keys(of record: some SearchRecord) -> SortKeys {
        guard !sort.isEmpty, let type = ResourceType(name: record.typeName) else { return SortKeys(keys: []) }
        let table = SearchParameters.table(of: type)
        return SortKeys(keys: sort.map { $0.key(of: record, in: table) })
    }
}

/// Decides conditions, and remembers what it found at the ends of links.
struct SearchEvaluator<Space: SearchSpace> {
    private struct Place: Hashable {
        let link: Int
        let name: String
    }

    private let space: Space
    private let baseURL: String?
    // Whether the condition at the end of a chain holds of a resource.
    private var ends: [Place: Bool] = [:]
    // The names that resources of a `_has` refer to.
    private var referred: [Int: Set<String>] = [:]

    init(_ space: Space, baseURL: String?) {
        self.space = space
        self.baseURL = baseURL
    }

    mutating func fulfils(_ record: Space.Record, _ conditions: [SearchCondition]) -> Bool {
        guard let type = ResourceType(name: record.typeName) else { return false }
        let table = SearchParameters.table(of: type)
        for condition in conditions {
            guard fulfils(record, condition, in: table) else { return false }
        }
        return true
    }

    private mutating func fulfils(_ record: Space.Record, _ condition: SearchCondition, in table: SearchTable) -> Bool {
        switch condition {
        case .value(let parameter, let check):
            // Most resources lack what is looked for, which their bytes show before they are decoded.
            if case .sources = parameter.place, !check.isPossible(in: record.facts) { return false }
            return passes(record, parameter, check.test, in: table)
        case .chain(let parameter, let conditions, let link):
            for name in record.facts.references(of: parameter, in: table, baseURL: baseURL) {
                guard let condition = conditions[name.type] else { continue }
                let place = Place(link: link, name: name.text)
                let holds: Bool
                if let known = ends[place] {
                    holds = known
                } else {
                    holds = space.record(name.type, name.id).map { fulfils($0, [condition]) } ?? false
                    ends[place] = holds
                }
                if holds { return true }
            }
            return false
        case .has(let source, let parameter, let condition, let link):
            if referred[link] == nil { referred[link] = names(of: parameter, in: source, where: condition) }
            return referred[link]!.contains(record.typeName + "/" + record.logicalID)
        }
    }

    private mutating func names(
        of parameter: SearchParameter, in type: ResourceType, where condition: SearchCondition
    ) -> Set<String> {
        var names: Set<String> = []
        let table = SearchParameters.table(of: type)
        var sources: [Space.Record] = []
        space.forEachRecord(of: type) { sources.append($0) }
        for source in sources where fulfils(source, condition, in: table) {
            for name in source.facts.references(of: parameter, in: table, baseURL: baseURL) { names.insert(name.text) }
        }
        return names
    }

    // MARK: - Values

    private func passes(
        _ record: Space.Record, _ parameter: SearchParameter, _ test: ValueTest, in table: SearchTable
    ) -> Bool {
        switch (parameter.place, test) {
        case (.id, .ids(let ids)): return ids.contains(record.logicalID)
        case (.id, .missing(let isMissing)), (.lastUpdated, .missing(let isMissing)): return !isMissing
        case (.lastUpdated, .dates(let tests)):
            let time = Int64(clamping: record.lastUpdated.milliseconds)
            return tests.contains { $0.matches(start: time, end: time + 1) }
        case (.components(let components), .components(let alternatives)):
            return alternatives.contains { passes(record.facts, components, $0, in: table) }
        case (.components(let components), .missing(let isMissing)):
            return components.allSatisfy { record.facts.hasValue(of: $0.sources) } != isMissing
        case (.sources(let numbers), .missing(let isMissing)):
            let isThere =
                parameter.isRestricted
                ? !record.facts.references(of: parameter, in: table, baseURL: baseURL).isEmpty
                : record.facts.hasValue(of: numbers)
            return isThere != isMissing
        case (.sources(let numbers), _):
            var isFound = false
            for number in numbers where !isFound {
                let implied = table.sources[number]?.system
                isFound = record.facts.values(of: [number], in: table).contains { _, value in
                    parameter.admits(value) && test.matches(value, implied: implied, baseURL: baseURL)
                }
            }
            if case .notTokens = test { return !isFound }
            return isFound
        default: return false
        }
    }

    /// Whether some one element passes a test for each component.
    private func passes(
        _ facts: SearchFacts, _ components: [(kind: SearchParameter.Kind, sources: [Int])], _ tests: [ValueTest],
        in table: SearchTable
    ) -> Bool {
        var groups: Set<UInt64>?
        for (component, test) in zip(components, tests) {
            var passing: Set<UInt64> = []
            for number in component.sources {
                let implied = table.sources[number]?.system
                for (group, value) in facts.values(of: [number], in: table)
                where test.matches(value, implied: implied, baseURL: baseURL) {
                    passing.insert(group)
                }
            }
            groups = groups.map { $0.intersection(passing) } ?? passing
        }
        return groups?.isEmpty == false
    }
}

/// What a reference names.
struct ReferredName: Hashable, Sendable {
    let type: ResourceType
    let id: String
    var text: String { type.name + "/" + id }
}

extension SearchFacts {
    /// The resources of this server that a parameter refers to.
    func references(of parameter: SearchParameter, in table: SearchTable, baseURL: String?) -> [ReferredName] {
        values(of: parameter.sources, in: table).compactMap { _, value in
            guard case .reference(let text, _) = value, parameter.admits(value) else { return nil }
            let local = ReferenceTest.local(text, baseURL)
            guard !local.contains("://") else { return nil }
            let reference = Reference(local)
            guard let type = reference.type, let id = reference.id else { return nil }
            return ReferredName(type: type, id: id)
        }
    }
}

extension SearchParameter {
    /// Whether `value` is one of this parameter: one of `patient` is a reference to a patient and to nothing else.
    func admits(_ value: FactValue) -> Bool {
        guard isRestricted, case .reference(let text, let type) = value else { return true }
        let named = Reference(text).type ?? type.flatMap { ResourceType(name: $0) }
        return named.map { targets.contains($0) } ?? false
    }
}
