// Contracts · a struct whose fields are declared once and thereby encoded, decoded and described.
public import Primitives

/// A record of fields: the arguments of a call, its result, a row of the state, or a part of one of these.
///
/// In CBOR it is a map of its present fields, keys ascending; in JSON an object. Decoding accepts exactly one encoding.
///
/// ```swift
/// struct ActorRow: FieldRecord {
///     var organisation = OrganisationName.placeholder
///     var isRevoked = false
///     mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
///         try list.required(1, "organisation", &organisation, "who registered the actor")
///         try list.marker(2, "revoked", &isRevoked, "whether it was revoked")
///     }
/// }
/// ```
public protocol FieldRecord: FieldValue where Limits == NoLimits {
    /// A record to decode into; its values mean nothing.
    init()

    /// Tells every field to `list`, in ascending order of keys.
    mutating func fields(_ list: inout some FieldList) throws(FieldFault)

    /// Checks the rules between fields, which depend on nothing outside the record.
    func validate() throws(FieldFault)
}

extension FieldRecord {
    public func validate() throws(FieldFault) {}

    public static func type(within limits: NoLimits) -> FieldType { .record(descriptors) }

    public static func decode(from reader: inout CBORReader, within limits: NoLimits) throws(FieldFault) -> Self {
        var record = Self()
        var decoder = try FieldDecoder(reader)
        try record.fields(&decoder)
        reader = try decoder.finish()
        try record.validate()
        return record
    }

    public func encode(into writer: inout CBORWriter) {
        var copy = self
        // Neither list ever throws: they only read the fields.
        var counter = FieldCounter()
        try? copy.fields(&counter)
        var encoder = FieldEncoder(taking: &writer, fieldCount: counter.count)
        try? copy.fields(&encoder)
        writer = encoder.writer
    }

    /// The fields as data.
    public static var descriptors: [FieldDescriptor] {
        var describer = FieldDescriber()
        var record = Self()
        try? record.fields(&describer)
        return describer.descriptors
    }
}

// MARK: - Whole inputs
extension FieldRecord {
    /// Decodes the record that is exactly `bytes[range]`.
    public init(decoding bytes: [UInt8], in range: Range<Int>) throws(FieldFault) {
        var reader = CBORReader(bytes, in: range)
        self = try Self.decode(from: &reader, within: NoLimits())
        guard reader.isAtEnd else { throw FieldFault(.malformed(.trailing), offset: reader.position) }
    }

    /// Decodes the record that is exactly `bytes`.
    public init(decoding bytes: [UInt8]) throws(FieldFault) {
        try self.init(decoding: bytes, in: 0..<bytes.count)
    }

    /// The record in its one encoding.
    public func encoded() -> [UInt8] {
        var writer = CBORWriter(capacity: 256)
        encode(into: &writer)
        return writer.bytes
    }
}
