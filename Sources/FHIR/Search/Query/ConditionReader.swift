// FHIR · conditions as clients write them. Source: FHIR R4 §3.1.1.4.
internal import Primitives

/// Reads the conditions of one search.
struct ConditionReader {
    /// Most links of one condition: `a:B.c:D.e` has two.
    static let depthMax = 4
    /// Most links of one search, each type that a link may lead to counted, understood there or not.
    static let linkCountMax = 256
    /// Most alternatives of one condition.
    static let alternativeCountMax = 256
    /// Longest value of one condition, in bytes.
    static let valueByteCountMax = 32_768

    let context: SearchContext
    private var linkCount = 0

    init(_ context: SearchContext) { self.context = context }

    /// The condition `name=value` on resources of `type`, or nil if the type has no such parameter.
    ///
    /// - Throws: `search.parameter` for a parameter it has with a modifier or a value that is not understood.
    mutating func condition(
        _ name: String, _ value: String, on type: ResourceType, depth: Int = 0
    ) throws(SteleError) -> SearchCondition? {
        guard depth <= Self.depthMax else { throw .searchRefused("a condition has more than \(Self.depthMax) links") }
        if name.hasPrefix("_has:") { return try reverse(name.dropFirst(5), value, on: type, depth: depth) }
        let head = name.prefix { $0 != "." }
        let parts = head.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let parameter = SearchParameters.parameter(parts[0], of: type) else { return nil }
        let modifier = parts.count == 2 ? parts[1] : nil
        if head.count < name.count {
            return try chain(parameter, modifier, String(name.dropFirst(head.count + 1)), value, depth: depth)
        }
        return .value(parameter, ValueCheck(try test(value, parameter, modifier)))
    }

    // MARK: - Links

    private mutating func chain(
        _ parameter: SearchParameter, _ modifier: String?, _ rest: String, _ value: String, depth: Int
    ) throws(SteleError) -> SearchCondition? {
        guard parameter.kind == .reference else {
            throw .searchRefused("a chain goes along a parameter that is no reference")
        }
        var targets = parameter.targets.isEmpty ? ResourceType.allCases : parameter.targets
        if let modifier {
            guard let type = ResourceType(name: modifier), parameter.canTarget(type) else {
                throw .searchRefused("a chain leads to a type that its reference cannot name")
            }
            targets = [type]
        }
        let link = try newLink()
        var conditions: [ResourceType: SearchCondition] = [:]
        var refusal: SteleError?
        for type in targets {
            // A type that has the parameter as another kind may not understand the value; some type must.
            do throws(SteleError) {
                guard let found = try condition(rest, value, on: type, depth: depth + 1) else { continue }
                if !conditions.isEmpty { _ = try newLink() }
                conditions[type] = found
            } catch {
                if refusal != nil { _ = try newLink() }
                guard linkCount <= Self.linkCountMax else { throw error }
                refusal = error
            }
        }
        if conditions.isEmpty, let refusal { throw refusal }
        return conditions.isEmpty ? nil : .chain(parameter, conditions, link: link)
    }

    private mutating func reverse(
        _ text: Substring, _ value: String, on type: ResourceType, depth: Int
    ) throws(SteleError) -> SearchCondition? {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let source = ResourceType(name: parts[0]),
            let parameter = SearchParameters.parameter(parts[1], of: source)
        else { throw .searchRefused("_has is not written _has:Type:reference:parameter, or names what R4 has not") }
        guard parameter.kind == .reference, parameter.canTarget(type) else {
            throw .searchRefused("_has goes along a parameter that does not refer to the type searched")
        }
        let link = try newLink()
        guard let found = try condition(parts[2], value, on: source, depth: depth + 1) else {
            throw .searchRefused("_has ends in a parameter that its type has not")
        }
        return .has(source, parameter, found, link: link)
    }

    private mutating func newLink() throws(SteleError) -> Int {
        linkCount += 1
        guard linkCount <= Self.linkCountMax else {
            throw .searchRefused("its chains lead to too many types; name them, as in subject:Patient.name")
        }
        return linkCount
    }

    // MARK: - Values

