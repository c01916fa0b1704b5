// Contracts · which of a subject's profiles, as one bit each.
public import Primitives

/// The number of one of a subject's profiles, 0–63.
public struct ProfileNumber: Hashable, Comparable, Sendable {
    /// Most profiles a subject has.
    public static let count = 64

    /// The number.
    public let number: UInt8

    /// The profile `number`, or nil over 63.
    public init?(_ number: UInt64) {
        guard number < UInt64(Self.count) else { return nil }
        self.number = UInt8(number)
    }

    fileprivate init(bit: Int) { number = UInt8(bit) }

    public static func < (left: ProfileNumber, right: ProfileNumber) -> Bool { left.number < right.number }
}

// MARK: - FieldValue
extension ProfileNumber: FieldValue {
    /// A number to decode into; it means nothing.
    static let placeholder = ProfileNumber(bit: 0)

    public static func type(within limits: NoLimits) -> FieldType { .integer(0...UInt64(count - 1)) }

    public static func decode(
        from reader: inout CBORReader, within limits: NoLimits
    ) throws(FieldFault) -> ProfileNumber {
        do { return ProfileNumber(bit: Int(try reader.readUInt(max: UInt64(count - 1)))) } catch {
            throw FieldFault(error)
        }
    }

    public func encode(into writer: inout CBORWriter) { writer.write(UInt64(number)) }
}

/// A set of profiles: bit *n* stands for profile *n*.
public struct ProfileSet: Hashable, Sendable {
    /// The bits.
    public var bits: UInt64

    /// The set with these bits.
    public init(bits: UInt64 = 0) { self.bits = bits }

    /// The set of these profiles.
    public init(_ profiles: some Sequence<ProfileNumber>) {
        bits = profiles.reduce(0) { $0 | 1 << UInt64($1.number) }
    }

    /// Whether there is no profile in it.
    public var isEmpty: Bool { bits == 0 }
    /// Whether it holds `profile`.
    public func contains(_ profile: ProfileNumber) -> Bool { bits >> UInt64(profile.number) & 1 == 1 }
    /// Adds `profile`.
    public mutating func insert(_ profile: ProfileNumber) { bits |= 1 << UInt64(profile.number) }
    /// The profiles in either set.
    public func union(_ other: ProfileSet) -> ProfileSet { ProfileSet(bits: bits | other.bits) }
    /// The profiles in both sets.
    public func intersection(_ other: ProfileSet) -> ProfileSet { ProfileSet(bits: bits & other.bits) }
    /// The profiles that are not in `other`.
    public func subtracting(_ other: ProfileSet) -> ProfileSet { ProfileSet(bits: bits & ~other.bits) }
    /// The profiles, ascending.
    public var profiles: [ProfileNumber] {
        (0..<ProfileNumber.count).filter { bits >> UInt64($0) & 1 == 1 }.map(ProfileNumber.init(bit:))
    }
}

// MARK: - FieldValue
extension ProfileSet: FieldValue {
    public static func type(within limits: NoLimits) -> FieldType { .profiles }

    public static func decode(from reader: inout CBORReader, within limits: NoLimits) throws(FieldFault) -> ProfileSet {
        do { return ProfileSet(bits: try reader.readUInt()) } catch { throw FieldFault(error) }
    }

    public func encode(into writer: inout CBORWriter) { writer.write(bits) }
}
