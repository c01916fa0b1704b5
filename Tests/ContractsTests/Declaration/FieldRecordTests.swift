// ContractsTests · what the strict decoder of records accepts, and all that it refuses.
import Contracts
import Cryptography
import Primitives
import Testing

@Suite struct FieldRecordTests {
    private let random = SeededRandom(7)

    private func anchor(versionCount: Int = 1) -> RecordsAnchor {
        RecordsAnchor(
            subject: random.bytes32(),
            versions: (0..<versionCount).map { _ in
                RecordVersion(record: random.bytes32(), anchor: random.bytes32(), profile: ProfileNumber(3)!)
            })
    }

    private func fault(_ bytes: [UInt8]) -> FieldFault? {
        do {
            _ = try RecordsAnchor(decoding: bytes)
            return nil
        } catch { return error }
    }

    @Test func decodesWhatItEncodes() throws {
        var call = anchor(versionCount: 3)
        call.versions[1].supersedes = call.versions[0].record
        call.versions[1].isTombstone = true
        call.versions[2].derivedFrom = [random.bytes32(), random.bytes32()]
        #expect(try RecordsAnchor(decoding: call.encodedArguments()) == call)
    }

    @Test func namesTheFieldThatIsWrong() throws {
        let call = anchor(versionCount: 2)
        var bytes = call.encodedArguments()
        // The last item of the second version is its profile, 0–63.
        bytes[bytes.count - 1] = 0x18
        bytes.append(64)
        #expect(fault(bytes) == FieldFault(.range, path: "versions[1].profile", offset: bytes.count - 2))
        let declaration = try #require(Contract.call(named: "records.anchor"))
        let error = #expect(throws: SteleError.self) { try declaration.check(arguments: bytes) }
        #expect(error?.code == .contractArguments)
        #expect(error?.message.contains("`versions[1].profile` is outside its limits") == true)
    }

    @Test func refusesEveryTruncation() {
        let bytes = anchor(versionCount: 2).encodedArguments()
        for count in 0..<bytes.count {
            #expect(fault(Array(bytes[..<count])) != nil)
        }
        #expect(fault(bytes + [0])?.problem == .malformed(.trailing))
    }

    @Test func refusesUnknownMissingAndRepeatedKeys() {
        let subject = random.bytes(32)
        let head: [UInt8] = [0x01, 0x58, 0x20] + subject
        #expect(fault([0xa1] + head)?.problem == .missing)
        #expect(fault([0xa1] + head)?.path == "versions")
        #expect(fault([0xa0]) == FieldFault(.missing, path: "subject"))
        #expect(fault([0xa2, 0x00, 0x00] + head)?.problem == .unknown)
        #expect(fault([0xa2] + head + head)?.problem == .order)
        let whole = anchor().encodedArguments()
        #expect(fault([0xa3] + whole.dropFirst() + [0x03, 0x00])?.problem == .unknown)
    }

    @Test func refusesWrongTypesAndOtherSpellings() {
        let subject = random.bytes(32)
        // An array, a text, an integer and a float where the map should be.
        for bytes: [UInt8] in [[0x80], [0x60], [0x00], [0xf9, 0, 0], []] { #expect(fault(bytes) != nil) }
        // A subject of 31 bytes, one as text, one with a long head, one of indefinite length.
        for head: [UInt8] in [[0x58, 31], [0x78, 32], [0x59, 0, 32], [0x5f]] {
            #expect(fault([0xa2, 0x01] + head + subject + [0x02, 0x80])?.path == "subject")
        }
    }

    @Test func refusesListsOutsideTheirLimits() {
        let bytes: [UInt8] = [0xa2, 0x01, 0x58, 0x20] + random.bytes(32) + [0x02]
        #expect(fault(bytes + [0x80])?.problem == .range)
        // A claim of 2^32 elements is refused before anything is allocated.
        #expect(fault(bytes + [0x9a, 0xff, 0xff, 0xff, 0xff]) != nil)
        #expect(fault(anchor(versionCount: 256).encodedArguments()) == nil)
        let over = anchor(versionCount: 257).encodedArguments()
        #expect(fault(over) == FieldFault(.range, path: "versions", offset: 37))
    }

    @Test func refusesAMarkerThatIsFalse() {
        var call = anchor()
        call.versions[0].supersedes = random.bytes32()
        call.versions[0].isTombstone = true
        var bytes = call.encodedArguments()
        #expect(bytes.last == 0xf5)
        bytes[bytes.count - 1] = 0xf4
        #expect(fault(bytes)?.path == "versions[0].tombstone")
    }

    @Test func checksRulesBetweenFields() {
        var call = anchor()
        call.versions[0].isTombstone = true
        #expect(fault(call.encodedArguments())?.path == "versions[0].tombstone")
        call = anchor()
        let source = random.bytes32()
        call.versions[0].derivedFrom = [source, source]
        #expect(fault(call.encodedArguments())?.path == "versions[0].derived_from")
    }

    @Test func refusesFlippedBitsOrReadsThemAsAnotherCall() throws {
        // Whatever is accepted after a flip must have exactly that encoding.
        let bytes = anchor().encodedArguments()
        for position in bytes.indices {
            for bit in 0..<8 {
                var flipped = bytes
                flipped[position] ^= 1 << UInt8(bit)
                if let call = try? RecordsAnchor(decoding: flipped) { #expect(call.encodedArguments() == flipped) }
            }
        }
    }
}
