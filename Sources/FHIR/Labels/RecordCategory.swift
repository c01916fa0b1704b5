// FHIR · the small vocabulary of kinds of record that people give consent for.

/// A kind of record. The words are part of the format: they are hashed into tokens. Source: `docs/spec/labels.md` §3.
public enum RecordCategory: String, CaseIterable, Hashable, Sendable {
    case laboratory, imaging, medicines, allergies, conditions, procedures
    case vitalSigns = "vital-signs"
    case notes, immunizations, encounters, demographics, administrative, other
}
