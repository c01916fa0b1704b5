// API · a grant told as a Consent.
internal import Contracts
internal import FHIR
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// Writes Consents in the shape of IHE PCF: scope patient-privacy, one provision, a nested one for what is left out.
///
/// What decides comes from the ledger; the other words are those that the consent was written down with, as they came,
/// and plain ones where it was not written down here. Source: `docs/spec/consent-fhir.md` §3.
struct ConsentResource {
    let told: ToldGrant
    /// The patient's logical id.
    let patient: String
    /// The custodian's name on the network.
    let organisation: String
    let names: [Label: String]
    let now: UnixSeconds

    /// What a Consent keeps as it was written down.
    private static let wordElements = [
        "language", "text", "identifier", "category", "dateTime", "performer", "organization", "sourceAttachment",
        "sourceReference", "policy", "verification",
    ]

    /// The labels by which grants speak about this Consent: it is administrative, and as sensitive as what it names.
    static func labels(of statement: ConsentStatement) -> Set<Label> {
        var labels: Set<Label> = [
            .type("Consent"), .category("administrative"),
            .typeInCategory(type: "Consent", category: "administrative"), .all,
        ]
        for case .label(.sensitivity(let code)) in statement.classes + statement.except {
            labels.insert(.sensitivity(code))
        }
        return labels
    }

    var isActive: Bool { told.grant.isActive(at: now) }

    var json: JSONValue {
        let words = told.words.flatMap { try? JSONDocument(parsing: $0.statement).root }
        var members: [JSONValue.Member] = [
            .init("resourceType", "Consent"), .init("id", .string(told.grant.grant.id.hex)),
            .init("meta", meta(words)), .init("extension", .array(extensions)),
            .init("status", isActive ? "active" : "inactive"),
            .init(
                "scope",
                LedgerVocabulary.concept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy")),
            .init("patient", ["reference": .string("Patient/" + patient)]),
        ]
        let isSourced = words.map { $0["sourceAttachment"] != nil || $0["sourceReference"] != nil } ?? false
        for name in Self.wordElements {
            if let word = words?[name] {
                members.append(.init(name, JSONValue(word)))
            } else if let plain = plainWord(name, isSourced: isSourced) {
                members.append(.init(name, plain))
            }
        }
        members.append(.init("provision", told.statement.provision(names: names)))
        return .object(members)
    }

    private func meta(_ words: JSONNode?) -> JSONValue {
        let ending = told.grant.ending?.receipt
        var members: [JSONValue.Member] = [
            .init("versionId", isActive ? "1" : "2"),
            .init("lastUpdated", .string((ending ?? told.grant.made).time.description)),
            .init("source", .string(LedgerVocabulary.ledger)),
        ]
        for name in ["profile", "tag"] {
            if let word = words?["meta"]?[name] { members.append(.init(name, JSONValue(word))) }
        }
        let restricted = LedgerVocabulary.coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R")
        let security = words?["meta"]?["security"]?.elements.map { JSONValue($0) } ?? []
        members.append(.init("security", .array(security.filter { $0 != restricted } + [restricted])))
        return .object(members)
    }

    private var extensions: [JSONValue] {
        var extensions = [
            LedgerVocabulary.extensionValue("transaction", told.grant.made.transactionID.hex),
            LedgerVocabulary.extensionValue("signed-as", told.grant.signedAs.name),
        ]
        if let writer = told.words.map(\.writerDisplayName) {
            extensions.append(LedgerVocabulary.extensionValue("written-by", writer))
        }
        if told.unreadCount > 0 {
            extensions.append(
                ["url": "urn:stele:unread-tokens", "valueUnsignedInt": .number(String(told.unreadCount))])
        }
        if let ending = told.grant.ending {
            extensions.append(LedgerVocabulary.extensionValue("ended-by", ending.receipt.transactionID.hex))
        }
        if let episode = told.statement.episodeExtension { extensions.append(episode) }
        return extensions
    }

    /// What stands where no words were kept.
    private func plainWord(_ name: String, isSourced: Bool) -> JSONValue? {
        let made = told.grant.made
        switch name {
        case "category": return [LedgerVocabulary.concept("http://loinc.org", "59284-0", "Consent Document")]
        case "dateTime": return .string(made.time.description)
        case "performer": return [["reference": .string("Patient/" + patient)]]
        case "organization": return [LedgerVocabulary.organisation(organisation)]
        case "sourceReference" where !isSourced:
            return LedgerVocabulary.reference("Contract", LedgerVocabulary.transaction, made.transactionID.hex)
        case "policy": return [["uri": "urn:stele:policy:consent"]]
        case "verification":
            // The patient's own key or device is the patient's word; what others signed is theirs.
            let isOwn = [.subject, .wallet].contains(told.grant.signedAs)
            var members: [JSONValue.Member] = [.init("verified", .bool(isOwn))]
            if isOwn {
                members.append(.init("verifiedWith", ["reference": .string("Patient/" + patient)]))
                members.append(.init("verificationDate", .string(made.time.description)))
            }
            return [.object(members)]
        default: return nil
        }
    }
}
