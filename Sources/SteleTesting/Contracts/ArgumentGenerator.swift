// SteleTesting · valid arguments of any call, drawn from its declaration.
public import Contracts
public import Cryptography
public import Primitives

/// Draws CBOR that fits a declaration, field by field.
public struct ArgumentGenerator {
    /// Where everything is drawn from.
    public let random: SeededRandom
    /// Ids and keys that every other field of 32 bytes takes one of, so that calls meet rows that are there.
    public var known: [Bytes32] = []
    /// What the next arguments hold in place of the field of bytes, or token, number ``plantedPlace``.
    public var planted: Bytes32?
    /// Which field; counted from 0, and from the start again after the last.
    public var plantedPlace = 0
    /// How many fields of bytes and tokens the last arguments had.
    public private(set) var byteFieldCount = 0
    private var day: UInt64 = 0

    /// The generator for `seed`.
    public init(seed: UInt64) { random = SeededRandom(seed) }

    /// A number below `bound`.
    public func number(below bound: UInt64) -> UInt64 { random.bytes(8).bigEndian(at: 0, as: UInt64.self) % bound }

    /// Arguments that `call` accepts. Rules between fields are met by drawing again.
    public mutating func arguments(of call: AnyCallDeclaration) -> [UInt8] {
        while true {
            var writer = CBORWriter()
            day = 0
            byteFieldCount = 0
            write(.record(call.arguments), to: &writer)
            if planted != nil, byteFieldCount > 0, plantedPlace >= byteFieldCount {
                plantedPlace %= byteFieldCount
                continue
            }
            if (try? call.check(arguments: writer.bytes)) != nil { return writer.bytes }
        }
    }

    /// Random bytes, or what is planted here.
    private mutating func field() -> Bytes32 {
        byteFieldCount += 1
        if let planted, byteFieldCount - 1 == plantedPlace { return planted }
        return random.bytes32()
    }

    private mutating func write(_ type: FieldType, to writer: inout CBORWriter) {
        switch type {
        case .bytes(32) where planted != nil:
            writer.write(field())
        case .bytes(32) where !known.isEmpty && number(below: 2) == 0:
            byteFieldCount += 1
            writer.write(known[Int(number(below: UInt64(known.count)))])
        case .bytes(let count):
            byteFieldCount += 1
            writer.write(bytes: random.bytes(count))
        case .tokens:
            let tokens = (0..<TokenSet.counts[Int(number(below: 3))]).map { _ in field() }.sorted()
            writer.write(arrayCount: tokens.count)
            for token in tokens { writer.write(token) }
        case .integer(let limits):
            switch number(below: 4) {
            case 0: writer.write(limits.lowerBound)
            case 1: writer.write(limits.upperBound)
            default: writer.write(limits.lowerBound + number(below: max(1, limits.upperBound - limits.lowerBound)))
            }
        case .time:
            // Later fields get later days, which fits every pair of bounds.
            day += 1 + number(below: 20_000)
            writer.write(day * 86_400)
        case .choice(let members): writer.write(UInt64(members[Int(number(below: UInt64(members.count)))].number))
        case .flags(let members, let isEmptyAllowed):
            let bits = members.reduce(UInt64(0)) { $0 | number(below: 2) << UInt64($1.number) }
            let empty: UInt64 = number(below: 2) == 0 ? 0 : bits
            writer.write(isEmptyAllowed ? empty : max(bits, 1))
        case .marker: writer.write(true)
        case .name: writer.write(text: "st-" + random.bytes(4).map { String($0, radix: 16) }.joined(separator: "."))
        case .profiles: writer.write(random.bytes(8).bigEndian(at: 0, as: UInt64.self))
        case .list(let type, let counts):
            let count = counts.lowerBound + Int(number(below: UInt64(min(counts.count, 5))))
            writer.write(arrayCount: count)
            for _ in 0..<count {
                if case .record = type { day = 0 }
                write(type, to: &writer)
            }
        case .record(let fields):
            let present = fields.filter { !$0.isOptional || number(below: 2) == 0 }
            writer.write(mapCount: present.count)
            for field in present {
                writer.write(field.key)
                write(field.type, to: &writer)
            }
        }
    }
}
