// FHIR · parameters that say how results come back. Source: FHIR R4 §3.1.1.5.
internal import Primitives

extension SearchQuery {
    /// Most keys to sort by, and most parameters that include.
    static let sortCountMax = 8
    static let includeCountMax = 32

    /// Reads `field` if it is about results, and says whether it was.
    mutating func readResult(_ field: SearchField, _ context: SearchContext) throws(SteleError) -> Bool {
        switch field.name {
        case "_format", "_pretty": return true
        case "_count":
            guard let number = Int(field.value), number >= 0 else { throw .searchRefused("_count is no number") }
            count = min(number, Self.countMax)
        case "_total":
            guard let wanted = Total(rawValue: field.value) else {
                throw .searchRefused("_total is none, estimate or accurate")
            }
            total = wanted
        case "_sort": try readSort(field.value, context)
        case "_summary":
            guard let summary = SearchPart.Summary(rawValue: field.value) else {
                throw .searchRefused("_summary is true, text, data, count or false")
            }
            if case .elements = part { throw .searchRefused("_summary and _elements come together") }
            if summary == .count { count = 0 }
            part = summary == .false ? .whole : .summary(summary)
        case "_elements":
            if case .summary = part { throw .searchRefused("_summary and _elements come together") }
            let names = field.value.split(separator: ",").map(String.init)
            guard !names.isEmpty, names.count <= 64 else { throw .searchRefused("_elements names 1 to 64 elements") }
            part = .elements(Set(names))
        case "_include", "_include:iterate", "_revinclude", "_revinclude:iterate":
            guard includes.count < Self.includeCountMax else {
                throw .searchRefused("it includes by more than \(Self.includeCountMax) parameters")
            }
            includes.append(
                try SearchInclude(
                    field.value, isReverse: field.name.hasPrefix("_rev"), isIterated: field.name.hasSuffix(":iterate")))
        case "_contained":
            guard field.value == "false" else { throw .searchRefused("_contained is supported as false only") }
        case "_text", "_content", "_filter", "_query", "_list", "_containedType":
            throw .searchRefused("\(field.name) is not supported")
        default: return false
        }
        parameters.append(field)
        return true
    }

    private mutating func readSort(_ value: String, _ context: SearchContext) throws(SteleError) {
        guard let type else { throw .searchRefused("_sort needs a type") }
        guard sort.isEmpty else { throw .searchRefused("_sort comes more than once; separate its keys by commas") }
        for key in value.split(separator: ",", omittingEmptySubsequences: false) {
            let isDescending = key.hasPrefix("-")
            guard let parameter = SearchParameters.parameter(String(isDescending ? key.dropFirst() : key), of: type),
                parameter.kind != .composite
            else {
                if context.isLenient { continue }
                throw .searchRefused("_sort names what the type is not searched by")
            }
            sort.append(SearchSort(parameter: parameter, isDescending: isDescending))
        }
        guard sort.count <= Self.sortCountMax else { throw .searchRefused("_sort has more than 8 keys") }
    }
}

/// How much of each resource a search wants. Source: FHIR R4 §3.1.1.5.8 and §3.1.1.5.9.
public enum SearchPart: Hashable, Sendable {
    /// What `_summary` may say.
    public enum Summary: String, Sendable { case `true`, text, data, count, `false` }

    /// All of it.
    case whole
    /// A summary.
    case summary(Summary)
    /// These top-level elements, and those R4 demands.
    case elements(Set<String>)
}

/// References along which further resources come with those found. Source: FHIR R4 §3.1.1.5.4.
public struct SearchInclude: Sendable {
    /// The type that refers; nil for any.
    public let source: ResourceType?
    /// The parameter along which it refers; nil for any.
    public let parameter: SearchParameter?
    /// The type referred to; nil for any.
    public let target: ResourceType?
    /// Whether what refers comes along, instead of what is referred to.
    public let isReverse: Bool
    /// Whether it goes on from what came along.
    public let isIterated: Bool

    /// Everything that is referred to.
    static let referred = SearchInclude(
        source: nil, parameter: nil, target: nil, isReverse: false, isIterated: false)

    private init(
        source: ResourceType?, parameter: SearchParameter?, target: ResourceType?, isReverse: Bool, isIterated: Bool
    ) {
        self.source = source
        self.parameter = parameter
        self.target = target
        self.isReverse = isReverse
        self.isIterated = isIterated
    }

    /// What `Type:parameter`, `Type:parameter:Target`, `Type:*` or `*` says.
    init(_ text: String, isReverse: Bool, isIterated: Bool) throws(SteleError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        self.isReverse = isReverse
        self.isIterated = isIterated
        if parts == ["*"] {
            (source, parameter, target) = (nil, nil, nil)
            return
        }
        guard (2...3).contains(parts.count), let source = ResourceType(name: parts[0]) else {
            throw .searchRefused("an include is not Type:parameter, Type:parameter:Target, Type:* or *")
        }
        self.source = source
        parameter = parts[1] == "*" ? nil : SearchParameters.parameter(parts[1], of: source)
        guard parts[1] == "*" || parameter?.kind == .reference else {
            throw .searchRefused("an include goes along what is no reference of its type")
        }
        target = parts.count == 3 ? ResourceType(name: parts[2]) : nil
        guard parts.count == 2 || target.map({ parameter?.canTarget($0) ?? true }) == true else {
            throw .searchRefused("an include leads to a type that its reference cannot name")
        }
    }
}
