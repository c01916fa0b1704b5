// SteleCommand · who is in the demonstration. Source: `Samples/`.

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
}

/// The names of the demonstration.
enum StoryCast {
    /// The network and its only organisation.
    static let network = "aurelia-demo"
    static let organisation = "aurelia"
    /// The patient.
    static let patient = "marta-kestrel"
    static let patientName = "Marta Kestrel"
    /// The record that must not show, and one of the same type that does not exist.
    static let note = "DocumentReference/kestrel-psychiatric-note"
    static let absentNote = "DocumentReference/kestrel-no-such-note"
    /// The record whose proof is exported.
    static let report = "DiagnosticReport/kestrel-knee-report"
    /// A result whose number must come back as it was written.
    static let result = "Observation/kestrel-potassium"
    static let resultNumber = "4.10"
    /// How long the grants hold.
    static let dayCount = 14
}
