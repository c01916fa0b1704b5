// FHIR · where a resource names its patients. Generated from hl7.fhir.r4.core 4.0.1, the patient compartment.

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

    private static let table: [ResourceType: [Element]] = [
        .account: [
            Element(path: "subject", isPatientOnly: false)
        ],
        .adverseEvent: [
            Element(path: "subject", isPatientOnly: false)
        ],
        .allergyIntolerance: [
            Element(path: "patient", isPatientOnly: true),
            Element(path: "recorder", isPatientOnly: false),
            Element(path: "asserter", isPatientOnly: false),
        ],
        .appointment: [
            Element(path: "participant.actor", isPatientOnly: false)
        ],
        .appointmentResponse: [
            Element(path: "actor", isPatientOnly: false)
        ],
        .auditEvent: [
            Element(path: "agent.who", isPatientOnly: false),
            Element(path: "entity.what", isPatientOnly: false),
        ],
        .basic: [
            Element(path: "subject", isPatientOnly: false),
            Element(path: "author", isPatientOnly: false),
        ],
        .bodyStructure: [
            Element(path: "patient", isPatientOnly: true)
        ],
        .carePlan: [
            Element(path: "subject", isPatientOnly: false),
            Element(path: "activity.detail.performer", isPatientOnly: false),
        ],
        .careTeam: [
            Element(path: "subject", isPatientOnly: false),
            Element(path: "participant.member", isPatientOnly: false),
        ],
        .chargeItem: [
            Element(path: "subject", isPatientOnly: false)
        ],
        .claim: [
            Element(path: "patient", isPatientOnly: true),
            Element(path: "payee.party", isPatientOnly: false),
        ],
        .claimResponse: [
            Element(path: "patient", isPatientOnly: true)
        ],
        .clinicalImpression: [
            Element(path: "subject", isPatientOnly: false)
        ],
        .communication: [
            Element(path: "subject", isPatientOnly: false),
            Element(path: "sender", isPatientOnly: false),
            Element(path: "recipient", isPatientOnly: false),
        ],
        .communicationRequest: [
            Element(path: "subject", isPatientOnly: false),
            Element(path: "sender", isPatientOnly: false),
            Element(path: "recipient", isPatientOnly: false),
            Element(path: "requester", isPatientOnly: false),
        ],
        .composition: [
            Element(path: "subject", isPatientOnly: false),
            Element(path: "author", isPatientOnly: false),
            Element(path: "attester.party", isPatientOnly: false),
        ],
        .condition: [
            Element(path: "subject", isPatientOnly: false),
            Element(path: "asserter", isPatientOnly: false),
        ],
        .consent: [
            Element(path: "patient", isPatientOnly: true)
        ],
        .coverage: [
            Element(path: "beneficiary", isPatientOnly: true),
            Element(path: "policyHolder", isPatientOnly: false),
            Element(path: "subscriber", isPatientOnly: false),
            Element(path: "payor", isPatientOnly: false),
        ],
        .coverageEligibilityRequest: [
            Element(path: "patient", isPatientOnly: true)
        ],
        .coverageEligibilityResponse: [
            Element(path: "patient", isPatientOnly: true)
        ],
        .detectedIssue: [
            Element(path: "patient", isPatientOnly: true)
        ],
        .deviceRequest: [
            Element(path: "subject", isPatientOnly: false),
            Element(path: "performer", isPatientOnly: false),
        ],
        .deviceUseStatement: [
            Element(path: "subject", isPatientOnly: false)
        ],
        .diagnosticReport: [
            Element(path: "subject", isPatientOnly: false)
        ],
        .documentManifest: [
            Element(path: "subject", isPatientOnly: false),
            Element(path: "author", isPatientOnly: false),
            Element(path: "recipient", isPatientOnly: false),
        ],
        .documentReference: [
            Element(path: "subject", isPatientOnly: false),
            Element(path: "author", isPatientOnly: false),
        ],
        .encounter: [
            Element(path: "subject", isPatientOnly: false)
        ],
        .enrollmentRequest: [
            Element(path: "candidate", isPatientOnly: true)
        ],
        .episodeOfCare: [
            Element(path: "patient", isPatientOnly: true)
        ],
        .explanationOfBenefit: [
            Element(path: "patient", isPatientOnly: true),
            Element(path: "payee.party", isPatientOnly: false),
        ],
        .familyMemberHistory: [
            Element(path: "patient", isPatientOnly: true)
        ],
        .flag: [
            Element(path: "subject", isPatientOnly: false)
        ],
        .goal: [
            Element(path: "subject", isPatientOnly: false)
        ],
        .group: [
            Element(path: "member.entity", isPatientOnly: false)
        ],
        .imagingStudy: [
            Element(path: "subject", isPatientOnly: false)
        ],
        .immunization: [
            Element(path: "patient", isPatientOnly: true)
        ],
        .immunizationEvaluation: [
            Element(path: "patient", isPatientOnly: true)
        ],
        .immunizationRecommendation: [
            Element(path: "patient", isPatientOnly: true)
        ],
        .invoice: [
            Element(path: "subject", isPatientOnly: false),
            Element(path: "recipient", isPatientOnly: false),
        ],
        .list: [
            Element(path: "subject", isPatientOnly: false),
            Element(path: "source", isPatientOnly: false),
        ],
        .measureReport: [
            Element(path: "subject", isPatientOnly: false)
        ],
        .media: [
            Element(path: "subject", isPatientOnly: false)
        ],
        .medicationAdministration: [
            Element(path: "subject", isPatientOnly: false),
            Element(path: "performer.actor", isPatientOnly: false),
        ],
        .medicationDispense: [
            Element(path: "subject", isPatientOnly: false),
            Element(path: "receiver", isPatientOnly: false),
        ],
        .medicationRequest: [
            Element(path: "subject", isPatientOnly: false)
        ],
        .medicationStatement: [
            Element(path: "subject", isPatientOnly: false)
        ],
        .molecularSequence: [
            Element(path: "patient", isPatientOnly: true)
        ],
        .nutritionOrder: [
            Element(path: "patient", isPatientOnly: true)
        ],
        .observation: [
            Element(path: "subject", isPatientOnly: false),
            Element(path: "performer", isPatientOnly: false),
        ],
        .patient: [
            Element(path: "link.other", isPatientOnly: false)
        ],
        .person: [
            Element(path: "link.target", isPatientOnly: false)
        ],
        .procedure: [
            Element(path: "subject", isPatientOnly: false),
            Element(path: "performer.actor", isPatientOnly: false),
        ],
        .provenance: [
            Element(path: "target", isPatientOnly: false)
        ],
        .questionnaireResponse: [
            Element(path: "subject", isPatientOnly: false),
            Element(path: "author", isPatientOnly: false),
        ],
        .relatedPerson: [
            Element(path: "patient", isPatientOnly: true)
        ],
        .requestGroup: [
            Element(path: "subject", isPatientOnly: false),
            Element(path: "action.participant", isPatientOnly: false),
        ],
        .researchSubject: [
            Element(path: "individual", isPatientOnly: true)
        ],
        .riskAssessment: [
            Element(path: "subject", isPatientOnly: false)
        ],
        .schedule: [
            Element(path: "actor", isPatientOnly: false)
        ],
        .serviceRequest: [
            Element(path: "subject", isPatientOnly: false),
            Element(path: "performer", isPatientOnly: false),
        ],
        .specimen: [
            Element(path: "subject", isPatientOnly: false)
        ],
        .supplyDelivery: [
            Element(path: "patient", isPatientOnly: true)
        ],
        .supplyRequest: [
            Element(path: "deliverTo", isPatientOnly: false)
        ],
        .visionPrescription: [
            Element(path: "patient", isPatientOnly: true)
        ],
    ]
}
