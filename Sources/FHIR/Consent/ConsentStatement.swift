// FHIR · what a privacy consent says, in the words that a grant can say.
public import Primitives

extension ErrorCode {
    /// A Consent that says what a grant cannot.
    public static let consentNotExpressible = ErrorCode("consent.not_expressible")
}

/// One permit or prohibition in words, between a FHIR Consent and a grant: neither can say more than this, so what is
/// read from one can be written as the other. Source: `docs/spec/consent-fhir.md`.
public struct ConsentStatement: Hashable, Sendable {
    /// Something a statement speaks about: a label, or a token that nobody here can read.
    public enum Fact: Hashable, Sendable {
        /// A label.
        case label(Label)
        /// A token, in hexadecimal.
        case token(String)
    }

    /// What can be done with records, in the order in which it is written.
    public static let allActions = ["read", "search", "write", "export", "delegate"]
    /// The purposes that all others are cases of: together, any purpose.
    public static let anyPurpose = [
        "TREAT", "HPAYMT", "HOPERAT", "HRESCH", "PATRQT", "PUBHLTH", "PATADMIN", "HLEGAL", "HMARKT", "HDIRECT",
        "FAMRQT", "PWATRNY", "SUPNWK",
    ]
    /// Most facts of one kind, those of a token set.
    public static let factCountMax = 16

    /// Whether it forbids.
    public var isDeny = false
    /// Whom it speaks about.
    public var grantees: [Fact] = []
    /// What it speaks about doing, of ``allActions``.
    public var actions: Set<String> = []
    /// For what.
    public var purposes: [Fact] = []
    /// On which records.
    public var classes: [Fact] = []
    /// Save which records.
    public var except: [Fact] = []
    /// From when, in milliseconds since 1970; nil for from now on.
    public var start: Int64?
    /// Until when, exclusive, in milliseconds since 1970; nil for without end.
    public var end: Int64?
    /// What a permit asks of whoever uses it: codes of HL7 v3 ActCode.
    public var obligations: Set<String> = []
    /// Whether a prohibition holds even in an emergency.
    public var isEvenInEmergency = false
    /// The episode with which it ends, 64 hexadecimal digits.
    public var episode: String?

    /// A permit that speaks about nothing yet.
    public init() {}

    /// What to throw for a part of a Consent that a grant has no place for: `path` is the element, `rule` what is wrong
    /// with it. Never content.
    public static func refused(_ path: String, _ rule: String) -> SteleError { ConsentReader.refused(path, rule) }

    /// Every label in it.
    public var labels: Set<Label> {
        Set(
            (grantees + purposes + classes + except).compactMap { fact in
                if case .label(let label) = fact { label } else { nil }
            })
    }
}

/// The names under which facts stand in a Consent.
enum ConsentVocabulary {
    static let participation = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
    static let actReason = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
    static let actCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
    static let confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
    static let scope = "http://terminology.hl7.org/CodeSystem/consentscope"
    static let consentAction = "http://terminology.hl7.org/CodeSystem/consentaction"
    static let observationCategory = "http://terminology.hl7.org/CodeSystem/observation-category"
    static let resourceTypes = "http://hl7.org/fhir/resource-types"
    static let uri = "urn:ietf:rfc:3986"
    static let action = "urn:stele:action"
    static let category = "urn:stele:category"
    static let recordClass = "urn:stele:class"
    static let typeInCategory = "urn:stele:type-in-category"
    static let record = "urn:stele:record"
    static let organisation = "urn:stele:organisation"
    static let role = "urn:stele:role"
    static let team = "urn:stele:team"
    static let token = "urn:stele:token"
    static let obligation = "urn:stele:obligation"
    static let evenInEmergency = "urn:stele:even-in-emergency"
    static let exceptionOnly = "urn:stele:exception-only"
    static let episode = "urn:stele:episode"

    /// The HL7 codes of what is done, and the actions each stands for.
    static let actionGroups: [(code: String, actions: [String])] = [
        ("access", ["read", "search"]), ("collect", ["write"]), ("disclose", ["export", "delegate"]),
    ]
    /// HL7 v3 ActCode, ObligationPolicy and RefrainPolicy: those that a grant can ask for.
    static let obligations: Set<String> = [
        "NORDSCLCD", "NOPERSISTP", "NOREUSE", "NORELINK", "NOINTEGRATE", "DELAU", "DEID", "PSEUD", "HUAPRV", "PRIVMARK",
    ]
}
