// FHIR · which kinds of record a resource is.
import JSON

/// Finds the ``RecordCategory`` of a resource. Source: `docs/spec/labels.md` §3.
enum CategoryRules {
    /// At least one, in declared order; `other` only alone.
    static func categories(of resource: Resource) -> [RecordCategory] {
        var found: Set<RecordCategory> = []
        let concepts =
            Self.category.values(in: resource.node)
            + (resource.type == .documentReference ? Self.type.values(in: resource.node) : [])
        for code in concepts.flatMap({ codes(of: $0) }) {
            if let category = category(ofCode: code, for: resource.type) { found.insert(category) }
        }
        if found.isEmpty, resource.type == .observation {
            let observed = resource.node["code"].map { codes(of: $0) } ?? []
            if observed.contains(where: { Self.vitalSigns.contains($0) }) { found.insert(.vitalSigns) }
        }
        if found.isEmpty { found.insert(Self.byType[resource.type] ?? .other) }
        return RecordCategory.allCases.filter { found.contains($0) }
    }

    /// The codes of a CodeableConcept; a bare code is itself.
    private static func codes(of concept: JSONNode) -> [String] {
        if let code = concept.string { return [code] }
        return concept["coding"]?.elements.compactMap { $0["code"]?.string } ?? []
    }

    private static let category: ElementPath = "category"
    private static let type: ElementPath = "type"

    private static func category(ofCode code: String, for type: ResourceType) -> RecordCategory? {
        switch type {
        case .observation: observation[code] ?? service[code]
        case .diagnosticReport: service[code] ?? observation[code] ?? document[code]
        case .documentReference: document[code]
        case .serviceRequest: requested[code]
        default: nil
        }
    }

    // http://terminology.hl7.org/CodeSystem/observation-category; `vital-sign` is what older Synthea writes.
    private static let observation: [String: RecordCategory] = [
        "laboratory": .laboratory, "imaging": .imaging, "vital-signs": .vitalSigns, "vital-sign": .vitalSigns,
        "procedure": .procedures, "therapy": .procedures,
    ]

    // http://terminology.hl7.org/CodeSystem/v2-0074 (HL7 table 0074), and the LOINC parts that US Core uses.
    private static let service: [String: RecordCategory] = {
        var categories: [String: RecordCategory] = ["PHR": .medicines, "PHY": .notes, "LP7839-6": .laboratory]
        for code in [
            "BG", "BLB", "CG", "CH", "CP", "GE", "HM", "IMM", "LAB", "MB", "MCB", "MYC", "OSL", "PAR", "PAT", "SP",
            "SR",
            "TX", "URN", "VR",
        ] { categories[code] = .laboratory }
        for code in [
            "CT", "CUS", "IMG", "NMR", "NMS", "OUS", "RAD", "RUS", "RX", "VUS", "XRC", "LP29684-5",
        ] { categories[code] = .imaging }
        for code in ["AU", "CTH", "EC", "EN", "OT", "PF", "PT", "RC", "RT", "LP29708-2"] {
            categories[code] = .procedures
        }
        for code in ["ICU", "NRS"] { categories[code] = .vitalSigns }
        return categories
    }()

    // LOINC document types that are not notes; every other document is one.
    private static let document: [String: RecordCategory] = [
        "18748-4": .imaging, "18726-0": .imaging, "18782-3": .imaging, "68604-8": .imaging, "LP29684-5": .imaging,
        "11502-2": .laboratory, "26436-6": .laboratory, "11526-1": .laboratory, "18725-2": .laboratory,
        "LP7839-6": .laboratory,
        "11369-6": .immunizations, "10160-0": .medicines, "48765-2": .allergies, "11450-4": .conditions,
        "34117-2": .notes, "clinical-note": .notes,
    ]

    // SNOMED CT, the example value set of ServiceRequest.category.
    private static let requested: [String: RecordCategory] = ["108252007": .laboratory, "363679005": .imaging]

    // The R4 profile http://hl7.org/fhir/StructureDefinition/vitalsigns, its LOINC codes.
    private static let vitalSigns: Set<String> = [
        "85353-1", "9279-1", "8867-4", "2708-6", "8310-5", "8302-2", "9843-4", "29463-7", "39156-5", "85354-9",
        "8480-6",
        "8462-4", "8478-0",
    ]

    private static let byType: [ResourceType: RecordCategory] = [
        .specimen: .laboratory, .molecularSequence: .laboratory,
        .imagingStudy: .imaging, .media: .imaging,
        .medication: .medicines, .medicationAdministration: .medicines, .medicationDispense: .medicines,
        .medicationKnowledge: .medicines, .medicationRequest: .medicines, .medicationStatement: .medicines,
        .allergyIntolerance: .allergies,
        .condition: .conditions, .familyMemberHistory: .conditions, .riskAssessment: .conditions,
        .adverseEvent: .conditions, .bodyStructure: .conditions,
        .procedure: .procedures, .serviceRequest: .procedures, .deviceRequest: .procedures,
        .deviceUseStatement: .procedures,
        .documentReference: .notes, .documentManifest: .notes, .composition: .notes, .clinicalImpression: .notes,
        .immunization: .immunizations, .immunizationEvaluation: .immunizations,
        .immunizationRecommendation: .immunizations,
        .encounter: .encounters, .episodeOfCare: .encounters, .appointment: .encounters,
        .appointmentResponse: .encounters,
        .patient: .demographics, .person: .demographics, .relatedPerson: .demographics,
        .account: .administrative, .auditEvent: .administrative, .chargeItem: .administrative, .claim: .administrative,
        .claimResponse: .administrative, .consent: .administrative, .contract: .administrative,
        .coverage: .administrative, .coverageEligibilityRequest: .administrative,
        .coverageEligibilityResponse: .administrative, .enrollmentRequest: .administrative,
        .enrollmentResponse: .administrative, .explanationOfBenefit: .administrative, .group: .administrative,
        .healthcareService: .administrative, .invoice: .administrative, .location: .administrative,
        .organization: .administrative, .organizationAffiliation: .administrative, .paymentNotice: .administrative,
        .paymentReconciliation: .administrative, .practitioner: .administrative, .practitionerRole: .administrative,
        .provenance: .administrative, .schedule: .administrative, .slot: .administrative, .task: .administrative,
    ]
}
