// Node · emergencies: opened by one person for one patient, for a time, and reviewed afterwards.
public import Contracts
internal import Cryptography
internal import Ledger
public import Primitives
public import Vault

extension ErrorCode {
    /// A node that has no override key.
    public static let emergencyUnavailable = ErrorCode("emergency.unavailable")
    /// An emergency opened with a token that is not for one.
    public static let emergencyPurpose = ErrorCode("emergency.purpose")
    /// A review by the person whose override it is.
    public static let reviewOwn = ErrorCode("review.own")
}

/// What somebody opens in an emergency.
public struct EmergencyOrder: Hashable, Sendable {
    /// The patient's logical id.
    public var patient: String
    /// Why.
    public var reason: OverrideReason
    /// For how long, in seconds.
    public var seconds: UInt32

    /// The records of `patient`, for `reason`, for so many seconds.
    public init(patient: String, reason: OverrideReason, seconds: UInt32) {
        self.patient = patient
        self.reason = reason
        self.seconds = seconds
    }

    /// What the patient's log says was asked for, in coded words.
    var words: String { "emergency access for \(seconds) seconds: \(reason.name)" }
}

/// One emergency as ledger and vault know it.
public struct Emergency: Sendable {
    /// The override.
    public let receipt: Receipt
    /// Whose records it opened: the subject, and the patient's logical id.
    public let subject: SubjectID
    public let patient: String
    /// Why.
    public let reason: OverrideReason
    /// The profiles it opened, and those of them that were closed to the person without it.
    public let permitted: ProfileSet
    public let overridden: ProfileSet
    /// When it was opened, by the custodian's clock, if that was while the ledger stood still.
    public let claimed: UnixSeconds?
    /// Its review.
    public let review: ReviewRow
    /// Who asked; nil if another process of the organisation opened it.
    public let request: KeptRequest?

    /// The transaction by which requests, reviews and people name it.
    public var transaction: TransactionID { receipt.transactionID }
}

// MARK: - Opening
extension Custodian {
    /// Opens a patient's records to `asker` until the time is over or an officer closes the review.
    ///
    /// Nothing is released by this: each read and search afterwards, asked with a purpose of emergencies, is a request
    /// and an event of its own. The override is kept for the patient before it is submitted.
    /// - Throws: `emergency.purpose`, `actor.not_allowed`, `subject.not_enrolled`, which is an event of the
    ///   organisation's own compartment, `override.review_overdue`, `override.too_long`, `override.review_limit`,
    ///   `access.contended`, and `emergency.unavailable` where there is no override key.
    public func openEmergency(_ order: EmergencyOrder, by asker: Asker) async throws(SteleError) -> Emergency {
        let keys = try emergencyKeys(for: order, by: asker)
        guard order.patient != Self.commonsPatient, let named = try vault.directory.subject(patient: order.patient),
            named.isOnLedger
        else {
            try await recordAttempt(order, by: asker)
            throw Self.notEnrolled
        }
        let (receipt, _) = try await settled {
            (retryOf) async throws(SteleError) -> (event: RecordedEvent, value: ())
            in
            let inquiry = try decide(.read, by: asker, about: named.id, isOverride: true)
            let salt = random.bytes32()
            let kept = KeptRequest(
                askerDID: asker.actor.did, askerDisplayName: asker.actor.displayName,
                askerLabels: Set(inquiry.labels), purposes: Set(asker.purposeLabels), action: "override",
                asked: order.words, records: [], askerSignature: asker.assertion, askerCommitmentSalt: salt,
                manifestSalt: random.bytes32())
            let made = try transaction(
                AccessOverride(
                    subject: named.id, askerCommitment: HMACSHA256.code(of: SHA256.hash(asker.assertion), salt: salt),
                    asker: inquiry.asker, action: .read, purposes: inquiry.purposes,
                    expected: inquiry.decision.permitted, manifestRoot: kept.manifestRoot,
                    actorCode: keys.code(of: asker.actor), reason: order.reason, seconds: order.seconds,
                    retryOf: retryOf, policyKeyVersion: inquiry.policyKeyVersion),
                key: keys.override)
            try await vault.keep(kept, for: made.transaction.id, of: named.id)
            let receipt = try await ledger.submit(made)
            if receipt.status == Refusal.accessStale.status { return (.stale, ()) }
            guard receipt.isApplied else { throw Self.refusal(receipt.status) }
            accessIndex.add(
                IndexedAccess(
                    logIndex: receipt.logIndex, time: UnixSeconds(receipt.time), subject: named.id, action: "override",
                    outcome: .opened, isEmergency: true, kept: kept))
            return (.applied(receipt), ())
        }
        guard let opened = try emergency(receipt.transactionID, of: named.id) else {
            throw LedgerStore.damaged("an override that was applied is not in the log")
        }
        return opened
    }

    static var notEnrolled: SteleError {
        SteleError(
            .subjectNotEnrolled, "the patient is not enrolled with this custodian",
            hint: "check the id; records of others are read at their own custodians")
    }

    static var emergencyUnavailable: SteleError {
        SteleError(
            .emergencyUnavailable, "this node has no override key",
            hint: "start the node with stele serve, which makes and registers one")
    }

