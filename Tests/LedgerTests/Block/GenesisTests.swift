// Genesis files: the names, validators and keys a network may start from.
import Cryptography
import Ledger
import Primitives
import Testing

@Suite struct GenesisTests {
    static let random = SeededRandom(51)

    private func genesis(
        name: String = "net", organisation: String = "st-elsewhere", time: UInt64 = 1_800_000_000_000,
        validators: [Validator] = [Validator(key: SHA256.hash([1]), weight: 1)]
    ) throws -> Genesis {
        try Genesis(
            name: name, time: Timestamp(milliseconds: time), random: Self.random.bytes32(), validators: validators,
            organisation: organisation, adminKey: SHA256.hash([2]), nodeKey: SHA256.hash([3]))
    }

    @Test func readsBackWhatItWrites() throws {
        let many = (0..<100).map { Validator(key: SHA256.hash([UInt8($0), 1]), weight: UInt64($0) + 1) }
        let longest = String(repeating: "a", count: 64)
        for genesis in [try genesis(), try genesis(name: longest, organisation: "0.-"), try genesis(validators: many)] {
            let decoded = try Genesis(decoding: genesis.encoded)
            #expect(decoded == genesis && decoded.chainID == SHA256.hash(tag: "genesis", genesis.encoded))
        }
    }

    @Test func theOriginFollowsFromTheChain() throws {
        let genesis = try genesis()
        #expect(genesis.origin == "stele/\(genesis.chainID.hex.prefix(16))/net")
        #expect(try genesis.chainID != self.genesis().chainID, "the random bytes make two networks of one name differ")
    }

    @Test(arguments: ["", "Net", "a b", "a+b", "ä", "a\n", "a/b", "a_b", String(repeating: "a", count: 65)])
    func refusesWhatIsNoName(name: String) {
        #expect(throws: SteleError.self) { try genesis(name: name) }
        #expect(throws: SteleError.self) { try genesis(organisation: name) }
    }

    /// A key listed twice would have two votes, and a network of weight 0 no quorum.
    @Test func refusesValidatorsThatAreNone() {
        let key = SHA256.hash([1])
        let others = (0..<100).map { Validator(key: SHA256.hash([UInt8($0), 2]), weight: 1) }
        for validators in [
            [], [Validator(key: key, weight: 0)], [Validator(key: key, weight: 1), Validator(key: key, weight: 2)],
            [Validator(key: key, weight: (1 << 32) + 1)], others + [Validator(key: key, weight: 1)],
        ] {
            #expect(throws: SteleError.self) { try genesis(validators: validators) }
        }
        #expect(throws: SteleError.self) { try genesis(time: .max) }
    }

    @Test func acceptsOnlyOneSpellingOfAnything() throws {
        var random = Mutation.random(52)
        let valid = try genesis().encoded
        for length in 0..<valid.count {
            #expect(throws: SteleError.self) { try Genesis(decoding: Array(valid[..<length])) }
        }
        for _ in 0..<Mutation.count(usual: 20_000) {
            let bytes = Mutation.of(valid, &random)
            guard let genesis = try? Genesis(decoding: bytes) else { continue }
            #expect(genesis.encoded == bytes)
        }
    }
}
