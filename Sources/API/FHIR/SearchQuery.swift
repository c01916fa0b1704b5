// API · what a search asks for.
internal import FHIR
internal import HTTPServer
internal import Node
internal import Primitives
internal import Vault

/// A search of one patient's records. Source: FHIR R4 §3.1.1.
///
/// A parameter that is not understood is refused: passing it over would answer another question than the one asked.
/// Parameters repeated must all hold; values with commas are alternatives.
struct SearchQuery: Sendable {
    /// Most resources of one page, and how many if nothing is said.
    static let countMax = 1000
    static let countDefault = 50
    /// Most parameters of one search.
    static let parameterCountMax = 32

    let type: ResourceType
    /// The logical id of the patient.
    let patient: String
    /// The conditions, as the client wrote them: what `self` links and cursors carry.
    let parameters: [HTTPField]
    let count: Int
    private let conditions: [Condition]

    private enum Condition: Sendable {
        case ids([String])
        case codes([TokenValue])
        case categories([TokenValue])
        case identifiers([TokenValue])
        case statuses([String])
        case dates([DateCondition])
        case lastUpdated([DateCondition])
    }

    /// The search of `type` with `fields`; `tokenPatient` stands in where the fields name no patient.
    init(_ type: ResourceType, _ fields: [HTTPField], tokenPatient: String?) throws(SteleError) {
        guard fields.count <= Self.parameterCountMax else { throw Self.refused("there are too many parameters") }
        var patients: Set<String> = []
        var conditions: [Condition] = []
        var parameters: [HTTPField] = []
        var count = Self.countDefault
        for field in fields where field.name != "_format" {
            let values = field.value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard values.allSatisfy({ !$0.isEmpty }) else { throw Self.refused("a parameter has an empty value") }
            switch field.name {
            case "patient", "subject", "subject:Patient", "patient:Patient": patients.insert(try Self.patient(values))
            case "_id":
                guard values.allSatisfy({ Resource.isID($0) }) else { throw Self.refused("_id holds no FHIR id") }
                conditions.append(.ids(values))
            case "code": conditions.append(.codes(values.map { TokenValue($0) }))
            case "category": conditions.append(.categories(values.map { TokenValue($0) }))
            case "identifier": conditions.append(.identifiers(values.map { TokenValue($0) }))
            case "status", "clinical-status": conditions.append(.statuses(values.map { TokenValue($0).code }))
            case "date", "_lastUpdated":
                let dates = values.compactMap { DateCondition($0) }
                guard dates.count == values.count else { throw Self.refused("a date is none, or has another prefix") }
                conditions.append(field.name == "date" ? .dates(dates) : .lastUpdated(dates))
            case "_count":
                guard values.count == 1, let number = Int(values[0]), number >= 0 else {
                    throw Self.refused("_count is no number")
                }
                count = min(number, Self.countMax)
            default: throw Self.refused("a parameter is not supported")
            }
            parameters.append(field)
        }
        // A Patient is found in the record of the patient it is.
        if type == .patient, patients.isEmpty, case .ids(let ids)? = conditions.first { patients = Set(ids) }
        if patients.isEmpty, let tokenPatient { patients = [tokenPatient] }
        guard patients.count == 1, let patient = patients.first else {
            throw Self.refused("a search names one patient")
        }
        self.type = type
        self.patient = patient
        self.parameters = parameters
        self.count = count
        self.conditions = conditions
    }

    /// Whether the record of `entry` fulfils every condition.
    @Sendable func matches(_ entry: CompartmentEntry) -> Bool {
        guard !conditions.isEmpty else { return true }
        // Facts that cannot be read match nothing; reading the record itself reports the damage.
        let facts = (try? entry.facts.entries()) ?? []
        return conditions.allSatisfy { condition in
            switch condition {
            case .ids(let ids): ids.contains(entry.resource.id)
            case .codes(let values):
                facts.contains { fact in
                    guard case .code(let system, let code) = fact else { return false }
                    return values.contains { $0.matches(system, code) }
                }
            case .categories(let values):
                facts.contains { fact in
                    guard case .category(let system, let code) = fact else { return false }
                    return values.contains { $0.matches(system, code) }
                }
            case .identifiers(let values):
                facts.contains { fact in
                    guard case .identifier(let system, let value) = fact else { return false }
                    return values.contains { $0.matches(system, value) }
                }
            case .dates(let dates): facts.contains { fact in dates.contains { $0.matches(fact) } }
            case .lastUpdated(let dates):
                dates.contains { date in
                    let time = Int64(clamping: entry.lastUpdated.milliseconds)
                    return date.matches(start: time, end: time + 1)
                }
            case .statuses(let statuses):
                facts.contains { fact in
                    guard case .status(let status) = fact else { return false }
                    return statuses.contains(status)
                }
            }
        }
    }

    private static func patient(_ values: [String]) throws(SteleError) -> String {
        let id = values[0].hasPrefix("Patient/") ? String(values[0].dropFirst(8)) : values[0]
        guard values.count == 1, Resource.isID(id) else { throw refused("a search names one patient") }
        return id
    }

    static func refused(_ rule: String) -> SteleError {
        SteleError(
            .searchParameter, "the search is refused: \(rule)",
            hint:
                "use patient or subject once, with _id, code, category, identifier, status, date, _lastUpdated and _count"
        )
    }
}

/// A value of a token parameter: `code`, `system|code`, `|code` or `system|`. Source: FHIR R4 §3.1.1.4.10.
struct TokenValue: Hashable, Sendable {
    /// Nil for any system, empty for none.
    let system: String?
    /// Empty for any code.
    let code: String

    init(_ text: String) {
        let parts = text.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        system = parts.count == 2 ? String(parts[0]) : nil
        code = String(parts[parts.count - 1])
    }

    func matches(_ system: String?, _ code: String) -> Bool {
        (self.code.isEmpty || self.code == code) && (self.system.map { $0 == system ?? "" } ?? true)
    }
}
