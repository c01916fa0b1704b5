// Leaks · every byte field of a call's arguments, found without knowing the call.

/// Walks encoded arguments and tells where their byte strings are.
///
/// The arguments were decoded by their declaration, so they are well-formed CBOR of the closed types: every field of
/// bytes, every token of a set and every element of a list is one byte string, whichever contract it belongs to. A
/// contract added later is covered without a word about it here. The only texts are names of organisations, which their
/// administrators choose and which are public.
struct ByteFields {
    private let bytes: [UInt8]
    private let end: Int
    private var position: Int

    /// The fields of the arguments at `range`.
    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// The next field, or nil after the last.
    mutating func next() -> Range<Int>? {
        while position < end {
            let initial = bytes[position]
            var value = Int(initial & 31)
            position += 1
            if value >= 24, value < 28 {
                let width = 1 << (value - 24)
                guard position + width <= end else { return nil }
                value = 0
                for _ in 0..<width {
                    value = value << 8 | Int(bytes[position])
                    position += 1
                }
            }
            // Of arrays and maps the items simply come next.
            guard initial >> 5 == 2 || initial >> 5 == 3 else { continue }
            guard value >= 0, value <= end - position else { return nil }
            let range = position..<(position + value)
            position = range.upperBound
            if initial >> 5 == 2 { return range }
        }
        return nil
    }
}
