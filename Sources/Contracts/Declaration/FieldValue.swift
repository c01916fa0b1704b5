// Contracts · a value that can be a field: how it is read, written and described.
public import Primitives

/// Limits of a type that needs none beyond itself.
public struct NoLimits: Hashable, Sendable {
    /// The only value.
    public init() {}
}

/// A type that a field can have. Its limits are stated where the field is declared and checked when it is decoded.
public protocol FieldValue: Hashable, Sendable {
    /// What a declaration says to narrow the type, such as a range.
    associatedtype Limits: Sendable = NoLimits

    /// The type as data.
    static func type(within limits: Limits) -> FieldType
    /// Reads one value strictly.
    static func decode(from reader: inout CBORReader, within limits: Limits) throws(FieldFault) -> Self
    /// Writes the value in its one encoding.
    func encode(into writer: inout CBORWriter)
}

/// What a record tells its fields to: a decoder, an encoder or a describer. The record declares each field once, in
/// ascending order of keys, and the same lines serve all three.
public protocol FieldList {
    /// A field that must be present.
    mutating func required<Value: FieldValue>(
        _ key: UInt64, _ name: String, _ value: inout Value, within limits: Value.Limits, _ summary: String
    ) throws(FieldFault)

    /// A field that may be absent.
    mutating func optional<Value: FieldValue>(
        _ key: UInt64, _ name: String, _ value: inout Value?, within limits: Value.Limits, _ summary: String
    ) throws(FieldFault)

    /// A truth that is present when it holds and absent when it does not.
    mutating func marker(
        _ key: UInt64, _ name: String, _ value: inout Bool, _ summary: String
    ) throws(FieldFault)
}

extension FieldList {
    /// A field that must be present, of a type that needs no limits.
    public mutating func required<Value: FieldValue>(
        _ key: UInt64, _ name: String, _ value: inout Value, _ summary: String
    ) throws(FieldFault) where Value.Limits == NoLimits {
        try required(key, name, &value, within: NoLimits(), summary)
    }

    /// A field that may be absent, of a type that needs no limits.
    public mutating func optional<Value: FieldValue>(
        _ key: UInt64, _ name: String, _ value: inout Value?, _ summary: String
    ) throws(FieldFault) where Value.Limits == NoLimits {
        try optional(key, name, &value, within: NoLimits(), summary)
    }
}
