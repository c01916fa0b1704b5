// Node · who asks, for what, and on whose word.
internal import Primitives
public import Vault

/// An actor with a purpose: what a token stands for while a request is answered.
public struct Asker: Sendable {
    /// The actor, as the directory knows them.
    public var actor: RegisteredActor
    /// Purposes of use, HL7 v3 ActReason codes such as `TREAT`. Their ancestors are added when tokens are made.
    public var purposes: [String]
    /// What the asker signed when they asked for the token: kept for the patient, committed to on the ledger.
    public var assertion: [UInt8]
    /// The logical id of the patient that the token names, if it names one.
    public var patient: String?
    /// Whether what the asker opened in an emergency counts. Not where records of several patients are searched.
    var usesEmergencies: Bool

    /// An asker.
    public init(actor: RegisteredActor, purposes: [String], assertion: [UInt8], patient: String? = nil) {
        self.actor = actor
        self.purposes = purposes
        self.assertion = assertion
        self.patient = patient
        usesEmergencies = purposes.contains(where: PurposeOfUse.emergencies.contains)
    }

    /// The same asker, for whom nothing is open that an emergency opened.
    var outsideEmergencies: Asker {
        var asker = self
        asker.usesEmergencies = false
        return asker
    }

    /// The labels that grants may speak about: the actor, the organisation, each of `roles` there. A patient is
    /// no member of the custodian's organisation: what is granted to it is granted to staff.
    func labels(roles: [String]) -> [Label] {
        let organisation: [Label] = actor.patientSubject == nil ? [.organisation(actor.organisation)] : []
        return [.actor(actor.did)] + organisation + roles.map { .role(code: $0, organisation: actor.organisation) }
    }

    /// The labels of the purposes and of everything they are a case of.
    var purposeLabels: [Label] { PurposeOfUse.withAncestors(purposes).map(Label.purpose) }
}

/// Purposes of use and what they are cases of. Source: HL7 v3 ActReason, value set PurposeOfUse, release 2023-11.
public enum PurposeOfUse {
    /// Each known code with the code it is a case of; nil for the top ones.
    public static let parents: [String: String?] = [
        "TREAT": nil, "HPAYMT": nil, "HOPERAT": nil, "HRESCH": nil, "PATRQT": nil, "PUBHLTH": nil, "PATADMIN": nil,
        "HLEGAL": nil, "HMARKT": nil, "HDIRECT": nil, "FAMRQT": nil, "PWATRNY": nil, "SUPNWK": nil,
        "CAREMGT": "TREAT", "CLINTRCH": "HRESCH", "CLINTRL": "TREAT", "COC": "TREAT", "ETREAT": "TREAT",
        "POPHLTH": "TREAT", "BTG": "ETREAT", "ERTREAT": "ETREAT", "CAREMGTHRESCH": "HRESCH", "BIORCH": "HRESCH",
        "COVERAGE": "HPAYMT", "CLMATTCH": "HPAYMT", "COVAUTH": "HPAYMT", "ELIGDTRM": "HPAYMT", "HSYSADMIN": "HOPERAT",
        "HQUALIMP": "HOPERAT", "LABELING": "HOPERAT", "METAMGT": "HOPERAT", "MEMADMIN": "HOPERAT", "TRAIN": "HOPERAT",
        "DISASTER": "PUBHLTH", "THREAT": "PUBHLTH",
    ]

    /// The purposes for which somebody may open a patient's records in an emergency: emergency treatment, and breaking
    /// the glass.
    public static let emergencies: Set<String> = ["ETREAT", "BTG"]

    /// Whether `code` is a known purpose.
    public static func isKnown(_ code: String) -> Bool { parents[code] != nil }

    /// `codes` and everything they are cases of, each once.
    static func withAncestors(_ codes: [String]) -> [String] {
        var found: [String] = []
        for code in codes {
            var next: String? = code
            while let current = next, !found.contains(current) {
                found.append(current)
                next = parents[current] ?? nil
            }
        }
        return found
    }
}
