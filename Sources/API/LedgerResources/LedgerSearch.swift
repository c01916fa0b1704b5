// API · a search of what is told from the ledger.
internal import FHIR
internal import JSON
internal import Node
internal import Primitives

/// The parameters of a search of Consents, AuditEvents or Provenances told from the ledger.
///
/// A parameter that is not understood is refused: what cannot be asked of both is asked of stored resources alone, with
/// `_source=urn:stele:vault`, in the ordinary search.
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
    /// Whether only what is told is asked for.
    let isToldOnly: Bool

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
        isToldOnly = fields.contains { $0.name == "_source" }
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

    /// The bundle of `resources` of `type` and of `stored` entries as they were written, an answer to `fields`; `total`
    /// is left out where counting would mean to look at everything.
    func bytes(
        _ type: ResourceType, _ resources: [JSONValue], stored: [[UInt8]], total: Int?, _ fields: [SearchField],
        nextURL: String?
    ) -> [UInt8] {
        let place = "\(baseURL)/fhir/\(type.name)"
        let query = fields.map { QueryText.encode($0.name) + "=" + QueryText.encode($0.value) }.joined(separator: "&")
        var links: [JSONValue] = [["relation": "self", "url": .string(query.isEmpty ? place : "\(place)?\(query)")]]
        if let nextURL { links.append(["relation": "next", "url": .string(nextURL)]) }
        var writer = JSONWriter(capacity: 4096 + stored.reduce(0) { $0 + $1.count })
        writer.beginObject()
        for (name, value) in [("resourceType", "Bundle"), ("type", "searchset"), ("timestamp", time.description)] {
            writer.write(key: name)
            writer.write(value)
        }
        if let total {
            writer.write(key: "total")
            writer.write(total)
        }
        writer.write(key: "link")
        writer.write(.array(links))
        if !resources.isEmpty || !stored.isEmpty {
            writer.write(key: "entry")
            writer.beginArray()
            for resource in resources { writer.write(Self.entry(resource, place)) }
            for entry in stored { writer.write(exact: entry) }
            writer.endArray()
        }
        writer.endObject()
        return writer.bytes
    }

    private static func entry(_ resource: JSONValue, _ place: String) -> JSONValue {
        guard case .string(let id)? = resource["id"] else { preconditionFailure("a resource told here has an id") }
        return ["fullUrl": .string("\(place)/\(id)"), "resource": resource, "search": ["mode": "match"]]
    }
}