    private func test(
        _ value: String, _ parameter: SearchParameter, _ modifier: String?
    ) throws(SteleError) -> ValueTest {
        if modifier == "missing" {
            guard value == "true" || value == "false" else { throw .searchRefused(":missing is true or false") }
            return .missing(value == "true")
        }
        guard value.utf8.count <= Self.valueByteCountMax else {
            throw .searchRefused("a parameter has more than \(Self.valueByteCountMax) bytes")
        }
        let values = EscapedText.split(value, ",")
        guard values.count <= Self.alternativeCountMax else {
            throw .searchRefused("a parameter has more than \(Self.alternativeCountMax) alternatives")
        }
        guard values.allSatisfy({ !$0.isEmpty }) else { throw .searchRefused("a parameter has an empty value") }
        return try test(values, parameter.kind, modifier, parameter)
    }

    private func test(
        _ values: [String], _ kind: SearchParameter.Kind, _ modifier: String?, _ parameter: SearchParameter
    ) throws(SteleError) -> ValueTest {
        let plain = values.map(EscapedText.unescaped)
        if case .id = parameter.place {
            guard modifier == nil, plain.allSatisfy({ Resource.isID($0) }) else {
                throw .searchRefused("_id holds no FHIR id, or has a modifier")
            }
            return .ids(plain)
        }
        switch (kind, modifier) {
        case (.token, nil): return .tokens(values.map(TokenTest.init))
        case (.token, "not"): return .notTokens(values.map(TokenTest.init))
        case (.token, "text"): return .tokenTexts(plain.map(FoldedText.init))
        case (.token, "of-type"): return .typed(try values.map(Self.typed))
        case (.string, nil): return .strings(plain.map(FoldedText.init))
        case (.string, "contains"): return .stringsContaining(plain.map(FoldedText.init))
        case (.string, "exact"): return .stringsExactly(plain)
        case (.uri, nil): return .uris(plain)
        case (.uri, "below"): return .urisBelow(plain)
        case (.uri, "above"): return .urisAbove(plain)
        case (.date, nil):
            let now = Int64(clamping: context.now.milliseconds)
            return .dates(try Self.all(plain.map { DateTest($0, now: now) }, "a date is none"))
        case (.number, nil): return .numbers(try Self.all(plain.map { NumberTest($0) }, "a number is none"))
        case (.quantity, nil):
            return .quantities(try Self.all(values.map(QuantityTest.init), "a quantity is no number|system|code"))
        case (.reference, "identifier"): return .identifiers(values.map(TokenTest.init))
        case (.reference, let modifier): return try references(plain, modifier, parameter)
        case (.composite, nil): return try composite(values, parameter)
        default: throw .searchRefused("a modifier is not supported for a parameter of its kind")
        }
    }

    private func references(
        _ values: [String], _ modifier: String?, _ parameter: SearchParameter
    ) throws(SteleError) -> ValueTest {
        var type: ResourceType?
        if let modifier {
            guard let named = ResourceType(name: modifier), parameter.canTarget(named) else {
                throw .searchRefused("a modifier is not supported, or a type that the reference cannot name")
            }
            type = named
        }
        return .references(values.map { ReferenceTest($0, type: type, baseURL: context.baseURL) })
    }

    private func composite(_ values: [String], _ parameter: SearchParameter) throws(SteleError) -> ValueTest {
        guard case .components(let components) = parameter.place else {
            preconditionFailure("a composite has components")
        }
        var alternatives: [[ValueTest]] = []
        for value in values {
            let parts = EscapedText.split(value, "$")
            guard parts.count == components.count, parts.allSatisfy({ !$0.isEmpty }) else {
                throw .searchRefused("a composite value has not as many parts, between $, as its parameter")
            }
            var tests: [ValueTest] = []
            for (part, component) in zip(parts, components) {
                tests.append(try test([part], component.kind, nil, parameter))
            }
            alternatives.append(tests)
        }
        return .components(alternatives)
    }

    private static func typed(_ text: String) throws(SteleError) -> (type: TokenTest, value: String) {
        let parts = EscapedText.split(text, "|")
        guard parts.count == 3, !parts[2].isEmpty else { throw .searchRefused(":of-type is system|code|value") }
        return (TokenTest(parts[0] + "|" + parts[1]), EscapedText.unescaped(parts[2]))
    }

    private static func all<Test>(_ tests: [Test?], _ rule: String) throws(SteleError) -> [Test] {
        let found = tests.compactMap { $0 }
        guard found.count == tests.count else { throw .searchRefused(rule) }
        return found
    }
}
