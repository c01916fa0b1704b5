// SteleCommand · the search for a patient whose story can be told.
internal import FHIR
internal import JSON
public import Primitives
internal import Storage

extension ErrorCode {
    /// A folder without any patient whose story could be told.
    public static let demoNoPatient = ErrorCode("demo.no_patient")
}

/// Chooses among the patients of some files the one who has most of the documents that the demonstration needs.
struct StoryCasting {
    /// Most patients that are looked at: enough choice, and soon done.
    static let patientCountMax = 500

    /// The files, scanned.
    let sources: ImportSources
    /// What of them did not come in.
    let refused: Set<String>
    /// The folder of the samples.
    let samples: String

    /// The cast, and what is lent to the patient: documents of the samples, written to be the patient's.
    /// - Throws: `demo.no_patient`, or `demo.samples` when there is nothing to lend.
    func cast() throws(SteleError) -> (cast: StoryCast, lent: [[UInt8]]) {
        var best: (patient: ImportPatient, documents: [StoryDocument], players: [StoryRole: StoryDocument])?
        for (patient, resources) in candidates() {
            let documents = documents(resources)
            let players = Self.players(documents)
            if players.count > best?.players.count ?? -1 { best = (patient, documents, players) }
            if players.count == StoryRole.allCases.count { break }
        }
        guard let best else { throw Self.noPatient() }
        let patient = best.patient
        var (documents, players) = (best.documents, best.players)
        var lent: [[UInt8]] = []
        let missing = StoryRole.allCases.filter { players[$0] == nil }
        for role in missing {
            let text = try sample(role, for: patient.id)
            let document = try StoryDocument(Resource(parsing: text), name: role.sample)
            lent.append(text)
            documents.append(document)
            players[role] = document
        }
        let cast = StoryCast(
            patient: patient.id, patientName: patient.displayName, documents: documents, players: players, lent: missing
        )
        return (cast, lent)
    }

    /// Refuses files in which nobody could be found.
    static func check(_ sources: ImportSources) throws(SteleError) {
        guard sources.files.contains(where: { !$0.patients.isEmpty }) else {
            throw noPatient(unreadableCount: sources.files.count { $0.resources.isEmpty && !$0.failures.isEmpty })
        }
    }

    private static func noPatient(unreadableCount: Int = 0) -> SteleError {
        let unreadable =
            unreadableCount == 0
            ? "" : ", and of its files \(unreadableCount) cannot be read as FHIR R4 in JSON"
        return SteleError(
            .demoNoPatient, "the folder holds no patient whose story could be told" + unreadable,
            hint: "give a folder of FHIR R4 bundles or NDJSON with at least one Patient")
    }

    /// The patients who came in, in order, each with the newest versions of the documents that may play a role.
    private func candidates() -> [(ImportPatient, [ScannedResource])] {
        var order: [ImportPatient] = []
        var documents: [String: [String: ScannedResource]] = [:]
        var names: [String: [String]] = [:]
        for file in sources.files {
            for patient in file.patients where documents[patient.id] == nil && order.count < Self.patientCountMax {
                guard !refused.contains("Patient/" + patient.id) else { continue }
                documents[patient.id] = [:]
                order.append(patient)
            }
        }
        for file in sources.files {
            for resource in file.resources where StoryRole.types.contains(resource.type) {
                let owner = ImportPlan.owner(of: resource, in: file, sources.table)
                guard documents[owner] != nil, !refused.contains(resource.name) else { continue }
                if documents[owner]![resource.name] == nil { names[owner, default: []].append(resource.name) }
                documents[owner]![resource.name] = resource
            }
        }
        return order.map { patient in (patient, (names[patient.id] ?? []).map { documents[patient.id]![$0]! }) }
    }

    private func documents(_ resources: [ScannedResource]) -> [StoryDocument] {
        resources.compactMap { source in
            guard let reader = try? PartReader(sources.files[Int(source.file)].path),
                let text = try? reader.read(source.range), let resource = try? Resource(parsing: text)
            else { return nil }
            return try? StoryDocument(resource, name: source.name)
        }
    }

    /// Who plays what. For the result a number that ends in a zero is best: not every system would give it back.
    private static func players(_ documents: [StoryDocument]) -> [StoryRole: StoryDocument] {
        var players: [StoryRole: StoryDocument] = [:]
        for role in StoryRole.allCases {
            let fitting = documents.filter { role.isPlayed(by: $0) }
            let isExact = { (document: StoryDocument) in
                document.number.map { $0.contains(".") && $0.hasSuffix("0") } ?? false
            }
            players[role] = role == .result ? fitting.first(where: isExact) ?? fitting.first : fitting.first
        }
        return players
    }

    /// The sample that plays `role`, as a document of `patient`.
    private func sample(_ role: StoryRole, for patient: String) throws(SteleError) -> [UInt8] {
        let bytes = try InputFile(samples + "/patients/01-marta-kestrel.json").read(
            "sample patient", byteCountMax: 16 << 20)
        let bundle = try Bundle(parsing: bytes)
        guard let found = bundle.entries.compactMap(\.resource).first(where: { $0.reference?.text == role.sample })
        else {
            throw SteleError(
                .demoSamples, "the sample patients lack a document that is to be lent",
                hint: "give --samples the folder Samples of the source tree")
        }
        let own = "Patient/" + StoryCast.samplePatient
        return try found.replacingLinks { (link) in
            link.reference.text == own ? "Patient/" + patient : nil
        }.bytes
    }
}
