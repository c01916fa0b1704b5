import Primitives
import Testing

/// Against the same questions asked of plain arrays.
@Suite struct Bytes32Tests {
    /// Pairs that share any number of leading bits, often all but a few.
    static func pairs(_ count: Int) -> [(Bytes32, Bytes32)] {
        var random = TestRandom(7)
        return (0..<count).map { _ in
            let left = random.bytes(32)
            var right = left
            for _ in 0..<Int.random(in: 0..<3, using: &random) {
                right[Int.random(in: 0..<32, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
            return (Bytes32(left)!, Bytes32(right)!)
        }
    }

    @Test func takesThirtyTwoBytesOnly() {
        let bytes = Array(UInt8(0)..<32)
        #expect(Bytes32(bytes)?.bytes == bytes)
        #expect(Bytes32(([9] + bytes)[1...])?.bytes == bytes)
        #expect(Bytes32(Set<UInt8>(bytes).sorted())?.bytes == bytes)
        #expect(Bytes32(bytes.lazy.map { $0 })?.bytes == bytes)
        #expect(Bytes32([9, 9, 9] + bytes + [9], at: 3).bytes == bytes)
        for count in [0, 1, 31, 33, 64] { #expect(Bytes32([UInt8](repeating: 0, count: count)) == nil) }
        #expect(Bytes32.zero.bytes == [UInt8](repeating: 0, count: 32))
    }

    @Test func readsAndWritesHexadecimal() {
        for (value, _) in Self.pairs(100) {
            #expect(value.hex.count == 64)
            #expect(value.hex == Hex.encode(value.bytes))
            #expect(Bytes32(hex: value.hex) == value)
            #expect(Bytes32(hex: value.hex.uppercased()) == value)
            #expect("\(value)" == value.hex)
            #expect(Bytes32(hex: value.hex.dropLast()) == nil)
            #expect(Bytes32(hex: value.hex + "00") == nil)
        }
        #expect(Bytes32(hex: String(repeating: "0g", count: 32)) == nil)
    }

    @Test func ordersBytewise() {
        for (left, right) in Self.pairs(5000) {
            #expect((left < right) == left.bytes.lexicographicallyPrecedes(right.bytes))
            #expect((left == right) == (left.bytes == right.bytes))
            #expect(left != right || left.hashValue == right.hashValue)
        }
        let sorted = Self.pairs(500).map(\.0).sorted()
        #expect(sorted.map(\.bytes) == sorted.map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) })
    }

    @Test func pathIsMostSignificantBitFirst() {
        for (value, _) in Self.pairs(50) {
            let bytes = value.bytes
            for index in 0..<256 {
                #expect(value.bit(index) == (bytes[index / 8] >> UInt8(7 - index % 8) & 1 == 1))
            }
            for index in 0..<64 {
                #expect(value.nibble(index) == (index % 2 == 0 ? bytes[index / 2] >> 4 : bytes[index / 2] & 15))
            }
        }
    }

    @Test func countsCommonBits() {
        for (left, right) in Self.pairs(2000) {
            let naive = (0..<256).first { left.bit($0) != right.bit($0) } ?? 256
            #expect(left.commonPrefixBitCount(with: right) == naive)
            #expect(right.commonPrefixBitCount(with: left) == naive)
        }
        #expect(Bytes32.zero.commonPrefixBitCount(with: .zero) == 256)
    }

    @Test func appendsToArrays() {
        let value = Bytes32(Array(0..<32))!
        var bytes: [UInt8] = [1]
        bytes.append(value)
        #expect(bytes == [1] + value.bytes)
    }

    @Test func stopsOutsideTheArray() async {
        await #expect(processExitsWith: .failure) { _ = Bytes32([UInt8](repeating: 0, count: 40), at: 9) }
        await #expect(processExitsWith: .failure) { _ = Bytes32([UInt8](repeating: 0, count: 40), at: -1) }
    }
}

@Suite struct BigEndianTests {
    @Test func mostSignificantByteComesFirst() {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: UInt8(1))
        bytes.append(bigEndian: UInt16(0x0203))
        bytes.append(bigEndian: UInt32(0x0405_0607))
        bytes.append(bigEndian: UInt64(0x0809_0a0b_0c0d_0e0f))
        #expect(bytes == Array(1...15))
        #expect(bytes.bigEndian(at: 0, as: UInt8.self) == 1)
        #expect(bytes.bigEndian(at: 1, as: UInt16.self) == 0x0203)
        #expect(bytes.bigEndian(at: 3, as: UInt32.self) == 0x0405_0607)
        #expect(bytes.bigEndian(at: 7, as: UInt64.self) == 0x0809_0a0b_0c0d_0e0f)
    }

    @Test func extremesComeBack() {
        for value in [UInt64.min, .max, 1 << 63, 0xff] {
            var bytes: [UInt8] = []
            bytes.append(bigEndian: value)
            #expect(bytes.bigEndian(at: 0) == value)
        }
    }
}
