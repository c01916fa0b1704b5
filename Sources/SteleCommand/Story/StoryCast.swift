// SteleCommand · who and what the demonstration is about.
internal import FHIR
internal import JSON
internal import Primitives

/// A member of staff in the demonstration.
struct StoryActor: Sendable {
    /// The actor's id.
    let id: String
    /// The name.
    let name: String
    /// The role's code.
    let role: String
    /// What the patient lets the role see.
    let classes: String
    /// What is left out.
    let except: String?

    /// The surgeon who will operate.
    static let surgeon = StoryActor(
        id: "brennauer", name: "Dr. Oskar Brennauer", role: "surgeon",
        classes: "laboratory,imaging,conditions,procedures,allergies,medicines", except: "PSY")
    /// The physician of the laboratory.
    static let laboratory = StoryActor(
        id: "farouq", name: "Dr. Nadia Farouq-Lindt", role: "laboratory", classes: "laboratory", except: nil)
    /// The anaesthetist.
    static let anaesthetist = StoryActor(
        id: "castellane", name: "Dr. Inès Castellane", role: "anaesthetist",
        classes: "allergies,medicines,vital-signs,laboratory", except: "PSY")
    /// All three.
    static let all = [surgeon, laboratory, anaesthetist]

    /// The words of the patient's grant to the role.
    var scope: String {
        "to=role:\(role)@\(StoryCast.organisation) classes=\(classes)" + (except.map { " except=\($0)" } ?? "")
    }

    /// Whether the role may see `document`, told from the document's labels and nothing else.
    func maySee(_ document: StoryDocument) throws(SteleError) -> Bool {
        let scope = try GrantScope(scope)
        return !document.labels.isDisjoint(with: scope.classes) && document.labels.isDisjoint(with: scope.except)
    }
}

/// A document that the demonstration needs.
enum StoryRole: CaseIterable, Sendable {
    case result, report, note, allergy, medicine

    /// What it is called.
    var words: String {
        switch self {
        case .result: "a laboratory result with a number"
        case .report: "an imaging report"
        case .note: "a psychiatric note"
        case .allergy: "an allergy"
        case .medicine: "a prescription"
        }
    }

    /// The sample that plays it where nothing else does.
    var sample: String {
        switch self {
        case .result: "Observation/kestrel-potassium"
        case .report: "DiagnosticReport/kestrel-knee-report"
        case .note: "DocumentReference/kestrel-psychiatric-note"
        case .allergy: "AllergyIntolerance/kestrel-penicillin"
        case .medicine: "MedicationRequest/kestrel-amlodipine"
        }
    }

    /// Whether `document` can play it.
    func isPlayed(by document: StoryDocument) -> Bool {
        let isPsychiatric = document.labels.contains(.sensitivity("PSY"))
        switch (self, document.type) {
        case (.result, "Observation"):
            return document.number != nil && !isPsychiatric && document.labels.contains(.category("laboratory"))
        case (.report, "DiagnosticReport"): return !isPsychiatric && document.labels.contains(.category("imaging"))
        case (.note, "DocumentReference"):
            return isPsychiatric && !document.labels.contains(.category("laboratory"))
        case (.allergy, "AllergyIntolerance"), (.medicine, "MedicationRequest"): return !isPsychiatric
        default: return false
        }
    }

    /// The types of all of them.
    static let types: Set<Substring> = [
        "Observation", "DiagnosticReport", "DocumentReference", "AllergyIntolerance", "MedicationRequest",
    ]
}

/// A document of a patient, as far as the demonstration goes.
struct StoryDocument: Sendable {
    /// `Type/id`.
    let name: String
    /// What policy says about it.
    let labels: Set<Label>
    /// The number it measures, as written.
    let number: String?

    /// Its type.
    var type: Substring { name.prefix { $0 != "/" } }

    /// The document called `name` that `resource` is.
    init(_ resource: Resource, name: String) throws(SteleError) {
        self.name = name
        labels = Set(try Labels.labels(of: resource))
        number = resource.node["valueQuantity"]?["value"]?.numberText
    }
}

/// The patient of the demonstration, and who of the patient's documents plays what.
struct StoryCast: Sendable {
    /// The network and its only organisation.
    static let network = "aurelia-demo"
    static let organisation = "aurelia"
    /// How long the grants hold, in days.
    static let dayCount = 14
    /// A document of the note's type that does not exist.
    static let absentNote = "DocumentReference/demo-no-such-note"
    /// The patient whose documents are lent.
    static let samplePatient = "marta-kestrel"

    /// The patient's logical id and name.
    let patient: String
    let patientName: String
    /// Every document of the patient of a type that the demonstration looks at.
    let documents: [StoryDocument]
    /// The documents that were lent because the patient had none, by role.
    let lent: [StoryRole]
    private let players: [StoryRole: StoryDocument]

    /// A cast; each role is played.
    init(
        patient: String, patientName: String, documents: [StoryDocument], players: [StoryRole: StoryDocument],
        lent: [StoryRole]
    ) {
        self.patient = patient
        self.patientName = patientName
        self.documents = documents
        self.players = players
        self.lent = lent
    }

    /// The document that plays `role`.
    func document(_ role: StoryRole) -> StoryDocument {
        guard let document = players[role] else { preconditionFailure("a cast has a document for each role") }
        return document
    }

    /// The names of the documents of a type that `actor` may see.
    func names(of type: String, for actor: StoryActor) throws(SteleError) -> Set<String> {
        var names: Set<String> = []
        for document in documents where document.type == type {
            if try actor.maySee(document) { names.insert(document.name) }
        }
        return names
    }

    /// How many documents of a type there are.
    func count(of type: String) -> Int { documents.count { $0.type == type } }
}
