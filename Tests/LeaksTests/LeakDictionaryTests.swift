// What the dictionary covers, and how little it confuses with it.
import Cryptography
@testable import Leaks
import Primitives
import SteleTesting
import Testing

@Suite struct LeakDictionaryTests {
    @Test func theTestsOwnDigestsAreTheStandards() {
        #expect(Hex.encode(OldDigests.md5([])) == "d41d8cd98f00b204e9800998ecf8427e")
        #expect(Hex.encode(OldDigests.md5(Array("message digest".utf8))) == "f96b697d7cb7938d525a2f31aaf161d0")
        #expect(Hex.encode(OldDigests.sha1(Array("abc".utf8))) == "a9993e364706816aba3e25717850c26c9cd0d89d")
        #expect(Hex.encode(OldDigests.sha1([])) == "da39a3ee5e6b4b0d3255bfef95601890afd80709")
    }

    @Test func headsAreThoseOfAllFourDigests() {
        let text = Array("1980-05-12".utf8)
        let heads = PlainDigestHeads.of(text)
        let digests = [OldDigests.md5(text), OldDigests.sha1(text), SHA256.hash(text).bytes, SHA512.hash(text)]
        #expect(heads.indices.map { heads[$0] } == digests.map { $0.littleEndianWord(at: 0) })
    }

    @Test func everyDayOfTheYearsIsSpelledOut() {
        var spellings: Set<[UInt8]> = []
        var count = 0
        DateSpellings.forEach(in: 1999...2000) { text in
            spellings.insert(text)
            count += 1
        }
        #expect(count <= (DateSpellings.countMax + 1) * 731)
        for text in [
            "2000-02-29", "29/02/2000", "2/29/2000", "20000229", "29.02.2000", "February 29, 2000", "29-Feb-2000",
            "1999-12-31T00:00:00Z", "1999-12", "9.9.1999",
        ] {
            #expect(spellings.contains(Array(text.utf8)), "\(text)")
        }
        #expect(!spellings.contains(Array("1999-02-29".utf8)))
    }

    @Test func namesAreLowerCaseAndThousands() {
        #expect(LeakNames.all.count > 3000 && Set(LeakNames.all).count == LeakNames.all.count)
        #expect(LeakNames.all.allSatisfy { $0.count >= 2 && $0.allSatisfy { (0x61...0x7a).contains($0) } })
        #expect(LeakNames.all == LeakNames.all.sorted { $0.lexicographicallyPrecedes($1) })
        let names = (LeakSeeds.names + LeakSeeds.shortNames).map { Array($0.lowercased().utf8) }
        #expect(names.allSatisfy(LeakNames.all.contains), "the seeds are drawn from the list")
    }

    @Test func aTableFindsAllItHoldsAndLittleElse() {
        let random = SeededRandom(31)
        let values = (0..<20_000).map { _ in random.bytes(8).littleEndianWord(at: 0) }
        var table = FingerprintTable(countMax: values.count)
        let newCount = values.reduce(0) { $0 + (table.insert($1) ? 1 : 0) }
        let isNew = table.insert(values[7])
        #expect(newCount == values.count && !isNew && table.count == values.count)
        #expect(values.allSatisfy(table.contains))
        var falseCount = 0
        for _ in 0..<200_000 where table.contains(random.bytes(8).littleEndianWord(at: 0)) { falseCount += 1 }
        #expect(falseCount == 0)
        #expect(!FingerprintTable(countMax: 1).contains(0))
    }

    /// What a node made is what the next may read, and nothing else is: the constants are those of the code as it is.
    @Test func theStandardOneIsKnownToTheLastBit() throws {
        let made = LeakDictionary(.standard)
        var bytes = made.encoded
        #expect(bytes.count == LeakDictionary.standardByteCount)
        #expect(SHA256.hash(bytes).hex == LeakDictionary.standardDigest)
        // Asked apart: an expectation that fails writes its fifty megabytes out.
        func read() -> LeakDictionary? { LeakDictionary(standard: bytes) }
        let again = try #require(read())
        let isSame = again.encoded == bytes
        #expect(isSame && again.count == made.count && again.byteCount == made.byteCount)
        for text in ["1980-05-12", "000123", "Garcia"] {
            let head = PlainDigestHeads.of(Array(text.utf8))[2]
            #expect(made.contains(head: head) && again.contains(head: head))
        }
        for place in [0, bytes.count / 2, bytes.count - 1] {
            bytes[place] ^= 1
            #expect(read() == nil, "byte \(place)")
            bytes[place] ^= 1
        }
        bytes.append(0)
        #expect(read() == nil)
        bytes.removeLast(2)
        #expect(read() == nil)
        bytes = []
        #expect(read() == nil)
    }

    @Test func memoryIsWhatItSays() {
        let dictionary = LeakDetectorTests.dictionary
        #expect(dictionary.count > 100_000 && dictionary.byteCount < 8 * 2 * dictionary.count)
    }
}
