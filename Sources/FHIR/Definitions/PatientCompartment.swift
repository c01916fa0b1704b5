// FHIR · where a resource names its patients.

/// The R4 patient compartment as element paths: which members of a type can hold a reference to a patient.
enum PatientCompartment {
    /// One element that may refer to a patient.
    struct Element: Sendable {
        /// Where it is.
        let path: ElementPath
        /// Whether R4 allows nothing but a patient here, so that a `urn:uuid:` reference is one.
        let isPatientOnly: Bool
    }

    /// Elements of `type`, the one that says whose record it is first; empty for a type outside the compartment.
    static func elements(of type: ResourceType) -> [Element] { table[type] ?? [] }

    private static let table = Dictionary(
        uniqueKeysWithValues: Definitions.r4.patientPaths.map { type, paths in
            (
                type,
                paths.map { Element(path: ElementPath(stringLiteral: $0), isPatientOnly: isPatientOnly($0, in: type)) }
            )
        })

    private static func isPatientOnly(_ path: String, in resource: ResourceType) -> Bool {
        var type = Definitions.r4[resource]
        var targets: [ResourceType] = []
        for name in path.split(separator: ".") {
            guard let element = type.element(String(name)) else { preconditionFailure("R4 has the element \(path)") }
            type = element.types[0]
            targets = element.targets
        }
        return targets == [.patient]
    }
}
