// FHIR · why a resource is sensitive: what it says itself, and what its codes say.
import JSON

/// Finds every ``Sensitivity`` of a resource. Source: `docs/spec/labels.md` §4 and §5.
enum SensitivityRules {
    /// In declared order, with what each implies.
    static func sensitivities(of resource: Resource) -> [Sensitivity] {
        var found: Set<Sensitivity> = []
        for label in resource.node["meta"]?["security"].map({ Array($0.elements) }) ?? [] {
            if let sensitivity = ofSecurityLabel(label) { found.insert(sensitivity) }
        }
        if resource.type == .molecularSequence { found.insert(.genetic) }
        // Composition.confidentiality is a bare code of v3-Confidentiality, also where it is contained.
        collect(from: resource.node, isInCodings: false, into: &found)
        for sensitivity in found {
            if let implied = sensitivity.implied { found.insert(implied) }
        }
        return Sensitivity.allCases.filter { found.contains($0) }
    }

    /// What an entry of `meta.security` asks for. What is not known to be harmless is restricted.
    private static func ofSecurityLabel(_ label: JSONNode) -> Sensitivity? {
        guard let system = label["system"]?.string, let code = label["code"]?.string else { return .restricted }
        switch CodeSystem(system) {
        case .confidentiality:
            return SecurityLabels.unrestricted.contains(code)
                ? nil : SecurityLabels.confidentiality[code] ?? .restricted
        case .actCode:
            return SecurityLabels.sensitivity[code] ?? .restricted
        default:
            return SecurityLabels.harmlessSystems.contains(system) ? nil : .restricted
        }
    }

    private static func collect(from node: JSONNode, isInCodings: Bool, into found: inout Set<Sensitivity>) {
        if node.kind == .array {
            for element in node.elements where element.kind == .object {
                collect(from: element, isInCodings: isInCodings, into: &found)
            }
            return
        }
        var system: String?
        var code: String?
        for (key, value) in node.memberNodes {
            switch value.kind {
            case .object, .array: collect(from: value, isInCodings: key.isString("coding"), into: &found)
            case .string where key.isString("system"): system = value.string
            case .string where key.isString("code"): code = value.string
            case .string where key.isString("confidentiality"):
                if let code = value.string, let sensitivity = SecurityLabels.confidentiality[code] {
                    found.insert(sensitivity)
                }
            default: break
            }
        }
        guard let code else { return }
        if let system {
            if let system = CodeSystem(system) { found.formUnion(SensitiveCodes.sensitivities(of: code, in: system)) }
        } else if isInCodings {
            // A coding that does not say its system could mean any.
            for system in SensitiveCodes.systems {
                found.formUnion(SensitiveCodes.sensitivities(of: code, in: system))
            }
        }
    }
}
