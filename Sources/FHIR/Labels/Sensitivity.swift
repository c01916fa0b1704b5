// FHIR · the closed list of reasons for which a record needs special care.

/// Why a record is sensitive, in HL7's codes. Closed, so that a record's labels always fit one token set; finer HL7
/// codes are mapped onto these. Declared in the order in which labels are listed. Source: `docs/spec/labels.md` §4.
public enum Sensitivity: String, CaseIterable, Hashable, Sendable {
    /// Behavioural health; accompanies ``psychiatry`` and ``substanceUse``.
    case behaviouralHealth = "BH"
    /// Psychiatry and mental health.
    case psychiatry = "PSY"
    /// Use of alcohol, drugs and other substances.
    case substanceUse = "SUD"
    /// HIV and AIDS.
    case hiv = "HIV"
    /// Sexually transmitted disease.
    case sexuallyTransmitted = "STD"
    /// Sexuality and reproductive health.
    case reproductive = "SEX"
    /// Sexual assault, abuse and domestic violence.
    case violence = "SDV"
    /// Genetic disease.
    case genetic = "GDIS"
    /// Restricted for whatever reason; accompanies ``veryRestricted``, and stands for instructions not known here.
    case restricted = "R"
    /// Very restricted.
    case veryRestricted = "V"

    /// What a record with this sensitivity also is.
    var implied: Sensitivity? {
        switch self {
        case .psychiatry, .substanceUse: .behaviouralHealth
        case .veryRestricted: .restricted
        default: nil
        }
    }
}
