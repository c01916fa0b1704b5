// FHIR · whether a code by itself says something sensitive.

/// The sensitive-code list: a code and its system, answered from the tables beside this file.
enum SensitiveCodes {
    /// What `code` of `system` tells about a person.
    static func sensitivities(of code: String, in system: CodeSystem) -> [Sensitivity] {
        switch system {
        case .actCode: SecurityLabels.sensitivity[code].map { [$0] } ?? []
        case .confidentiality: SecurityLabels.confidentiality[code].map { [$0] } ?? []
        default: []
        }
    }

    /// Systems that a coding without a system could mean.
    static let systems: [CodeSystem] = [.loinc, .snomed, .icd10, .rxNorm, .atc]
}
