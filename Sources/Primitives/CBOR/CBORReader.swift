// Primitives · deterministic CBOR, read strictly: what this accepts has exactly one encoding.

/// Why bytes are not the CBOR they should be. The offset is that of the offending item.
public struct CBORError: Error, Hashable, Sendable {
    /// The kinds of fault, each with its stable name.
    public enum Reason: String, Sendable, CaseIterable {
        case truncated, trailing, notShortest, unexpectedType, unsupported, invalidText, keyOrder, tooDeep, outOfRange
        case unknownKey, missingKey
    }
    /// What is wrong.
    public let reason: Reason
    /// Where, in bytes from the start of the input.
    public let offset: Int

    /// A fault of kind `reason` at `offset`.
    public init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

extension ErrorCode {
    /// Bytes that are not the deterministic CBOR expected.
    public static let cborMalformed = ErrorCode("cbor.malformed")
}

extension CBORError {
    /// The error as a person sees it.
    public var asSteleError: SteleError {
        SteleError(
            .cborMalformed, "the bytes are not the deterministic CBOR expected: \(reason.rawValue) at byte \(offset)",
            hint: "encode by RFC 8949 §4.2.1, as docs/spec/encoding.md sets out")
    }
}

/// Reads deterministic CBOR item by item. Refuses floats, tags, indefinite lengths, non-shortest heads, bad UTF-8 and
/// keys out of order; a declared length is checked against the input before anything is allocated.
public struct CBORReader: Sendable {
    /// Deepest nesting of arrays and maps.
    public static let depthMax = 8

    /// The input.
    public let bytes: [UInt8]
    /// The offset of the next item.
    public private(set) var position: Int
    /// Where the input ends.
    public let end: Int

    /// A reader at the start of `bytes`.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = 0
        end = bytes.count
    }

    /// A reader of `bytes[range]`; offsets in errors stay those of `bytes`.
    public init(_ bytes: [UInt8], in range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// Whether everything was read.
    public var isAtEnd: Bool { position == end }

    /// Ends the reading: throws if anything is left.
    public func finish() throws(CBORError) {
        guard isAtEnd else { throw CBORError(.trailing, at: position) }
    }

    /// The major type (0–7) of the next item.
    public func peekMajorType() throws(CBORError) -> UInt8 {
        guard position < end else { throw CBORError(.truncated, at: position) }
        return bytes[position] >> 5
    }

    /// An unsigned integer of at most `maximum`.
    public mutating func readUInt(max maximum: UInt64 = .max) throws(CBORError) -> UInt64 {
        let start = position
        let value = try head(0)
        guard value <= maximum else { throw CBORError(.outOfRange, at: start) }
        return value
    }

    /// A signed integer.
    public mutating func readInt() throws(CBORError) -> Int64 {
        let start = position
        let major = try peekMajorType()
        guard major <= 1 else { throw CBORError(.unexpectedType, at: start) }
        let value = try head(major)
        guard value <= UInt64(Int64.max) else { throw CBORError(.outOfRange, at: start) }
        return major == 0 ? Int64(value) : ~Int64(value)
    }

    /// A byte string of `lengths` bytes, as its place in the input.
    public mutating func readByteRange(_ lengths: ClosedRange<Int> = 0...Int.max) throws(CBORError) -> Range<Int> {
        try string(2, lengths)
    }

    /// A byte string of `lengths` bytes.
    public mutating func readBytes(_ lengths: ClosedRange<Int> = 0...Int.max) throws(CBORError) -> [UInt8] {
        Array(bytes[try string(2, lengths)])
    }

    /// A byte string of exactly 32 bytes.
    public mutating func readBytes32() throws(CBORError) -> Bytes32 {
        // The head of a 32-byte string has one spelling: 58 20.
        guard position + 34 <= end else {
            _ = try string(2, 32...32)
            throw CBORError(.truncated, at: position)
        }
        guard bytes[position] == 0x58, bytes[position + 1] == 32 else {
            _ = try string(2, 32...32)
            throw CBORError(.unexpectedType, at: position)
        }
        let value = Bytes32(bytes, at: position + 2)
        position += 34
        return value
    }

    /// A text string of `lengths` UTF-8 bytes.
    public mutating func readText(_ lengths: ClosedRange<Int> = 0...Int.max) throws(CBORError) -> String {
        let start = position
        let range = try string(3, lengths)
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw CBORError(.invalidText, at: start)
        }
        return text
    }

