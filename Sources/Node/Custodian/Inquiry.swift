// Node · one subject's part of a question: decided first, then looked into, then recorded.
internal import Contracts
internal import Cryptography
internal import Ledger
internal import Primitives
internal import Vault

/// What an asker may see of one subject, by the policy in force a moment ago.
struct Inquiry: Sendable {
    let subject: SubjectID
    /// What the asker is, as far as grants speak of it, and the tokens of that.
    let labels: [Label]
    let asker: TokenSet
    let purposes: TokenSet
    /// The version of the policy key that made the tokens.
    let policyKeyVersion: UInt32
    let action: Action
    let decision: Decision
    /// Whether some permit speaks to the asker, whatever records there are, or an emergency is open.
    let hasPermit: Bool
    /// The override under which the question is put, if it is put under one.
    let emergency: EmergencyCitation?
    let compartment: Compartment

    /// The profiles permitted; bit *n* stands for profile *n*.
    var permitted: UInt64 { decision.permitted.bits }
}

/// What became of an event that was submitted.
enum RecordedEvent: Sendable {
    /// It stands, and what it names may be released.
    case applied(Receipt)
    /// The policy changed meanwhile: nothing stands.
    case stale
    /// It stands under a time that is not now: nothing is released under it.
    case skewed(TransactionID)
}

extension Custodian {
    /// Decides what `asker` may see of `subject`, by the function that the contract runs too.
    /// - Parameter isOverride: whether it is asked in order to open an emergency.
    func decide(
        _ action: Action, by asker: Asker, about subject: SubjectID, isOverride: Bool = false
    ) throws(SteleError) -> Inquiry {
        let registered = try vault.directory.subject(subject)
        let now = UnixSeconds(time.now())
        let code = action == .read || action == .search ? emergencyCode(of: asker) : nil
        let (policy, emergency) = try ledger.withState(about: subject) {
            (state) throws(SteleError) -> (ConsentPolicy, EmergencyCitation?) in
            guard let policy = try AccessPreview.policy(of: subject, in: state) else {
                throw Self.refusal(Refusal.subjectUnknown.status)
            }
            guard let code, !isOverride else { return (policy, nil) }
            return (policy, try state.openEmergency(of: code, at: networkName, about: subject, time: now))
        }
        let key = try vault.directory.policyKey(policy.policyKeyVersion, of: registered)
        let labels = asker.labels(roles: try rolesHeld(by: asker.actor))
        guard let askerTokens = TokenSet(padding: labels.map { key.token(for: $0) }, random: random),
            let purposeTokens = TokenSet(padding: asker.purposeLabels.map { key.token(for: $0) }, random: random)
        else {
            throw SteleError(
                .actorNotAllowed, "the actor holds more roles or purposes than one request can carry",
                hint: "ask for a token with fewer purposes of use")
        }
        let asked = ConsentQuestion(
            asker: askerTokens, purposes: purposeTokens, action: action, time: now,
            isEmergency: isOverride || emergency != nil)
        return Inquiry(
            subject: subject, labels: labels, asker: askerTokens, purposes: purposeTokens,
            policyKeyVersion: key.version, action: action, decision: ConsentEvaluator.decide(asked, under: policy),
            hasPermit: asked.isEmergency || ConsentEvaluator.hasPermit(asked, under: policy), emergency: emergency,
            compartment: try vault.compartment(of: subject))
    }

    /// Keeps the request for the patient, submits its event and returns what became of it. The contract decides again
    /// under the policy in force at its height.
    ///
    /// - Parameters:
    ///   - entries: Exactly what would be released of this subject.
    ///   - asked: What was asked for, in coded words; `withheld` is why it is not in the answer.
    func record(
        _ inquiry: Inquiry, _ entries: [CompartmentEntry], asked: String, withheld: String = "", by asker: Asker,
        retryOf: TransactionID? = nil
    ) async throws(SteleError) -> RecordedEvent {
        try await record(
            inquiry, released: entries.map(KeptRequest.Record.init), asked: asked, withheld: withheld, by: asker,
            retryOf: retryOf)
    }