    /// The keys, if `asker` may open what `order` says.
    func emergencyKeys(for order: EmergencyOrder, by asker: Asker) throws(SteleError) -> EmergencyKeys {
        guard let emergencyKeys else { throw Self.emergencyUnavailable }
        guard asker.actor.kind == .person, asker.actor.patientSubject == nil,
            asker.actor.organisation == organisation, asker.patient.map({ $0 == order.patient }) ?? true
        else {
            throw SteleError(
                .actorNotAllowed, "only a person of this custodian's staff opens an emergency, for the token's patient",
                hint: "use an access token of the person who treats, without a patient or for this one")
        }
        guard asker.usesEmergencies else {
            throw SteleError(
                .emergencyPurpose, "the access token is for no emergency",
                hint: "ask for a token with the purpose of use ETREAT or BTG")
        }
        return emergencyKeys
    }

    /// Records that somebody tried to open what is not there.
    private func recordAttempt(_ order: EmergencyOrder, by asker: Asker) async throws(SteleError) {
        let asker = asker.outsideEmergencies
        let commons = try commons().id
        let words = "emergency access: no such patient"
        _ = try await settled { (retryOf) async throws(SteleError) -> (event: RecordedEvent, value: ()) in
            let inquiry = try decide(.read, by: asker, about: commons)
            return (try await record(inquiry, [], asked: words, withheld: "absent", by: asker, retryOf: retryOf), ())
        }
    }
}

// MARK: - Looking
extension Custodian {
    /// The emergency that `transaction` opened for `subject`, or nil if it opened none.
    public func emergency(_ transaction: TransactionID, of subject: SubjectID) throws(SteleError) -> Emergency? {
        guard let receipt = try ledger.receipt(of: transaction), receipt.isApplied else { return nil }
        let body = try Transaction(decoding: ledger.line(at: receipt.logIndex).envelope).body
        let opened: (reason: OverrideReason, permitted: ProfileSet, overridden: ProfileSet, claimed: UnixSeconds?)
        if body.call == AccessOverride.declaration.name,
            let call = try? AccessOverride(decoding: body.encoded, in: body.argumentRange), call.subject == subject,
            let result = try? AccessOverride.Result(decoding: receipt.result)
        {
            opened = (call.reason, result.permitted, result.overridden, nil)
        } else if body.call == AccessUnordered.declaration.name,
            let call = try? AccessUnordered(decoding: body.encoded, in: body.argumentRange), call.subject == subject,
            let reason = call.entry.reason, let result = try? AccessUnordered.Result(decoding: receipt.result)
        {
            opened = (reason, result.permitted, result.overridden, call.entry.time)
        } else {
            return nil
        }
        let review = try ledger.withState(about: subject) { (state) throws(SteleError) in
            try state.review(of: transaction, about: subject)
        }
        guard let review else { throw LedgerStore.damaged("an override has no review") }
        return Emergency(
            receipt: receipt, subject: subject, patient: try vault.directory.subject(subject).patient,
            reason: opened.reason, permitted: opened.permitted, overridden: opened.overridden, claimed: opened.claimed,
            review: review, request: try vault.keptRequest(for: transaction, of: subject))
    }

    /// The emergencies of this custodian's patients that wait for review, the one that is due first before others.
    public func openReviews() throws(SteleError) -> [Emergency] {
        let rows = try ledger.withState(about: .zero) { (state) throws(SteleError) in try state.openReviews() }
        var reviews: [Emergency] = []
        for (transaction, row) in rows where try isKept(row.subject) {
            if let found = try emergency(transaction, of: row.subject) { reviews.append(found) }
        }
        return reviews.sorted { $0.review.reviewBy < $1.review.reviewBy }
    }

    /// Whether `subject` is one of this custodian's: others have theirs on the same ledger.
    func isKept(_ subject: SubjectID) throws(SteleError) -> Bool {
        do throws(SteleError) {
            _ = try vault.directory.subject(subject)
            return true
        } catch {
            guard error.code == .vaultSubjectUnknown else { throw error }
            return false
        }
    }

    /// Closes the review of an emergency, which ends it if it is still open. Who closed it is kept for the patient.
    /// - Throws: `review.unknown`, `review.own`, `actor.not_allowed` and `emergency.unavailable`.
    public func closeReview(
        of transaction: TransactionID, finding: ReviewFinding, by reviewer: Asker
    ) async throws(SteleError) -> Emergency {
        guard let keys = emergencyKeys else { throw Self.emergencyUnavailable }
        guard reviewer.actor.isOfficer, reviewer.actor.organisation == organisation else {
            throw SteleError(
                .actorNotAllowed, "only an officer of this custodian closes a review", hint: "ask an officer")
        }
        guard let found = try openReviews().first(where: { $0.transaction == transaction }) else {
            throw Self.refusal(Refusal.reviewUnknown.status)
        }
        guard !found.review.isOf(keys.code(of: reviewer.actor), at: networkName) else {
            throw SteleError(
                .reviewOwn, "the override that is to be reviewed is your own", hint: "have another officer review it")
        }
        let made = try self.transaction(
            AccessReview(subject: found.subject, transaction: transaction, finding: finding), key: keys.admin)
        let kept = KeptRequest(
            askerDID: reviewer.actor.did, askerDisplayName: reviewer.actor.displayName,
            askerLabels: Set(reviewer.labels(roles: try rolesHeld(by: reviewer.actor))), purposes: [],
            action: "review", asked: "review of emergency access: \(finding.name)", records: [],
            askerSignature: reviewer.assertion, askerCommitmentSalt: random.bytes32(), manifestSalt: random.bytes32())
        try await vault.keep(kept, for: made.transaction.id, of: found.subject)
        let receipt = try await ledger.submit(made)
        guard receipt.isApplied else { throw Self.refusal(receipt.status) }
        return try emergency(transaction, of: found.subject) ?? found
    }
}
