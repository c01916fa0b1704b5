// FHIR · whose record a resource is.
import JSON

extension Resource {
    /// The patient whose record this is, as the resource names it.
    ///
    /// A Patient's is itself. Otherwise it is the patient in the element that says whose record it is (`subject`,
    /// `patient`, `beneficiary`, …); failing that, the only patient in any element of the R4 patient compartment. Nil
    /// if there is none, or several with none preferred. A `urn:` reference is given as it stands, even where it may
    /// turn out to be a group or a device: ``Bundle/subject(of:)`` knows. A patient named by identifier is not found.
    public var subjectReference: Reference? {
        if type == .patient { return reference }
        let elements = PatientCompartment.elements(of: type)
        if let first = elements.first, first.path.names.count == 1, Self.preferred.contains(first.path.names[0]) {
            let references = first.path.values(in: node).compactMap { Reference($0) }
            if let own = references.first(where: { $0.isPatient(in: first) || ($0.isURN && $0.type == nil) }) {
                return own
            }
        }
        let patients = patientReferences
        return patients.count == 1 ? patients[0] : nil
    }

    /// Every distinct patient that elements of the R4 patient compartment name, in order of appearance by element.
    public var patientReferences: [Reference] {
        var found: [Reference] = []
        var texts: Set<String> = []
        for element in PatientCompartment.elements(of: type) {
            for value in element.path.values(in: node) {
                guard let reference = Reference(value), reference.isPatient(in: element) else { continue }
                if texts.insert(reference.text).inserted { found.append(reference) }
            }
        }
        return found
    }

    private static let preferred: Set<String> = [
        "subject", "patient", "beneficiary", "candidate", "individual", "deliverTo",
    ]
}

extension Reference {
    fileprivate func isPatient(in element: PatientCompartment.Element) -> Bool {
        type == .patient || (type == nil && element.isPatientOnly && !isContained)
    }
}

extension ResourceType {
    /// Whether R4 makes resources of this type part of a patient's record when they name one.
    public var isInPatientCompartment: Bool { !PatientCompartment.elements(of: self).isEmpty }
}