    /// The head of an array of `counts` items. Each item takes a byte at least, so a false count is caught here.
    public mutating func readArrayCount(_ counts: ClosedRange<Int> = 0...Int.max) throws(CBORError) -> Int {
        try count(4, counts, itemBytes: 1)
    }

    /// The head of a map of `counts` entries.
    public mutating func readMapCount(_ counts: ClosedRange<Int> = 0...Int.max) throws(CBORError) -> Int {
        try count(5, counts, itemBytes: 2)
    }

    /// The next key of a map: an unsigned integer greater than `previous`.
    public mutating func readKey(after previous: UInt64?) throws(CBORError) -> UInt64 {
        let start = position
        let key = try head(0)
        if let previous, key <= previous { throw CBORError(.keyOrder, at: start) }
        return key
    }

    /// A truth value.
    public mutating func readBool() throws(CBORError) -> Bool {
        guard position < end else { throw CBORError(.truncated, at: position) }
        switch bytes[position] {
        case 0xf4:
            position += 1
            return false
        case 0xf5:
            position += 1
            return true
        default: throw CBORError(.unexpectedType, at: position)
        }
    }

    /// Consumes a `null` if that is the next item, and says whether it was.
    public mutating func readNullIfPresent() -> Bool {
        guard position < end, bytes[position] == 0xf6 else { return false }
        position += 1
        return true
    }

    /// Checks the next item and everything inside it, and returns its place in the input.
    public mutating func readItem() throws(CBORError) -> Range<Int> {
        let start = position
        try skip(depth: 0)
        return start..<position
    }
}

// MARK: - Whole inputs
extension CBORReader {
    /// Whether `bytes` is exactly one item of the profile.
    public static func validate(_ bytes: [UInt8]) throws(CBORError) {
        var reader = CBORReader(bytes)
        _ = try reader.readItem()
        try reader.finish()
    }
}

// MARK: - Heads
extension CBORReader {
    private mutating func head(_ expected: UInt8) throws(CBORError) -> UInt64 {
        let start = position
        guard position < end else { throw CBORError(.truncated, at: start) }
        let initial = bytes[position]
        guard initial >> 5 == expected else { throw CBORError(.unexpectedType, at: start) }
        let information = initial & 31
        if information < 24 {
            position += 1
            return UInt64(information)
        }
        guard information <= 27 else { throw CBORError(.unsupported, at: start) }
        let width = 1 << Int(information - 24)
        guard position + 1 + width <= end else { throw CBORError(.truncated, at: start) }
        var value: UInt64 = 0
        for index in 1...width { value = value << 8 | UInt64(bytes[start + index]) }
        let isShortest =
            switch information {
            case 24: value >= 24
            case 25: value > 0xff
            case 26: value > 0xffff
            default: value > 0xffff_ffff
            }
        guard isShortest else { throw CBORError(.notShortest, at: start) }
        position += 1 + width
        return value
    }

    private mutating func string(_ major: UInt8, _ lengths: ClosedRange<Int>) throws(CBORError) -> Range<Int> {
        let start = position
        let length = try head(major)
        guard length <= UInt64(end - position) else { throw CBORError(.truncated, at: start) }
        guard lengths.contains(Int(length)) else { throw CBORError(.outOfRange, at: start) }
        let range = position..<(position + Int(length))
        position = range.upperBound
        return range
    }

    private mutating func count(
        _ major: UInt8, _ counts: ClosedRange<Int>, itemBytes: Int
    ) throws(CBORError) -> Int {
        let start = position
        let count = try head(major)
        guard count <= UInt64((end - position) / itemBytes) else { throw CBORError(.truncated, at: start) }
        guard counts.contains(Int(count)) else { throw CBORError(.outOfRange, at: start) }
        return Int(count)
    }

    private mutating func skip(depth: Int) throws(CBORError) {
        let start = position
        switch try peekMajorType() {
        case 0: _ = try head(0)
        case 1: _ = try readInt()
        case 2: _ = try string(2, 0...Int.max)
        case 3: _ = try readText()
        case 4:
            guard depth < Self.depthMax else { throw CBORError(.tooDeep, at: start) }
            for _ in 0..<(try readArrayCount()) { try skip(depth: depth + 1) }
        case 5:
            guard depth < Self.depthMax else { throw CBORError(.tooDeep, at: start) }
            var previous: UInt64?
            for _ in 0..<(try readMapCount()) {
                previous = try readKey(after: previous)
                try skip(depth: depth + 1)
            }
        case 7:
            switch bytes[position] {
            case 0xf4...0xf6: position += 1
            default: throw CBORError(.unsupported, at: start)
            }
        default: throw CBORError(.unsupported, at: start)
        }
    }
}
