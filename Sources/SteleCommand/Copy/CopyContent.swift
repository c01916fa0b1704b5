// SteleCommand · what the page of a copy shows, and in which groups.
internal import JSON
internal import Primitives
internal import Vault

/// The model of the page: the newest version of everything, the grants, the log.
struct CopyContent {
    /// A resource at its newest version.
    struct Record {
        let version: CopyManifest.Version
        /// Its content; nil of one that was deleted or is too large to be shown.
        let root: JSONNode?
        let byteCount: Int

        init(_ version: CopyManifest.Version, bytes: [UInt8]?) {
            self.version = version
            byteCount = bytes?.count ?? 0
            root = version.isDeleted ? nil : bytes.flatMap { try? JSONDocument(parsing: $0).root }
        }

        var text: CopyText? { root.map(CopyText.init) }
    }

    /// A heading with the types that stand below it.
    struct Group {
        let id: String
        let heading: String
        let types: Set<String>
    }

    /// In the order of the page. What is in none of them comes last.
    static let groups = [
        Group(id: "allergies", heading: "Allergies", types: ["AllergyIntolerance"]),
        Group(id: "problems", heading: "Illnesses and problems", types: ["Condition"]),
        Group(
            id: "medicines", heading: "Medicines",
            types: ["MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense"]),
        Group(id: "vaccinations", heading: "Vaccinations", types: ["Immunization"]),
        Group(id: "results", heading: "Results", types: ["Observation"]),
        Group(
            id: "reports", heading: "Reports and images", types: ["DiagnosticReport", "ImagingStudy", "Media"]),
        Group(
            id: "notes", heading: "Letters and notes",
            types: ["DocumentReference", "Composition", "Communication", "ClinicalImpression"]),
        Group(
            id: "treatments", heading: "Treatments and visits",
            types: ["Procedure", "Encounter", "Appointment", "EpisodeOfCare", "ServiceRequest"]),
        Group(id: "plans", heading: "Plans and care", types: ["CarePlan", "CareTeam", "Goal"]),
    ]
    static let others = Group(id: "others", heading: "Everything else", types: [])

    let manifest: CopyManifest
    let records: [Record]
    let consents: [JSONNode]
    let log: [AccessLogEntry]

    /// What people who asked are called, by their DIDs.
    var names: [String: String] {
        var names: [String: String] = [:]
        for entry in log { if let did = entry.askerDID { names[did] = entry.askerName } }
        return names
    }

    /// The patient's own resource.
    var person: Record? {
        records.first { $0.version.resource == ResourceName(type: "Patient", id: manifest.patient) }
    }

    /// The records of `group`, the newest first.
    func records(of group: Group) -> [Record] {
        let known = Self.groups.reduce(into: Set(["Patient"])) { $0.formUnion($1.types) }
        return records.filter { record in
            let type = record.version.resource.type
            return !record.version.isDeleted
                && (group.types.isEmpty ? !known.contains(type) : group.types.contains(type))
        }.sorted { ($0.text?.date ?? "", $0.version.content) > ($1.text?.date ?? "", $1.version.content) }
    }

    var deleted: [Record] { records.filter(\.version.isDeleted) }
}
