// Node · policy keys replaced: the next one made here, everything stated under it, then one act moves on to it.
public import Contracts
public import Cryptography
internal import Ledger
public import Primitives
internal import Vault

extension ErrorCode {
    /// A grant that cannot be stated again, because it cannot be told what it says.
    public static let policyKeyUnread = ErrorCode("policy_key.unread")
}

/// A policy key that takes another's place, and what is to be stated under it before it can.
public struct PolicyKeySuccession: Sendable {
    /// The key.
    public let key: PolicyKey
    /// Whether it is in force already, so that nothing is left to be done but to keep it.
    public let isInForce: Bool
    /// Whether it is in force and was told to the holder of another consent key: who had the wallet then may have
    /// replaced it, and it is to be replaced again.
    public let wasToldToAnother: Bool
    /// The grants that can still apply.
    public var grants: [ReadableGrant]

    /// A succession.
    public init(key: PolicyKey, isInForce: Bool, wasToldToAnother: Bool = false, grants: [ReadableGrant]) {
        self.key = key
        self.isInForce = isInForce
        self.wasToldToAnother = wasToldToAnother
        self.grants = grants
    }
}

extension Custodian {
    /// How often a replacement begins anew because a grant or a profile came or went meanwhile.
    public static let replacementAttemptCountMax = 16

    /// The policy of a subject and the key that makes its tokens.
    /// - Throws: `subject.unknown`, for one that was erased too, and `vault.subject_unknown`.
    public func policy(of subject: SubjectID) throws(SteleError) -> (policy: ConsentPolicy, key: PolicyKey) {
        let policy = try ledger.withState(about: subject) { (state) throws(SteleError) in
            try AccessPreview.policy(of: subject, in: state)
        }
        guard let policy else { throw Self.refusal(Refusal.subjectUnknown.status) }
        // After the policy: the ledger moves on to no key that is not here.
        let registered = try vault.directory.subject(subject)
        return (policy, try vault.directory.policyKey(policy.policyKeyVersion, of: registered))
    }

    /// What takes the place of the `version`th policy key of a subject: the next key, made and durable, with every
    /// profile registered under it, and the grants that whoever decides for the subject has to state under it.
    ///
    /// It changes no decision and may be asked for again at any time: the key is the same until it is in force, for
    /// as long as the consent key is the same. All grants are told each time, also those that were stated before: the
    /// ledger moves on by the word of one signer. If another version than `version` is in force, the answer is that
    /// one: somebody who has the wallet was here before.
    ///
    /// - Parameter consentKey: that of whoever asks.
    /// - Throws: `signer.not_allowed` if it is not the subject's, or not any more.
    public func succession(
        of subject: SubjectID, after version: UInt32, for consentKey: PublicKey
    ) async throws(SteleError) -> PolicyKeySuccession {
        try await preparing(of: subject) { () async throws(SteleError) in
            let (policy, key) = try self.policy(of: subject)
            let inForce = try ledger.withState(about: subject) { (state) throws(SteleError) in
                try state.consentKey(of: subject)
            }
            guard consentKey == inForce else { throw Self.refusal(Refusal.signerNotAllowed.status) }
            guard key.version == version, version < ConsentLimits.policyKeyVersions.upperBound else {
                let told = try vault.directory.subject(subject).preparedFor
                return PolicyKeySuccession(
                    key: key, isInForce: true, wasToldToAnother: told.map { $0 != consentKey } ?? false, grants: [])
            }
            try ledger.disk?.checkSubmission()
            let next = try await vault.directory.nextPolicyKey(after: version, of: subject, for: consentKey)
            for profile in try unprepared(of: subject, under: next) {
                try await apply(registration(of: profile, under: next, of: subject))
            }
            let now = UnixSeconds(time.now())
            let grants = policy.grants.filter { policy.canApply($0, from: now) }
            return PolicyKeySuccession(key: next, isInForce: false, grants: try read(grants, of: subject, under: key))
        }
    }

