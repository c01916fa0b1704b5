// FHIR · the table of search parameters, read once.

/// Every search parameter of FHIR R4 that can be searched by, by type and name.
///
/// Read from ``SearchParameterTable`` at the first use. What is left out, such as matching by sound or by place, is
/// listed by the script that makes the table. Source: FHIR R4 §3.1.1.3.
public enum SearchParameters {
    /// The parameter `code` of `type`, or nil.
    public static func parameter(_ code: String, of type: ResourceType) -> SearchParameter? {
        common[code] ?? tables[type]?.parameters[code]
    }

    /// Every parameter of `type`, by name.
    public static func all(of type: ResourceType) -> [SearchParameter] {
        (Array(common.values) + Array(table(of: type).parameters.values)).sorted { $0.code < $1.code }
    }

    /// The parameters of `type` that hold references, by name.
    public static func references(of type: ResourceType) -> [SearchParameter] {
        all(of: type).filter { $0.kind == .reference }
    }

    static func table(of type: ResourceType) -> SearchTable {
        guard let table = tables[type] else { preconditionFailure("every R4 type has a table") }
        return table
    }

    /// What all types have. Their sources are numbered below those of a type.
    private static let common: [String: SearchParameter] = {
        func parameter(_ code: String, _ kind: SearchParameter.Kind, _ place: SearchParameter.Place) -> SearchParameter
        {
            SearchParameter(code: code, kind: kind, targets: [], isRestricted: false, place: place)
        }
        let list = [
            parameter("_id", .token, .id), parameter("_lastUpdated", .date, .lastUpdated),
            parameter("_tag", .token, .sources([0])), parameter("_security", .token, .sources([1])),
            parameter("_profile", .uri, .sources([2])), parameter("_source", .uri, .sources([3])),
        ]
        return Dictionary(uniqueKeysWithValues: list.map { ($0.code, $0) })
    }()

    static let commonSources = [
        "t meta.tag:Coding", "t meta.security:Coding", "u meta.profile:canonical", "u meta.source:uri",
    ]

    private static let tables: [ResourceType: SearchTable] = {
        var tables: [ResourceType: SearchTable] = [:]
        var lines: [Substring] = []
        var type: ResourceType?
        func finish() {
            if let type { tables[type] = SearchTable(lines.map(String.init)) }
            lines = []
        }
        for line in SearchParameterTable.text.split(separator: "\n") {
            switch line.first {
            case "=":
                finish()
                type = ResourceType(name: String(line.dropFirst()))
            case "+": lines[lines.count - 1] += line.dropFirst()
            default: lines.append(line)
            }
        }
        finish()
        return tables
    }()
}

/// What one type is searched by, and which of its members answers may leave out.
struct SearchTable: Sendable {
    /// The number of the first source that other types do not have.
    static let firstOwnSource = 8

    /// The sources by number; nil where no number is given out.
    private(set) var sources: [SearchSource?] = []
    private(set) var parameters: [String: SearchParameter] = [:]
    /// Top-level members that R4 demands, and those of a summary. Source: FHIR R4 §3.1.1.5.8.
    private(set) var mandatory: Set<String> = []
    private(set) var summary: Set<String> = []
    /// How the sources are reached.
    private(set) var tree = SourceTree()

    init(_ lines: [String]) {
        for line in SearchParameters.commonSources { add(source: line[...]) }
        sources += Array(repeating: nil, count: Self.firstOwnSource - sources.count)
        for line in lines {
            let rest = line.dropFirst()
            switch line.first {
            case "<": mandatory = Set(rest.split(separator: ",").map(String.init))
            case ">": summary = Set(rest.split(separator: ",").map(String.init))
            case "-": add(source: rest)
            default: add(parameter: line)
            }
        }
    }

    /// `t component/code:code~system`
    private mutating func add(source line: Substring) {
        let kinds: [Character: SearchParameter.Kind] = [
            "t": .token, "s": .string, "d": .date, "n": .number, "q": .quantity, "r": .reference, "u": .uri,
        ]
        let text = line.dropFirst(2).replacing("^", with: "http://hl7.org/fhir/")
        let halves = text.split(separator: "~", maxSplits: 1)
        // A condition may hold an address, so the type follows the last colon.
        guard let kind = line.first.flatMap({ kinds[$0] }), let colon = halves[0].lastIndex(of: ":") else {
            preconditionFailure("a source has a kind and a type")
        }
        let path = halves[0][..<colon]
        tree.add(path, leaf: sources.count)
        sources.append(
            SearchSource(
                kind: kind, type: String(halves[0][halves[0].index(after: colon)...]),
                system: halves.count == 2 ? String(halves[1]) : nil, isGrouped: SourceTree.isGrouped(path)))
    }

    /// `code kind numbers targets`
    private mutating func add(parameter line: String) {
        let words = line.split(separator: " ").map(String.init)
        guard words.count >= 3, let kind = SearchParameter.Kind(rawValue: words[1]) else {
            preconditionFailure("a parameter has a name, a kind and sources")
        }
        var place = SearchParameter.Place.sources(Self.numbers(words[2]))
        if kind == .composite {
            place = .components(
                words[2].split(separator: "$").map { part in
                    let halves = part.split(separator: ":")
                    return (SearchParameter.Kind(rawValue: String(halves[0]))!, Self.numbers(String(halves[1])))
                })
        }
        let named = words.count > 3 ? words[3] : "*"
        let targets = named.drop { $0 == "!" }.split(separator: ",").compactMap { ResourceType(name: String($0)) }
        parameters[words[0]] = SearchParameter(
            code: words[0], kind: kind, targets: targets, isRestricted: named.hasPrefix("!"), place: place)
    }

    private static func numbers(_ text: String) -> [Int] { text.split(separator: ",").compactMap { Int($0) } }
}
