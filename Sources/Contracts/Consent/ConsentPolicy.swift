// Contracts · consent: everything a decision about one subject depends on, prepared for deciding.
public import Primitives

/// A subject's policy: grants, profiles, open episodes and the current policy key version.
///
/// Making one costs a comparison of every grant with every profile; deciding with it afterwards costs little more than
/// a look at each grant. Whether a grant covers a profile depends on no request, so it is worked out here, once.
public struct ConsentPolicy: Sendable {
    /// The grants, in order of their ids.
    public let grants: [Grant]
    /// The profiles, in order of their numbers.
    public let profiles: [Profile]
    /// The episodes that are open.
    public let openEpisodes: Set<Bytes32>
    /// The version of the subject's policy key.
    public let policyKeyVersion: UInt32

    /// The profiles registered under the current policy key: those that anything can be decided about.
    public let currentProfiles: ProfileSet
    /// The grants that can apply to some request at some time, in order of their ids; some cover no profile yet.
    let clauses: [Clause]

    /// A grant that can apply, with the profiles it covers.
    struct Clause: Sendable {
        let id: Digest
        let notBefore: UInt64
        let notAfter: UInt64
        let actions: Actions
        let isDeny: Bool
        let isEvenInEmergency: Bool
        let obligations: Obligations
        let coverage: ProfileSet
        let grantees: TokenSet
        let purposes: TokenSet
    }

    /// The policy of these parts, in any order.
    public init(grants: [Grant], profiles: [Profile], openEpisodes: Set<Bytes32>, policyKeyVersion: UInt32) {
        // Rows come in order already, and grants are large to move.
        let isAscending = zip(grants, grants.dropFirst()).allSatisfy { $0.id < $1.id }
        self.grants = isAscending ? grants : grants.sorted { $0.id < $1.id }
        self.profiles = profiles.sorted { $0.number < $1.number }
        self.openEpisodes = openEpisodes
        self.policyKeyVersion = policyKeyVersion
        let current = self.profiles.filter { $0.policyKeyVersion == policyKeyVersion }
        currentProfiles = ProfileSet(current.map(\.number))
        clauses = self.grants.compactMap { grant in
            Self.isInForce(grant, openEpisodes: openEpisodes, policyKeyVersion: policyKeyVersion)
                ? Clause(grant, covering: current) : nil
        }
    }

    /// Whether `grant` can apply, time aside: its episode is open and its tokens are of the current policy key.
    static func isInForce(_ grant: Grant, openEpisodes: Set<Bytes32>, policyKeyVersion: UInt32) -> Bool {
        grant.terms.policyKeyVersion == policyKeyVersion
            && (grant.episode.map { openEpisodes.contains($0) } ?? true)
    }

    /// Whether `grant`, one of ``grants``, can still apply at `time` or later.
    func canApply(_ grant: Grant, from time: UnixSeconds) -> Bool {
        time < grant.terms.notAfter
            && Self.isInForce(grant, openEpisodes: openEpisodes, policyKeyVersion: policyKeyVersion)
    }
}

extension ConsentPolicy.Clause {
    /// `grant` with those of `profiles` whose classes it names and does not except, if there are any.
    fileprivate init(_ grant: Grant, covering profiles: [Profile]) {
        let terms = grant.terms
        var coverage = ProfileSet()
        for profile in profiles where terms.classes.intersects(profile.classes) {
            if terms.except?.intersects(profile.classes) != true { coverage.insert(profile.number) }
        }
        self.coverage = coverage
        id = grant.id
        notBefore = terms.notBefore.seconds
        notAfter = terms.notAfter.seconds
        actions = terms.actions
        isDeny = terms.kind == .deny
        isEvenInEmergency = isDeny && terms.isEvenInEmergency
        obligations = terms.obligations
        grantees = terms.grantees
        purposes = terms.purposes
    }

    /// Whether the grant applies to `question`, on whatever profiles it covers. Source: `docs/spec/consent.md` §6.1.
    func applies(to question: ConsentQuestion) -> Bool {
        notBefore <= question.time.seconds && question.time.seconds < notAfter
            && actions.isSuperset(of: Actions(question.action))
            && grantees.intersects(question.asker) && purposes.intersects(question.purposes)
    }
}
