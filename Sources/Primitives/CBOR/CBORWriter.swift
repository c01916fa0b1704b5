// Primitives · deterministic CBOR, written: RFC 8949 §4.2.1 in the profile of `docs/spec/encoding.md`.

/// Appends deterministic CBOR to a byte array. Heads are the shortest possible; map keys are the caller's duty
/// (unsigned integers, ascending), and a strict reader refuses them otherwise.
public struct CBORWriter: Sendable {
    /// What has been written.
    public private(set) var bytes: [UInt8]

    /// An empty writer with room for `capacity` bytes.
    @inlinable
    public init(capacity: Int = 256) {
        self.init(reserving: capacity)
    }

    @usableFromInline
    init(reserving capacity: Int) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Begins again with nothing written, in the same memory.
    public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// An unsigned integer, major type 0.
    public mutating func write(_ value: UInt64) { head(0, value) }
    /// A signed integer, major type 0 or 1.
    public mutating func write(signed value: Int64) {
        if value >= 0 { head(0, UInt64(value)) } else { head(1, UInt64(bitPattern: ~value)) }
    }
    /// A byte string, major type 2.
    public mutating func write(bytes value: some Collection<UInt8>) {
        head(2, UInt64(value.count))
        bytes.append(contentsOf: value)
    }
    /// A byte string of 32 bytes.
    public mutating func write(_ value: Bytes32) {
        bytes.append(0x58)
        bytes.append(32)
        bytes.append(value)
    }
    /// A text string, major type 3.
    public mutating func write(text value: String) {
        head(3, UInt64(value.utf8.count))
        bytes.append(contentsOf: value.utf8)
    }
    /// The head of an array of `count` items, major type 4; the items follow.
    public mutating func write(arrayCount count: Int) { head(4, UInt64(count)) }
    /// The head of a map of `count` entries, major type 5; keys and values follow in turn.
    public mutating func write(mapCount count: Int) { head(5, UInt64(count)) }
    /// `true` or `false`.
    public mutating func write(_ value: Bool) { bytes.append(value ? 0xf5 : 0xf4) }
    /// `null`.
    public mutating func writeNull() { bytes.append(0xf6) }
    /// Bytes that are deterministic CBOR already.
    public mutating func write(encoded value: some Collection<UInt8>) { bytes.append(contentsOf: value) }

    private mutating func head(_ major: UInt8, _ value: UInt64) {
        let type = major << 5
        switch value {
        case 0..<24: bytes.append(type | UInt8(value))
        case 24...0xff:
            bytes.append(type | 24)
            bytes.append(UInt8(value))
        case 0x100...0xffff:
            bytes.append(type | 25)
            bytes.append(bigEndian: UInt16(value))
        case 0x1_0000...0xffff_ffff:
            bytes.append(type | 26)
            bytes.append(bigEndian: UInt32(value))
        default:
            bytes.append(type | 27)
            bytes.append(bigEndian: value)
        }
    }
}
