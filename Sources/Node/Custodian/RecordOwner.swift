// Node · whose record a resource becomes.
public import FHIR
public import Primitives

extension ErrorCode {
    /// A resource of which it cannot be said whose record it is.
    public static let resourcePatient = ErrorCode("resource.patient")
    /// A resource to be stored under an id that names something on the ledger.
    public static let resourceIDReserved = ErrorCode("resource.id_reserved")
}

/// Finds the patient whose compartment a resource belongs in.
public enum RecordOwner {
    /// The logical id of the patient that `reference` names, or nil for a resource that belongs to no patient.
    ///
    /// Only what is about the organisation, its staff and its means, or about knowledge in general, may belong to
    /// nobody: everybody on the staff can see it there. Anything else whose patient is not found is refused rather than
    /// shown.
    public static func patient(of resource: Resource, _ reference: Reference?) throws(SteleError) -> String? {
        if toldTypes.contains(resource.type), let id = resource.id, Bytes32(hex: id) != nil { throw reservedID }
        if let reference {
            guard reference.type == .patient || reference.type == nil, let id = reference.id else {
                throw refused("it names its patient in a way that cannot be resolved")
            }
            return id
        }
        guard shared.contains(resource.type) else { throw refused("it names no patient, or several and none first") }
        return nil
    }

    /// The types of what is told from the ledger, under ids of 64 hexadecimal digits.
    public static let toldTypes: Set<ResourceType> = [.consent, .auditEvent, .provenance]

    /// What is told from the ledger has such ids, so nothing that is stored does.
    public static var reservedID: SteleError {
        SteleError(
            .resourceIDReserved, "resources of this type with an id of 64 hexadecimal digits are told from the ledger",
            hint: "give the resource another id")
    }

    private static func refused(_ rule: String) -> SteleError {
        SteleError(
            .resourcePatient, "it is not known whose record the resource is: \(rule)",
            hint: "name the patient by a literal reference such as Patient/id in the element meant for it")
    }

    /// Types that R4 does not make part of a patient's record: a resource of them may belong to nobody.
    public static let shared: Set<ResourceType> = [
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
