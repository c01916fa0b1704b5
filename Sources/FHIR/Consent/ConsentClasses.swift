// FHIR · which records a provision speaks about, as labels and as elements.
internal import JSON
internal import Primitives

/// The class labels of a provision. In FHIR the values of one element are alternatives and different elements must all
/// hold; the classes of a grant are alternatives. So a provision uses one element, or types with categories, whose
/// pairs are labels of their own.
enum ConsentClasses {
    private static let elements = ["class", "securityLabel", "code", "data"]

    /// The labels that `provision` names: *all* if it names none.
    static func read(_ provision: JSONNode, _ path: String) throws(SteleError) -> [Label] {
        let present = elements.filter { provision[$0] != nil }
        switch present {
        case []: return [.all]
        case ["class"]: return try labels(provision["class"], path + ".class", coding(_:))
        case ["securityLabel"]: return try labels(provision["securityLabel"], path + ".securityLabel", sensitivity(_:))
        case ["code"]:
            return try labels(provision["code"], path + ".code") { concept in
                single(concept).flatMap { category($0) }.map { .category($0) }
            }
        case ["data"]: return try labels(provision["data"], path + ".data", record(_:))
        case ["class", "code"]: return try pairs(provision, path)
        default:
            throw ConsentReader.refused(
                path, "narrows records by \(present.joined(separator: " and ")), which must all hold")
        }
    }

    private static func labels(
        _ node: JSONNode?, _ path: String, _ label: (JSONNode) -> Label?
    ) throws(SteleError) -> [Label] {
        let elements = node?.elements.map { $0 } ?? []
        let labels = elements.compactMap(label)
        guard !labels.isEmpty, labels.count == elements.count else {
            throw ConsentReader.refused(path, "holds what is no class of records here")
        }
        return labels
    }

    /// Types with categories: each pair is one label.
    private static func pairs(_ provision: JSONNode, _ path: String) throws(SteleError) -> [Label] {
        let types = try labels(provision["class"], path + ".class") { node in
            if case .type? = coding(node) { coding(node) } else { nil }
        }
        let concepts = provision["code"]?.elements.map { $0 } ?? []
        var labels: [Label] = []
        for case .type(let type) in types {
            for concept in concepts {
                guard let coding = single(concept), let category = category(coding) ?? observed(coding, type) else {
                    throw ConsentReader.refused(path + ".code", "holds what is no category of records here")
                }
                labels.append(.typeInCategory(type: type, category: category))
            }
        }
        guard !labels.isEmpty else { throw ConsentReader.refused(path + ".code", "is empty") }
        return labels
    }

    // MARK: - Values

    private static func single(_ concept: JSONNode) -> JSONNode? {
        let codings = concept["coding"]?.elements.map { $0 } ?? []
        return codings.count == 1 ? codings.first : nil
    }

    private static func category(_ coding: JSONNode) -> String? {
        guard coding["system"]?.isString(ConsentVocabulary.category) ?? false, let code = coding["code"]?.string,
            RecordCategory(rawValue: code) != nil
        else { return nil }
        return code
    }

    /// Of observations alone, the codes of HL7's observation categories that are categories of ours by the same name.
    private static func observed(_ coding: JSONNode, _ type: String) -> String? {
        guard type == "Observation", coding["system"]?.isString(ConsentVocabulary.observationCategory) ?? false,
            let code = coding["code"]?.string, ["laboratory", "imaging", "vital-signs"].contains(code)
        else { return nil }
        return code
    }

    private static func sensitivity(_ coding: JSONNode) -> Label? {
        guard let code = coding["code"]?.string, Sensitivity(rawValue: code) != nil else { return nil }
        let isConfidentiality = ["R", "V"].contains(code)
        let system = isConfidentiality ? ConsentVocabulary.confidentiality : ConsentVocabulary.actCode
        return coding["system"]?.isString(system) ?? false ? .sensitivity(code) : nil
    }

    private static func coding(_ node: JSONNode) -> Label? {
        guard let code = node["code"]?.string else { return nil }
        switch node["system"]?.string {
        case ConsentVocabulary.resourceTypes: return ResourceType(name: code).map { .type($0.name) }
        case ConsentVocabulary.category: return category(node).map { .category($0) }
        case ConsentVocabulary.recordClass: return code == "all" ? .all : nil
        case ConsentVocabulary.record: return Reference(code).relative == code ? .record(code) : nil
        case ConsentVocabulary.typeInCategory:
            let parts = code.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, ResourceType(name: parts[0]) != nil, RecordCategory(rawValue: parts[1]) != nil
            else { return nil }
            return .typeInCategory(type: parts[0], category: parts[1])
        default: return sensitivity(node)
        }
    }

    private static func record(_ node: JSONNode) -> Label? {
        guard node["meaning"]?.isString("instance") ?? false,
            let reference = node["reference"].flatMap({ Reference($0) })
        else { return nil }
        return reference.relative.map { .record($0) }
    }

    // MARK: - Writing

    /// The members of a provision that name `classes`; none for *all* alone.
    static func members(_ classes: [ConsentStatement.Fact]) -> [JSONValue.Member] {
        guard classes != [.label(.all)] else { return [] }
        let records = classes.compactMap { fact -> String? in
            if case .label(.record(let name)) = fact { name } else { nil }
        }
        if records.count == classes.count {
            return [
                .init(
                    "data",
                    .array(
                        records.map { ["meaning": "instance", "reference": ["reference": .string($0)]] }))
            ]
        }
        return [.init("class", .array(classes.map(coding(of:))))]
    }

    private static func coding(of fact: ConsentStatement.Fact) -> JSONValue {
        let (system, code): (String, String) =
            switch fact {
            case .token(let token): (ConsentVocabulary.token, token)
            case .label(.type(let type)): (ConsentVocabulary.resourceTypes, type)
            case .label(.category(let category)): (ConsentVocabulary.category, category)
            case .label(.record(let name)): (ConsentVocabulary.record, name)
            case .label(.typeInCategory(let type, let category)):
                (ConsentVocabulary.typeInCategory, "\(type):\(category)")
            case .label(.sensitivity(let code)):
                (["R", "V"].contains(code) ? ConsentVocabulary.confidentiality : ConsentVocabulary.actCode, code)
            case .label(let label): (ConsentVocabulary.recordClass, label.parts.joined(separator: ":"))
            }
        return ["system": .string(system), "code": .string(code)]
    }
}
