// Contracts · identifiers, commitments, keys and lists as fields.
public import Primitives

/// Thirty-two bytes: identifiers, commitments, tokens and keys.
extension Bytes32: FieldValue {
    public static func type(within limits: NoLimits) -> FieldType { .bytes(count: count) }

    public static func decode(from reader: inout CBORReader, within limits: NoLimits) throws(FieldFault) -> Bytes32 {
        do { return try reader.readBytes32() } catch { throw FieldFault(error) }
    }

    public func encode(into writer: inout CBORWriter) { writer.write(self) }
}

/// A list of values, whose limits are how many there may be.
extension Array: FieldValue where Element: FieldValue, Element.Limits == NoLimits {
    public static func type(within limits: ClosedRange<Int>) -> FieldType {
        .list(Element.type(within: NoLimits()), count: limits)
    }

    public static func decode(
        from reader: inout CBORReader, within limits: ClosedRange<Int>
    ) throws(FieldFault) -> [Element] {
        let count: Int
        do { count = try reader.readArrayCount(limits) } catch { throw FieldFault(error) }
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for index in 0..<count {
            do {
                elements.append(try Element.decode(from: &reader, within: NoLimits()))
            } catch {
                throw error.at(index: index)
            }
        }
        return elements
    }

    public func encode(into writer: inout CBORWriter) {
        writer.write(arrayCount: count)
        for element in self { element.encode(into: &writer) }
    }
}

/// An unsigned integer, whose limits are a range.
extension UInt64: FieldValue {
    public static func type(within limits: ClosedRange<UInt64>) -> FieldType { .integer(limits) }

    public static func decode(
        from reader: inout CBORReader, within limits: ClosedRange<UInt64>
    ) throws(FieldFault) -> UInt64 {
        let offset = reader.position
        let value: UInt64
        do { value = try reader.readUInt(max: limits.upperBound) } catch { throw FieldFault(error) }
        guard value >= limits.lowerBound else { throw FieldFault(.range, offset: offset) }
        return value
    }

    public func encode(into writer: inout CBORWriter) { writer.write(self) }
}

/// An unsigned integer, whose limits are a range.
extension UInt32: FieldValue {
    public static func type(within limits: ClosedRange<UInt32>) -> FieldType {
        .integer(UInt64(limits.lowerBound)...UInt64(limits.upperBound))
    }

    public static func decode(
        from reader: inout CBORReader, within limits: ClosedRange<UInt32>
    ) throws(FieldFault) -> UInt32 {
        UInt32(try UInt64.decode(from: &reader, within: UInt64(limits.lowerBound)...UInt64(limits.upperBound)))
    }

    public func encode(into writer: inout CBORWriter) { writer.write(UInt64(self)) }
}
