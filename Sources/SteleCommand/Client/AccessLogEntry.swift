// SteleCommand · one line of a patient's access log, in a sentence.
internal import JSON
internal import Primitives

/// An access event as its patient reads it.
struct AccessLogEntry: Sendable {
    /// The event's number, from 1 without gaps.
    let number: UInt64
    /// The transaction that recorded it.
    let transaction: TransactionID
    /// The block's time, RFC 3339.
    let time: String
    /// Whether nothing was released.
    let isRefused: Bool
    /// What came of it.
    let reason: String
    /// What was asked for, in coded words.
    let asked: String
    /// Why it was asked for: purposes of use.
    let purposes: [String]
    /// The asker's name, as the custodian's directory has it.
    let askerName: String
    /// The asker's DID, if the custodian knows it.
    let askerDID: String?
    /// The asker's roles.
    let askerRoles: [String]
    /// What asked, if it was no person: `device` or `system`.
    let machine: String?
    /// For which organisation was asked; nil for the patient.
    let organisation: String?
    /// The grants it rested on.
    let grants: [Digest]
    /// What was released: `Type/id`.
    let released: [String]
    /// The whole line.
    let json: JSONValue

    /// The entry that a line spells.
    /// - Throws: `answer.malformed`.
    init(_ node: JSONNode) throws(SteleError) {
        number = try node.requiredNumber("number")
        transaction = try node.requiredBytes32("transaction")
        time = try node.requiredText("time")
        isRefused = node["refused"]?.bool ?? false
        reason = try node.requiredText("reason")
        asked = node["asked"]?.string ?? node["action"]?.string ?? "records"
        purposes = node["purposes"]?.elements.compactMap(\.string) ?? []
        askerName = node["asker"]?["name"]?.string ?? "somebody at another organisation"
        askerDID = node["asker"]?["did"]?.string
        let labels = node["asker"]?["labels"]?.elements.map { $0.elements.compactMap(\.string) } ?? []
        askerRoles = labels.filter { $0.first == "role" }.compactMap(\.last)
        let kind = node["asker"]?["kind"]?.string
        machine = kind == "person" ? nil : kind
        organisation = node["asker"]?["organisation"]?.string
        grants = node["grants"]?.elements.compactMap(\.string).compactMap { Bytes32(hex: $0) } ?? []
        released = node["released"]?.elements.compactMap { $0["resource"]?.string } ?? []
        json = JSONValue(node)
    }

    /// Who asked for what, when and why, and what came of it. `words` are the patient's own, of each grant.
    func sentence(_ words: [Digest: String] = [:]) -> String {
        let role = askerRoles.isEmpty ? "" : " (\(askerRoles.joined(separator: ", ")))"
        let behalf = (machine.map { ", a \($0)," } ?? "") + (organisation.map { " for \($0)" } ?? "")
        let purpose = purposes.isEmpty ? "" : " for \(purposes.joined(separator: ", "))"
        let grantees = grants.compactMap { words[$0] }.compactMap(Self.grantee)
        let under = isRefused || grantees.isEmpty ? "" : " (\(Array(Set(grantees)).sorted().joined(separator: "; ")))"
        return "\(number). \(time)  \(askerName)\(role)\(behalf) asked: \(asked)\(purpose). \(reason)\(under)"
    }

    /// The part of a grant's words that says to whom it is.
    private static func grantee(_ words: String) -> String? {
        words.split(separator: " ").first { $0.hasPrefix("to=") }.map { "to " + $0.dropFirst(3) }
    }
}
