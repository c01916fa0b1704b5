// Contracts · the list of fields as written to CBOR, counted and described.
internal import Primitives

/// Writes each present field as an entry of a CBOR map.
struct FieldEncoder: FieldList {
    private(set) var writer: CBORWriter

    /// Starts a map of `fieldCount` entries. Takes the writer's buffer instead of sharing it, so that nothing is
    /// copied.
    init(taking writer: inout CBORWriter, fieldCount: Int) {
        self.writer = CBORWriter(capacity: 0)
        swap(&self.writer, &writer)
        self.writer.write(mapCount: fieldCount)
    }

    mutating func required<Value: FieldValue>(
        _ key: UInt64, _ name: String, _ value: inout Value, within limits: Value.Limits, _ summary: String
    ) {
        writer.write(key)
        value.encode(into: &writer)
    }

    mutating func optional<Value: FieldValue>(
        _ key: UInt64, _ name: String, _ value: inout Value?, within limits: Value.Limits, _ summary: String
    ) {
        guard let value else { return }
        writer.write(key)
        value.encode(into: &writer)
    }

    mutating func marker(_ key: UInt64, _ name: String, _ value: inout Bool, _ summary: String) {
        guard value else { return }
        writer.write(key)
        writer.write(true)
    }
}

/// Counts the fields that are present: the head of a map comes before its entries.
struct FieldCounter: FieldList {
    private(set) var count = 0

    mutating func required<Value: FieldValue>(
        _ key: UInt64, _ name: String, _ value: inout Value, within limits: Value.Limits, _ summary: String
    ) {
        count += 1
    }

    mutating func optional<Value: FieldValue>(
        _ key: UInt64, _ name: String, _ value: inout Value?, within limits: Value.Limits, _ summary: String
    ) {
        if value != nil { count += 1 }
    }

    mutating func marker(_ key: UInt64, _ name: String, _ value: inout Bool, _ summary: String) {
        if value { count += 1 }
    }
}

/// Notes each declared field as data.
struct FieldDescriber: FieldList {
    private(set) var descriptors: [FieldDescriptor] = []

    mutating func required<Value: FieldValue>(
        _ key: UInt64, _ name: String, _ value: inout Value, within limits: Value.Limits, _ summary: String
    ) {
        note(key, name, Value.type(within: limits), isOptional: false, summary)
    }

    mutating func optional<Value: FieldValue>(
        _ key: UInt64, _ name: String, _ value: inout Value?, within limits: Value.Limits, _ summary: String
    ) {
        note(key, name, Value.type(within: limits), isOptional: true, summary)
    }

    mutating func marker(_ key: UInt64, _ name: String, _ value: inout Bool, _ summary: String) {
        note(key, name, .marker, isOptional: true, summary)
    }

    private mutating func note(
        _ key: UInt64, _ name: String, _ type: FieldType, isOptional: Bool, _ summary: String
    ) {
        precondition(descriptors.last.map { $0.key < key } ?? true, "fields are declared in ascending order of keys")
        descriptors.append(
            FieldDescriptor(key: key, name: name, type: type, isOptional: isOptional, summary: summary))
    }
}
