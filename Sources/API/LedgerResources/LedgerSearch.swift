// API · a search of what is told from the ledger.
internal import FHIR
internal import JSON
internal import Node
internal import Primitives

/// The parameters of a search of Consents, AuditEvents or Provenances told from the ledger.
///
/// A parameter that is not understood is refused. Stored resources of these types are found with
/// `_source=urn:stele:vault`, by the ordinary search.
struct LedgerSearch: Sendable {
    /// Most resources of one page, and how many if nothing is said.
    static let countMax = 200
    static let countDefault = 50

    let patient: String?
    let count: Int
    /// Every other parameter, by its name; alternatives separated.
    let conditions: [String: [[String]]]
    /// All of them, for the link to the next page.
    let fields: [SearchField]

    /// Reads `fields`, of which those named in `known` may be there.
    init(_ fields: [SearchField], known: Set<String>, tokenPatient: String?) throws(SteleError) {
        guard fields.count <= SearchQuery.parameterCountMax else { throw Self.refused("there are too many parameters") }
        var patients: Set<String> = []
        var conditions: [String: [[String]]] = [:]
        var count = Self.countDefault
        for field in fields where field.name != "_format" {
            let values = field.value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard values.allSatisfy({ !$0.isEmpty }) else { throw Self.refused("a parameter has an empty value") }
            switch field.name {
            case "patient", "patient:Patient":
                let id = values[0].hasPrefix("Patient/") ? String(values[0].dropFirst(8)) : values[0]
                guard values.count == 1, Resource.isID(id) else { throw Self.refused("a search names one patient") }
                patients.insert(id)
            case "_count":
                guard values.count == 1, let number = Int(values[0]), number > 0 else {
                    throw Self.refused("_count is no number above 0")
                }
                count = min(number, Self.countMax)
            case "_source":
                guard values == [LedgerVocabulary.ledger] else { throw Self.refused("_source names another source") }
            case let name where known.contains(name): conditions[name, default: []].append(values)
            default: throw Self.refused("a parameter is not supported for what is told from the ledger")
            }
        }
        guard patients.count <= 1 else { throw Self.refused("a search names one patient") }
        patient = patients.first ?? tokenPatient
        self.count = count
        self.conditions = conditions
        self.fields = fields.filter { $0.name != "_format" }
    }

    /// Whether every condition named `name` holds, `matches` being asked of each alternative.
    func holds(_ name: String, _ matches: (String) -> Bool) -> Bool {
        conditions[name]?.allSatisfy { $0.contains(where: matches) } ?? true
    }

    /// The dates asked for by `name`; `now` is what `ap` measures from.
    func dates(_ name: String, now: Timestamp) throws(SteleError) -> [[DateTest]] {
        var all: [[DateTest]] = []
        for values in conditions[name] ?? [] {
            let dates = values.compactMap { DateTest($0, now: Int64(clamping: now.milliseconds)) }
            guard dates.count == values.count else { throw Self.refused("a date is none, or has another prefix") }
            all.append(dates)
        }
        return all
    }

    /// A search that breaks `rule`.
    static func refused(_ rule: String) -> SteleError {
        SteleError(
            .searchParameter, "the search is refused: \(rule)",
            hint: "docs/spec/consent-fhir.md lists the parameters; _source=urn:stele:vault searches stored resources")
    }
}

/// Writes the Bundle of a page of resources told from the ledger.
struct LedgerBundle {
    let baseURL: String
    let time: Timestamp

    /// The bundle of `resources` of `type`; `total` is left out where counting would mean to look at everything.
    func bytes(
        _ type: ResourceType, _ resources: [JSONValue], total: Int?, nextURL: String?
    ) -> [UInt8] {
        let place = "\(baseURL)/fhir/\(type.name)"
        var links: [JSONValue] = [
            ["relation": "self", "url": .string(place + "?_source=" + QueryText.encode(LedgerVocabulary.ledger))]
        ]
        if let nextURL { links.append(["relation": "next", "url": .string(nextURL)]) }
        var members: [JSONValue.Member] = [
            .init("resourceType", "Bundle"), .init("type", "searchset"), .init("timestamp", .string(time.description)),
        ]
        if let total { members.append(.init("total", .number(String(total)))) }
        members.append(.init("link", .array(links)))
        let entries = resources.map { resource -> JSONValue in
            guard case .string(let id)? = resource["id"] else { preconditionFailure("a resource told here has an id") }
            return [
                "fullUrl": .string("\(place)/\(id)"), "resource": resource, "search": ["mode": "match"],
            ]
        }
        if !entries.isEmpty { members.append(.init("entry", .array(entries))) }
        return JSONValue.object(members).serialized()
    }
}
