// Contracts · the closed set of types an argument can have: none of them holds free text.

/// What a field holds, as data: what JSON, the command line, OpenAPI and the reference page are driven by.
public indirect enum FieldType: Hashable, Sendable {
    /// A byte string of exactly `count` bytes; in JSON hexadecimal.
    case bytes(count: Int)
    /// A padded set of 4, 8 or 16 tokens, ascending; in JSON an array of hexadecimal texts in any order.
    case tokens
    /// An unsigned integer within limits.
    case integer(ClosedRange<UInt64>)
    /// Whole seconds since 1970; in JSON that number or RFC 3339 text.
    case time
    /// One of these, by number; in JSON by name.
    case choice([Member])
    /// Any of these, as the sum of 2 to their numbers; in JSON an array of names.
    case flags([Member], isEmptyAllowed: Bool)
    /// `true`, or absent.
    case marker
    /// An organisation's name: 1–64 lower-case letters, digits, dots and hyphens.
    case name
    /// A set of profile numbers as 64 bits; in JSON an array of numbers.
    case profiles
    /// So many of one type, in order.
    case list(FieldType, count: ClosedRange<Int>)
    /// A record of fields, a CBOR map.
    case record([FieldDescriptor])

    /// One named number of a choice or of flags.
    public struct Member: Hashable, Sendable {
        /// Its number: in flags that of its bit, counted from 0.
        public let number: UInt8
        /// Its name in JSON and on the command line.
        public let name: String

        /// The number `number` named `name`.
        public init(_ number: UInt8, _ name: String) {
            self.number = number
            self.name = name
        }
    }
}

/// One field of a record, as data.
public struct FieldDescriptor: Hashable, Sendable {
    /// Its key in CBOR.
    public let key: UInt64
    /// Its name in JSON; on the command line with hyphens.
    public let name: String
    /// What it holds.
    public let type: FieldType
    /// Whether it may be absent.
    public let isOptional: Bool
    /// What it means, one phrase.
    public let summary: String
}
