// FHIR · which elements hold the dates people search by. Generated from hl7.fhir.r4.core 4.0.1, SearchParameter.

/// The R4 search parameters of type `date`, as element paths. Choices are spelled out: `effectiveDateTime`.
enum DateParameters {
    /// One element that a date parameter looks at.
    struct Element: Sendable {
        /// The parameter, such as `date` or `authoredon`.
        let parameter: String
        /// Where it is.
        let path: ElementPath
    }

    /// Elements of `type`, by parameter and path.
    static func elements(of type: ResourceType) -> [Element] { table[type] ?? [] }

    private static let table: [ResourceType: [Element]] = [
        .account: [
            Element(parameter: "period", path: "servicePeriod")
        ],
        .activityDefinition: [
            Element(parameter: "date", path: "date"),
            Element(parameter: "effective", path: "effectivePeriod"),
        ],
        .adverseEvent: [
            Element(parameter: "date", path: "date")
        ],
        .allergyIntolerance: [
            Element(parameter: "date", path: "recordedDate"),
            Element(parameter: "last-date", path: "lastOccurrence"),
            Element(parameter: "onset", path: "reaction.onset"),
        ],
        .appointment: [
            Element(parameter: "date", path: "start")
        ],
        .auditEvent: [
            Element(parameter: "date", path: "recorded")
        ],
        .basic: [
            Element(parameter: "created", path: "created")
        ],
        .bundle: [
            Element(parameter: "timestamp", path: "timestamp")
        ],
        .capabilityStatement: [
            Element(parameter: "date", path: "date")
        ],
        .carePlan: [
            Element(parameter: "activity-date", path: "activity.detail.scheduledPeriod"),
            Element(parameter: "activity-date", path: "activity.detail.scheduledTiming"),
            Element(parameter: "date", path: "period"),
        ],
        .careTeam: [
            Element(parameter: "date", path: "period")
        ],
        .chargeItem: [
            Element(parameter: "entered-date", path: "enteredDate"),
            Element(parameter: "occurrence", path: "occurrenceDateTime"),
            Element(parameter: "occurrence", path: "occurrencePeriod"),
            Element(parameter: "occurrence", path: "occurrenceTiming"),
        ],
        .chargeItemDefinition: [
            Element(parameter: "date", path: "date"),
            Element(parameter: "effective", path: "effectivePeriod"),
        ],
        .claim: [
            Element(parameter: "created", path: "created")
        ],
        .claimResponse: [
            Element(parameter: "created", path: "created"),
            Element(parameter: "payment-date", path: "payment.date"),
        ],
        .clinicalImpression: [
            Element(parameter: "date", path: "date")
        ],
        .codeSystem: [
            Element(parameter: "date", path: "date")
        ],
        .communication: [
            Element(parameter: "received", path: "received"),
            Element(parameter: "sent", path: "sent"),
        ],
        .communicationRequest: [
            Element(parameter: "authored", path: "authoredOn"),
            Element(parameter: "occurrence", path: "occurrenceDateTime"),
        ],
        .compartmentDefinition: [
            Element(parameter: "date", path: "date")
        ],
        .composition: [
            Element(parameter: "date", path: "date"),
            Element(parameter: "period", path: "event.period"),
        ],
        .conceptMap: [
            Element(parameter: "date", path: "date")
        ],
        .condition: [
            Element(parameter: "abatement-date", path: "abatementDateTime"),
            Element(parameter: "abatement-date", path: "abatementPeriod"),
            Element(parameter: "onset-date", path: "onsetDateTime"),
            Element(parameter: "onset-date", path: "onsetPeriod"),
            Element(parameter: "recorded-date", path: "recordedDate"),
        ],
        .consent: [
            Element(parameter: "date", path: "dateTime"),
            Element(parameter: "period", path: "provision.period"),
        ],
        .contract: [
            Element(parameter: "issued", path: "issued")
        ],
        .coverageEligibilityRequest: [
            Element(parameter: "created", path: "created")
        ],
        .coverageEligibilityResponse: [
            Element(parameter: "created", path: "created")
        ],
        .detectedIssue: [
            Element(parameter: "identified", path: "identifiedDateTime"),
            Element(parameter: "identified", path: "identifiedPeriod"),
        ],
        .deviceRequest: [
            Element(parameter: "authored-on", path: "authoredOn"),
            Element(parameter: "event-date", path: "occurrenceDateTime"),
            Element(parameter: "event-date", path: "occurrencePeriod"),
        ],
        .diagnosticReport: [
            Element(parameter: "date", path: "effectiveDateTime"),
            Element(parameter: "date", path: "effectivePeriod"),
            Element(parameter: "issued", path: "issued"),
        ],
        .documentManifest: [
            Element(parameter: "created", path: "created")
        ],
        .documentReference: [
            Element(parameter: "date", path: "date"),
            Element(parameter: "period", path: "context.period"),
        ],
        .effectEvidenceSynthesis: [
            Element(parameter: "date", path: "date"),
            Element(parameter: "effective", path: "effectivePeriod"),
        ],
        .encounter: [
            Element(parameter: "date", path: "period"),
            Element(parameter: "location-period", path: "location.period"),
        ],
        .episodeOfCare: [
            Element(parameter: "date", path: "period")
        ],
        .eventDefinition: [
            Element(parameter: "date", path: "date"),
            Element(parameter: "effective", path: "effectivePeriod"),
        ],
        .evidence: [
            Element(parameter: "date", path: "date"),
            Element(parameter: "effective", path: "effectivePeriod"),
        ],
        .evidenceVariable: [
            Element(parameter: "date", path: "date"),
            Element(parameter: "effective", path: "effectivePeriod"),
        ],
        .exampleScenario: [
            Element(parameter: "date", path: "date")
        ],
        .explanationOfBenefit: [
            Element(parameter: "created", path: "created")
        ],
        .familyMemberHistory: [
            Element(parameter: "date", path: "date")
        ],
        .flag: [
            Element(parameter: "date", path: "period")
        ],
        .goal: [
            Element(parameter: "start-date", path: "startDate"),
            Element(parameter: "target-date", path: "target.dueDate"),
        ],
        .graphDefinition: [
            Element(parameter: "date", path: "date")
        ],
        .imagingStudy: [
            Element(parameter: "started", path: "started")
        ],
        .immunization: [
            Element(parameter: "date", path: "occurrenceDateTime"),
            Element(parameter: "reaction-date", path: "reaction.date"),
        ],
        .immunizationEvaluation: [
            Element(parameter: "date", path: "date")
        ],
        .immunizationRecommendation: [
            Element(parameter: "date", path: "date")
        ],
        .implementationGuide: [
            Element(parameter: "date", path: "date")
        ],
        .invoice: [
            Element(parameter: "date", path: "date")
        ],
        .library: [
            Element(parameter: "date", path: "date"),
            Element(parameter: "effective", path: "effectivePeriod"),
        ],
        .list: [
            Element(parameter: "date", path: "date")
        ],
        .measure: [
            Element(parameter: "date", path: "date"),
            Element(parameter: "effective", path: "effectivePeriod"),
        ],
        .measureReport: [
            Element(parameter: "date", path: "date"),
            Element(parameter: "period", path: "period"),
        ],
        .media: [
            Element(parameter: "created", path: "createdDateTime"),
            Element(parameter: "created", path: "createdPeriod"),
        ],
        .medication: [
            Element(parameter: "expiration-date", path: "batch.expirationDate")
        ],
        .medicationAdministration: [
            Element(parameter: "effective-time", path: "effectiveDateTime"),
            Element(parameter: "effective-time", path: "effectivePeriod"),
        ],
        .medicationDispense: [
            Element(parameter: "whenhandedover", path: "whenHandedOver"),
            Element(parameter: "whenprepared", path: "whenPrepared"),
        ],
        .medicationRequest: [
            Element(parameter: "authoredon", path: "authoredOn"),
            Element(parameter: "date", path: "dosageInstruction.timing.event"),
        ],
        .medicationStatement: [
            Element(parameter: "effective", path: "effectiveDateTime"),
            Element(parameter: "effective", path: "effectivePeriod"),
        ],
        .messageDefinition: [
            Element(parameter: "date", path: "date")
        ],
        .namingSystem: [
            Element(parameter: "date", path: "date"),
            Element(parameter: "period", path: "uniqueId.period"),
        ],
        .nutritionOrder: [
            Element(parameter: "datetime", path: "dateTime")
        ],
        .observation: [
            Element(parameter: "date", path: "effectiveDateTime"),
            Element(parameter: "date", path: "effectiveInstant"),
            Element(parameter: "date", path: "effectivePeriod"),
            Element(parameter: "date", path: "effectiveTiming"),
            Element(parameter: "value-date", path: "valueDateTime"),
            Element(parameter: "value-date", path: "valuePeriod"),
        ],
        .operationDefinition: [
            Element(parameter: "date", path: "date")
        ],
        .organizationAffiliation: [
            Element(parameter: "date", path: "period")
        ],
        .patient: [
            Element(parameter: "birthdate", path: "birthDate"),
            Element(parameter: "death-date", path: "deceasedDateTime"),
        ],
        .paymentNotice: [
            Element(parameter: "created", path: "created")
        ],
        .paymentReconciliation: [
            Element(parameter: "created", path: "created")
        ],
        .person: [
            Element(parameter: "birthdate", path: "birthDate")
        ],
        .planDefinition: [
            Element(parameter: "date", path: "date"),
            Element(parameter: "effective", path: "effectivePeriod"),
        ],
        .practitionerRole: [
            Element(parameter: "date", path: "period")
        ],
        .procedure: [
            Element(parameter: "date", path: "performedDateTime"),
            Element(parameter: "date", path: "performedPeriod"),
        ],
        .provenance: [
            Element(parameter: "recorded", path: "recorded"),
            Element(parameter: "when", path: "occurredDateTime"),
        ],
        .questionnaire: [
            Element(parameter: "date", path: "date"),
            Element(parameter: "effective", path: "effectivePeriod"),
        ],
        .questionnaireResponse: [
            Element(parameter: "authored", path: "authored")
        ],
        .relatedPerson: [
            Element(parameter: "birthdate", path: "birthDate")
        ],
        .requestGroup: [
            Element(parameter: "authored", path: "authoredOn")
        ],
        .researchDefinition: [
            Element(parameter: "date", path: "date"),
            Element(parameter: "effective", path: "effectivePeriod"),
        ],
        .researchElementDefinition: [
            Element(parameter: "date", path: "date"),
            Element(parameter: "effective", path: "effectivePeriod"),
        ],
        .researchStudy: [
            Element(parameter: "date", path: "period")
        ],
        .researchSubject: [
            Element(parameter: "date", path: "period")
        ],
        .riskAssessment: [
            Element(parameter: "date", path: "occurrenceDateTime")
        ],
        .riskEvidenceSynthesis: [
            Element(parameter: "date", path: "date"),
            Element(parameter: "effective", path: "effectivePeriod"),
        ],
        .schedule: [
            Element(parameter: "date", path: "planningHorizon")
        ],
        .searchParameter: [
            Element(parameter: "date", path: "date")
        ],
        .serviceRequest: [
            Element(parameter: "authored", path: "authoredOn"),
            Element(parameter: "occurrence", path: "occurrenceDateTime"),
            Element(parameter: "occurrence", path: "occurrencePeriod"),
            Element(parameter: "occurrence", path: "occurrenceTiming"),
        ],
        .slot: [
            Element(parameter: "start", path: "start")
        ],
        .specimen: [
            Element(parameter: "collected", path: "collection.collectedDateTime"),
            Element(parameter: "collected", path: "collection.collectedPeriod"),
        ],
        .structureDefinition: [
            Element(parameter: "date", path: "date")
        ],
        .structureMap: [
            Element(parameter: "date", path: "date")
        ],
        .substance: [
            Element(parameter: "expiry", path: "instance.expiry")
        ],
        .supplyRequest: [
            Element(parameter: "date", path: "authoredOn")
        ],
        .task: [
            Element(parameter: "authored-on", path: "authoredOn"),
            Element(parameter: "modified", path: "lastModified"),
            Element(parameter: "period", path: "executionPeriod"),
        ],
        .terminologyCapabilities: [
            Element(parameter: "date", path: "date")
        ],
        .testReport: [
            Element(parameter: "issued", path: "issued")
        ],
        .testScript: [
            Element(parameter: "date", path: "date")
        ],
        .valueSet: [
            Element(parameter: "date", path: "date")
        ],
        .visionPrescription: [
            Element(parameter: "datewritten", path: "dateWritten")
        ],
    ]
}
