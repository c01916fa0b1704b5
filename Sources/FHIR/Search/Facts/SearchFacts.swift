// FHIR · what searches go by, kept small and decoded by those searches alone.
internal import Primitives

/// The facts by which a resource can be found: for each source that it has values of, those values.
///
/// Held encoded, so that opening an index does not pay for the facts of everything in it, and a search decodes only
/// the sources that it asks about:
/// ```
/// facts = [] | [1, source number, bstr of values, …]     sources ascending; values one after the other
/// ```
/// Sources are numbered by the table of search parameters of FHIR R4 (4.0.1), which is fixed. A value of a source that
/// tells elements apart follows the number of its element. Source: `docs/spec/vault.md` §8.
public struct SearchFacts: Sendable {
    /// Of the encoding and of what is read from resources: whoever changes either changes it.
    static let version: UInt64 = 1

    private let bytes: [UInt8]
    private let range: Range<Int>

    /// No facts.
    public static let none = SearchFacts(encoded: [0x80])

    /// Facts that were encoded before, at `range` of `bytes`; all of it if nil. They are checked when they are read.
    public init(encoded bytes: [UInt8], in range: Range<Int>? = nil) {
        self.bytes = bytes
        self.range = range ?? bytes.indices
    }

    /// The encoding.
    public var encoded: ArraySlice<UInt8> { bytes[range] }

    /// Whether every part can be read as facts of a resource of `type`.
    public func isReadable(as type: ResourceType) -> Bool {
        let sources = SearchParameters.table(of: type).sources
        do {
            var last = -1
            try forEachSource { (number, values) throws(CBORError) in
                guard number > last, sources.indices.contains(number), let source = sources[number] else {
                    throw CBORError(.outOfRange, at: values.lowerBound)
                }
                last = number
                _ = try Self.values(in: bytes, at: values, of: source)
                return true
            }
            return true
        } catch {
            return false
        }
    }

    /// The values of the sources with these numbers, in that order. Facts that cannot be read have none: what they were
    /// made from says more when it is opened.
    func values(of numbers: [Int], in table: SearchTable) -> [(group: UInt64, value: FactValue)] {
        var found: [(group: UInt64, value: FactValue)] = []
        try? forEachSource { (number, values) throws(CBORError) in
            if numbers.contains(number), let source = table.sources[number] {
                found += try Self.values(in: bytes, at: values, of: source)
            }
            return number < (numbers.max() ?? 0)
        }
        return found
    }

    /// The identifiers with a system, for a type that is searched by `identifier`.
    public func identifiers(of type: ResourceType) -> [(system: String, value: String)] {
        guard let parameter = SearchParameters.parameter("identifier", of: type) else { return [] }
        return values(of: parameter.sources, in: SearchParameters.table(of: type)).compactMap { _, value in
            guard case .token(let system?, let code) = value, !code.isEmpty else { return nil }
            return (system, code)
        }
    }

    /// Whether there is any value of these sources.
    func hasValue(of numbers: [Int]) -> Bool {
        var isThere = false
        try? forEachSource { (number, _) throws(CBORError) in
            isThere = numbers.contains(number)
            return !isThere
        }
        return isThere
    }

    /// Whether the encoding holds these bytes anywhere.
    func contain(_ needle: [UInt8]) -> Bool {
        guard let first = needle.first, range.count >= needle.count else { return needle.isEmpty }
        let bytes = bytes.span
        for start in range.lowerBound...(range.upperBound - needle.count) where bytes[start] == first {
            var length = 1
            while length < needle.count, bytes[start + length] == needle[length] { length += 1 }
            if length == needle.count { return true }
        }
        return false
    }

    /// Calls `body` with the number and the place of the values of each source, until it says no.
    private func forEachSource(_ body: (Int, Range<Int>) throws(CBORError) -> Bool) throws(CBORError) {
        var reader = CBORReader(bytes, in: range)
        let count = try reader.readArrayCount()
        guard count > 0 else { return }
        guard count % 2 == 1, try reader.readUInt() == Self.version else { throw CBORError(.outOfRange, at: 0) }
        for _ in 0..<(count / 2) {
            let number = Int(try reader.readUInt(max: 1 << 16))
            guard try body(number, try reader.readByteRange()) else { return }
        }
        try reader.finish()
    }

    private static func values(
        in bytes: [UInt8], at range: Range<Int>, of source: SearchSource
    ) throws(CBORError) -> [(group: UInt64, value: FactValue)] {
        var reader = CBORReader(bytes, in: range)
        var found: [(group: UInt64, value: FactValue)] = []
        while !reader.isAtEnd {
            let group = source.isGrouped ? try reader.readUInt() : 0
            found.append((group, try FactValue(from: &reader, source.kind)))
        }
        return found
    }
}

extension SearchFacts: Hashable {
    public static func == (left: SearchFacts, right: SearchFacts) -> Bool { left.encoded == right.encoded }
    public func hash(into hasher: inout Hasher) { hasher.combine(encoded) }
}
