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
    private let clauses: [Clause]
    /// Each grantee of each clause, in short, clause after clause: enough to see which clauses need a look.
    private let grantees: [GranteeMark]

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
        let clauses = self.grants.compactMap { grant in
            Self.isInForce(grant, openEpisodes: openEpisodes, policyKeyVersion: policyKeyVersion)
                ? Clause(grant, covering: current) : nil
        }
        self.clauses = clauses
        var grantees: [GranteeMark] = []
        grantees.reserveCapacity(clauses.reduce(0) { $0 + $1.grantees.tokens.count })
        for (index, clause) in clauses.enumerated() {
            for token in clause.grantees.tokens {
                grantees.append(GranteeMark(mark: token.mark, clause: UInt32(index)))
            }
        }
        self.grantees = grantees
    }

    /// Whether `grant` can apply, time aside: its episode is open and its tokens are of the current policy key.
    static func isInForce(_ grant: Grant, openEpisodes: Set<Bytes32>, policyKeyVersion: UInt32) -> Bool {
        grant.terms.policyKeyVersion == policyKeyVersion
            && (grant.episode.map { openEpisodes.contains($0) } ?? true)
    }

    /// Whether `grant`, one of ``grants``, can still apply at `time` or later.
    public func canApply(_ grant: Grant, from time: UnixSeconds) -> Bool {
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

// MARK: - Which clauses to look at
extension ConsentPolicy {
    /// Calls `body` with each clause that applies to `question`, in order of ids, until it returns false.
    ///
    /// A policy of a hundred grants is some tens of kilobytes, and few of its grants speak to the asker: the others are
    /// told apart by their grantees' marks, which lie together.
    func forEachClause(applyingTo question: ConsentQuestion, _ body: (Clause) -> Bool) {
        let asked = TokenMarks(question.asker)
        var next: UInt32 = 0  // The first clause not looked at yet.
        for grantee in grantees where asked.mayContain(grantee.mark) && grantee.clause >= next {
            next = grantee.clause + 1
            let clause = clauses[Int(grantee.clause)]
            if clause.applies(to: question), !body(clause) { return }
        }
    }
}

/// A grantee of a clause: some bits of the token, and which clause.
private struct GranteeMark {
    let mark: UInt16
    let clause: UInt32
}

/// The tokens of one set as bits at their marks.
private struct TokenMarks {
    private var words = InlineArray<16, UInt64>(repeating: 0)

    init(_ set: TokenSet) {
        for token in set.tokens { words[Int(token.mark >> 6)] |= 1 << UInt64(token.mark & 63) }
    }

    func mayContain(_ mark: UInt16) -> Bool { words[Int(mark >> 6)] >> UInt64(mark & 63) & 1 == 1 }
}

extension Token {
    // Tokens are hashes or random, so their last ten bits are as good as any.
    fileprivate var mark: UInt16 {
        UInt16(nibble(61) & 3) << 8 | UInt16(nibble(62)) << 4 | UInt16(nibble(63))
    }
}
