// Contracts · consent: the one function that decides, for the ledger and for the preview alike.
public import Primitives

/// What is asked about one subject. Source: `docs/spec/consent.md` §5.
public struct ConsentQuestion: Hashable, Sendable {
    /// Who asks.
    public var asker: TokenSet
    /// For what.
    public var purposes: TokenSet
    /// To do what.
    public var action: Action
    /// When: the block's time.
    public var time: UnixSeconds
    /// Whether it is an emergency override.
    public var isEmergency: Bool

    /// A question.
    public init(asker: TokenSet, purposes: TokenSet, action: Action, time: UnixSeconds, isEmergency: Bool = false) {
        self.asker = asker
        self.purposes = purposes
        self.action = action
        self.time = time
        self.isEmergency = isEmergency
    }
}

/// A permit that a decision rests on, and the permitted profiles it covers.
public struct PermitCitation: FieldRecord {
    /// The grant.
    public var grant = Digest.zero
    /// The profiles it permits.
    public var profiles = ProfileSet()
    /// What it asks.
    public var obligations: Obligations = []

    public init() {}
    /// A citation of `grant`.
    public init(grant: Digest, profiles: ProfileSet, obligations: Obligations) {
        self.grant = grant
        self.profiles = profiles
        self.obligations = obligations
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "grant", &grant, "the grant")
        try list.required(2, "profiles", &profiles, "the profiles it permits")
        try list.required(3, "obligations", &obligations, within: .any, "what it asks")
    }
}

/// A deny that a decision rests on, and the profiles it was the first to deny.
public struct DenyCitation: FieldRecord {
    /// The grant.
    public var grant = Digest.zero
    /// The profiles it denies, apart from those an earlier citation denies.
    public var profiles = ProfileSet()

    public init() {}
    /// A citation of `grant`.
    public init(grant: Digest, profiles: ProfileSet) {
        self.grant = grant
        self.profiles = profiles
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "grant", &grant, "the grant")
        try list.required(2, "profiles", &profiles, "the profiles it denies")
    }
}

/// What was decided, profile by profile.
public struct Decision: Hashable, Sendable {
    /// What was decided about one profile.
    public enum Verdict: Hashable, Sendable {
        /// Permitted by these grants, all their obligations united.
        case permitted(by: [Digest], Obligations)
        /// Permitted because it is an emergency.
        case overridden
        /// Denied by this grant.
        case denied(by: Digest)
        /// Denied because no grant permits it.
        case notPermitted
    }

    /// The profiles decided about.
    public let profiles: ProfileSet
    /// Those that are permitted.
    public let permitted: ProfileSet
    /// Every permit that applies to a permitted profile, in order of ids; none in an emergency, which needs none.
    public let permits: [PermitCitation]
    /// For each denied profile the applicable deny with the smallest id, in order of ids.
    public let denies: [DenyCitation]
    private let isEmergency: Bool

    fileprivate init(
        profiles: ProfileSet, permitted: ProfileSet, permits: [PermitCitation], denies: [DenyCitation],
        isEmergency: Bool
    ) {
        self.profiles = profiles
        self.permitted = permitted
        self.permits = permits
        self.denies = denies
        self.isEmergency = isEmergency
    }

    /// What was decided about `profile`; one that was not decided about is not permitted.
    public func verdict(on profile: ProfileNumber) -> Verdict {
        if let deny = denies.first(where: { $0.profiles.contains(profile) }) { return .denied(by: deny.grant) }
        guard permitted.contains(profile) else { return .notPermitted }
        guard !isEmergency else { return .overridden }
        let citations = permits.filter { $0.profiles.contains(profile) }
        return .permitted(
            by: citations.map(\.grant), citations.reduce(into: []) { $0.formUnion($1.obligations) })
    }

    /// What was decided, profile by profile, in order of their numbers.
    public var verdicts: [(profile: ProfileNumber, verdict: Verdict)] {
        profiles.profiles.map { ($0, verdict(on: $0)) }
    }
}

/// Decides. Deterministic, total, and without a default beyond refusal. Source: `docs/spec/consent.md` §6.
public enum ConsentEvaluator {
    /// Whether some permit speaks to this asker, purpose and action at this time, whatever records it covers: who has
    /// none learns nothing about which records exist. Source: `docs/design/architecture.md`, "One read's life".
    public static func hasPermit(_ question: ConsentQuestion, under policy: ConsentPolicy) -> Bool {
        var isPermitted = false
        policy.forEachClause(applyingTo: question) { clause in
            isPermitted = !clause.isDeny
            return clause.isDeny
        }
        return isPermitted
    }

    /// What `policy` says to `question`.
    ///
    /// - Complexity: one glance at each grantee of each grant; under a microsecond for a hundred grants.
    public static func decide(_ question: ConsentQuestion, under policy: ConsentPolicy) -> Decision {
        var permits: [PermitCitation] = []
        var denies: [DenyCitation] = []
        var denied = ProfileSet()
        var covered = ProfileSet()
        policy.forEachClause(applyingTo: question) { clause in
            // In an emergency only those denies count that say so; a permit is not needed.
            guard !question.isEmergency || clause.isEvenInEmergency else { return true }
            if clause.isDeny {
                let first = clause.coverage.subtracting(denied)
                if !first.isEmpty { denies.append(DenyCitation(grant: clause.id, profiles: first)) }
                denied = denied.union(clause.coverage)
            } else {
                permits.append(
                    PermitCitation(grant: clause.id, profiles: clause.coverage, obligations: clause.obligations))
                covered = covered.union(clause.coverage)
            }
            return true
        }
        let permitted = (question.isEmergency ? policy.currentProfiles : covered).subtracting(denied)
        return Decision(
            profiles: policy.currentProfiles, permitted: permitted, permits: cite(permits, on: permitted),
            denies: denies, isEmergency: question.isEmergency)
    }

    /// The citations narrowed to the permitted profiles; those that permit none fall away.
    private static func cite(_ permits: [PermitCitation], on permitted: ProfileSet) -> [PermitCitation] {
        permits.compactMap { citation in
            let profiles = citation.profiles.intersection(permitted)
            guard !profiles.isEmpty else { return nil }
            return PermitCitation(grant: citation.grant, profiles: profiles, obligations: citation.obligations)
        }
    }
}