    /// The profiles of a subject in force that have no tokens under `next`, which is to follow the key in force.
    private func unprepared(of subject: SubjectID, under next: PolicyKey) throws(SteleError) -> [RecordProfile] {
        let (policy, restated) = try ledger.withState(about: subject) { (state) throws(SteleError) in
            (try AccessPreview.policy(of: subject, in: state), try state.restatedPolicy(of: subject))
        }
        guard let policy, let restated else { throw Self.refusal(Refusal.subjectUnknown.status) }
        let known = try vault.directory.subject(subject).profiles
        return policy.currentProfiles.profiles.compactMap { number in
            guard known.indices.contains(Int(number.number)) else { return nil }
            let profile = known[Int(number.number)]
            let tokens = restated.profiles[number]?.tokens ?? []
            return profile.labels.allSatisfy { tokens.contains(next.token(for: $0)) } ? nil : profile
        }
    }

    /// Submits a rotation that somebody else signed, if the key it moves on to is the one prepared for whoever has the
    /// consent key now.
    func submit(
        _ rotation: ConsentRotatePolicyKey, _ admitted: AdmittedTransaction
    ) async throws(SteleError) -> Receipt {
        let subject = rotation.subject
        if let receipt = try ledger.finalReceipt(of: admitted.transaction.id) { return receipt }
        // What the journal has was asked in tokens of the key in force.
        try await checkJournal()
        return try await preparing(of: subject) { () async throws(SteleError) in
            let registered = try vault.directory.subject(subject)
            guard let next = registered.policyKeys.first(where: { $0.version == rotation.policyKeyVersion }),
                try isPrepared(next, of: subject)
            else {
                throw SteleError(
                    .policyKeyUnprepared,
                    "this custodian has prepared no such policy key for whoever has the consent key now",
                    hint: "replace the key with stele keys policy, which asks for the next one first")
            }
            return try await ledger.submit(admitted)
        }
    }

    /// Whether `next` was told to nobody but the holder of the consent key in force, and no profile has tokens of
    /// another key where its own belong. A profile that has none is for the ledger to refuse, as a version is that does
    /// not follow: it came meanwhile, and the next attempt takes it along.
    private func isPrepared(_ next: PolicyKey, of subject: SubjectID) throws(SteleError) -> Bool {
        let (policy, restated, consentKey) = try ledger.withState(about: subject) { (state) throws(SteleError) in
            (
                try AccessPreview.policy(of: subject, in: state), try state.restatedPolicy(of: subject),
                try state.consentKey(of: subject)
            )
        }
        guard let policy, policy.policyKeyVersion + 1 == next.version else { return true }
        guard try vault.directory.subject(subject).preparedFor == consentKey else { return false }
        return try unprepared(of: subject, under: next).allSatisfy { profile in
            ProfileNumber(UInt64(profile.number)).flatMap { restated?.profiles[$0] } == nil
        }
    }

    /// Runs `body` while no other policy key of the subject is prepared, and none moved on to.
    private func preparing<Value: Sendable>(
        of subject: SubjectID, _ body: () async throws(SteleError) -> Value
    ) async throws(SteleError) -> Value {
        // No patient has this key: a logical id has no slash.
        try await writing.withLock("/next-policy-key/" + subject.hex, body)
    }

    /// `grants` with what is known of their tokens.
    private func read(
        _ grants: [Grant], of subject: SubjectID, under key: PolicyKey
    ) throws(SteleError) -> [ReadableGrant] {
        let (_, history, episodes) = try history(of: subject)
        let made = Dictionary(
            history.map { ($0.grant.id, $0.made.transactionID) }, uniquingKeysWith: { first, _ in first })
        let registered = try vault.directory.subject(subject)
        var read: [ReadableGrant] = []
        for grant in grants {
            let tokens = GrantTokens(grant.terms)
            let words = try made[grant.id].flatMap { (transaction) throws(SteleError) in
                try vault.keptConsent(for: transaction, of: subject)
            }
            let labels = try labels(in: grant.terms, under: key, words: words, of: registered, teams: episodes)
            func behind(_ set: TokenSet?) -> Set<Label> { Set((set?.tokens ?? []).compactMap { labels[$0] }) }
            read.append(
                ReadableGrant(
                    grant: grant.id, kind: grant.terms.kind, tokens: tokens,
                    labels: GrantLabels(
                        grantees: behind(tokens.grantees), purposes: behind(tokens.purposes),
                        classes: behind(tokens.classes), except: behind(tokens.except)),
                    isWhole: words != nil && tokens.all.isSuperset(of: labels.keys)))
        }
        return read
    }

