// Primitives · fixed-width integers in network order.

extension [UInt8] {
    /// Appends `value`, most significant byte first.
    @inlinable
    public mutating func append<Integer: FixedWidthInteger>(bigEndian value: Integer) {
        var shift = Integer.bitWidth - 8
        while shift >= 0 {
            append(UInt8(truncatingIfNeeded: value >> Integer(shift)))
            shift -= 8
        }
    }

    /// The integer whose most significant byte is at `offset`.
    /// - Precondition: the integer lies inside the array.
    @inlinable
    public func bigEndian<Integer: FixedWidthInteger>(at offset: Int, as type: Integer.Type = Integer.self) -> Integer {
        var value: Integer = 0
        for index in offset..<(offset + Integer.bitWidth / 8) { value = value << 8 | Integer(self[index]) }
        return value
    }
}
