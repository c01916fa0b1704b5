import Primitives
import Testing

/// Input that means harm: each must be refused with the reason that fits, before anything large is allocated.
@Suite struct HostileCBORTests {
    static func reason(_ text: String) -> CBORError.Reason? {
        do {
            try CBORReader.validate(hex(text))
            return nil
        } catch {
            return error.reason
        }
    }

    @Test(arguments: [
        "1800", "1817", "190000", "1900ff", "1a00000000", "1a0000ffff", "1b0000000000000000", "1b00000000ffffffff",
        "3817", "5800", "580100", "7800", "780161", "9800", "980100", "b800", "b8010000", "a1180000", "590001aa",
    ])
    func refusesHeadsThatAreNotShortest(text: String) { #expect(Self.reason(text) == .notShortest) }

    @Test(arguments: [
        "", "18", "19ff", "1affffff", "1bffffffffffffff", "41", "4200", "5b7fffffffffffffff", "5bffffffffffffffff",
        "61", "7bffffffffffffffff", "81", "9affffffff", "9bffffffffffffffff", "9b7fffffffffffffff", "a1", "a101",
        "baffffffff", "bbffffffffffffffff", "bb7fffffffffffffff", "8201", "a20101",
    ])
    func refusesLengthsBeyondTheInput(text: String) { #expect(Self.reason(text) == .truncated) }

    @Test(arguments: [
        "1c", "1d", "1e", "1f", "3f", "5f4100ff", "7f6161ff", "9f01ff", "bf0101ff", "c001", "d81e01", "e0", "f0", "f7",
        "f800", "f814", "f8ff", "f93c00", "fa3f800000", "fb3ff0000000000000", "fc", "ff",
    ])
    func refusesWhatIsOutsideTheProfile(text: String) { #expect(Self.reason(text) == .unsupported) }

    @Test(arguments: ["a201010101", "a202010101", "a3010102010101", "a2181900181800"])
    func refusesKeysRepeatedOrOutOfOrder(text: String) {
        #expect(Self.reason(text) == .keyOrder)
    }

    @Test(arguments: [
        "61ff", "62c080", "62c1bf", "63e08080", "63eda080", "64f0808080", "64f4908080", "61c3", "63e282",
        "65f888808080",
        "6180",
    ])
    func refusesBadText(text: String) {
        let reason = Self.reason(text)
        #expect(reason == .invalidText || reason == .truncated)
        let bytes = hex(text)
        if bytes.count == 1 + Int(bytes[0] & 31) { #expect(reason == .invalidText) }
    }

    @Test func refusesNumbersNoReaderHolds() {
        #expect(Self.reason("3b8000000000000000") == .outOfRange)
        #expect(Self.reason("3bffffffffffffffff") == .outOfRange)
        #expect(Self.reason("3b7fffffffffffffff") == nil)
    }

    @Test func stopsAtTheDepthLimit() {
        for (opening, closing) in [("81", "00"), ("a100", "00")] {
            let deepest = String(repeating: opening, count: CBORReader.depthMax) + closing
            #expect(Self.reason(deepest) == nil)
            #expect(Self.reason(opening + deepest) == .tooDeep)
            #expect(Self.reason(String(repeating: opening, count: 100_000) + closing) == .tooDeep)
        }
    }

    @Test func refusesMoreThanOneItem() {
        #expect(Self.reason("0000") == .trailing)
        #expect(Self.reason("8000") == .trailing)
    }

    @Test func refusesEveryTruncation() throws {
        var random = TestRandom(1)
        for _ in 0..<300 {
            let bytes = CBORItem.random(&random, depth: 4).encoded
            for count in 0..<bytes.count {
                let part = Array(bytes.prefix(count))
                #expect(throws: CBORError.self) { try CBORReader.validate(part) }
                #expect(throws: CBORError.self) { try CBORItem(part) }
            }
        }
    }

    @Test func keepsToItsRange() throws {
        // The item is whole in the array, but not in the range the reader was given.
        let bytes = hex("00") + hex("4401020304")
        var whole = CBORReader(bytes, in: 1..<6)
        #expect(try whole.readByteRange() == 2..<6)
        for end in 1..<6 {
            var reader = CBORReader(bytes, in: 1..<end)
            #expect(throws: CBORError(.truncated, at: 1)) { try reader.readBytes() }
        }
        let key = [0x58, 0x20] + [UInt8](repeating: 7, count: 32)
        for end in 0..<34 {
            var reader = CBORReader(key, in: 0..<end)
            #expect(throws: CBORError.self) { try reader.readBytes32() }
        }
    }
}
