// ContractsTests · the decision a second time, straight from docs/spec/consent.md §6 over sets of names: no tokens, no
// bit sets, nothing prepared, nothing shared with the evaluator under test.

/// A policy and a question in the words of the specification.
struct PlainCase {
    struct PlainGrant {
        var id: String
        var isDeny = false
        var grantees: Set<String>
        var actions: Set<String>
        var purposes: Set<String>
        var classes: Set<String>
        var except: Set<String> = []
        var notBefore: UInt64
        var notAfter: UInt64
        var obligations: Set<String> = []
        var version: UInt32 = 1
        var episode: String?
        var isEvenInEmergency = false
    }

    struct PlainProfile {
        var number: Int
        var classes: Set<String>
        var version: UInt32 = 1
    }

    var version: UInt32 = 1
    var profiles: [PlainProfile] = []
    var openEpisodes: Set<String> = []
    var grants: [PlainGrant] = []
    var asker: Set<String> = []
    var purposes: Set<String> = []
    var action = "read"
    var time: UInt64 = 0
    var isEmergency = false
}

/// A verdict in the words of the specification.
enum PlainVerdict: Equatable {
    case permitted(by: Set<String>, obligations: Set<String>)
    case overridden
    case denied(by: String)
    case notPermitted
}

extension PlainCase {
    /// What §6 says about `profile`.
    func verdict(on profile: PlainProfile) -> PlainVerdict {
        if isEmergency {
            let firm = applicable(to: profile, denies: true).filter(\.isEvenInEmergency)
            return firm.map(\.id).min().map { .denied(by: $0) } ?? .overridden
        }
        if let first = applicable(to: profile, denies: true).map(\.id).min() { return .denied(by: first) }
        let permits = applicable(to: profile, denies: false)
        guard !permits.isEmpty else { return .notPermitted }
        return .permitted(
            by: Set(permits.map(\.id)), obligations: permits.reduce(into: []) { $0.formUnion($1.obligations) })
    }

    private func applicable(to profile: PlainProfile, denies: Bool) -> [PlainGrant] {
        grants.filter { grant in
            grant.isDeny == denies
                && (grant.episode == nil || openEpisodes.contains(grant.episode ?? ""))
                && grant.notBefore <= time && time < grant.notAfter
                && grant.version == version
                && !grant.grantees.isDisjoint(with: asker)
                && !grant.purposes.isDisjoint(with: purposes)
                && !grant.classes.isDisjoint(with: profile.classes)
                && grant.except.isDisjoint(with: profile.classes)
                && grant.actions.contains(action)
        }
    }
}