    // MARK: - Patients whose wallet is here

    /// Replaces the policy key of a patient whose wallet nobody has claimed. The same call goes on after a crash.
    ///
    /// - Returns: The version in force then.
    /// - Throws: `subject.not_enrolled`, `vault.wallet_claimed`, `policy_key.unread`, `access.contended`, or those of
    ///   the disk and the ledger.
    public func replacePolicyKey(of patient: String) async throws(SteleError) -> UInt32 {
        let id = try enrolled(patient)
        return try await replacingPolicyKey(of: id) { () async throws(SteleError) in
            guard let seed = try vault.directory.unclaimedConsentSeed(of: id) else {
                throw SteleError(
                    .vaultWalletClaimed, "the patient's wallet is not here, and nobody else may replace its keys",
                    hint: "have the patient replace the key: stele keys policy --wallet FILE")
            }
            return try await replacePolicyKey(of: id, signing: try SigningKey(seed: seed))
        }
    }

    /// Replaces the policy key of a subject whose consent `signer` signs.
    package func replacePolicyKey(of subject: SubjectID, signing signer: SigningKey) async throws(SteleError) -> UInt32
    {
        let old = try policy(of: subject).key
        for _ in 0..<Self.replacementAttemptCountMax {
            let next = try await succession(of: subject, after: old.version, for: signer.publicKey)
            guard !next.isInForce else { return next.key.version }
            for call in try next.restatements(of: subject, from: old, random: random) {
                // One that was revoked meanwhile takes the others along: the next attempt goes without it.
                try await apply(call, key: signer, accepting: .grantUnknown)
            }
            try await checkJournal()
            let receipt = try await apply(
                ConsentRotatePolicyKey(subject: subject, policyKeyVersion: next.key.version), key: signer,
                accepting: .policyKeyIncomplete)
            guard receipt.isApplied else { continue }
            await openReleases.end(of: subject)
            return next.key.version
        }
        throw Self.policyContended
    }

    /// Runs `body` while nobody else replaces the policy key of a subject for a patient, or hands out their wallet.
    func replacingPolicyKey<Value: Sendable>(
        of subject: SubjectID, _ body: () async throws(SteleError) -> Value
    ) async throws(SteleError) -> Value {
        // No patient has this key: a logical id has no slash.
        try await writing.withLock("/policy-key/" + subject.hex, body)
    }

    static var policyContended: SteleError {
        SteleError(
            .accessContended, "the patient's policy kept changing while the answer was prepared",
            hint: "ask again in a moment")
    }
}

extension PolicyKeySuccession {
    /// The acts that state ``grants`` under ``key``, their tokens being of `old`.
    /// - Throws: `policy_key.unread` with the grants that cannot be stated.
    public func restatements(
        of subject: SubjectID, from old: PolicyKey, random: some RandomSource
    ) throws(SteleError) -> [ConsentRestate] {
        var restated: [RestatedGrant] = []
        var unread: [Digest] = []
        for grant in grants {
            if let said = grant.restated(from: old, to: key, random: random) {
                restated.append(said)
            } else {
                unread.append(grant.grant)
            }
        }
        guard unread.isEmpty else {
            throw SteleError(
                .policyKeyUnread,
                "it cannot be told what \(unread.count) grants say, such as \(unread.sorted()[0].hex)",
                hint: "have whoever made them revoke them and make them again under the new key, then repeat the call")
        }
        let most = ConsentLimits.grantsPerCall.upperBound
        return stride(from: 0, to: restated.count, by: most).map { start in
            ConsentRestate(
                subject: subject, policyKeyVersion: key.version,
                grants: Array(restated[start..<min(start + most, restated.count)]))
        }
    }
}
