// Every class of leak in every byte field is found, and random fields are let through.
import Contracts
import Cryptography
@testable import Leaks
import Ledger
import Primitives
import SteleTesting
import Testing

@Suite struct LeakDetectorTests {
    static let calls = Contract.all.flatMap(\.calls)
    static let dictionary = LeakDictionary(LeakCoverage(years: 1979...1981, digitCountMax: 4))
    static let detector = LeakDetector(dictionary)
    static let known = [
        "MRN-0048213", "c84557ab-5b92-4be3-b78f-1fe3d4c49ccd", "Quillon Ashworthy", "http://st.example/mrn|77-31",
    ]
    static let identifiers = LeakIdentifiers(known)

    private func isLeak(_ field: [UInt8]) -> Bool {
        Self.detector.isLeak(field, field.indices, Self.identifiers)
    }

    /// `text` at `place` of 32 bytes that are random otherwise.
    private func among(_ text: some Sequence<UInt8>, at place: Int, seed: UInt64 = 1) -> [UInt8] {
        var field = SeededRandom(seed).bytes(32)
        for (offset, byte) in text.enumerated() { field[place + offset] = byte }
        return field
    }

    @Test(arguments: [
        "1980-05-12", "12/05/1980", "5/12/80", "12.5.1980", "19800512", "12 May 1980", "may5,1980", "481516", "Garcia",
        "JENNIFER",
        "williams", "mrn-0048213", "MRN0048213", "quillon ashworthy", "Bartholomew Quince", "MTk4MDA1MTI=", "R2FyY2lh",
        "3139383030353132",
    ])
    func textsAmongRandomBytesAreFound(text: String) {
        for place in [0, 7, 32 - text.utf8.count] {
            #expect(isLeak(among(text.utf8, at: place)), "\(text) at \(place)")
        }
    }

    @Test(arguments: ["7", "42", "Wu", "Ann", "1980", "A+", "Müller", "王秀英"])
    func shortTextsInFilledFieldsAreFound(text: String) {
        let bytes = Array(text.utf8)
        for fill: UInt8 in [0, 0x20, 0xff] {
            let filling = [UInt8](repeating: fill, count: 32 - bytes.count)
            #expect(isLeak(bytes + filling) && isLeak(filling + bytes), "\(text) and \(fill)")
        }
    }

    @Test(arguments: ["患者：王秀英糖尿病。A", "Пётр Ильич Чайк.", "Željko Đorđević, Čakovec"])
    func textThatFillsAFieldIsFoundInAnyScript(text: String) {
        let bytes = Array(text.utf8)
        #expect((29...32).contains(bytes.count), "less would be filling")
        #expect(isLeak(bytes + [UInt8](repeating: 0, count: 32 - bytes.count)))
    }

    @Test(arguments: ["1980-05-12", "5/12/1980", "12 May 1980", "0042", "7", "garcia", "Garcia", "GARCIA", "1980-05"])
    func plainHashesOfWhatCanBeGuessedAreFound(text: String) {
        hashesAreFound(of: Array(text.utf8))
    }

    @Test(arguments: ["MRN-0048213", "mrn0048213", "QUILLON ASHWORTHY", "http://st.example/mrn|77-31", known[1]])
    func plainHashesOfThisVaultsIdentifiersAreFound(text: String) {
        hashesAreFound(of: Array(text.utf8))
    }

    private func hashesAreFound(of text: [UInt8]) {
        let rest = SeededRandom(9).bytes(16)
        let (md5, sha1) = (OldDigests.md5(text), OldDigests.sha1(text))
        let (sha256, sha512) = (SHA256.hash(text).bytes, SHA512.hash(text))
        let zeros = [UInt8](repeating: 0, count: 12)
        var fields: [[UInt8]] = [md5, md5 + rest, rest + md5, sha256, Array(sha512[..<32])]
        fields.append(sha1 + Array(rest[..<12]))
        fields.append(Array(rest[..<12]) + sha1)
        fields.append(Array(sha256[..<16]))
        fields.append(Array(sha256[..<16]) + rest)
        fields.append(Array(sha512[..<20]) + zeros)
        for field in fields {
            #expect(isLeak(field), "\(String(decoding: text, as: UTF8.self)) as \(field.count) bytes")
        }
    }

