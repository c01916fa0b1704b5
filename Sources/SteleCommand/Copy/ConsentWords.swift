// SteleCommand · a grant, told as a Consent, in a sentence.
internal import JSON
internal import Primitives

/// The words of one Consent of the node for the person who gave it.
struct ConsentWords {
    private let consent: JSONNode
    private let names: [String: String]
    private var provision: JSONNode? { consent["provision"] }

    /// The words of `consent`. People are called by their `names`, where their DIDs are in it.
    init(_ consent: JSONNode, names: [String: String] = [:]) {
        self.consent = consent
        self.names = names
    }

    var isActive: Bool { consent["status"]?.isString("active") ?? false }

    /// `Dr Ada Lovelace may see laboratory results, for treatment.`
    var sentence: String {
        let isDeny = provision?["type"]?.isString("deny") ?? false
        let purposes = codes("purpose").map(Self.purpose)
        guard actions?.isEmpty != true else {
            return Self.list(grantees, none: "Somebody") + ": about nothing that is asked here."
        }
        return Self.list(grantees, none: "Somebody") + (isDeny ? " must not " : " may ")
            + Self.list(actions ?? [], none: "use") + " " + Self.list(Self.classes(provision), none: "everything")
            + (purposes.isEmpty ? "" : ", for " + Self.list(purposes, none: "")) + "."
    }

    /// What is left out, if anything is.
    var except: String? {
        let nested = provision?["provision"]?.elements.flatMap { Self.classes($0) } ?? []
        return nested.isEmpty ? nil : Self.list(nested, none: "")
    }

    var from: String { String((provision?["period"]?["start"]?.string ?? "").prefix(10)) }
    var until: String {
        guard let end = provision?["period"]?["end"]?.string else { return "without end" }
        return "until \(end.prefix(10))"
    }

    private var grantees: [String] {
        let actors = provision?["actor"]?.elements.compactMap { $0["reference"] } ?? []
        let own = consent["patient"]?["reference"]?.string
        return actors.map { actor in
            let value = actor["identifier"]?["value"]?.string
            if let display = actor["display"]?.string { return display }
            if let own, actor["reference"]?.isString(own) ?? false { return "You" }
            guard let value else { return actor["reference"]?.string ?? "Somebody" }
            let system = actor["identifier"]?["system"]?.string?.split(separator: ":").last
            let parts = value.split(separator: "@", maxSplits: 1)
            switch system {
            case "organisation": return "Everybody at \(value)"
            case "role" where parts.count == 2: return "Every \(parts[0]) at \(parts[1])"
            case "team": return "The team of an episode"
            case "token": return "Somebody whom the custodian does not know"
            default: return names[value] ?? value
            }
        }
    }

    /// What may be done; nil for everything, empty if it is nothing that is ever asked.
    private var actions: [String]? {
        // What is never asked of consent has no words: the patient would believe that it holds.
        let words = [
            "access": "see", "disclose": "take with them", "read": "read", "search": "search",
            "export": "take a copy of", "collect": "", "write": "", "delegate": "",
        ]
        let codes = provision?["action"]?.elements.compactMap {
            $0["coding"]?.elements.first { _ in true }?["code"]?.string
        }
        return codes?.map { words[$0] ?? $0 }.filter { !$0.isEmpty }
    }

    private func codes(_ name: String) -> [String] {
        provision?[name]?.elements.compactMap { $0["code"]?.string } ?? []
    }

    private static func classes(_ provision: JSONNode?) -> [String] {
        let classes = provision?["class"]?.elements.compactMap { $0["code"]?.string } ?? []
        let labels = provision?["securityLabel"]?.elements.compactMap { $0["code"]?.string } ?? []
        let data = provision?["data"]?.elements.compactMap { $0["reference"]?["reference"]?.string } ?? []
        return (classes + labels).map { classWords[$0] ?? $0 } + data
    }

    /// A purpose of use in words. Source: HL7 v3 ActReason.
    static func purpose(_ code: String) -> String { purposeWords[code] ?? code }

    private static let purposeWords = [
        "TREAT": "treatment", "PATRQT": "the patient's own request", "HPAYMT": "payment",
        "HOPERAT": "running the house",
        "HRESCH": "research", "PUBHLTH": "public health", "ETREAT": "emergency treatment", "BTG": "an emergency",
        "FAMRQT": "the family's request", "CAREMGT": "managing care", "COC": "coordinating care",
        "HLEGAL": "legal reasons", "HMARKT": "marketing", "PATADMIN": "administration",
    ]

    private static let classWords = [
        "laboratory": "laboratory results", "imaging": "images", "vital-signs": "vital signs",
        "medication": "medicines", "administrative": "administrative data", "PSY": "psychiatric records",
        "SUD": "records about addiction", "ETH": "records about alcohol and drugs", "HIV": "records about HIV",
        "SEX": "records about sexual health", "R": "restricted records", "V": "very restricted records",
    ]

    private static func list(_ words: [String], none: String) -> String {
        switch words.count {
        case 0: none
        case 1: words[0]
        default: words.dropLast().joined(separator: ", ") + " and " + words.last!
        }
    }
}
