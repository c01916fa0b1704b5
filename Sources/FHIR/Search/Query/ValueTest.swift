// FHIR · what the values of one parameter must be.

/// A value of a token parameter: `code`, `system|code`, `|code` or `system|`. Source: FHIR R4 §3.1.1.4.10.
struct TokenTest: Hashable, Sendable {
    /// Nil for any system, empty for none.
    let system: String?
    /// Empty for any code.
    let code: String

    init(_ text: String) {
        let parts = EscapedText.split(text, "|", countMax: 2).map(EscapedText.unescaped)
        system = parts.count == 2 ? parts[0] : nil
        code = parts[parts.count - 1]
    }

    /// Whether a token passes; `implied` is the system of codes that stand without one.
    func matches(_ system: String?, _ code: String, implied: String? = nil) -> Bool {
        guard self.code.isEmpty || self.code == code else { return false }
        guard let wanted = self.system else { return true }
        return wanted == system ?? "" || (system == nil && implied != nil && wanted == implied)
    }
}

/// A reference that is asked for: an id, `Type/id`, or an address.
struct ReferenceTest: Hashable, Sendable {
    /// The type, if the client says one.
    let type: String?
    /// The logical id, if the text spells one.
    let id: String?
    /// The text as the client wrote it.
    let text: String

    /// The reference written as `text`, with the address of this server taken off; `type` is that of a modifier.
    init(_ text: String, type: ResourceType? = nil, baseURL: String?) {
        let local = Self.local(text, baseURL)
        self.text = local
        if !local.contains("/"), !local.contains(":") {
            self.type = type?.name
            id = local
        } else {
            let reference = Reference(local)
            // An address elsewhere names nothing here.
            let isHere = reference.relative != nil && !local.contains("://")
            self.type = isHere ? reference.type?.name : type?.name
            id = isHere ? reference.id : nil
        }
    }

    /// Whether a reference, with the address of this server taken off, passes.
    func matches(_ reference: String) -> Bool {
        if reference == text { return true }
        guard let id, !reference.contains("://") else { return false }
        let found = Reference(reference)
        return found.id == id && (type == nil || type == found.type?.name)
    }

    /// `text` without the address of this server before it.
    static func local(_ text: String, _ baseURL: String?) -> String {
        guard let baseURL, text.utf8.starts(with: baseURL.utf8) else { return text }
        let rest = text.utf8.dropFirst(baseURL.utf8.count)
        return rest.first == UInt8(ascii: "/") ? String(Substring(rest.dropFirst())) : text
    }
}

/// What must hold of the values of a parameter; alternatives are or-ed.
indirect enum ValueTest: Sendable {
    case missing(Bool)
    case ids([String])
    case tokens([TokenTest])
    case notTokens([TokenTest])
    /// Text beside codes that begins so.
    case tokenTexts([FoldedText])
    /// Identifiers under the code of their type.
    case typed([(type: TokenTest, value: String)])
    case strings([FoldedText])
    case stringsContaining([FoldedText])
    case stringsExactly([String])
    case dates([DateTest])
    case numbers([NumberTest])
    case quantities([QuantityTest])
    case references([ReferenceTest])
    case identifiers([TokenTest])
    case uris([String])
    case urisBelow([String])
    case urisAbove([String])
    /// For each alternative a test for each component.
    case components([[ValueTest]])
}

extension ValueTest {
    /// Texts of which a value that passes holds one as it is written, if that can be said.
    var needles: [String]? {
        switch self {
        case .tokens(let tests), .identifiers(let tests): tests.map(\.code)
        case .references(let tests): tests.map { $0.id ?? $0.text }
        case .stringsExactly(let texts), .uris(let texts), .urisBelow(let texts): texts
        default: nil
        }
    }

    /// Whether one value passes. `implied` is the system of codes that stand without one.
    func matches(_ value: FactValue, implied: String?, baseURL: String?) -> Bool {
        switch (self, value) {
        case (.tokens(let tests), .token(let system, let code)), (.notTokens(let tests), .token(let system, let code)):
            tests.contains { $0.matches(system, code, implied: implied) }
        case (.tokenTexts(let texts), .text(let text)):
            texts.contains { FoldedText(text).starts(with: $0) }
        case (.typed(let tests), .typed(let system, let code, let value)):
            tests.contains { $0.value == value && $0.type.matches(system, code) }
        case (.strings(let texts), .string(let text)): texts.contains { FoldedText(text).starts(with: $0) }
        case (.stringsContaining(let texts), .string(let text)): texts.contains { FoldedText(text).contains($0) }
        case (.stringsExactly(let texts), .string(let text)): texts.contains(text)
        case (.uris(let texts), .string(let text)): texts.contains(text)
        case (.urisBelow(let texts), .string(let text)): texts.contains { Self.isBelow(text, $0) }
        case (.urisAbove(let texts), .string(let text)): texts.contains { Self.isBelow($0, text) }
        case (.dates(let tests), .date(let start, let end)): tests.contains { $0.matches(start: start, end: end) }
        case (.numbers(let tests), .number(let low, let high)): tests.contains { $0.matches(low: low, high: high) }
        case (.quantities(let tests), .quantity(let low, let high, let system, let code, let unit)):
            tests.contains { $0.matches(low: low, high: high, system: system, code: code, unit: unit) }
        case (.references(let tests), .reference(let text, _)):
            tests.contains { $0.matches(ReferenceTest.local(text, baseURL)) }
        case (.identifiers(let tests), .identified(let system, let value)):
            tests.contains { $0.matches(system, value) }
        default: false
        }
    }

    /// Whether `text` is `root` or an address under it.
    private static func isBelow(_ text: String, _ root: String) -> Bool {
        text.hasPrefix(root)
            && (text.utf8.count == root.utf8.count || root.hasSuffix("/")
                || text.dropFirst(root.count).first == "/")
    }
}
