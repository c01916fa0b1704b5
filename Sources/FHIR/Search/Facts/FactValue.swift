// FHIR · one value that a search can compare with.
internal import Primitives

/// A value of a source, as the index keeps it.
enum FactValue: Hashable, Sendable {
    /// A code or an identifier; an absent code is empty.
    case token(system: String?, code: String)
    /// What people read beside codes.
    case text(String)
    /// An identifier under the code of its type.
    case typed(system: String?, code: String, value: String)
    /// Text as written, or an address on the web.
    case string(String)
    /// From a millisecond up to, and without, another; nil where the stretch is open.
    case date(start: Int64?, end: Int64?)
    /// A number, or the ends of a range, as written.
    case number(low: String?, high: String?)
    /// The same with a unit.
    case quantity(low: String?, high: String?, system: String?, code: String?, unit: String?)
    /// A reference as written, with the type it says beside it.
    case reference(String, type: String?)
    /// A reference by identifier.
    case identified(system: String?, value: String)
}

// MARK: - Encoding
extension FactValue {
    /// Source: `docs/spec/vault.md` §8.
    func encode(into writer: inout CBORWriter) {
        switch self {
        case .text(let text): Self.write([text], to: &writer)
        case .token(let system, let code): Self.write([system, code], to: &writer)
        case .typed(let system, let code, let value): Self.write([system, code, value], to: &writer)
        case .string(let text): writer.write(text: text)
        case .date(let start, let end):
            writer.write(arrayCount: 2)
            for end in [start, end] { if let end { writer.write(signed: end) } else { writer.writeNull() } }
        case .number(let low, let high): Self.write(low == high ? [low] : [low, high], to: &writer)
        case .quantity(let low, let high, let system, let code, let unit):
            Self.write((low == high ? [low] : [low, high]) + [system, code, unit == code ? nil : unit], to: &writer)
        case .reference(let text, let type): Self.write(type == nil ? [text] : [text, type], to: &writer)
        case .identified(let system, let value): Self.write([nil, system, value], to: &writer)
        }
    }

    /// The next value of a source of `kind`.
    init(from reader: inout CBORReader, _ kind: SearchParameter.Kind) throws(CBORError) {
        let start = reader.position
        switch kind {
        case .string, .uri:
            self = .string(try reader.readText())
            return
        case .date:
            _ = try reader.readArrayCount(2...2)
            let first = reader.readNullIfPresent() ? nil : try reader.readInt()
            self = .date(start: first, end: reader.readNullIfPresent() ? nil : try reader.readInt())
            return
        default: break
        }
        var parts: [String?] = []
        for _ in 0..<(try reader.readArrayCount(1...5)) {
            parts.append(reader.readNullIfPresent() ? nil : try reader.readText())
        }
        guard let value = FactValue(kind, parts) else { throw CBORError(.outOfRange, at: start) }
        self = value
    }

    private init?(_ kind: SearchParameter.Kind, _ parts: [String?]) {
        switch (kind, parts.count) {
        case (.token, 1): self = .text(parts[0] ?? "")
        case (.token, 2): self = .token(system: parts[0], code: parts[1] ?? "")
        case (.token, 3): self = .typed(system: parts[0], code: parts[1] ?? "", value: parts[2] ?? "")
        case (.number, 1): self = .number(low: parts[0], high: parts[0])
        case (.number, 2): self = .number(low: parts[0], high: parts[1])
        case (.quantity, 4):
            self = .quantity(
                low: parts[0], high: parts[0], system: parts[1], code: parts[2], unit: parts[3] ?? parts[2])
        case (.quantity, 5):
            self = .quantity(
                low: parts[0], high: parts[1], system: parts[2], code: parts[3], unit: parts[4] ?? parts[3])
        case (.reference, 1): self = .reference(parts[0] ?? "", type: nil)
        case (.reference, 2): self = .reference(parts[0] ?? "", type: parts[1])
        case (.reference, 3): self = .identified(system: parts[1], value: parts[2] ?? "")
        default: return nil
        }
    }

    private static func write(_ texts: [String?], to writer: inout CBORWriter) {
        writer.write(arrayCount: texts.count)
        for text in texts { if let text { writer.write(text: text) } else { writer.writeNull() } }
    }
}
