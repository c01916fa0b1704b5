// SteleCommand · what references mean across all the files of an import.
internal import FHIR
internal import Primitives

/// Answers a reference of any file with the resource it names in any file.
///
/// A `urn:` or an absolute address names the entry that has it as `fullUrl`, first in its own file, then in all; one
/// that names different resources in different files names none from outside them. Criteria `Type?identifier=…` name
/// the resource that alone has that identifier. Source: FHIR R4 §2.36.4.1, §3.1.0.11.3.
struct ReferenceTable: Sendable {
    /// What a reference comes to.
    enum Answer: Hashable, Sendable {
        /// `Type/id`.
        case name(String)
        case unresolved(Reason)
    }

    /// Why a reference stays as it is.
    enum Reason: String, Hashable, CaseIterable, Sendable {
        /// No file has an entry of that `urn:`.
        case urn = "no entry has this urn"
        /// Two files use the `fullUrl` for different resources.
        case ambiguous = "files disagree on what the urn or address names"
        /// No file has a resource of that type and id; the node may have it.
        case name = "named by type and id, and in no file given"
        /// An address that no file answers.
        case address = "an address elsewhere"
        /// No file has a resource with that identifier.
        case criteriaWithout = "criteria that nothing in the files answers"
        /// Several resources have it.
        case criteriaSeveral = "criteria that several resources in the files answer"
        /// Criteria by something else than one identifier.
        case criteriaOther = "criteria by something else than an identifier"
    }

    private enum Target: Sendable {
        case one(String, Int32)
        case several([Int32: String])
    }

    private var names: Set<String> = []
    private var urls: [String: Target] = [:]
    private var identifiers: [String: String?] = [:]

    /// The table of `files`, whose numbers are their places.
    init(_ files: [ScannedFile]) {
        for (index, file) in files.enumerated() {
            for resource in file.resources where !resource.isDeletion {
                names.insert(resource.name)
                if let url = resource.fullURL { add(url, resource.name, Int32(index)) }
            }
            for (key, name) in file.identifiers {
                if let known = identifiers[key] {
                    if known != name { identifiers[key] = .some(nil) }
                } else {
                    identifiers[key] = name
                }
            }
        }
    }

    private mutating func add(_ url: String, _ name: String, _ file: Int32) {
        switch urls[url] {
        case nil: urls[url] = .one(name, file)
        case .one(name, _): return
        // The first in a file stands for it.
        case .one(_, file): return
        case .one(let other, let first): urls[url] = .several([first: other, file: name])
        case .several(var known):
            if known[file] == nil { known[file] = name }
            urls[url] = .several(known)
        }
    }

    // MARK: - Asking

    /// What `reference` means in the resource `source`; nil for what names nothing outside of its resource.
    func answer(_ reference: Reference, in source: ScannedResource) -> Answer? {
        let text = reference.text
        if reference.isContained { return nil }
        if let target = urls[text] { return answer(target, source) }
        if reference.isURN { return .unresolved(.urn) }
        if let mark = text.firstIndex(of: "?") {
            return criteria(String(text[..<mark]), text[text.index(after: mark)...])
        }
        guard let relative = reference.relative else {
            return .unresolved(text.contains("://") ? .address : .name)
        }
        if text.contains("://") { return .unresolved(.address) }
        if names.contains(relative) { return .name(relative) }
        // Completed with the base of the address of the entry it stands in.
        if let own = source.fullURL, own.hasSuffix("/" + source.name),
            let target = urls[own.dropLast(source.name.utf8.count) + relative]
        {
            return answer(target, source)
        }
        return .unresolved(.name)
    }

    private func answer(_ target: Target, _ source: ScannedResource) -> Answer {
        switch target {
        case .one(let name, _): .name(name)
        case .several(let known): known[source.file].map { .name($0) } ?? .unresolved(.ambiguous)
        }
    }

    private func criteria(_ type: String, _ query: Substring) -> Answer {
        guard query.hasPrefix("identifier="), !query.contains("&"),
            let value = PercentText.decode(query.dropFirst("identifier=".count))
        else { return .unresolved(.criteriaOther) }
        // Source: FHIR R4 §3.1.1.5.11: `system|value`, `|value` for one without a system, `value` for any.
        let key = value.contains("|") ? "\(type)?\(value)" : "\(type)?*|\(value)"
        guard let found = identifiers[key] else { return .unresolved(.criteriaWithout) }
        return found.map { .name($0) } ?? .unresolved(.criteriaSeveral)
    }

    /// The keys under which `identifier` of a resource of `type` is found: with its system, and with any.
    static func identifierKeys(_ type: String, _ identifier: BusinessIdentifier) -> [String] {
        ["\(type)?\(identifier.system ?? "")|\(identifier.value)", "\(type)?*|\(identifier.value)"]
    }
}

extension PercentText {
    /// What `text` says with its escapes undone; nil if one is broken. Source: RFC 3986 §2.1.
    static func decode(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let decoded = Hex.decode(String(decoding: rest.prefix(2), as: UTF8.self)) else {
                return nil
            }
            bytes += decoded
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
