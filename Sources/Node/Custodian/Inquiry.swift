// Node · one subject's part of a question: decided first, then looked into, then recorded.
internal import Contracts
internal import Cryptography
internal import Ledger
internal import Primitives
internal import Vault

/// What an asker may see of one subject, by the policy in force a moment ago.
struct Inquiry: Sendable {
    let subject: SubjectID
    let asker: TokenSet
    let purposes: TokenSet
    let action: Action
    let decision: Decision
    /// Whether some permit speaks to the asker, whatever records there are.
    let hasPermit: Bool
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
    func decide(_ action: Action, by asker: Asker, about subject: SubjectID) throws(SteleError) -> Inquiry {
        let key = try vault.directory.subject(subject).policyKey
        guard let askerTokens = TokenSet(padding: asker.labels.map { key.token(for: $0) }, random: random),
            let purposeTokens = TokenSet(padding: asker.purposeLabels.map { key.token(for: $0) }, random: random)
        else {
            throw SteleError(
                .actorNotAllowed, "the actor holds more roles or purposes than one request can carry",
                hint: "ask for a token with fewer purposes of use")
        }
        let asked = ConsentQuestion(
            asker: askerTokens, purposes: purposeTokens, action: action, time: UnixSeconds(time.now()))
        let (decision, hasPermit) = try ledger.withState(about: subject) {
            (state) throws(SteleError) -> (Decision, Bool) in
            guard let policy = try AccessPreview.policy(of: subject, in: state) else {
                throw Self.refusal(Refusal.subjectUnknown.status)
            }
            return (ConsentEvaluator.decide(asked, under: policy), ConsentEvaluator.hasPermit(asked, under: policy))
        }
        return Inquiry(
            subject: subject, asker: askerTokens, purposes: purposeTokens, action: action, decision: decision,
            hasPermit: hasPermit, compartment: try vault.compartment(of: subject))
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
            askerDID: asker.actor.did, askerDisplayName: asker.actor.displayName, askerLabels: Set(asker.labels),
            purposes: Set(asker.purposeLabels), action: inquiry.action.name, asked: asked, withheld: withheld,
            records: released, askerSignature: asker.assertion, askerCommitmentSalt: salt,
            manifestSalt: random.bytes32())
        let made = try transaction(
            AccessRequest(
                subject: inquiry.subject,
                askerCommitment: HMACSHA256.code(of: SHA256.hash(asker.assertion), salt: salt), asker: inquiry.asker,
                action: inquiry.action, purposes: inquiry.purposes, expected: inquiry.decision.permitted,
                manifestRoot: kept.manifestRoot, retryOf: retryOf))
        try await vault.keep(kept, for: made.transaction.id, of: inquiry.subject)
        let receipt = try await ledger.submit(made)
        if receipt.status == Refusal.accessStale.status { return .stale }
        guard receipt.isApplied else { throw Self.refusal(receipt.status) }
        // Nothing is released under a time that is not now; the next block carries a fresh one.
        return isSkewed(receipt) ? .skewed(made.transaction.id) : .applied(receipt)
    }

    private func isSkewed(_ receipt: Receipt) -> Bool {
        let now = time.now().milliseconds
        let block = receipt.time.milliseconds
        return max(now, block) - min(now, block) > Self.skewMsMax
    }

    /// Repeats `attempt` while the policy changes under it or block time is not now.
    ///
    /// - Parameter attempt: Decides and records anew, with the transaction it repeats, if it repeats one.
    /// - Throws: `access.contended` or `clock.skewed` when it does not come to rest.
    func settled<Value>(
        _ attempt: (TransactionID?) async throws(SteleError) -> (event: RecordedEvent, value: Value)
    ) async throws(SteleError) -> (receipt: Receipt, value: Value) {
        var retryOf: TransactionID?
        for _ in 0..<Self.attemptCountMax {
            let (event, value) = try await attempt(retryOf)
            switch event {
            case .applied(let receipt): return (receipt, value)
            case .stale: continue
            case .skewed(let transaction): retryOf = transaction
            }
        }
        if retryOf != nil {
            throw SteleError(
                .clockSkewed, "block time and this machine's clock are more than two seconds apart",
                hint: "set the machine's clock; nothing is released until they agree")
        }
        throw SteleError(
            .accessContended, "the patient's policy kept changing while the answer was prepared",
            hint: "ask again in a moment")
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
