// Headers: one encoding, one hash, and no field outside it.
import Cryptography
import Ledger
import Primitives
import Testing

@Suite struct HeaderTests {
    static let header = Header(
        chainID: SHA256.hash([1]), height: 7, batchEpoch: 2, time: Timestamp(milliseconds: 1_800_000_000_123),
        previousHash: SHA256.hash([2]), batchHash: SHA256.hash([3]), transactionCount: 5, logSize: 99,
        logRoot: SHA256.hash([4]), stateRoot: SHA256.hash([5]), validatorsHash: SHA256.hash([6]),
        nextValidatorsHash: SHA256.hash([7]), parametersHash: SHA256.hash([8]))

    @Test func readsBackWhatItWrites() throws {
        var extreme = Self.header
        extreme.height = .max
        extreme.time = Timestamp(milliseconds: .max)
        extreme.logSize = .max
        for header in [Self.header, extreme] { #expect(try Header(decoding: header.encoded) == header) }
    }

    @Test func everyFieldIsInTheHash() {
        let changes: [(inout Header) -> Void] = [
            { $0.chainID = .zero }, { $0.height += 1 }, { $0.batchEpoch += 1 }, { $0.time.milliseconds += 1 },
            { $0.previousHash = .zero }, { $0.batchHash = .zero }, { $0.transactionCount += 1 }, { $0.logSize += 1 },
            { $0.logRoot = .zero }, { $0.stateRoot = .zero }, { $0.validatorsHash = .zero },
            { $0.nextValidatorsHash = .zero }, { $0.parametersHash = .zero }, { $0.appVersion += 1 },
        ]
        var hashes: Set<Digest> = [Self.header.hash]
        for change in changes {
            var header = Self.header
            change(&header)
            hashes.insert(header.hash)
        }
        #expect(hashes.count == changes.count + 1)
        #expect(Self.header.hash == SHA256.hash(tag: "header", Self.header.encoded))
    }

    @Test func acceptsOnlyOneSpellingOfAnything() throws {
        var random = Mutation.random(41)
        let valid = Self.header.encoded
        for length in 0..<valid.count {
            #expect(throws: SteleError.self) { try Header(decoding: Array(valid[..<length])) }
        }
        for _ in 0..<Mutation.count(usual: 20_000) {
            let bytes = Mutation.of(valid, &random)
            guard let header = try? Header(decoding: bytes) else { continue }
            #expect(header.encoded == bytes)
        }
    }
}

@Suite struct LeafTests {
    static let leaf = Leaf(
        kind: .transaction, status: 7, index: 0x0102_0304, height: 0x1112_1314_1516_1718, id: SHA256.hash([1]),
        resultHash: SHA256.hash([2]))

    /// The layout of docs/spec/ledger.md §4, byte by byte: other logs' readers find the transaction id at 16–47.
    @Test func liesAsTheSpecificationDrawsIt() {
        let expected: [UInt8] =
            [1, 7, 0, 0, 1, 2, 3, 4, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18] + Self.leaf.id.bytes
            + Self.leaf.resultHash.bytes
        #expect(Self.leaf.encoded == expected && expected.count == Leaf.byteCount)
        #expect(Leaf(decoding: expected) == Self.leaf)
    }

    @Test func aSealHoldsNothingButTheHeader() {
        let seal = Leaf(kind: .seal, status: 0, index: 0, height: 3, id: SHA256.hash([1]), resultHash: .zero)
        #expect(Leaf(decoding: seal.encoded) == seal)
        for wrong in [
            Leaf(kind: .seal, status: 1, index: 0, height: 3, id: .zero, resultHash: .zero),
            Leaf(kind: .seal, status: 0, index: 1, height: 3, id: .zero, resultHash: .zero),
            Leaf(kind: .seal, status: 0, index: 0, height: 3, id: .zero, resultHash: SHA256.hash([1])),
        ] {
            #expect(Leaf(decoding: wrong.encoded) == nil)
        }
    }

    @Test func acceptsOnlyOneSpellingOfAnything() {
        var random = Mutation.random(42)
        let valid = Self.leaf.encoded
        for kind in UInt8(0)...255 {
            var bytes = valid
            bytes[0] = kind
            #expect((Leaf(decoding: bytes) != nil) == (kind == 1))
        }
        for length in 0...200 where length != Leaf.byteCount {
            #expect(Leaf(decoding: Array((valid + valid + valid).prefix(length))) == nil)
        }
        for _ in 0..<Mutation.count(usual: 20_000) {
            let bytes = Mutation.of(valid, &random)
            guard let leaf = Leaf(decoding: bytes) else { continue }
            #expect(leaf.encoded == bytes)
        }
    }
}
