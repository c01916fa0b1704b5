// API · whose records a search may look into.
internal import FHIR
internal import HTTPServer
internal import Node
internal import Primitives
internal import Vault

/// Finds out whom a search names. Source: `docs/spec/search.md` §2.
enum SearchScope {
    /// The scope of `query` for `caller`; `patient` is what a parameter outside the query names.
    ///
    /// A search names one patient, by `patient`, `subject`, `_id` or an identifier; the patient of the token stands in
    /// where it names none. What belongs to nobody needs no patient, and officers may look across all.
    static func of(
        _ query: SearchQuery, patient: String?, by caller: Caller
    ) throws(SteleError) -> SearchRequest.Scope {
        var patients = query.patients
        if let patient { patients = patients.map { $0.intersection([patient]) } ?? [patient] }
        if patients == nil, let own = caller.session.patient, query.type.map(isSharedOnly) != true {
            patients = [own]
        }
        if let patients {
            if patients.count == 1, let one = patients.first { return .patient(one) }
            guard caller.actor.isOfficer, caller.session.patient == nil else { throw namesNobody }
            return .several(patients)
        }
        if let type = query.type, isSharedOnly(type) { return .commons }
        if caller.actor.isOfficer, caller.session.patient == nil { return .several(nil) }
        if let type = query.type, RecordOwner.shared.contains(type) { return .commons }
        if let (system, value) = query.identified { return .identified(system: system, value: value) }
        throw namesNobody
    }

    /// Whether no resource of `type` is ever part of a patient's record.
    private static func isSharedOnly(_ type: ResourceType) -> Bool {
        RecordOwner.shared.contains(type) && !type.isInPatientCompartment
    }

    private static var namesNobody: SteleError {
        .searchRefused("a search names one patient; only an officer searches across patients")
    }
}
