// Contracts · the list of fields as read from CBOR.
internal import Primitives

/// Hands each declared field its value from a CBOR map, in one pass and with the keys in ascending order.
struct FieldDecoder: FieldList {
    private var reader: CBORReader
    private var remainingCount: Int
    /// The key that was read and whose value comes next.
    private var key: UInt64?
    private var keyOffset = 0

    /// Starts on the map that comes next in `reader`.
    init(_ reader: CBORReader) throws(FieldFault) {
        self.reader = reader
        do { remainingCount = try self.reader.readMapCount() } catch { throw FieldFault(error) }
        try advance(after: nil)
    }

    /// Ends the map: throws if it holds a field that was not declared. Returns the reader behind it.
    func finish() throws(FieldFault) -> CBORReader {
        guard key == nil else { throw FieldFault(.unknown, offset: keyOffset) }
        return reader
    }

    mutating func required<Value: FieldValue>(
        _ key: UInt64, _ name: String, _ value: inout Value, within limits: Value.Limits, _ summary: String
    ) throws(FieldFault) {
        guard try isNext(key) else { throw FieldFault(.missing, path: name) }
        do { value = try Value.decode(from: &reader, within: limits) } catch { throw error.under(name) }
        try advance(after: key)
    }

    mutating func optional<Value: FieldValue>(
        _ key: UInt64, _ name: String, _ value: inout Value?, within limits: Value.Limits, _ summary: String
    ) throws(FieldFault) {
        guard try isNext(key) else { return }
        do { value = try Value.decode(from: &reader, within: limits) } catch { throw error.under(name) }
        try advance(after: key)
    }

    mutating func marker(
        _ key: UInt64, _ name: String, _ value: inout Bool, _ summary: String
    ) throws(FieldFault) {
        guard try isNext(key) else { return }
        let offset = reader.position
        do { value = try reader.readBool() } catch { throw FieldFault(error).under(name) }
        // An explicit `false` would be a second spelling of absence.
        guard value else { throw FieldFault(.range, path: name, offset: offset) }
        try advance(after: key)
    }

    /// Whether the next field has `expected` as its key; a smaller key belongs to no declared field.
    private func isNext(_ expected: UInt64) throws(FieldFault) -> Bool {
        guard let key else { return false }
        guard key >= expected else { throw FieldFault(.unknown, offset: keyOffset) }
        return key == expected
    }

    private mutating func advance(after previous: UInt64?) throws(FieldFault) {
        guard remainingCount > 0 else {
            key = nil
            return
        }
        remainingCount -= 1
        keyOffset = reader.position
        do { key = try reader.readKey(after: previous) } catch { throw FieldFault(error) }
    }
}
