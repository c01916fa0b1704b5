// FHIR · what an element of each FHIR type gives a search. Source: FHIR R4 §3.1.1.4.
internal import JSON

/// Reads the values of one element.
enum FactValues {
    /// Calls `found` with each value of `node`, which is no array. What does not have the shape of its type has none.
    static func read(_ node: JSONNode, _ source: SearchSource, _ found: (FactValue) -> Void) {
        switch source.kind {
        case .token: token(node, source.type, found)
        case .string: strings(node, source.type) { found(.string($0)) }
        case .date: if let value = date(node, source.type) { found(value) }
        case .number: number(node, source.type, found)
        case .quantity: if let value = quantity(node, source.type) { found(value) }
        case .reference: reference(node, source.type, found)
        case .uri: if let text = node.string { found(.string(text)) }
        case .composite: break
        }
    }

    // MARK: - Tokens

    private static func token(_ node: JSONNode, _ type: String, _ found: (FactValue) -> Void) {
        switch type {
        case "CodeableConcept":
            for coding in node["coding"].map({ Array($0.elements) }) ?? [] { self.coding(coding, found) }
            if let text = node["text"]?.string { found(.text(text)) }
        case "Coding": coding(node, found)
        case "Identifier": identifier(node, found)
        case "ContactPoint": if let value = node["value"]?.string { found(.token(system: nil, code: value)) }
        case "deceased":
            // Source: SearchParameter Patient-deceased: a date of death says so too.
            let isDead = node["deceasedDateTime"] != nil || node["deceasedBoolean"]?.bool == true
            found(.token(system: nil, code: isDead ? "true" : "false"))
        case "boolean": if let value = node.bool { found(.token(system: nil, code: value ? "true" : "false")) }
        default: if let code = node.string { found(.token(system: nil, code: code)) }
        }
    }

    private static func coding(_ node: JSONNode, _ found: (FactValue) -> Void) {
        let (system, code) = (node["system"]?.string, node["code"]?.string)
        if system != nil || code != nil { found(.token(system: system, code: code ?? "")) }
        if let display = node["display"]?.string { found(.text(display)) }
    }

    private static func identifier(_ node: JSONNode, _ found: (FactValue) -> Void) {
        guard let value = node["value"]?.string else { return }
        found(.token(system: node["system"]?.string, code: value))
        for coding in node["type"]?["coding"].map({ Array($0.elements) }) ?? [] {
            guard let code = coding["code"]?.string else { continue }
            found(.typed(system: coding["system"]?.string, code: code, value: value))
        }
        if let text = node["type"]?["text"]?.string { found(.text(text)) }
    }

    // MARK: - Text

    private static let parts: [String: [String]] = [
        "HumanName": ["text", "family", "given", "prefix", "suffix"],
        "Address": ["text", "line", "city", "district", "state", "postalCode", "country"],
    ]

    private static func strings(_ node: JSONNode, _ type: String, _ found: (String) -> Void) {
        guard let parts = parts[type] else {
            if let text = node.string { found(text) }
            return
        }
        for part in parts {
            guard let value = node[part] else { continue }
            if let text = value.string { found(text) }
            for element in value.elements { if let text = element.string { found(text) } }
        }
    }

    // MARK: - Dates and numbers

    private static func date(_ node: JSONNode, _ type: String) -> FactValue? {
        switch type {
        case "Period": return period(node)
        case "Timing":
            // Source: FHIR R4 §3.1.1.4.7: the details of a schedule are passed over, its outer limits count.
            let events = node["event"].map { $0.elements.compactMap { $0.string.flatMap { DateTime($0) } } } ?? []
            if let first = events.map(\.start).min(), let last = events.map(\.end).max() {
                return .date(start: first, end: last)
            }
            return node["repeat"]?["boundsPeriod"].flatMap(period)
        default: return node.string.flatMap { DateTime($0) }.map { .date(start: $0.start, end: $0.end) }
        }
    }

    private static func period(_ node: JSONNode) -> FactValue? {
        let start = node["start"]?.string.flatMap { DateTime($0) }?.start
        let end = node["end"]?.string.flatMap { DateTime($0) }?.end
        return start == nil && end == nil ? nil : .date(start: start, end: end)
    }

    private static func number(_ node: JSONNode, _ type: String, _ found: (FactValue) -> Void) {
        if type == "Range" {
            let (low, high) = (node["low"]?["value"]?.numberText, node["high"]?["value"]?.numberText)
            if low != nil || high != nil { found(.number(low: low, high: high)) }
        } else if let text = node.numberText {
            found(.number(low: text, high: text))
        }
    }

    private static func quantity(_ node: JSONNode, _ type: String) -> FactValue? {
        switch type {
        case "Money":
            guard let value = node["value"]?.numberText else { return nil }
            let currency = node["currency"]?.string
            return .quantity(
                low: value, high: value, system: currency.map { _ in "urn:iso:std:iso:4217" }, code: currency,
                unit: currency)
        case "Range":
            let (low, high) = (node["low"], node["high"])
            guard low?["value"] != nil || high?["value"] != nil else { return nil }
            let unit = low ?? high
            return .quantity(
                low: low?["value"]?.numberText, high: high?["value"]?.numberText, system: unit?["system"]?.string,
                code: unit?["code"]?.string, unit: unit?["unit"]?.string)
        default:
            guard let value = node["value"]?.numberText else { return nil }
            return .quantity(
                low: value, high: value, system: node["system"]?.string, code: node["code"]?.string,
                unit: node["unit"]?.string)
        }
    }

    // MARK: - References

    private static func reference(_ node: JSONNode, _ type: String, _ found: (FactValue) -> Void) {
        if let text = node.string {
            found(.reference(text, type: nil))
            return
        }
        let named = node["type"]?.string
        if let text = node["reference"]?.string {
            // A type that the text spells need not be kept beside it.
            found(.reference(text, type: Reference(text).type == nil ? named : nil))
        }
        if let value = node["identifier"]?["value"]?.string {
            found(.identified(system: node["identifier"]?["system"]?.string, value: value))
        }
    }
}
