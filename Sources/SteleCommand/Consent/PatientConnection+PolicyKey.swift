// SteleCommand · a patient's policy key replaced: everything stated under the next one, then moved on to.
internal import Contracts
internal import Cryptography
internal import Node
internal import Primitives

/// What came of the replacement of a policy key.
struct PolicyKeyReplacement {
    /// The key in force.
    let key: PolicyKey
    /// Whether somebody with this wallet had replaced it before.
    let wasReplaced: Bool
    /// Whether that was somebody with another consent key, who may have had it wrongly.
    let wasToldToAnother: Bool
    /// How many grants were stated.
    let count: Int
}

extension PatientConnection {
    /// Replaces the policy key. Grants keep their ids and everything they say, and nobody's reading is interrupted.
    ///
    /// Cut off anywhere, it is gone on with by the same call: the custodian keeps the next key until it is in force,
    /// and tells it again afterwards. Everything is stated in each attempt, for what is there already may be the word
    /// of somebody who had the wallet. The wallet's file is for the caller to change.
    /// - Parameter agree: asked before anything is signed, with the grants that this wallet did not make, as the
    ///   custodian reads them; throws if they are not to be stated so.
    /// - Parameter mayBeEarlier: whether a key in force may be earlier than the wallet's, as after a restored ledger.
    /// - Throws: `policy_key.earlier`, `policy_key.unread`, `access.contended`, or those of the node and of `agree`.
    func replacePolicyKey(
        mayBeEarlier: Bool = false, agree: ([ReadableGrant]) throws(SteleError) -> Void
    ) async throws(SteleError) -> PolicyKeyReplacement {
        let own = try ownGrants()
        for _ in 0..<Custodian.replacementAttemptCountMax {
            let next = try await policyKeyToCome(own)
            if next.isInForce {
                guard mayBeEarlier || next.key.version >= subject.policyKey.version else {
                    throw SteleError(
                        .policyKeyEarlier, "the custodian's ledger has an earlier policy key than the wallet",
                        hint: "ask the custodian whether it restored its ledger from a backup; if so, repeat the "
                            + "command with --restored")
                }
                return PolicyKeyReplacement(
                    key: next.key, wasReplaced: true, wasToldToAnother: next.wasToldToAnother, count: 0)
            }
            let foreign = next.grants.filter { own[$0.grant] != $0.labels }
            if !foreign.isEmpty { try agree(foreign) }
            do throws(SteleError) {
                try await state(next)
                try await act(ConsentRotatePolicyKey(subject: subject.id, policyKeyVersion: next.key.version))
                return PolicyKeyReplacement(
                    key: next.key, wasReplaced: false, wasToldToAnother: false, count: next.grants.count)
            } catch {
                // A grant or profile that came or went meanwhile, or somebody else who states the same.
                let changes: [ErrorCode] = [
                    .grantUnknown, .policyKeyIncomplete, .policyKeyVersion, .policyKeyUnprepared,
                ]
                guard changes.contains(error.code) else { throw error }
            }
        }
        throw SteleError(
            .accessContended, "grants kept being made or ended while the policy key was replaced",
            hint: "repeat the command: what was done is done")
    }

    /// The next policy key and the grants to be stated under it, those made with this wallet in its own words.
    func policyKeyToCome(_ own: [Digest: GrantLabels]) async throws(SteleError) -> PolicyKeySuccession {
        var next = try await session.policyKey(after: subject.policyKey.version)
        for index in next.grants.indices {
            guard let labels = own[next.grants[index].grant] else { continue }
            var said = next.grants[index]
            said.labels = labels
            said.isWhole = true
            // The words are the patient's own, and what the custodian makes of the tokens is not asked.
            if said.isSaid(in: subject.policyKey) { next.grants[index] = said }
        }
        return next
    }

    /// States grants under the next policy key.
    func state(_ next: PolicyKeySuccession) async throws(SteleError) {
        for restatement in try next.restatements(of: subject.id, from: subject.policyKey, random: SystemRandom()) {
            try await act(restatement)
        }
    }

    /// The labels of each grant that was made with this wallet.
    func ownGrants() throws(SteleError) -> [Digest: GrantLabels] {
        var own: [Digest: GrantLabels] = [:]
        for line in try GrantBook(walletPath: wallet.path).lines()
        where line.subject == subject.id && line.chainID == subject.chainID { own[line.grant] = line.labels }
        return own
    }
}

extension ReadableGrant {
    /// The grant in the words of `stele grant`.
    var words: String {
        func list(_ labels: Set<Label>) -> String { labels.map(GrantScope.word).sorted().joined(separator: ",") }
        return "\(kind.name) to=\(list(labels.grantees)) classes=\(list(labels.classes))"
            + (labels.except.isEmpty ? "" : " except=\(list(labels.except))") + " purposes=\(list(labels.purposes))"
    }
}