    /// The same for what need not be a record: `released` is what the manifest names.
    func record(
        _ inquiry: Inquiry, released: [KeptRequest.Record], asked: String, withheld: String = "", by asker: Asker,
        retryOf: TransactionID? = nil
    ) async throws(SteleError) -> RecordedEvent {
        let salt = random.bytes32()
        let kept = KeptRequest(
            askerDID: asker.actor.did, askerDisplayName: asker.actor.displayName, askerLabels: Set(inquiry.labels),
            purposes: Set(asker.purposeLabels), action: inquiry.action.name, asked: asked, withheld: withheld,
            records: released, askerSignature: asker.assertion, askerCommitmentSalt: salt,
            manifestSalt: random.bytes32())
        let made = try transaction(
            AccessRequest(
                subject: inquiry.subject,
                askerCommitment: HMACSHA256.code(of: SHA256.hash(asker.assertion), salt: salt), asker: inquiry.asker,
                action: inquiry.action, purposes: inquiry.purposes, expected: inquiry.decision.permitted,
                manifestRoot: kept.manifestRoot, retryOf: retryOf, emergency: inquiry.emergency,
                policyKeyVersion: inquiry.policyKeyVersion))
        try await vault.keep(kept, for: made.transaction.id, of: inquiry.subject)
        if !released.isEmpty { OpenRelease.current?.cover(inquiry.subject) }
        let receipt = try await ledger.submit(made)
        // An emergency that ended meanwhile is a change like any other: the next attempt is an ordinary request.
        let changes: [Refusal] = [.accessStale, .emergencyEnded, .emergencyUnknown]
        if changes.contains(where: { $0.status == receipt.status }) { return .stale }
        guard receipt.isApplied else { throw Self.refusal(receipt.status) }
        accessIndex.add(
            IndexedAccess(
                logIndex: receipt.logIndex, time: UnixSeconds(receipt.time), subject: inquiry.subject,
                action: inquiry.action.name,
                outcome: AccessOutcome(of: kept, permitted: inquiry.decision.permitted),
                isEmergency: inquiry.emergency != nil, kept: kept))
        // Nothing is released under a time that is not now; the next block carries a fresh one.
        return isSkewed(receipt) ? .skewed(made.transaction.id) : .applied(receipt)
    }

    private func isSkewed(_ receipt: Receipt) -> Bool {
        let now = time.now().milliseconds
        let block = receipt.time.milliseconds
        return max(now, block) - min(now, block) > Self.skewMsMax
    }

    /// Repeats `attempt` while the policy changes under it or block time is not now; and if one of its salted
    /// commitments happens to look like personal data, which befalls one in millions: the next attempt has others.
    ///
    /// - Parameter attempt: Decides and records anew, with the transaction it repeats, if it repeats one.
    /// - Throws: `access.contended` or `clock.skewed` when it does not come to rest.
    func settled<Value>(
        _ attempt: (TransactionID?) async throws(SteleError) -> (event: RecordedEvent, value: Value)
    ) async throws(SteleError) -> (receipt: Receipt, value: Value) {
        var retryOf: TransactionID?
        var leak: SteleError?
        for _ in 0..<Self.attemptCountMax {
            do throws(SteleError) {
                let (event, value) = try await attempt(retryOf)
                switch event {
                case .applied(let receipt): return (receipt, value)
                case .stale: continue
                case .skewed(let transaction): retryOf = transaction
                }
            } catch {
                guard error.code == .leakRefused else { throw error }
                leak = error
            }
        }
        if let leak { throw leak }
        if retryOf != nil {
            throw SteleError(
                .clockSkewed, "block time and this machine's clock are more than two seconds apart",
                hint: "set the machine's clock; nothing is released until they agree")
        }
        throw Self.policyContended
    }

    /// What the grants of these events ask of the asker. Those of the event: a grant may have been exchanged for one
    /// that asks more since the preview.
    func obligations(of receipts: [Receipt]) throws(SteleError) -> [String] {
        var obligations = Obligations()
        for receipt in receipts {
            guard let result = try? AccessRequest.Result(decoding: receipt.result) else {
                throw LedgerStore.damaged("an access event does not decode")
            }
            for permit in result.permits { obligations.formUnion(permit.obligations) }
        }
        return obligations.names
    }
}
