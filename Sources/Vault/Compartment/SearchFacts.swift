// Vault · what searches go by, kept small and decoded by those searches alone.
public import FHIR
public import Primitives

/// The facts by which a record can be found inside a compartment.
///
/// Held encoded, so that opening a compartment does not pay for the facts of every record in it.
public struct SearchFacts: Hashable, Sendable {
    let encoded: ArraySlice<UInt8>

    /// No facts.
    public static let none = SearchFacts([])

    /// These facts.
    ///
    /// `[fact …]`, a fact being `[0, system | null, value]` for an identifier, `[1, system | null, code]` for a code,
    /// `[2, system | null, code]` for a category, `[3, status]`, or `[4, parameter, start | null, end | null]` for
    /// dates as written. Source: `docs/spec/vault.md` §8.
    public init(_ entries: [IndexEntry]) {
        var writer = CBORWriter(capacity: 16 + 64 * entries.count)
        writer.write(arrayCount: entries.count)
        for entry in entries {
            switch entry {
            case .identifier(let system, let value): writer.write(fact: 0, [system, value])
            case .code(let system, let code): writer.write(fact: 1, [system, code])
            case .category(let system, let code): writer.write(fact: 2, [system, code])
            case .status(let status): writer.write(fact: 3, [status])
            case .date(let parameter, let start, let end): writer.write(fact: 4, [parameter, start?.text, end?.text])
            }
        }
        encoded = writer.bytes[...]
    }

    init(encoded: ArraySlice<UInt8>) { self.encoded = encoded }

    /// The facts, decoded anew at each call.
    ///
    /// - Throws: ``SteleError`` with code `vault.damaged` for what no version of the program wrote.
    public func entries() throws(SteleError) -> [IndexEntry] {
        try decoding("search fact") { () throws(CBORError) in
            var reader = CBORReader(Array(encoded))
            var entries: [IndexEntry] = []
            for _ in 0..<(try reader.readArrayCount()) { entries.append(try IndexEntry(from: &reader)) }
            try reader.finish()
            return entries
        }
    }
}

extension CBORWriter {
    fileprivate mutating func write(fact kind: UInt64, _ texts: [String?]) {
        write(arrayCount: 1 + texts.count)
        write(kind)
        for text in texts { write(text: text) }
    }
}

extension IndexEntry {
    fileprivate init(from reader: inout CBORReader) throws(CBORError) {
        let start = reader.position
        let count = try reader.readArrayCount(2...4)
        switch (try reader.readUInt(max: 4), count) {
        case (0, 3): self = .identifier(system: try reader.readOptionalText(), value: try reader.readText())
        case (1, 3): self = .code(system: try reader.readOptionalText(), code: try reader.readText())
        case (2, 3): self = .category(system: try reader.readOptionalText(), code: try reader.readText())
        case (3, 2): self = .status(try reader.readText())
        case (4, 4):
            self = .date(parameter: try reader.readText(), start: try reader.readDate(), end: try reader.readDate())
        default: throw CBORError(.outOfRange, at: start)
        }
    }
}

extension CBORReader {
    fileprivate mutating func readDate() throws(CBORError) -> DateTime? {
        let start = position
        guard let text = try readOptionalText() else { return nil }
        guard let date = DateTime(text) else { throw CBORError(.outOfRange, at: start) }
        return date
    }
}
