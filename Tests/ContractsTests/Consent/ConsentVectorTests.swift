// ContractsTests · docs/spec/consent-vectors.json, run against both evaluators.
import Contracts
import Cryptography
import Foundation
import JSON
import Testing

@Suite struct ConsentVectorTests {
    struct Vector {
        let name: String
        let plain: PlainCase
        let verdicts: [Int: PlainVerdict]
    }

    static let vectors: [Vector] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../docs/spec/consent-vectors.json")
        guard let data = try? Data(contentsOf: file), let document = try? JSONDocument(parsing: Array(data)) else {
            return []
        }
        return JSONValue(document.root)["cases"].elements.map(Vector.init)
    }()

    @Test func thereAreManyAndTheirNamesDiffer() {
        #expect(Self.vectors.count >= 60)
        #expect(Set(Self.vectors.map(\.name)).count == Self.vectors.count)
    }

    @Test(arguments: vectors.indices)
    func bothEvaluatorsGiveThePublishedVerdicts(index: Int) throws {
        let vector = Self.vectors[index]
        let random = SeededRandom(UInt64(index))
        let decision = ConsentEvaluator.decide(
            try vector.plain.question(random: random), under: try vector.plain.policy(random: random))
        var verdicts: [Int: PlainVerdict] = [:]
        for (profile, verdict) in decision.verdicts {
            verdicts[Int(profile.number)] = PlainVerdict(verdict, naming: vector.plain.grants)
        }
        #expect(verdicts == vector.verdicts, "\(vector.name)")
        // The second evaluator names the deny whose name is smallest; the vectors name the smallest id.
        let current = vector.plain.profiles.filter { $0.version == vector.plain.version }
        for profile in current where !vector.name.contains("smaller id") {
            #expect(vector.plain.verdict(on: profile) == vector.verdicts[profile.number], "\(vector.name)")
        }
    }
}

// MARK: - Reading
extension ConsentVectorTests.Vector {
    init(_ json: JSONValue) {
        name = json["name"].text
        let policy = json["policy"]
        let question = json["question"]
        var plain = PlainCase()
        plain.version = UInt32(policy["policy_key_version"].number)
        plain.openEpisodes = policy["open_episodes"].names
        plain.profiles = policy["profiles"].elements.map { profile in
            PlainCase.PlainProfile(
                number: Int(profile["number"].number), classes: profile["classes"].names,
                version: UInt32(profile["policy_key_version"].number))
        }
        plain.grants = policy["grants"].elements.map { grant in
            PlainCase.PlainGrant(
                id: grant["id"].text, isDeny: grant["kind"].text == "deny", grantees: grant["grantees"].names,
                actions: grant["actions"].names, purposes: grant["purposes"].names, classes: grant["classes"].names,
                except: grant["except"].names, notBefore: grant["not_before"].number,
                notAfter: grant["not_after"].number, obligations: grant["obligations"].names,
                version: UInt32(grant["policy_key_version"].number),
                episode: grant["episode"].map { Optional.some($0).text },
                isEvenInEmergency: grant["even_in_emergency"] == true)
        }
        plain.asker = question["asker"].names
        plain.purposes = question["purposes"].names
        plain.action = question["action"].text
        plain.time = question["time"].number
        plain.isEmergency = question["emergency"] == true
        self.plain = plain
        guard case .object(let members)? = json["verdicts"] else {
            verdicts = [:]
            return
        }
        verdicts = Dictionary(
            uniqueKeysWithValues: members.map { (Int($0.key) ?? -1, PlainVerdict(vector: $0.value)) })
    }
}

extension PlainVerdict {
    fileprivate init(vector json: JSONValue) {
        if let grant = json["denied_by"] {
            self = .denied(by: Optional.some(grant).text)
        } else if json["permitted_by"] != nil {
            self = .permitted(by: json["permitted_by"].names, obligations: json["obligations"].names)
        } else {
            self = json == "overridden" ? .overridden : .notPermitted
        }
    }
}

/// A member that may be absent, read as the type the vectors give it; anything else fails the comparison later.
extension Optional where Wrapped == JSONValue {
    fileprivate subscript(_ key: String) -> JSONValue? { self?[key] }
    fileprivate var elements: [JSONValue] {
        guard case .array(let elements)? = self else { return [] }
        return elements
    }
    fileprivate var text: String {
        guard case .string(let text)? = self else { return "" }
        return text
    }
    fileprivate var number: UInt64 {
        guard case .number(let text)? = self else { return .max }
        return UInt64(text) ?? .max
    }
    fileprivate var names: Set<String> { Set(elements.map { Optional.some($0).text }) }
}
