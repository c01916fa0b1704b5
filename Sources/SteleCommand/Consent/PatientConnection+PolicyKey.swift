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
    /// The grants stated under it that were not made with this wallet, as the custodian reads them.
    let foreign: [ReadableGrant]
    /// How many grants were stated.
    let count: Int
}

extension PatientConnection {
    /// Replaces the policy key. Grants keep their ids and everything they say, and nobody's reading is interrupted.
    ///
    /// Cut off anywhere, it is gone on with by the same call: the custodian keeps the next key until it is in force,
    /// and tells it again afterwards. The wallet's file is for the caller to change.
    /// - Throws: `policy_key.unread`, `access.contended`, or those of the node.
    func replacePolicyKey() async throws(SteleError) -> PolicyKeyReplacement {
        var stated: [Digest: ReadableGrant] = [:]
        let own = try ownGrants()
        for _ in 0..<Custodian.replacementAttemptCountMax {
            let next = try await policyKeyToCome(own)
            func replacement(_ wasReplaced: Bool) -> PolicyKeyReplacement {
                let foreign = stated.values.filter { own[$0.grant] == nil }.sorted { $0.grant < $1.grant }
                return PolicyKeyReplacement(
                    key: next.key, wasReplaced: wasReplaced, foreign: foreign, count: stated.count)
            }
            guard !next.isInForce else { return replacement(true) }
            do throws(SteleError) {
                try await state(next)
                for grant in next.grants { stated[grant.grant] = grant }
                try await act(ConsentRotatePolicyKey(subject: subject.id, policyKeyVersion: next.key.version))
                return replacement(false)
            } catch {
                // A grant or profile that came or went meanwhile.
                let changes: [ErrorCode] = [.grantUnknown, .policyKeyIncomplete, .policyKeyVersion]
                guard changes.contains(error.code) else { throw error }
            }
        }
        throw SteleError(
            .accessContended, "grants kept being made or ended while the policy key was replaced",
            hint: "repeat the command: what was done is done")
    }

    /// The next policy key and the grants to be stated under it, those made with this wallet in its own words.
    func policyKeyToCome(_ own: [Digest: Set<Label>]) async throws(SteleError) -> PolicyKeySuccession {
        var next = try await session.policyKey(after: subject.policyKey.version)
        for index in next.grants.indices {
            // The words are the patient's own; what the custodian makes of the tokens is not asked then.
            guard let labels = own[next.grants[index].grant],
                next.grants[index].tokens.all.isSuperset(of: labels.map { subject.policyKey.token(for: $0) })
            else { continue }
            next.grants[index].labels = labels
            next.grants[index].isWhole = true
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
    func ownGrants() throws(SteleError) -> [Digest: Set<Label>] {
        var own: [Digest: Set<Label>] = [:]
        for line in try GrantBook(walletPath: wallet.path).lines()
        where line.subject == subject.id && line.chainID == subject.chainID { own[line.grant] = line.labels }
        return own
    }
}

extension ReadableGrant {
    /// The grant in the words of `stele grant`, its tokens being of `key`.
    func words(under key: PolicyKey) -> String {
        func list(_ set: TokenSet?) -> String {
            let read = labels.filter { label in set?.tokens.contains(key.token(for: label)) ?? false }
            return read.map(GrantScope.word).sorted().joined(separator: ",")
        }
        return "\(kind.name) to=\(list(tokens.grantees)) classes=\(list(tokens.classes))"
            + (tokens.except == nil ? "" : " except=\(list(tokens.except))") + " purposes=\(list(tokens.purposes))"
    }
}
