// SteleCommand · a FHIR resource in a few plain words, as far as it says them itself.
internal import JSON
internal import Primitives

/// Reads what people look for out of a resource: a title, a date, a value, a text. Nothing is interpreted; what is not
/// said in words of the resource is left out.
struct CopyText {
    /// Longest text shown of one note, in characters.
    static let noteCountMax = 20_000

    private let node: JSONNode

    init(_ node: JSONNode) { self.node = node }

    /// The name of a person: the official one, or the first.
    var personName: String? {
        let names = node["name"]?.elements.map { $0 } ?? []
        guard let name = names.first(where: { $0["use"]?.isString("official") ?? false }) ?? names.first else {
            return nil
        }
        if let text = name["text"]?.string { return text }
        let parts = (name["given"]?.elements.compactMap(\.string) ?? []) + [name["family"]?.string].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    /// What it is about: the words of its code, or its title.
    var title: String? {
        let concepts = [
            "code", "medicationCodeableConcept", "vaccineCode", "type", "procedureCode", "serviceType", "reasonCode",
            "category", "specialty", "class",
        ]
        for key in concepts {
            guard let value = node[key] else { continue }
            let concept = value.kind == .array ? value.elements.first { _ in true } : value
            if let text = concept.flatMap(Self.concept) { return text }
        }
        for key in ["title", "description", "name", "medicationReference", "comment"] {
            if let text = node[key]?.string ?? node[key]?["display"]?.string { return text }
        }
        return nil
    }

    /// The day that matters of it, as written.
    var date: String? {
        let keys = [
            "effectiveDateTime", "occurrenceDateTime", "performedDateTime", "onsetDateTime", "authoredOn", "date",
            "issued", "recordedDate", "created", "started", "dateAsserted", "dateTime",
        ]
        for key in keys { if let text = node[key]?.string { return String(text.prefix(10)) } }
        for key in ["effectivePeriod", "performedPeriod", "onsetPeriod", "period", "billablePeriod"] {
            if let text = node[key]?["start"]?.string { return String(text.prefix(10)) }
        }
        return nil
    }

    /// Where it stands: active, resolved, stopped.
    var status: String? {
        node["clinicalStatus"].flatMap(Self.concept) ?? node["clinicalStatus"]?.string ?? node["status"]?.string
    }

    /// A measured value with its unit, or several.
    var value: String? {
        if let text = Self.value(of: node) { return text }
        let parts = (node["component"]?.elements.map { $0 } ?? []).compactMap { part -> String? in
            guard let value = Self.value(of: part) else { return nil }
            return [part["code"].flatMap(Self.concept), value].compactMap { $0 }.joined(separator: " ")
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// Where a result says of itself that it lies in its range, in the words it has for it.
    var interpretation: String? {
        let all = node["interpretation"]?.elements.compactMap(Self.concept) ?? []
        return all.isEmpty ? nil : all.joined(separator: ", ")
    }

    /// Whether it says that it is in its range. Source: HL7 v3 ObservationInterpretation, `N`.
    var isNormal: Bool {
        let concepts = node["interpretation"]?.elements.map { $0 } ?? []
        return !concepts.isEmpty
            && concepts.allSatisfy { $0["coding"]?.elements.contains { $0["code"]?.isString("N") ?? false } ?? false }
    }

    /// Directions and reactions: what to do, and what happened.
    var detail: String? {
        var parts = (node["dosageInstruction"] ?? node["dosage"])?.elements.compactMap { $0["text"]?.string } ?? []
        for reaction in node["reaction"]?.elements.map({ $0 }) ?? [] {
            parts += reaction["manifestation"]?.elements.compactMap(Self.concept) ?? []
        }
        parts += [node["conclusion"]?.string].compactMap { $0 }
        parts += node["note"]?.elements.compactMap { $0["text"]?.string } ?? []
        return parts.isEmpty ? nil : String(parts.joined(separator: "; ").prefix(Self.noteCountMax))
    }

    /// Plain text that is attached to it.
    var attachedText: String? {
        var found: [String] = []
        let attachments =
            (node["content"]?.elements.compactMap { $0["attachment"] } ?? [])
            + (node["presentedForm"]?.elements.map { $0 } ?? [])
        for attachment in attachments where attachment["contentType"]?.string?.hasPrefix("text/plain") ?? false {
            guard let data = attachment["data"]?.string, let bytes = Base64.decode(data, .standard) else { continue }
            found.append(String(decoding: bytes, as: UTF8.self))
        }
        return found.isEmpty ? nil : String(found.joined(separator: "\n\n").prefix(Self.noteCountMax))
    }

    // MARK: - Parts

    /// The words of a CodeableConcept or Coding.
    static func concept(_ node: JSONNode) -> String? {
        if let text = node["text"]?.string ?? node["display"]?.string { return text }
        let coding = node["coding"]?.elements.first { _ in true }
        return coding?["display"]?.string ?? coding?["code"]?.string
    }

    private static func value(of node: JSONNode) -> String? {
        if let quantity = node["valueQuantity"] {
            let number = quantity["value"]?.numberText
            let unit = quantity["unit"]?.string ?? quantity["code"]?.string
            let text = [quantity["comparator"]?.string, number, unit].compactMap { $0 }.joined(separator: " ")
            return text.isEmpty ? nil : text
        }
        if let text = node["valueCodeableConcept"].flatMap(concept) { return text }
        if let text = node["valueString"]?.string ?? node["valueDateTime"]?.string { return text }
        if let number = node["valueInteger"]?.numberText { return number }
        return node["valueBoolean"]?.bool.map { $0 ? "yes" : "no" }
    }
}
