// FHIR · HL7's security label codes and what they mean here.

/// Codes of HL7 v3 ActCode and Confidentiality, as in hl7.fhir.r4.core 4.0.1 and HL7 UTG. Source: `docs/spec/labels.md`
/// §4.
enum SecurityLabels {
    /// ActCode information sensitivity policies that have a meaning of their own here; any other is restricted.
    static let sensitivity: [String: Sensitivity] = [
        "BH": .behaviouralHealth, "COGN": .behaviouralHealth, "DVD": .behaviouralHealth, "EMOTDIS": .behaviouralHealth,
        "PSY": .psychiatry, "MH": .psychiatry, "PSYTHPN": .psychiatry, "MENCAT": .psychiatry,
        "SUD": .substanceUse, "ETH": .substanceUse, "ETHUD": .substanceUse, "OPIOIDUD": .substanceUse,
        "HIV": .hiv, "STD": .sexuallyTransmitted,
        "SEX": .reproductive, "PREGNANT": .reproductive, "GENDER": .reproductive,
        "SDV": .violence, "MST": .violence, "VIO": .violence,
        "GDIS": .genetic, "SCA": .genetic, "SICKLE": .genetic,
        "ADOL": .restricted, "B": .restricted, "CEL": .restricted, "DEMO": .restricted, "DIA": .restricted,
        "DOB": .restricted, "DRGIS": .restricted, "EMP": .restricted, "EMPL": .restricted, "IDS": .restricted,
        "LIVARG": .restricted, "LOCIS": .restricted, "MARST": .restricted, "PATLOC": .restricted, "PDS": .restricted,
        "PHY": .restricted, "PRS": .restricted, "RACE": .restricted, "REL": .restricted, "SPI": .restricted,
        "SSP": .restricted, "TBOO": .restricted, "VIP": .restricted,
    ]

    /// Confidentiality codes that ask for care, the retired ones included.
    static let confidentiality: [String: Sensitivity] = [
        "R": .restricted, "V": .veryRestricted,
        "PSY": .psychiatry, "ETH": .substanceUse, "HIV": .hiv, "SDV": .violence,
        "B": .restricted, "C": .restricted, "D": .restricted, "I": .restricted, "S": .restricted, "T": .restricted,
    ]

    /// Confidentiality codes that ask for nothing: low, moderate, normal, unrestricted.
    static let unrestricted: Set<String> = ["L", "M", "N", "U"]

    /// Systems whose codes in `meta.security` ask for nothing: purposes such as test data, and integrity such as
    /// SUBSETTED.
    static let harmlessSystems: Set<String> = [
        "http://terminology.hl7.org/CodeSystem/v3-ActReason", "http://hl7.org/fhir/v3/ActReason",
        "urn:oid:2.16.840.1.113883.5.8",
        "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "http://hl7.org/fhir/v3/ObservationValue",
        "urn:oid:2.16.840.1.113883.5.1063",
    ]
}
