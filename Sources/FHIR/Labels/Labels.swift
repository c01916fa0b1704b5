// FHIR · the labels of a record: what policy may say about it.
public import Primitives

/// Reads from a resource the facts that grants and denies speak about. Source: `docs/spec/labels.md`.
///
/// What can be recognised is recognised wherever it stands in the resource, and an instruction that is not understood
/// counts as *restricted*. What is said in words only (a diagnosis in a narrative, a code without a coding) is not
/// seen; whoever writes such a record must label it in `meta.security`.
public enum Labels {
    /// Most labels of one record. With the single-record label that the vault adds they fit a set of 16 tokens.
    public static let countMax = 14

    /// The labels of `resource`: type, categories, types in categories, sensitivities, all; each in declared order.
    /// - Throws: code `resource.too_many_labels` for a record of so many kinds at once that leaving one
    ///   out would be the only way to label it.
    public static func labels(of resource: Resource) throws(SteleError) -> [Label] {
        let categories = CategoryRules.categories(of: resource)
        let sensitivities = SensitivityRules.sensitivities(of: resource)
        var labels: [Label] = [.type(resource.type.name)]
        labels.append(contentsOf: categories.map { .category($0.rawValue) })
        labels.append(contentsOf: categories.map { .typeInCategory(type: resource.type.name, category: $0.rawValue) })
        labels.append(contentsOf: sensitivities.map { .sensitivity($0.rawValue) })
        labels.append(.all)
        guard labels.count <= countMax else {
            throw SteleError(
                .resourceTooManyLabels, "the resource belongs to \(labels.count) classes; \(countMax) fit",
                hint: "split the resource so that each part is of fewer kinds")
        }
        return labels
    }
}

extension ErrorCode {
    /// A record is of more kinds than a token set holds, and dropping one would hide it from a deny.
    public static let resourceTooManyLabels = ErrorCode("resource.too_many_labels")
}
