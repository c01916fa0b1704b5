// API · whose record a resource becomes.
internal import FHIR
internal import Primitives

/// Finds the patient whose compartment a resource belongs in.
enum RecordOwner {
    /// The logical id of the patient that `reference` names, or nil for a resource that belongs to no patient.
    ///
    /// Only what is about the organisation, its staff and its means, or about knowledge in general, may belong to
    /// nobody: everybody on the staff can see it there. Anything else whose patient is not found is refused rather than
    /// shown.
    static func patient(of resource: Resource, _ reference: Reference?) throws(SteleError) -> String? {
        if let reference {
            guard reference.type == .patient || reference.type == nil, let id = reference.id else {
                throw refused("it names its patient in a way that cannot be resolved")
            }
            return id
        }
        guard shared.contains(resource.type) else { throw refused("it names no patient, or several and none first") }
        return nil
    }

    private static func refused(_ rule: String) -> SteleError {
        SteleError(
            .resourcePatient, "it is not known whose record the resource is: \(rule)",
            hint: "name the patient by a literal reference such as Patient/id in the element meant for it")
    }

    /// Types that R4 does not make part of a patient's record.
    static let shared: Set<ResourceType> = [
        .organization, .organizationAffiliation, .practitioner, .practitionerRole, .location, .healthcareService,
        .endpoint, .insurancePlan, .device, .deviceDefinition, .deviceMetric, .medication, .medicationKnowledge,
        .substance, .schedule, .slot, .questionnaire, .planDefinition, .activityDefinition, .library, .measure,
        .codeSystem, .valueSet, .conceptMap, .namingSystem, .structureDefinition, .structureMap, .searchParameter,
        .operationDefinition, .capabilityStatement, .compartmentDefinition, .graphDefinition, .implementationGuide,
        .messageDefinition, .terminologyCapabilities, .observationDefinition, .specimenDefinition, .researchStudy,
        .researchDefinition, .researchElementDefinition, .evidence, .evidenceVariable, .effectEvidenceSynthesis,
        .riskEvidenceSynthesis, .eventDefinition, .chargeItemDefinition, .catalogEntry, .exampleScenario,
    ]
}
