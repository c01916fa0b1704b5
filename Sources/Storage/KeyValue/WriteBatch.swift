// Storage · changes that are applied together or not at all.

/// Puts and deletes for one atomic write, held in one flat buffer.
///
/// The buffer is RocksDB's own batch format, so a write hands over one block of memory instead of one call per key:
/// ```
/// sequence u64 = 0 ‖ count u32 little-endian ‖ count × operation
/// put          05 ‖ family varint ‖ key length varint ‖ key ‖ value length varint ‖ value
/// delete       04 ‖ family varint ‖ key length varint ‖ key
/// deleteRange  0e ‖ family varint ‖ length varint ‖ from ‖ length varint ‖ to
/// ```
/// The family is ``ColumnFamily/index`` + 1, because RocksDB keeps 0 for its default family. Later operations win over
/// earlier ones on the same key. Keys are never empty; values may be. Keys and values have less than 4 GiB.
/// Source: RocksDB 7.8, `db/write_batch.cc`.
public struct WriteBatch: Hashable, Sendable {
    static let headerSize = 12

    /// The encoded batch.
    private(set) var bytes: [UInt8]
    /// How many operations were added.
    public private(set) var count = 0

    /// An empty batch with room for `capacity` bytes.
    public init(capacity: Int = 0) {
        bytes = []
        bytes.reserveCapacity(Self.headerSize + capacity)
        bytes.append(contentsOf: repeatElement(0, count: Self.headerSize))
    }

    /// Whether nothing was added.
    public var isEmpty: Bool { count == 0 }

    /// The size of the encoded batch, in bytes.
    public var byteCount: Int { bytes.count }

    /// Sets `key` to `value`. Costs about 20 ns for a key of 32 bytes and a value of 80.
    /// - Precondition: `key` is not empty.
    public mutating func put(_ key: [UInt8], _ value: [UInt8], in family: ColumnFamily) {
        append(.put, key, value, in: family)
    }

    /// Removes `key`, which need not exist.
    /// - Precondition: `key` is not empty.
    public mutating func delete(_ key: [UInt8], in family: ColumnFamily) {
        append(.delete, key, nil, in: family)
    }

    /// Removes the keys from `lower` up to but not including `upper`; nothing when `upper` does not follow `lower`.
    /// - Precondition: neither is empty.
    public mutating func deleteRange(from lower: [UInt8], to upper: [UInt8], in family: ColumnFamily) {
        precondition(!upper.isEmpty, "a key is never empty")
        guard ByteOrder.precedes(lower, upper) else { return }
        append(.deleteRange, lower, upper, in: family)
    }

    /// Removes every key that begins with `prefix`, which is not empty.
    public mutating func deleteAll(prefix: [UInt8], in family: ColumnFamily) {
        precondition(!prefix.isEmpty, "a key is never empty")
        // After a prefix of ff alone there is no key to end at; none that is longer by half is in use.
        let end = KeyRange.successor(ofPrefix: prefix) ?? prefix + [UInt8](repeating: 0xff, count: 256)
        deleteRange(from: prefix, to: end, in: family)
    }

    /// Adds the operations of `other` after those already here.
    public mutating func append(contentsOf other: WriteBatch) {
        bytes.append(contentsOf: other.bytes[Self.headerSize...])
        setCount(count + other.count)
    }

    /// Forgets every operation and keeps the memory for the next batch.
    public mutating func removeAll() {
        bytes.removeSubrange(Self.headerSize...)
        setCount(0)
    }
}

// MARK: - Encoding
extension WriteBatch {
    private enum Tag: UInt8 { case delete = 0x04, put = 0x05, deleteRange = 0x0e }

    /// Adds one operation with a single growth of the buffer: the hot path of every block. Works on addresses, because
    /// counting references to the arrays took longer than copying them.
    private mutating func append(_ tag: Tag, _ key: [UInt8], _ value: [UInt8]?, in family: ColumnFamily) {
        precondition(!key.isEmpty, "a key is never empty")
        let index = family.index
        unsafe key.withUnsafeBytes { key in
            guard let value else { return unsafe append(tag, index, key, nil) }
            unsafe value.withUnsafeBytes { value in unsafe append(tag, index, key, value) }
        }
        setCount(count + 1)
    }

    @inline(__always)
    private mutating func append(
        _ tag: Tag, _ index: Int, _ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?
    ) {
        let lengthSizeMax = 5  // Of a varint of 32 bits.
        let sizeMax = unsafe 2 + lengthSizeMax + key.count + lengthSizeMax + (value?.count ?? 0)
        bytes.append(addingCapacity: sizeMax) { room in
            room.append(tag.rawValue)
            room.append(UInt8(truncatingIfNeeded: index + 1))  // At most 100, so one byte of varint.
            unsafe Self.append(key, to: &room)
            if let value = unsafe value { unsafe Self.append(value, to: &room) }
        }
    }

    @inline(__always)
    private static func append(_ part: UnsafeRawBufferPointer, to room: inout OutputSpan<UInt8>) {
        var rest = UInt32(part.count)
        while rest >= 0x80 {
            room.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        room.append(UInt8(truncatingIfNeeded: rest))
        unsafe room.withUnsafeMutableBufferPointer { buffer, initializedCount in
            // `room` was made for all parts; the precondition keeps a mistake here from writing past it.
            precondition(buffer.count - initializedCount >= part.count)
            guard let source = part.baseAddress, part.count > 0 else { return }
            unsafe UnsafeMutableRawPointer(buffer.baseAddress! + initializedCount)
                .copyMemory(from: source, byteCount: part.count)
            initializedCount += part.count
        }
    }

    private mutating func setCount(_ newCount: Int) {
        count = newCount
        var stored = UInt32(newCount)
        // Nearly always only the lowest byte changes.
        for index in 8..<12 {
            let byte = UInt8(truncatingIfNeeded: stored)
            if bytes[index] != byte { bytes[index] = byte }
            stored >>= 8
        }
    }
}

// MARK: - Decoding
extension WriteBatch {
    /// One change; `family` is the index of its ``ColumnFamily``.
    enum Operation: Hashable {
        case put(key: [UInt8], value: [UInt8], family: Int)
        case delete(key: [UInt8], family: Int)
        case deleteRange(from: [UInt8], to: [UInt8], family: Int)
    }

    /// The operations in the order in which they were added.
    var operations: [Operation] {
        var operations: [Operation] = []
        operations.reserveCapacity(count)
        var offset = Self.headerSize
        while offset < bytes.count {
            let tag = Tag(rawValue: bytes[offset])
            let family = Int(bytes[offset + 1]) - 1
            offset += 2
            let key = takeBytes(at: &offset)
            switch tag {
            case .put: operations.append(.put(key: key, value: takeBytes(at: &offset), family: family))
            case .delete: operations.append(.delete(key: key, family: family))
            case .deleteRange: operations.append(.deleteRange(from: key, to: takeBytes(at: &offset), family: family))
            case nil: preconditionFailure("a batch holds only what this type wrote")
            }
        }
        return operations
    }

    private func takeBytes(at offset: inout Int) -> [UInt8] {
        var length = 0
        var shift = 0
        while true {
            let byte = bytes[offset]
            offset += 1
            length |= Int(byte & 0x7f) << shift
            if byte < 0x80 { break }
            shift += 7
        }
        defer { offset += length }
        return Array(bytes[offset..<(offset + length)])
    }
}
