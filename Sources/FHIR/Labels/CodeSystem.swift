// FHIR · which code system a coding means, whatever URL or OID it goes by.

/// A code system that labels are read from.
enum CodeSystem: Hashable, Sendable {
    case actCode, confidentiality, loinc, snomed, icd10, icd10Procedures, icd9, icd9Procedures, rxNorm, atc, hcpcs

    /// The system named `url`, or nil if labels are not read from it.
    ///
    /// Names are matched loosely (national editions, versions, older spellings), because a diagnosis under an
    /// unexpected URL is still that diagnosis.
    init?(_ url: String) {
        if let known = Self.known[url] {
            self = known
            return
        }
        guard !Self.unread.contains(url) else { return nil }
        let name = url.utf8.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }
        if let identifier = name.split(separator: UInt8(ascii: ":")).last,
            let known = Self.identifiers[String(decoding: identifier, as: UTF8.self)]
        {
            self = known
            return
        }
        guard let match = Self.firstFragment(in: name) else { return nil }
        self = Self.fragments[match].system
    }

    /// The first of `fragments` that is anywhere in `name`, found in one pass.
    private static func firstFragment(in name: [UInt8]) -> Int? {
        var found: Int?
        for start in name.indices {
            for number in fragmentsByByte[Int(name[start])] where number < found ?? .max {
                if name[start...].starts(with: fragments[number].fragment) { found = number }
            }
        }
        return found
    }

    /// The places in `fragments` of those that begin with each byte.
    private static let fragmentsByByte: [[Int]] = {
        var table = [[Int]](repeating: [], count: 256)
        for (number, entry) in fragments.enumerated() { table[Int(entry.fragment[0])].append(number) }
        return table
    }()

    private static let known: [String: CodeSystem] = [
        "http://terminology.hl7.org/CodeSystem/v3-ActCode": .actCode,
        "http://terminology.hl7.org/CodeSystem/v3-Confidentiality": .confidentiality,
        "http://loinc.org": .loinc,
        "http://snomed.info/sct": .snomed,
        "http://hl7.org/fhir/sid/icd-10": .icd10,
        "http://hl7.org/fhir/sid/icd-10-cm": .icd10,
        "http://www.nlm.nih.gov/research/umls/rxnorm": .rxNorm,
        "http://www.whocc.no/atc": .atc,
    ]

    // Frequent systems that say nothing sensitive. Only spares the search for a fragment.
    private static let unread: Set<String> = [
        "http://unitsofmeasure.org", "http://hl7.org/fhir/sid/cvx",
        "http://terminology.hl7.org/CodeSystem/observation-category", "http://terminology.hl7.org/CodeSystem/v2-0074",
        "http://terminology.hl7.org/CodeSystem/condition-clinical", "http://terminology.hl7.org/CodeSystem/v2-0203",
        "http://terminology.hl7.org/CodeSystem/condition-ver-status",
        "http://terminology.hl7.org/CodeSystem/claim-type", "http://terminology.hl7.org/CodeSystem/adjudication",
        "http://terminology.hl7.org/CodeSystem/processpriority",
        "http://terminology.hl7.org/CodeSystem/ex-diagnosistype",
        "http://terminology.hl7.org/CodeSystem/ex-serviceplace",
        "https://bluebutton.cms.gov/resources/codesystem/adjudication",
    ]

    // HL7 OID registry.
    private static let identifiers: [String: CodeSystem] = [
        "2.16.840.1.113883.5.4": .actCode,
        "2.16.840.1.113883.5.25": .confidentiality,
        "2.16.840.1.113883.6.1": .loinc,
        "2.16.840.1.113883.6.96": .snomed,
        "2.16.840.1.113883.6.3": .icd10,
        "2.16.840.1.113883.6.90": .icd10,
        "2.16.840.1.113883.6.4": .icd10Procedures,
        "2.16.840.1.113883.6.103": .icd9,
        "2.16.840.1.113883.6.104": .icd9Procedures,
        "2.16.840.1.113883.6.88": .rxNorm,
        "2.16.840.1.113883.6.73": .atc,
        "2.16.840.1.113883.6.285": .hcpcs,
    ]

    // In this order: the narrower name first.
    private static let fragments: [(fragment: [UInt8], system: CodeSystem)] =
        ([
            ("v3-actcode", .actCode), ("v3/actcode", .actCode),
            ("v3-confidentiality", .confidentiality), ("v3/confidentiality", .confidentiality),
            ("loinc", .loinc), ("snomed", .snomed), ("icd-10-pcs", .icd10Procedures), ("icd10pcs", .icd10Procedures),
            ("medicare/coding/icd10", .icd10Procedures), ("medicare/coding/icd9", .icd9Procedures),
            ("icd-10", .icd10), ("icd10", .icd10), ("icd-9", .icd9), ("icd9", .icd9), ("rxnorm", .rxNorm),
            ("whocc", .atc), ("/atc", .atc), ("hcpcs", .hcpcs),
        ] as [(String, CodeSystem)]).map { (Array($0.0.utf8), $0.1) }
}
