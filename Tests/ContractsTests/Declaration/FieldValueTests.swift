// ContractsTests · the closed types: what each accepts at its edges.
import Contracts
import Cryptography
import Primitives
import Testing

@Suite struct FieldValueTests {
    private let random = SeededRandom(8)

    private func decode<Value: FieldValue>(
        _ type: Value.Type, _ bytes: [UInt8], within limits: Value.Limits
    ) throws(FieldFault) -> Value {
        var reader = CBORReader(bytes)
        return try Value.decode(from: &reader, within: limits)
    }

    private func problem<Value: FieldValue>(
        _ type: Value.Type, _ bytes: [UInt8], within limits: Value.Limits
    ) -> FieldFault.Problem? {
        do {
            _ = try decode(type, bytes, within: limits)
            return nil
        } catch { return error.problem }
    }

    private func array(_ tokens: [Token]) -> [UInt8] {
        var writer = CBORWriter()
        writer.write(arrayCount: tokens.count)
        for token in tokens { writer.write(token) }
        return writer.bytes
    }

    @Test(arguments: 0...18) func tokenSetsHaveThreeSizes(count: Int) {
        let tokens = (0..<count).map { _ in random.bytes32() }.sorted()
        let isValid = [4, 8, 16].contains(count)
        #expect((problem(TokenSet.self, array(tokens), within: NoLimits()) == nil) == isValid)
        #expect((TokenSet(tokens) != nil) == isValid)
    }

    @Test func tokenSetsAreAscendingAndDistinct() {
        let tokens = (0..<4).map { _ in random.bytes32() }.sorted()
        #expect(problem(TokenSet.self, array(tokens), within: NoLimits()) == nil)
        #expect(problem(TokenSet.self, array(tokens.reversed()), within: NoLimits()) == .order)
        #expect(
            problem(TokenSet.self, array([tokens[0], tokens[0], tokens[1], tokens[2]]), within: NoLimits()) == .order)
        #expect(TokenSet([tokens[0], tokens[0], tokens[1], tokens[2]]) == nil)
        #expect(TokenSet(tokens.shuffled())?.tokens == tokens)
    }

    @Test(arguments: [(0, 4), (1, 4), (4, 4), (5, 8), (8, 8), (9, 16), (16, 16)])
    func paddingReachesTheNextSize(count: Int, padded: Int) throws {
        let tokens = (0..<count).map { _ in random.bytes32() }
        let set = try #require(TokenSet(padding: tokens, random: random))
        #expect(set.tokens.count == padded)
        #expect(Set(tokens).isSubset(of: set.tokens))
        #expect(TokenSet(padding: tokens + (0..<17).map { _ in random.bytes32() }, random: random) == nil)
    }

    @Test func setsIntersectExactlyWhenTheyShareAToken() throws {
        for _ in 0..<2000 {
            let pool = (0..<24).map { _ in random.bytes32() }
            let left = try #require(TokenSet(padding: pool.filter { $0.bit(0) }.prefix(4), random: random))
            let right = try #require(TokenSet(padding: pool.filter { $0.bit(1) }.prefix(8), random: random))
            let shares = !Set(left.tokens).isDisjoint(with: right.tokens)
            #expect(left.intersects(right) == shares && right.intersects(left) == shares)
        }
    }

    @Test func numbersStayInTheirLimits() {
        #expect(problem(UInt32.self, [0x18, 59], within: 60...7200) == .range)
        #expect(problem(UInt32.self, [0x18, 60], within: 60...7200) == nil)
        #expect(problem(UInt32.self, [0x19, 0x1c, 0x20], within: 60...7200) == nil)
        #expect(problem(UInt32.self, [0x19, 0x1c, 0x21], within: 60...7200) == .range)
        #expect(problem(UInt32.self, [0x20], within: 60...7200) == .type)
        #expect(problem(UInt64.self, [0x1b] + Array(repeating: 255, count: 8), within: 0...UInt64.max) == nil)
    }

    @Test func choicesAndFlagsHaveNoUnknownNumbers() {
        #expect(problem(GrantKind.self, [0x00], within: NoLimits()) == .range)
        #expect(problem(GrantKind.self, [0x02], within: NoLimits()) == nil)
        #expect(problem(GrantKind.self, [0x03], within: NoLimits()) == .range)
        #expect(problem(GrantKind.self, [0x19, 1, 1], within: NoLimits()) == .range)
        #expect(problem(Actions.self, [0x00], within: .some) == .range)
        #expect(problem(Obligations.self, [0x00], within: .any) == nil)
        #expect(problem(Actions.self, [0x18, 31], within: .some) == nil)
        #expect(problem(Actions.self, [0x18, 32], within: .some) == .range)
        #expect(Actions.all.names == ["read", "search", "write", "export", "delegate"])
        #expect(Actions([.read, .export]).names == ["read", "export"])
    }

    @Test func organisationNamesHoldNoSentence() {
        for name in ["a", "st-elsewhere.example", String(repeating: "x", count: 64)] {
            #expect(OrganisationName(name)?.text == name)
        }
        for name in ["", "A", "a b", "ä", "a_b", "a/b", String(repeating: "x", count: 65)] {
            #expect(OrganisationName(name) == nil)
        }
        #expect(problem(OrganisationName.self, [0x61, 0x41], within: NoLimits()) == .range)
        #expect(problem(OrganisationName.self, [0x41, 0x61], within: NoLimits()) == .type)
    }

    @Test func profilesAreBits() {
        #expect(ProfileNumber(63)?.number == 63)
        #expect(ProfileNumber(64) == nil)
        let set = ProfileSet(0, 5, 63)
        #expect(set.profiles.map(\.number) == [0, 5, 63])
        #expect(set.subtracting(ProfileSet(5)) == ProfileSet(0, 63))
        #expect(set.union(ProfileSet(1)) == ProfileSet(0, 1, 5, 63))
        #expect(set.intersection(ProfileSet(1, 5)) == ProfileSet(5))
    }
}
