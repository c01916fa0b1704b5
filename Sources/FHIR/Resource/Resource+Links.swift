// FHIR · references to other entries of a bundle, found in a resource and replaced in its text.
import JSON
public import Primitives

/// A place in a resource that names another: its text, and where the string stands.
public struct ResourceLink: Hashable, Sendable {
    /// What is written there: a literal reference, `Type?criteria`, or a `urn:`.
    public let reference: Reference
    /// Whether it is `Reference.reference`; otherwise it is an element of type uri or url.
    public let isReference: Bool
    /// Where the string stands in the text of the resource's document, quotation marks included if they are JSON's own.
    let range: Range<Int>
    /// Whether it lies inside a longer string: an address in a narrative.
    let isInNarrative: Bool

    /// The criteria of a conditional reference `Type?criteria`, or nil. Source: FHIR R4 §3.1.0.11.3.
    public var criteria: (type: ResourceType, query: String)? {
        let parts = reference.text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard isReference, parts.count == 2, let type = ResourceType(name: String(parts[0])) else { return nil }
        return (type, String(parts[1]))
    }
}

extension Resource {
    /// Every place that may name an entry of the bundle the resource came in, in the order of the text.
    ///
    /// These are each `Reference.reference`, contained resources and extensions included, and, where their text begins
    /// with `urn:`, elements called `url`, `valueUri` and `valueUrl`, and `href` and `src` in the narrative. Canonical
    /// references and business identifiers are none of them.
    public var links: [ResourceLink] {
        var found: [ResourceLink] = []
        Self.collect(node, into: &found)
        return found
    }

    private static func collect(_ node: JSONNode, into found: inout [ResourceLink]) {
        switch node.kind {
        case .object:
            for (key, value) in node.memberNodes {
                switch value.kind {
                case .object, .array: collect(value, into: &found)
                case .string:
                    if key.isString("div") { collectNarrative(value, into: &found) }
                    let isReference = key.isString("reference")
                    guard isReference || (value.hasPrefix("urn:") && isURI(key)), let text = value.string else {
                        continue
                    }
                    let type = node["type"]?.string.flatMap { ResourceType(name: $0) }
                    found.append(
                        ResourceLink(
                            reference: Reference(text, type: type), isReference: isReference, range: value.sourceRange,
                            isInNarrative: false))
                default: continue
                }
            }
        case .array: for element in node.elements { collect(element, into: &found) }
        default: return
        }
    }

    /// The values of `href` and `src` in XHTML that begin with `urn:`, between `\"` or apostrophes.
    private static func collectNarrative(_ value: JSONNode, into found: inout [ResourceLink]) {
        let source = value.sourceBytes
        guard hasURN(source) else { return }
        let bytes = Array(source)
        let (urn, marks) = (Array("urn:".utf8), [#"href=\""#, "href='", #"src=\""#, "src='"].map { Array($0.utf8) })
        var place = 0
        while place + urn.count < bytes.count {
            defer { place += 1 }
            guard bytes[place] == urn[0], bytes[place...].starts(with: urn),
                marks.contains(where: { bytes[..<place].suffix($0.count) == $0[...] })
            else { continue }
            let end = bytes[place...].firstIndex {
                [UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "\"")].contains($0)
            }
            guard let end else { return }
            let start = value.sourceRange.lowerBound
            found.append(
                ResourceLink(
                    reference: Reference(String(decoding: bytes[place..<end], as: UTF8.self), type: nil),
                    isReference: false, range: (start + place)..<(start + end), isInNarrative: true))
        }
    }

    /// Whether `bytes` have `urn:` anywhere.
    private static func hasURN(_ bytes: ArraySlice<UInt8>) -> Bool {
        let span = bytes.span
        guard span.count >= 4 else { return false }
        for index in 0..<(span.count - 3) where span[index + 3] == UInt8(ascii: ":") {
            if span[index] == UInt8(ascii: "u"), span[index + 1] == UInt8(ascii: "r"),
                span[index + 2] == UInt8(ascii: "n")
            {
                return true
            }
        }
        return false
    }

    private static func isURI(_ key: JSONNode) -> Bool {
        key.isString("url") || key.isString("valueUri") || key.isString("valueUrl")
    }

    /// The same resource with the text of some links replaced; every other byte stays.
    ///
    /// - Parameter replacement: what takes the place of a link's text; nil to leave it. It needs no escapes in JSON.
    /// - Returns: this resource if nothing is replaced, else one that keeps its own text.
    public func replacingLinks(
        _ replacement: (ResourceLink) throws(SteleError) -> String?
    ) throws(SteleError) -> Resource {
        guard let text = try textReplacingLinks(replacement) else { return self }
        return try Resource(parsing: text)
    }

    /// The text of that resource, not parsed again; nil if nothing is replaced.
    public func textReplacingLinks(
        _ replacement: (ResourceLink) throws(SteleError) -> String?
    ) throws(SteleError) -> [UInt8]? {
        var pieces: [(range: Range<Int>, text: String)] = []
        for link in links {
            guard let text = try replacement(link) else { continue }
            pieces.append((link.range, link.isInNarrative ? text : "\"\(text)\""))
        }
        guard !pieces.isEmpty else { return nil }
        let bytes = node.document.bytes
        var text: [UInt8] = []
        text.reserveCapacity(range.count + 16 * pieces.count)
        var end = range.lowerBound
        for piece in pieces {
            text += bytes[end..<piece.range.lowerBound]
            text += piece.text.utf8
            end = piece.range.upperBound
        }
        text += bytes[end..<range.upperBound]
        return text
    }
}

extension JSONNode {
    /// Whether it is a string that begins with `text`.
    fileprivate func hasPrefix(_ text: String) -> Bool {
        guard let bytes = textBytes else { return false }
        return bytes.count >= text.utf8.count && bytes.starts(with: text.utf8)
    }
}
