// Contracts · enumerations and sets of flags as fields: a number on the ledger, a name for people.
public import Primitives

/// One of a few named numbers. A number, once given, keeps its meaning for ever.
public protocol FieldChoice: FieldValue, CaseIterable, RawRepresentable
where RawValue == UInt8, Limits == NoLimits {
    /// The name in JSON and on the command line: lower case, words joined by underscores.
    var name: String { get }
}

extension FieldChoice {
    public static func type(within limits: NoLimits) -> FieldType {
        .choice(allCases.map { FieldType.Member($0.rawValue, $0.name) })
    }

    public static func decode(from reader: inout CBORReader, within limits: NoLimits) throws(FieldFault) -> Self {
        let offset = reader.position
        let number: UInt64
        do { number = try reader.readUInt(max: 255) } catch { throw FieldFault(error) }
        guard let choice = Self(rawValue: UInt8(number)) else { throw FieldFault(.range, offset: offset) }
        return choice
    }

    public func encode(into writer: inout CBORWriter) { writer.write(UInt64(rawValue)) }
}

/// Whether a set of flags may be empty.
public enum FlagLimits: Hashable, Sendable {
    /// At least one flag.
    case some
    /// Any number of flags, none included.
    case any
}

/// Any of a few named bits. A bit, once given, keeps its meaning for ever.
public protocol FieldFlags: FieldValue, OptionSet where RawValue == UInt32, Limits == FlagLimits {
    /// Every flag with the name it has in JSON and on the command line.
    static var members: [FieldType.Member] { get }
}

extension FieldFlags {
    public static func type(within limits: FlagLimits) -> FieldType {
        .flags(members, isEmptyAllowed: limits == .any)
    }

    public static func decode(from reader: inout CBORReader, within limits: FlagLimits) throws(FieldFault) -> Self {
        let offset = reader.position
        let bits: UInt64
        do { bits = try reader.readUInt(max: UInt64(UInt32.max)) } catch { throw FieldFault(error) }
        guard bits & ~mask == 0, bits != 0 || limits == .any else { throw FieldFault(.range, offset: offset) }
        return Self(rawValue: UInt32(bits))
    }

    public func encode(into writer: inout CBORWriter) { writer.write(UInt64(rawValue)) }

    /// The names of the flags that are set, in order of their bits.
    public var names: [String] {
        Self.members.filter { rawValue & 1 << UInt32($0.number) != 0 }.map(\.name)
    }

    private static var mask: UInt64 {
        members.reduce(0) { $0 | 1 << UInt64($1.number) }
    }
}