    @Test func aNameOfFiveLettersIsFoundAtEitherEnd() {
        for name in ["Smith", "james", "MARIA"] {
            #expect(isLeak(among(name.utf8, at: 0)) && isLeak(among(name.utf8, at: 27)), "\(name)")
        }
    }

    @Test func theBytesOfAUUIDAreFound() throws {
        let raw = try #require(Hex.decode(String(Self.known[1].filter { $0 != "-" })))
        let rest = SeededRandom(4).bytes(16)
        #expect(isLeak(raw) && isLeak(raw + rest) && isLeak(rest + raw))
    }

    @Test func whatOthersCallTheirPatientsIsNothingHere() {
        #expect(!Self.detector.isLeak(among("ZZ-9911-Q".utf8, at: 3), 0..<32, LeakIdentifiers()))
        #expect(Self.detector.isLeak(among("ZZ-9911-Q".utf8, at: 3), 0..<32, LeakIdentifiers(["ZZ-9911-Q"])))
    }

    @Test func randomFieldsAndSaltedCommitmentsPass() {
        let random = SeededRandom(2026)
        var refused = 0
        for index in 0..<60_000 {
            var field = random.bytes(index % 4 == 0 ? 16 : 32)
            if index % 4 == 1 {
                field = HMACSHA256.code(of: SHA256.hash(Array("1980-05-12".utf8)), salt: random.bytes32()).bytes
            }
            if index % 4 == 2 { field = SigningKey.random(from: random).publicKey.bytes }
            if isLeak(field) { refused += 1 }
        }
        #expect(refused == 0)
    }

    /// Whatever a contract declares, today or later, no field of bytes is overlooked.
    @Test(arguments: calls.indices)
    func everyByteFieldOfEveryCallIsInspected(index: Int) throws {
        let call = Self.calls[index]
        let seeds = LeakSeeds(seed: UInt64(index), identifiers: Self.known)
        var generator = ArgumentGenerator(seed: 50 + UInt64(index))
        for round in 0..<40 {
            generator.planted = nil
            #expect(!(try finds(generator.arguments(of: call), of: call)))
            generator.plantedPlace = round
            generator.planted = Bytes32(try #require(seeds.field(.date, .zeroPadded, count: 32)))
            let planted = generator.arguments(of: call)
            #expect(try finds(planted, of: call) == (generator.byteFieldCount > 0), "\(call.name), field \(round)")
        }
    }

    @Test func theRandomBytesOfATransactionAreInspected() throws {
        let call = try #require(Contract.call(named: "network.revoke_key"))
        var generator = ArgumentGenerator(seed: 8)
        let arguments = generator.arguments(of: call)
        #expect(try finds(arguments, of: call, random: Array("Ann 1980-05-12\0\0".utf8)))
        #expect(try finds(arguments, of: call, random: OldDigests.md5(Array("Garcia".utf8))))
        #expect(try !finds(arguments, of: call, random: SeededRandom(3).bytes(16)))
    }

    private func finds(_ arguments: [UInt8], of call: AnyCallDeclaration, random: [UInt8]? = nil) throws -> Bool {
        let key = SigningKey.random(from: SeededRandom(77))
        let envelope = UnsignedTransaction(
            chainID: .zero, signer: key.publicKey, validUntil: 1, call: call.name, arguments: arguments,
            random: FixedRandom(bytes: random ?? SeededRandom(78).bytes(16))
        ).signed(by: [key])
        return !Self.detector.leaks(in: try Transaction(decoding: envelope), Self.identifiers).isEmpty
    }

    private struct FixedRandom: RandomSource {
        let bytes: [UInt8]
        func bytes(_ count: Int) -> [UInt8] { Array(bytes[..<count]) }
    }
}
