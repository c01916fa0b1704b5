// HTTPServer · the header fields of a message.

/// Header fields in the order they came; names compare without regard to case (RFC 9110 §5.1).
///
/// All names and values lie in one buffer, so that a request costs two allocations however many fields it has.
public struct HTTPHeaders: Sendable {
    /// Each name and each value followed by a zero byte, as C takes them.
    private var bytes: [UInt8] = []
    /// Where each field lies in `bytes`.
    private var places: [Place] = []

    private struct Place {
        var nameStart: UInt32
        var nameCount: UInt32
        var valueCount: UInt32
        var valueStart: UInt32 { nameStart + nameCount + 1 }
    }

    /// No fields.
    public init() {}

    /// How many fields there are.
    public var count: Int { places.count }

    /// The value of the first field called `name`.
    public subscript(_ name: String) -> String? {
        place(of: name).map { value(at: places[$0]) }
    }

    /// The values of all fields called `name`, in order.
    public func values(of name: String) -> [String] {
        places.filter { isName($0, name) }.map { value(at: $0) }
    }

    /// Adds a field after the others. An answer with a line break in either part is not sent, a field without a value
    /// is left out.
    public mutating func add(_ name: String, _ value: String) {
        append(name: name.utf8, value: value.utf8)
    }

    /// Makes `value` the only one called `name`.
    public mutating func set(_ name: String, _ value: String) {
        places = places.filter { !isName($0, name) }
        add(name, value)
    }
}

// MARK: - Fields in order
extension HTTPHeaders: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { places.count }
    public subscript(index: Int) -> HTTPField {
        let place = places[index]
        let name = bytes[Int(place.nameStart)..<Int(place.nameStart + place.nameCount)]
        return HTTPField(name: String(decoding: name, as: UTF8.self), value: value(at: place))
    }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { add(name, value) }
    }
}

// MARK: - Bytes
extension HTTPHeaders {
    /// Adds a field given as bytes.
    mutating func append(name: some Collection<UInt8>, value: some Collection<UInt8>) {
        places.append(
            Place(
                nameStart: UInt32(bytes.count), nameCount: UInt32(name.count), valueCount: UInt32(value.count)))
        bytes.append(contentsOf: name)
        bytes.append(0)
        bytes.append(contentsOf: value)
        bytes.append(0)
    }

    /// Makes room for `fieldCount` fields of `byteCount` bytes together.
    mutating func reserve(fieldCount: Int, byteCount: Int) {
        places.reserveCapacity(fieldCount)
        bytes.reserveCapacity(byteCount)
    }

    /// Whether a field called `name` exists.
    func contains(_ name: String) -> Bool { place(of: name) != nil }

    /// How many fields are called `name`.
    func count(of name: String) -> Int { places.count { isName($0, name) } }

    /// The bytes of the first field called `name`, without making text of them.
    func bytes(of name: String) -> ArraySlice<UInt8>? {
        place(of: name).map {
            bytes[Int(places[$0].valueStart)..<Int(places[$0].valueStart + places[$0].valueCount)]
        }
    }

    /// Calls `body` with each name and value, ended by zero, until it returns false; returns whether it never did.
    @unsafe
    func allSatisfyCStrings(_ body: (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Bool) -> Bool {
        unsafe bytes.withUnsafeBytes { buffer in
            places.allSatisfy { place in
                let start = unsafe buffer.baseAddress!.assumingMemoryBound(to: CChar.self)
                return unsafe body(start + Int(place.nameStart), start + Int(place.valueStart))
            }
        }
    }

    private func place(of name: String) -> Int? { places.firstIndex { isName($0, name) } }

    private func value(at place: Place) -> String {
        String(
            decoding: bytes[Int(place.valueStart)..<Int(place.valueStart + place.valueCount)], as: UTF8.self)
    }

    private func isName(_ place: Place, _ name: String) -> Bool {
        let utf8 = name.utf8
        guard utf8.count == Int(place.nameCount) else { return false }
        var index = Int(place.nameStart)
        for byte in utf8 {
            guard Self.lowercase(bytes[index]) == Self.lowercase(byte) else { return false }
            index += 1
        }
        return true
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }
}
