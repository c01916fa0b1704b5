// ContractsTests · cases in plain words turned into what the evaluator takes.
import Contracts
import Cryptography
import Primitives
import Testing

extension PlainCase {
    /// The 32 bytes that stand for `name`: the rule of docs/spec/consent-vectors.json.
    static func bytes(_ name: String) -> Bytes32 { SHA256.hash(Array(name.utf8)) }

    /// The padded set of `names`. Padding is fresh for each set, as the specification demands.
    static func tokens(_ names: Set<String>, random: SeededRandom) throws -> TokenSet {
        try #require(TokenSet(padding: names.map(bytes), random: random))
    }

    /// The policy of the case.
    func policy(random: SeededRandom) throws -> ConsentPolicy {
        ConsentPolicy(
            grants: try grants.map { try $0.grant(random: random) },
            profiles: try profiles.map {
                Profile(
                    number: try #require(ProfileNumber(UInt64($0.number))),
                    classes: try Self.tokens($0.classes, random: random), policyKeyVersion: $0.version)
            },
            openEpisodes: Set(openEpisodes.map(Self.bytes)), policyKeyVersion: version)
    }

    /// The question of the case.
    func question(random: SeededRandom) throws -> ConsentQuestion {
        ConsentQuestion(
            asker: try Self.tokens(asker, random: random), purposes: try Self.tokens(purposes, random: random),
            action: try #require(Action.allCases.first { $0.name == action }), time: UnixSeconds(time),
            isEmergency: isEmergency)
    }
}

extension PlainCase.PlainGrant {
    fileprivate func grant(random: SeededRandom) throws -> Grant {
        let terms = GrantTerms(
            kind: isDeny ? .deny : .permit, grantees: try PlainCase.tokens(grantees, random: random),
            actions: Actions(Action.allCases.filter { actions.contains($0.name) }),
            purposes: try PlainCase.tokens(purposes, random: random),
            classes: try PlainCase.tokens(classes, random: random),
            except: except.isEmpty ? nil : try PlainCase.tokens(except, random: random),
            notBefore: UnixSeconds(notBefore), notAfter: UnixSeconds(notAfter),
            obligations: Obligations(
                Obligations.members.filter { obligations.contains($0.name) }.map {
                    Obligations(rawValue: 1 << UInt32($0.number))
                }),
            termsCommitment: .zero, policyKeyVersion: version, isEvenInEmergency: isEvenInEmergency)
        return Grant(id: PlainCase.bytes(id), terms: terms, episode: episode.map(PlainCase.bytes))
    }
}

extension PlainVerdict {
    /// The verdict under test, with the ids of `grants` turned back into names.
    init(_ verdict: Decision.Verdict, naming grants: [PlainCase.PlainGrant]) {
        func name(_ id: Digest) -> String { grants.first { PlainCase.bytes($0.id) == id }?.id ?? "?" }
        self =
            switch verdict {
            case .permitted(let ids, let obligations):
                .permitted(by: Set(ids.map(name)), obligations: Set(obligations.names))
            case .overridden: .overridden
            case .denied(let id): .denied(by: name(id))
            case .notPermitted: .notPermitted
            }
    }
}

/// Draws small policies whose parts meet often.
struct PolicyGenerator {
    private let random: SeededRandom
    private var pool: [UInt8] = []

    init(seed: UInt64) { random = SeededRandom(seed) }

    mutating func number(below bound: Int) -> Int {
        if pool.count < 2 { pool = random.bytes(4096) }
        return Int(UInt16(pool.removeLast()) << 8 | UInt16(pool.removeLast())) % bound
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(below: elements.count)] }

    mutating func some(_ names: [String], of range: ClosedRange<Int>) -> Set<String> {
        let count = range.lowerBound + number(below: range.count)
        return Set((0..<count).map { _ in pick(names) })
    }

    mutating func policyCase() -> PlainCase {
        let people = ["doctor", "nurse", "ward", "clinic", "lab"]
        let purposes = ["TREAT", "HRESCH", "HPAYMT", "ETREAT"]
        let classes = ["all", "Observation", "psychiatry", "laboratory", "Observation/17", "imaging"]
        let actions = ["read", "search", "write", "export", "delegate"]
        var plain = PlainCase()
        plain.version = UInt32(1 + number(below: 2))
        plain.openEpisodes = some(["surgery", "birth"], of: 0...2)
        plain.profiles = (0..<number(below: 7)).map { index in
            PlainCase.PlainProfile(
                number: index * 9, classes: some(classes, of: 0...4),
                version: number(below: 8) == 0 ? 3 - plain.version : plain.version)
        }
        plain.grants = (0..<number(below: 13)).map { index in
            let isDeny = number(below: 3) == 0
            let start = UInt64(number(below: 6))
            return PlainCase.PlainGrant(
                id: "grant-\(index)", isDeny: isDeny, grantees: some(people, of: 1...3),
                actions: some(actions, of: 2...6), purposes: some(purposes, of: 1...3),
                classes: some(classes, of: 1...3), except: number(below: 3) == 0 ? some(classes, of: 1...2) : [],
                notBefore: 60 * start, notAfter: 60 * (start + 1 + UInt64(number(below: 5))),
                obligations: isDeny ? [] : some(["no_reuse", "deidentify", "human_approval"], of: 0...2),
                version: number(below: 6) == 0 ? 3 - plain.version : plain.version,
                episode: number(below: 3) == 0 ? pick(["surgery", "birth", "fall"]) : nil,
                isEvenInEmergency: isDeny && number(below: 2) == 0)
        }
        plain.asker = some(people, of: 1...4)
        plain.purposes = some(purposes, of: 1...2)
        plain.action = pick(actions)
        plain.time = 60 * UInt64(number(below: 11)) + UInt64(pick([0, 0, 1, 59]))
        plain.isEmergency = number(below: 4) == 0
        return plain
    }
}
