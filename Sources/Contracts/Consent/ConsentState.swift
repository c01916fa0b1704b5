// Contracts · consent: a subject's policy as the state holds it.
internal import Ledger
public import Primitives

/// The rows of the consent contract.
///
/// Everything a decision depends on lies in the one group `"cp" ‖ subject`: one scan loads it, and any change to it
/// drops what was decoded. What has ended lies elsewhere, so that the scan stays small.
enum ConsentState {
    static let policies = RowKind("c", "p")
    static let delegates = RowKind("c", "d")
    static let revokedGrants = RowKind("c", "r")
    static let endedEpisodes = RowKind("c", "e")
    static let revokedDelegates = RowKind("c", "q")

    static let episodeSort = UInt8(ascii: "e")
    static let grantSort = UInt8(ascii: "g")
    static let profileSort = UInt8(ascii: "p")

    /// A subject's consent as it was before the running transaction, or nil if the subject is not registered.
    static func consent(of subject: SubjectID, in state: StateView) throws(SteleError) -> SubjectConsent? {
        let group = policies.key(subject)
        return try state.cached(group: group, as: CachedConsent.self) { () throws(SteleError) in
            CachedConsent(try SubjectConsent(rows: state.rows(prefix: group)))
        }.consent
    }

    private final class CachedConsent: Sendable {
        let consent: SubjectConsent?
        init(_ consent: SubjectConsent?) { self.consent = consent }
    }
}

/// Who decides for a subject, and what was decided so far.
struct SubjectConsent: Sendable {
    let consentKey: PublicKey
    let policy: ConsentPolicy
    /// What has tokens under the next policy key already.
    let restated: RestatedPolicy

    /// Decodes the rows of one policy group, in key order; nil if there are none.
    init?(rows: [(key: [UInt8], value: [UInt8])]) throws(SteleError) {
        let groupCount = StateView.groupByteCount
        var authority: AuthorityRow?
        var grants: [(id: Digest, row: GrantRow)] = []
        var profiles: [(number: ProfileNumber, row: ProfileRow)] = []
        var openEpisodes: Set<Bytes32> = []
        for (key, value) in rows {
            guard key.count > groupCount else {
                authority = try AuthorityRow(row: value)
                continue
            }
            switch key[groupCount] {
            case ConsentState.episodeSort: openEpisodes.insert(Bytes32(key, at: groupCount + 1))
            case ConsentState.grantSort:
                grants.append((Bytes32(key, at: groupCount + 1), try GrantRow(row: value)))
            default:
                guard let number = ProfileNumber(UInt64(key[groupCount + 1])) else { continue }
                profiles.append((number, try ProfileRow(row: value)))
            }
        }
        guard let authority else { return nil }
        consentKey = authority.consentKey
        let version = authority.policyKeyVersion
        policy = ConsentPolicy(
            grants: grants.map { Grant(id: $0.id, terms: $0.row.terms(under: version), episode: $0.row.episode) },
            profiles: profiles.map { number, row in
                guard let classes = row.classes(under: version) else {
                    return Profile(number: number, classes: row.classes, policyKeyVersion: row.policyKeyVersion)
                }
                return Profile(number: number, classes: classes, policyKeyVersion: version)
            }, openEpisodes: openEpisodes, policyKeyVersion: version)
        var signers: [Digest: PublicKey] = [:]
        for grant in grants where grant.row.terms.policyKeyVersion == version {
            signers[grant.id] = grant.row.next?.signer
        }
        var classes: [ProfileNumber: TokenSet] = [:]
        for profile in profiles where profile.row.policyKeyVersion == version {
            classes[profile.number] = profile.row.next
        }
        restated = RestatedPolicy(signers: signers, profiles: classes)
    }

    /// Whether everything that can apply at `time` or later has tokens under the next policy key, every grant those
    /// that `signer` stated.
    func isRestated(by signer: PublicKey, from time: UnixSeconds) -> Bool {
        policy.currentProfiles.profiles.allSatisfy { restated.profiles[$0] != nil }
            && policy.grants.allSatisfy { restated.signers[$0.id] == signer || !policy.canApply($0, from: time) }
    }
}

/// What of a subject's policy has tokens under the policy key that follows the one in force.
public struct RestatedPolicy: Hashable, Sendable {
    /// Who stated each grant.
    public let signers: [Digest: PublicKey]
    /// The tokens of each profile.
    public let profiles: [ProfileNumber: TokenSet]
}

// MARK: - Who signs
/// Whether the signer may act on a subject's consent, and as whom.
enum Authority {
    case held(SubjectConsent, as: ConsentSigner)
    case refused(Refusal)
}

extension CallContext {
    /// The block's time in whole seconds.
    var now: UnixSeconds { UnixSeconds(time) }

    /// The consent of `subject`, if its consent key or a live delegate signed.
    func authority(over subject: SubjectID) throws(SteleError) -> Authority {
        guard let consent = try ConsentState.consent(of: subject, in: state) else { return .refused(.subjectUnknown) }
        if signer == consent.consentKey { return .held(consent, as: .subject) }
        let row: DelegateRow? = try state.row(at: ConsentState.delegates.key(subject, signer))
        guard let row, now < row.notAfter else { return .refused(.signerNotAllowed) }
        return .held(consent, as: ConsentSigner(row.kind))
    }

    /// The same, if the signer may also change keys and delegates: the subject itself or its wallet.
    func keyAuthority(over subject: SubjectID) throws(SteleError) -> Authority {
        let authority = try authority(over: subject)
        if case .held(_, let signer) = authority, !signer.mayManageKeys { return .refused(.signerNotAllowed) }
        return authority
    }
}
