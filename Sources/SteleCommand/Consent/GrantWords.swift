// SteleCommand · a grant in words, as patients write it, and the terms they become.
internal import Contracts
internal import Cryptography
internal import FHIR
internal import Primitives

/// Whom a grant speaks about and on which records: `to=role:surgeon@st-anna classes=laboratory,imaging except=PSY`.
struct GrantScope: Hashable, Sendable {
    /// Whom it speaks about.
    let grantees: [Label]
    /// On which records.
    let classes: [Label]
    /// Save which records.
    let except: [Label]

    /// The scope that these words spell, each a list separated by commas.
    /// - Throws: `usage.value`, with what can be written.
    init(to: String, classes: String, except: String? = nil) throws(SteleError) {
        grantees = try Self.list(to, Self.grantee)
        self.classes = try Self.list(classes, Self.recordClass)
        self.except = try except.map { text throws(SteleError) in try Self.list(text, Self.recordClass) } ?? []
    }

    /// The scope that one text spells: the words above, separated by spaces.
    init(_ text: String) throws(SteleError) {
        var values: [Substring: String] = [:]
        for word in text.split(separator: " ") {
            let parts = word.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, ["to", "classes", "except"].contains(parts[0]), values[parts[0]] == nil else {
                throw Self.malformed("a scope is written as to=WHO classes=LIST, then except=LIST if need be")
            }
            values[parts[0]] = String(parts[1])
        }
        guard let to = values["to"], let classes = values["classes"] else {
            throw Self.malformed("a scope needs to= and classes=")
        }
        try self.init(to: to, classes: classes, except: values["except"])
    }

    private static func list(
        _ text: String, _ label: (Substring) -> Label?
    ) throws(SteleError) -> [Label] {
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        let labels = words.compactMap(label)
        guard labels.count == words.count, (1...TokenSet.countMax).contains(labels.count),
            Set(labels).count == labels.count
        else {
            throw malformed("a list has 1 to 16 known words, each once, separated by commas")
        }
        return labels
    }

    private static func malformed(_ rule: String) -> SteleError {
        SteleError(.usageValue, "a scope cannot be read: \(rule)", hint: "stele grant --help shows every word")
    }
}

// MARK: - Words
extension GrantScope {
    /// The label of a grantee: `actor:DID`, `role:CODE@ORGANISATION`, `organisation:NAME`, `team:EPISODE`.
    static func grantee(_ text: some StringProtocol) -> Label? {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let value = String(text[text.index(after: colon)...])
        switch text[..<colon] {
        case "actor" where value.hasPrefix("did:") || value.hasPrefix("urn:"): return .actor(value)
        case "organisation" where !value.isEmpty: return .organisation(value)
        case "team" where Bytes32(hex: value) != nil: return .team(value.lowercased())
        case "role":
            let parts = value.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
            return .role(code: String(parts[0]), organisation: String(parts[1]))
        default: return nil
        }
    }

    /// The label of a class: `all`, a category (`laboratory`), a sensitivity (`PSY`), a type (`Observation`), both a
    /// type and a category (`Observation:laboratory`).
    static func recordClass(_ text: some StringProtocol) -> Label? {
        let word = String(text)
        if word == "all" { return .all }
        if RecordCategory(rawValue: word) != nil { return .category(word) }
        if Sensitivity(rawValue: word) != nil { return .sensitivity(word) }
        if ResourceType(name: word) != nil { return .type(word) }
        let parts = word.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, ResourceType(name: parts[0]) != nil, RecordCategory(rawValue: parts[1]) != nil else {
            return nil
        }
        return .typeInCategory(type: parts[0], category: parts[1])
    }

    /// A label in the words of ``grantee(_:)`` and ``recordClass(_:)``.
    static func word(_ label: Label) -> String {
        switch label {
        case .actor(let did): "actor:" + did
        case .organisation(let name): "organisation:" + name
        case .role(let code, let organisation): "role:\(code)@\(organisation)"
        case .team(let episode): "team:" + episode
        case .all: "all"
        case .type(let name), .category(let name), .sensitivity(let name), .record(let name), .purpose(let name): name
        case .typeInCategory(let type, let category): "\(type):\(category)"
        }
    }

    /// The scope in the words it was written in.
    var text: String {
        func list(_ labels: [Label]) -> String { labels.map(Self.word).joined(separator: ",") }
        return "to=\(list(grantees)) classes=\(list(classes))" + (except.isEmpty ? "" : " except=\(list(except))")
    }
}
