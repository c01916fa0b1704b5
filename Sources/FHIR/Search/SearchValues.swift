// FHIR · the facts of a resource that an index keeps.
import JSON

/// One fact by which a resource can be found inside a compartment.
public enum IndexEntry: Hashable, Sendable {
    /// A business identifier.
    case identifier(system: String?, value: String)
    /// A code of what the resource is about.
    case code(system: String?, code: String)
    /// A code of its category.
    case category(system: String?, code: String)
    /// Its status.
    case status(String)
    /// A date, under the search parameter that looks at it; an open end is nil.
    case date(parameter: String, start: DateTime?, end: DateTime?)
}

/// Reads from a resource what the compartment index keeps.
public enum SearchValues {
    /// The facts of `resource`, each once, in a fixed order: identifiers, codes, categories, status, dates.
    public static func indexEntries(of resource: Resource) -> [IndexEntry] {
        var entries = Entries()
        for identifier in identifierPath.values(in: resource.node) {
            guard let value = identifier["value"]?.string else { continue }
            entries.append(.identifier(system: identifier["system"]?.string, value: value))
        }
        for path in codePaths[resource.type] ?? ["code"] {
            for (system, code) in tokens(at: path, in: resource.node) {
                entries.append(.code(system: system, code: code))
            }
        }
        for (system, code) in tokens(at: "category", in: resource.node) {
            entries.append(.category(system: system, code: code))
        }
        for path in statusPaths[resource.type] ?? ["status"] {
            for (_, status) in tokens(at: path, in: resource.node) { entries.append(.status(status)) }
        }
        for element in DateParameters.elements(of: resource.type) {
            for value in element.path.values(in: resource.node) {
                if let entry = date(value, parameter: element.parameter) { entries.append(entry) }
            }
        }
        return entries.list
    }

    /// Facts in order, each once: a hostile resource can have hundreds of thousands.
    private struct Entries {
        private(set) var list: [IndexEntry] = []
        private var seen: Set<IndexEntry> = []

        mutating func append(_ entry: IndexEntry) {
            if seen.insert(entry).inserted { list.append(entry) }
        }
    }

    /// The tokens of every CodeableConcept, Coding or code at `path`.
    private static func tokens(at path: ElementPath, in node: JSONNode) -> [(system: String?, code: String)] {
        path.values(in: node).flatMap { value -> [(system: String?, code: String)] in
            if let code = value.string { return [(nil, code)] }
            let codings = value["coding"].map { Array($0.elements) } ?? [value]
            return codings.compactMap { coding in
                coding["code"]?.string.map { (coding["system"]?.string, $0) }
            }
        }
    }

    /// A date, a Period, or the events of a Timing from the first to the last.
    private static func date(_ value: JSONNode, parameter: String) -> IndexEntry? {
        if let text = value.string {
            return DateTime(text).map { .date(parameter: parameter, start: $0, end: $0) }
        }
        if let events = value["event"] {
            let dates = events.elements.compactMap { $0.string.flatMap { DateTime($0) } }
            guard let first = dates.min(by: { $0.start < $1.start }), let last = dates.max(by: { $0.end < $1.end })
            else {
                return nil
            }
            return .date(parameter: parameter, start: first, end: last)
        }
        let start = value["start"]?.string.flatMap { DateTime($0) }
        let end = value["end"]?.string.flatMap { DateTime($0) }
        return start == nil && end == nil ? nil : .date(parameter: parameter, start: start, end: end)
    }

    private static let identifierPath: ElementPath = "identifier"

    // Where the search parameter `code`, or the one that stands for it, does not look at `code`.
    private static let codePaths: [ResourceType: [ElementPath]] = [
        .documentReference: ["type"], .encounter: ["type", "class"], .immunization: ["vaccineCode"],
        .imagingStudy: ["procedureCode", "modality", "series.modality"],
        .medicationAdministration: ["medicationCodeableConcept"], .medicationDispense: ["medicationCodeableConcept"],
        .medicationRequest: ["medicationCodeableConcept"], .medicationStatement: ["medicationCodeableConcept"],
        .allergyIntolerance: ["code", "reaction.substance"], .observation: ["code", "component.code"],
        .composition: ["type"], .episodeOfCare: ["type"], .organization: ["type"], .location: ["type"],
        .practitionerRole: ["code", "specialty"], .patient: ["gender"], .specimen: ["type"],
    ]

    private static let statusPaths: [ResourceType: [ElementPath]] = [
        .condition: ["clinicalStatus"], .allergyIntolerance: ["clinicalStatus"], .goal: ["lifecycleStatus"],
    ]
}
