// API · what FHIR says in header fields.
internal import HTTPServer
internal import Node
internal import Primitives
internal import Vault

extension RouteRequest {
    /// Refuses a request that takes no JSON in answer. Source: FHIR R4 §3.1.0.1.11.
    func requireFHIRAnswer() throws(SteleError) {
        let accepted = try header("Accept").map { value in
            value.split(separator: ",").map { $0.prefix { $0 != ";" }.filter { $0 != " " }.lowercased() }
        }
        let known: Set = ["*/*", "application/*", "application/fhir+json", "application/json", "json"]
        let format = try query("_format").map { $0.prefix { $0 != ";" }.lowercased() }
        guard accepted.map({ !known.isDisjoint(with: $0) }) ?? true, format.map({ known.contains($0) }) ?? true else {
            throw SteleError(
                .requestNotAcceptable, "resources are answered as JSON only",
                hint: "send Accept: application/fhir+json, and no _format or _format=json")
        }
    }

    /// Refuses a body that is not sent as FHIR JSON.
    func requireFHIRBody() throws(SteleError) {
        try requireMediaType("application/fhir+json", "application/json")
    }

    /// The version that `If-Match` or `If-None-Match: *` demands: 0 for none, nil if neither is there.
    func expectedVersion() throws(SteleError) -> UInt32? {
        if let match = try header("If-Match") {
            guard let version = VersionTag(match) else {
                throw .malformedRequest("If-Match is not one version tag such as W/\"3\"")
            }
            return version.number
        }
        guard let none = try header("If-None-Match") else { return nil }
        guard none == "*" else { throw .malformedRequest("If-None-Match is supported as * only") }
        return 0
    }

    /// Whether the client has `entry` already, so that its bytes need not be sent. Source: FHIR R4 §3.1.0.1.1.
    func has(_ entry: CompartmentEntry) throws(SteleError) -> Bool {
        if let tags = try header("If-None-Match") {
            return tags.split(separator: ",").contains { tag in
                let tag = String(tag.filter { $0 != " " })
                return tag == "*" || VersionTag(tag)?.number == entry.version
            }
        }
        guard let date = try header("If-Modified-Since").flatMap({ HTTPDate.seconds($0) }) else { return false }
        return entry.lastUpdated.seconds <= date
    }

    /// Whether the client wants parameters that are not understood to be passed over. Source: FHIR R4 §3.1.1.0.
    func prefersLenient() throws(SteleError) -> Bool {
        try header("Prefer")?.split(separator: ",").contains { $0.filter { $0 != " " } == "handling=lenient" } ?? false
    }

    /// What the client wants in answer to a change.
    func preference() throws(SteleError) -> ReturnPreference {
        let wishes = try header("Prefer")?.split { $0 == "," || $0 == ";" }.map { $0.filter { $0 != " " } } ?? []
        return wishes.lazy.compactMap { ReturnPreference(rawValue: $0) }.first ?? .representation
    }
}

/// What comes back for a change. Source: FHIR R4 §3.1.0.1.9.
enum ReturnPreference: String, Sendable {
    case minimal = "return=minimal"
    case representation = "return=representation"
    case outcome = "return=OperationOutcome"
}

/// A version as an entity tag: `W/"3"`. Source: FHIR R4 §3.1.0.1.3.
struct VersionTag: Hashable, Sendable {
    let number: UInt32

    init(_ number: UInt32) { self.number = number }

    /// The tag written as `text`, weak or strong, or nil.
    init?(_ text: String) {
        let tag = text.hasPrefix("W/") ? text.dropFirst(2) : text[...]
        guard tag.count >= 3, tag.hasPrefix("\""), tag.hasSuffix("\""),
            let number = UInt32(tag.dropFirst().dropLast()), number > 0, tag == "\"\(number)\""
        else { return nil }
        self.number = number
    }

    var text: String { "W/\"\(number)\"" }
}
