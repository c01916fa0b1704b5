import Primitives
import Testing

/// One encoding for each value, and one value for each encoding: by many random items, and by damage to them.
@Suite struct CBORRoundTripTests {
    @Test func everyItemComesBack() throws {
        var random = TestRandom(2)
        for _ in 0..<100_000 {
            let item = CBORItem.random(&random, depth: 3)
            let bytes = item.encoded
            let read = try CBORItem(bytes)
            guard read == item, read.encoded == bytes else {
                Issue.record("\(Hex.encode(bytes)) came back as \(Hex.encode(read.encoded))")
                return
            }
            try CBORReader.validate(bytes)
        }
    }

    /// Damaged bytes are refused, or are themselves the encoding of something; and both ways of reading agree on which.
    @Test func damageIsFoundOrMeansSomethingElse() throws {
        var random = TestRandom(3)
        var acceptedCount = 0
        for _ in 0..<100_000 {
            var bytes = CBORItem.random(&random, depth: 3).encoded
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let position = Int.random(in: 0..<max(bytes.count, 1), using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: min(position, bytes.count))
                case 1 where bytes.count > 1: bytes.remove(at: position)
                case 2 where !bytes.isEmpty: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                default: bytes[position] = UInt8(truncatingIfNeeded: random.next())
                }
            }
            let read = try? CBORItem(bytes)
            let isWhole = (try? CBORReader.validate(bytes)) != nil
            if let read { acceptedCount += read.encoded == bytes ? 1 : 0 }
            guard (read != nil) == isWhole, read == nil || read?.encoded == bytes else {
                Issue.record("the readings of \(Hex.encode(bytes)) disagree")
                return
            }
        }
        #expect(acceptedCount > 1000)
    }

    @Test func noiseIsHandled() {
        var random = TestRandom(4)
        for _ in 0..<20_000 {
            let bytes = random.bytes(Int.random(in: 0..<24, using: &random))
            let read = try? CBORItem(bytes)
            let isWhole = (try? CBORReader.validate(bytes)) != nil
            guard (read != nil) == isWhole, read == nil || read?.encoded == bytes else {
                Issue.record("the readings of \(Hex.encode(bytes)) disagree")
                return
            }
        }
    }
}

/// The reader's calls one by one.
@Suite struct CBORReaderTests {
    @Test func checksBounds() throws {
        var reader = CBORReader(hex("1864"))
        #expect(throws: CBORError(.outOfRange, at: 0)) { try reader.readUInt(max: 99) }
        reader = CBORReader(hex("1864"))
        #expect(try reader.readUInt(max: 100) == 100)
        reader = CBORReader(hex("43010203"))
        #expect(throws: CBORError(.outOfRange, at: 0)) { try reader.readBytes(0...2) }
        reader = CBORReader(hex("43010203"))
        #expect(throws: CBORError(.outOfRange, at: 0)) { try reader.readBytes(4...9) }
        reader = CBORReader(hex("6161"))
        #expect(throws: CBORError(.outOfRange, at: 0)) { try reader.readText(2...2) }
        reader = CBORReader(hex("820102"))
        #expect(throws: CBORError(.outOfRange, at: 0)) { try reader.readArrayCount(0...1) }
        reader = CBORReader(hex("a1010200"))
        #expect(throws: CBORError(.outOfRange, at: 0)) { try reader.readMapCount(2...2) }
    }

    @Test func tellsTypesApart() {
        for text in ["20", "40", "60", "80", "a0", "f4"] {
            var reader = CBORReader(hex(text))
            #expect(throws: CBORError(.unexpectedType, at: 0)) { try reader.readUInt() }
        }
        for text in ["00", "f6", "40"] {
            var reader = CBORReader(hex(text))
            #expect(throws: CBORError(.unexpectedType, at: 0)) { try reader.readBool() }
        }
        var reader = CBORReader(hex("40"))
        #expect(throws: CBORError(.unexpectedType, at: 0)) { try reader.readInt() }
        reader = CBORReader(hex("6161"))
        #expect(throws: CBORError(.unexpectedType, at: 0)) { try reader.readBytes() }
        reader = CBORReader(hex("4161"))
        #expect(throws: CBORError(.unexpectedType, at: 0)) { try reader.readText() }
    }

    @Test func readsThirtyTwoBytes() throws {
        let value = Bytes32(Array(0..<32))!
        var writer = CBORWriter()
        writer.write(value)
        #expect(writer.bytes.prefix(2) == [0x58, 0x20])
        var reader = CBORReader(writer.bytes)
        #expect(try reader.readBytes32() == value)
        try reader.finish()
        for count in [0, 23, 24, 31, 33, 100] {
            var other = CBORWriter()
            other.write(bytes: [UInt8](repeating: 1, count: count))
            var reader = CBORReader(other.bytes)
            #expect(throws: CBORError(.outOfRange, at: 0)) { try reader.readBytes32() }
        }
        var text = CBORReader([0x78, 0x20] + [UInt8](repeating: 0x61, count: 32))
        #expect(throws: CBORError(.unexpectedType, at: 0)) { try text.readBytes32() }
    }

    @Test func givesTheTailOfTheInput() throws {
        var reader = CBORReader(hex("8201430102034100f6"))
        #expect(try reader.readItem() == 0..<6)
        #expect(try reader.readItem() == 6..<8)
        #expect(!reader.isAtEnd)
        #expect(throws: CBORError(.trailing, at: 8)) { try reader.finish() }
        let (first, second) = (reader.readNullIfPresent(), reader.readNullIfPresent())
        #expect(first && !second)
        #expect(reader.isAtEnd)
    }

    @Test func saysWhatIsWrongToPeople() {
        let error = CBORError(.keyOrder, at: 12).asSteleError
        #expect(error.code == .cborMalformed)
        #expect(
            error.description
                == "cbor.malformed: the bytes are not the deterministic CBOR expected: keyOrder at byte 12")
        #expect(!error.hint.isEmpty)
    }

    @Test func integersComeBackAtEveryWidth() throws {
        for shift in 0..<64 {
            for value in [UInt64(1) << UInt64(shift), (UInt64(1) << UInt64(shift)) - 1] {
                var writer = CBORWriter()
                writer.write(value)
                var reader = CBORReader(writer.bytes)
                #expect(try reader.readUInt() == value)
                guard let signed = Int64(exactly: value) else { continue }
                for number in [signed, -signed, ~signed] {
                    var writer = CBORWriter()
                    writer.write(signed: number)
                    var reader = CBORReader(writer.bytes)
                    #expect(try reader.readInt() == number)
                }
            }
        }
    }
}
