// PrimitivesTests · any item of the profile, as a value to build, read and write.
import Primitives

/// One item of the deterministic profile.
indirect enum CBORItem: Hashable {
    case unsigned(UInt64)
    case negative(Int64)
    case bytes([UInt8])
    case text(String)
    case array([CBORItem])
    case map([UInt64: CBORItem])
    case bool(Bool)
    case null

    /// The item's only encoding.
    var encoded: [UInt8] {
        var writer = CBORWriter()
        write(to: &writer)
        return writer.bytes
    }

    private func write(to writer: inout CBORWriter) {
        switch self {
        case .unsigned(let value): writer.write(value)
        case .negative(let value): writer.write(signed: value)
        case .bytes(let value): writer.write(bytes: value)
        case .text(let value): writer.write(text: value)
        case .array(let items):
            writer.write(arrayCount: items.count)
            for item in items { item.write(to: &writer) }
        case .map(let entries):
            writer.write(mapCount: entries.count)
            for (key, value) in entries.sorted(by: { $0.key < $1.key }) {
                writer.write(key)
                value.write(to: &writer)
            }
        case .bool(let value): writer.write(value)
        case .null: writer.writeNull()
        }
    }

    /// The one item that `bytes` is, by the typed calls of the reader.
    init(_ bytes: [UInt8]) throws(CBORError) {
        var reader = CBORReader(bytes)
        self = try CBORItem(from: &reader, depth: 0)
        try reader.finish()
    }

    private init(from reader: inout CBORReader, depth: Int) throws(CBORError) {
        let start = reader.position
        let major = try reader.peekMajorType()
        let isNesting = major == 4 || major == 5
        guard !isNesting || depth < CBORReader.depthMax else { throw CBORError(.tooDeep, at: start) }
        switch major {
        case 0: self = .unsigned(try reader.readUInt())
        case 1: self = .negative(try reader.readInt())
        case 2: self = .bytes(try reader.readBytes())
        case 3: self = .text(try reader.readText())
        case 4:
            var items: [CBORItem] = []
            for _ in 0..<(try reader.readArrayCount()) { items.append(try CBORItem(from: &reader, depth: depth + 1)) }
            self = .array(items)
        case 5:
            var entries: [UInt64: CBORItem] = [:]
            var previous: UInt64?
            for _ in 0..<(try reader.readMapCount()) {
                let key = try reader.readKey(after: previous)
                entries[key] = try CBORItem(from: &reader, depth: depth + 1)
                previous = key
            }
            self = .map(entries)
        default: self = reader.readNullIfPresent() ? .null : .bool(try reader.readBool())
        }
    }

    /// An item of any kind, nested `depth` deep at most.
    static func random(_ random: inout TestRandom, depth: Int) -> CBORItem {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
        case 0: .unsigned(random.next() >> UInt64.random(in: 0..<64, using: &random))
        case 1: .negative(~Int64(random.next() >> UInt64.random(in: 1..<64, using: &random)))
        case 2: .bytes(random.bytes(Int.random(in: 0..<40, using: &random)))
        case 3: .text(String((0..<Int.random(in: 0..<30, using: &random)).map { _ in scalar(&random) }))
        case 4: .bool(Bool.random(using: &random))
        case 5: .null
        case 6: .array((0..<Int.random(in: 0..<5, using: &random)).map { _ in .random(&random, depth: depth - 1) })
        default:
            .map(
                Dictionary(
                    (0..<Int.random(in: 0..<5, using: &random)).map { _ in
                        (random.next() >> UInt64.random(in: 0..<64, using: &random), .random(&random, depth: depth - 1))
                    }, uniquingKeysWith: { first, _ in first }))
        }
    }

    private static func scalar(_ random: inout TestRandom) -> Character {
        let value = UInt32(truncatingIfNeeded: random.next() >> 40) >> UInt32.random(in: 0..<20, using: &random)
        return Character(Unicode.Scalar(value) ?? "x")
    }
}
