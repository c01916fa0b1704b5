// Node · a grant as the log tells it: what made it, and what ended it.
public import Contracts
internal import Ledger
public import Primitives

/// One grant of a subject, in force or once so.
public struct LedgerGrant: Sendable {
    /// What ended a grant.
    public enum Ending: Sendable, Equatable {
        /// A revocation.
        case revoked
        /// The end of its episode.
        case episodeEnded
    }

    /// The grant, in the tokens in which it was made.
    public let grant: Grant
    /// The transaction that made it.
    public let made: Receipt
    /// Who signed it.
    public let signedAs: ConsentSigner
    /// What ended it, and the transaction that did.
    public internal(set) var ending: (kind: Ending, receipt: Receipt)?

    /// Whether it can still apply at `time` or later.
    public func isActive(at time: UnixSeconds) -> Bool { ending == nil && time < grant.terms.notAfter }
}

/// One act of consent in the log.
public struct ConsentAct: Sendable {
    /// The call, such as `consent.grant`.
    public let call: String
    /// Its transaction and block.
    public let receipt: Receipt
    /// Who signed.
    public let signer: PublicKey
    /// As whom.
    public let signedAs: ConsentSigner
    /// The grants it made, stated again or ended.
    public let grants: [Digest]
}

extension Custodian {
    /// Every act of consent of a subject, oldest first.
    public func consentActs(of subject: SubjectID) throws(SteleError) -> [ConsentAct] {
        try history(of: subject).acts
    }

    /// Every grant of a subject that was ever made, oldest first.
    public func grants(of subject: SubjectID) throws(SteleError) -> [LedgerGrant] { try history(of: subject).grants }

    /// The subject's acts in order, and the grants they made and ended. Costs a look at each act.
    func history(
        of subject: SubjectID
    ) throws(SteleError) -> (acts: [ConsentAct], grants: [LedgerGrant], episodes: Set<Bytes32>) {
        var history = ConsentHistory()
        for line in try ledger.lines(indexPrefix: [UInt8(ascii: "c")] + subject.bytes) {
            let body = try Transaction(decoding: line.envelope).body
            do throws(FieldFault) { try history.add(body, line.receipt) } catch {
                throw LedgerStore.damaged("an act of consent does not decode")
            }
        }
        return (history.acts, history.grants, history.episodes)
    }
}

/// Follows a subject's acts of consent in order.
private struct ConsentHistory {
    var acts: [ConsentAct] = []
    var grants: [LedgerGrant] = []
    var episodes: Set<Bytes32> = []
    private var places: [Digest: Int] = [:]

    mutating func add(_ body: TransactionBody, _ receipt: Receipt) throws(FieldFault) {
        // The custodian's own acts about the subject's policy are listed beside the subject's.
        guard body.call.hasPrefix("consent.") else { return }
        var named: [Digest] = []
        let signedAs: ConsentSigner
        switch body.call {
        case ConsentGrant.declaration.name:
            let call = try ConsentGrant(decoding: body.encoded, in: body.argumentRange)
            let result = try ConsentGrant.Result(decoding: receipt.result)
            signedAs = result.signedAs
            if let episode = call.episode { episodes.insert(episode) }
            for (id, terms) in zip(result.grants, call.grants) {
                places[id] = grants.count
                named.append(id)
                grants.append(
                    LedgerGrant(
                        grant: Grant(id: id, terms: terms, episode: call.episode), made: receipt, signedAs: signedAs))
            }
        case ConsentRevoke.declaration.name:
            named = try ConsentRevoke(decoding: body.encoded, in: body.argumentRange).grants
            for id in named { end(places[id], .revoked, receipt) }
            signedAs = try ConsentActResult(decoding: receipt.result).signedAs
        case ConsentOpenEpisode.declaration.name:
            episodes.insert(try ConsentOpenEpisode(decoding: body.encoded, in: body.argumentRange).episode)
            signedAs = try ConsentActResult(decoding: receipt.result).signedAs
        case ConsentEndEpisode.declaration.name:
            let episode = try ConsentEndEpisode(decoding: body.encoded, in: body.argumentRange).episode
            for place in grants.indices where grants[place].grant.episode == episode && grants[place].ending == nil {
                named.append(grants[place].grant.id)
                end(place, .episodeEnded, receipt)
            }
            signedAs = try ConsentActResult(decoding: receipt.result).signedAs
        case ConsentRestate.declaration.name:
            named = try ConsentRestate(decoding: body.encoded, in: body.argumentRange).grants.map(\.grant)
            signedAs = try ConsentActResult(decoding: receipt.result).signedAs
        default: signedAs = try ConsentActResult(decoding: receipt.result).signedAs
        }
        acts.append(
            ConsentAct(call: body.call, receipt: receipt, signer: body.signer, signedAs: signedAs, grants: named))
    }

    private mutating func end(_ place: Int?, _ kind: LedgerGrant.Ending, _ receipt: Receipt) {
        guard let place, grants[place].ending == nil else { return }
        grants[place].ending = (kind, receipt)
    }
}
