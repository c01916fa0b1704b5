// ContractsTests · the evaluator against a second one that shares nothing with it, on ten thousand generated cases.
import Contracts
import Cryptography
import Primitives
import Testing

@Suite struct ConsentEvaluatorTests {
    @Test(arguments: 0..<4)
    func twoEvaluatorsAgree(part: UInt64) throws {
        var generator = PolicyGenerator(seed: 100 + part)
        let random = SeededRandom(200 + part)
        var seen = (permitted: 0, denied: 0, notPermitted: 0, overridden: 0)
        for number in 0..<2500 {
            let plain = generator.policyCase()
            let decision = ConsentEvaluator.decide(
                try plain.question(random: random), under: try plain.policy(random: random))
            for profile in plain.profiles where profile.version == plain.version {
                // Of several denies the one with the smallest id is named; ids are hashes here, so names are compared
                // as hashes too.
                let expected = Self.renamed(plain).verdict(on: profile)
                let verdict = try #require(
                    decision.verdicts.first { Int($0.profile.number) == profile.number }?.verdict)
                #expect(PlainVerdict(verdict, naming: plain.grants) == Self.named(expected, plain), "case \(number)")
                switch expected {
                case .permitted: seen.permitted += 1
                case .denied: seen.denied += 1
                case .notPermitted: seen.notPermitted += 1
                case .overridden: seen.overridden += 1
                }
            }
            let current = plain.profiles.filter { $0.version == plain.version }.map(\.number)
            #expect(decision.profiles.profiles.map { Int($0.number) } == current)
            for profile in plain.profiles where profile.version != plain.version {
                #expect(decision.profiles.profiles.allSatisfy { Int($0.number) != profile.number })
            }
        }
        // The cases are worth something only if every verdict occurs often.
        #expect(min(seen.permitted, seen.denied, seen.notPermitted, seen.overridden) > 100)
    }

    /// The case with grants named by their hashes, so that the smallest name is the smallest id.
    private static func renamed(_ plain: PlainCase) -> PlainCase {
        var plain = plain
        for index in plain.grants.indices { plain.grants[index].id = PlainCase.bytes(plain.grants[index].id).hex }
        return plain
    }

    private static func named(_ verdict: PlainVerdict, _ plain: PlainCase) -> PlainVerdict {
        func name(_ hash: String) -> String { plain.grants.first { PlainCase.bytes($0.id).hex == hash }?.id ?? "?" }
        return switch verdict {
        case .permitted(let ids, let obligations): .permitted(by: Set(ids.map(name)), obligations: obligations)
        case .denied(let id): .denied(by: name(id))
        default: verdict
        }
    }

    @Test func orderOfPartsDoesNotMatter() throws {
        var generator = PolicyGenerator(seed: 300)
        for number in 0..<200 {
            let plain = generator.policyCase()
            var shuffled = plain
            shuffled.grants.reverse()
            shuffled.profiles.reverse()
            let question = try plain.question(random: SeededRandom(1))
            #expect(
                ConsentEvaluator.decide(question, under: try plain.policy(random: SeededRandom(2)))
                    == ConsentEvaluator.decide(question, under: try shuffled.policy(random: SeededRandom(3))),
                "case \(number)")
        }
    }

    @Test func citationsCoverExactlyWhatWasDecided() throws {
        var generator = PolicyGenerator(seed: 400)
        let random = SeededRandom(401)
        for _ in 0..<500 {
            let plain = generator.policyCase()
            let decision = ConsentEvaluator.decide(
                try plain.question(random: random), under: try plain.policy(random: random))
            var denied = ProfileSet()
            for citation in decision.denies {
                #expect(!citation.profiles.isEmpty && citation.profiles.intersection(denied).isEmpty)
                denied = denied.union(citation.profiles)
            }
            #expect(decision.permitted.intersection(denied).isEmpty)
            let cited = decision.permits.reduce(ProfileSet()) { $0.union($1.profiles) }
            #expect(plain.isEmergency ? cited.isEmpty : cited == decision.permitted)
            #expect(decision.permits.allSatisfy { !$0.profiles.isEmpty })
            #expect(zip(decision.permits, decision.permits.dropFirst()).allSatisfy { $0.grant < $1.grant })
        }
    }

    /// Whether an asker hears "refused" or "not here" must not depend on what exists.
    /// Source: `docs/design/architecture.md`, "One read's life".
    @Test func havingAPermitDoesNotDependOnWhatExists() throws {
        var generator = PolicyGenerator(seed: 500)
        let random = SeededRandom(501)
        var count = 0
        for _ in 0..<500 {
            var plain = generator.policyCase()
            plain.isEmergency = false
            let question = try plain.question(random: random)
            let isPermitted = ConsentEvaluator.hasPermit(question, under: try plain.policy(random: random))
            plain.profiles = []
            #expect(ConsentEvaluator.hasPermit(question, under: try plain.policy(random: random)) == isPermitted)
            plain.profiles = [PlainCase.PlainProfile(number: 0, classes: ["other"], version: plain.version)]
            plain.grants = plain.grants.filter { !$0.isDeny }
            for index in plain.grants.indices {
                plain.grants[index].classes = ["other"]
                plain.grants[index].except = []
            }
            let isPlainlyPermitted = plain.verdict(on: plain.profiles[0]) != .notPermitted
            #expect(isPermitted == isPlainlyPermitted)
            count += isPermitted ? 1 : 0
        }
        #expect((50...450).contains(count))
    }
}
