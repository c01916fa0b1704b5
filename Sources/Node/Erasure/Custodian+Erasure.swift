// Node · a patient erased: retention and holds decide first, then everything goes, then that is signed.
public import Contracts
internal import Cryptography
internal import Ledger
public import Primitives
public import Vault

extension ErrorCode {
    /// Records that must be kept for longer.
    public static let erasureRetained = ErrorCode("erasure.retained")
    /// Records that a legal hold keeps.
    public static let erasureHeld = ErrorCode("erasure.held")
    /// An erasure that nobody began.
    public static let erasureUnknown = ErrorCode("erasure.unknown")
    /// A legal hold that is not there.
    public static let holdUnknown = ErrorCode("hold.unknown")
}

/// What an erasure needs besides vault and ledger.
public struct ErasureTerms: Sendable {
    /// For how long records must be kept.
    public var retention: Retention
    /// Who replaces the root key; nil where it cannot be replaced, and then nothing is erased.
    public var rootKeeper: (any RootKeeper)?
    /// Called when the key store has changed for good: its newest copy elsewhere is to be replaced before the erasure
    /// goes on.
    public var keysChanged: @Sendable (Vault) throws(SteleError) -> Void
    /// Told of each erasure that has ended.
    public var ended: @Sendable (Erasure) -> Void

    /// Terms.
    public init(
        retention: Retention = Retention(), rootKeeper: (any RootKeeper)? = nil,
        keysChanged: @escaping @Sendable (Vault) throws(SteleError) -> Void = { _ in },
        ended: @escaping @Sendable (Erasure) -> Void = { _ in }
    ) {
        self.retention = retention
        self.rootKeeper = rootKeeper
        self.keysChanged = keysChanged
        self.ended = ended
    }
}

extension Custodian {
    /// Most recipients that a statement names.
    static let namedRecipientCountMax = 400

    /// Erases a patient. When this returns nothing about them can be read any more, here or in any backup, and the
    /// statement of it is signed.
    ///
    /// In this order, each step durable before the next: retention and legal hold are asked; the subject is marked; the
    /// ledger records the erasure and drops the subject's rows; ciphertext, index, kept requests and blobs go;
    /// everybody else's keys are wrapped under a new root without the patient's, and the old root is destroyed; the
    /// bodies of the subject's transactions go, and the files are rewritten. A crash in between is made up for by
    /// ``start()``. While keys are replaced, nobody else is served: some microseconds for each patient and each
    /// resource kept here.
    ///
    /// - Throws: `subject.not_enrolled`, `erasure.held` or `erasure.retained` with the reason and the date,
    ///   `review.open`, `keys.root_fixed`, `vault.pending`, or those of disk and ledger; nothing has gone then unless
    ///   the ledger has recorded the erasure.
    public func erase(_ patient: String, because reason: ErasureReason) async throws(SteleError) -> Erasure {
        guard terms.rootKeeper != nil else { throw Self.rootFixed }
        let shredded = try await admission.alone { () async throws(SteleError) -> Shredded in
            let subject = try vault.directory.subject(enrolled(patient))
            if !subject.isShredding { try checkKept(subject, because: reason) }
            // Before anything is marked: what waits for its anchor is shown or removed, or the erasure waits.
            _ = try await settle(at: earlierTransactionsEnd)
            guard vault.pendingCount == 0 else { throw Vault.stillPending }
            try await checkJournal()
            let hasOpenReview = try ledger.withState(about: subject.id) { (state) throws(SteleError) in
                try state.hasOpenReview(about: subject.id)
            }
            guard !hasOpenReview else { throw Refusal.reviewOpen.asSteleError }
            return try await shred(try await begin(subject, because: reason))
        }
        await openReleases.end(of: shredded.erasure.subject)
        return try await finish(shredded)
    }

    /// The erasure of `subject`, under way or finished.
    /// - Throws: `erasure.unknown`.
    public func erasure(of subject: SubjectID) throws(SteleError) -> Erasure {
        guard let erasure = try vault.directory.erasure(of: subject) else {
            throw SteleError(
                .erasureUnknown, "no erasure of such a subject was begun here",
                hint: "give the subject's id on the ledger, which the answer to the erasure had")
        }
        return erasure
    }

    /// Goes on with every erasure that a crash or a fault stopped. Once at start, before anything is served.
    func resumeErasures() async throws(SteleError) {
        for erasure in try vault.directory.erasures() where erasure.stage != .finished {
            var shredded = Shredded(erasure: erasure, rowPrefix: nil)
            if erasure.stage < .shredded {
                shredded = try await admission.alone { () async throws(SteleError) -> Shredded in
                    try await shred(erasure)
                }
            }
            _ = try await finish(shredded)
        }
        for erasure in try vault.directory.erasures() where erasure.stage == .finished {
            try await repeatOnLedger(erasure)
        }
    }

    /// Ends what the erasure waited for in its time, and a ledger from before does not know of: the journal is
    /// recorded, and what the reviews found is not known any more.
    private func settleBeforeRepeating(_ erasure: Erasure) async throws(SteleError) {
        try await checkJournal()
        let open = try ledger.withState(about: erasure.subject) { (state) throws(SteleError) in
            try state.openReviews()
        }
        for (transaction, row) in open where row.subject == erasure.subject {
            guard let keys = emergencyKeys else { throw Self.emergencyUnavailable }
            try await apply(
                AccessReview(subject: row.subject, transaction: transaction, finding: .inconclusive), key: keys.admin)
        }
    }

    /// Tells a ledger that was restored from a backup of an erasure that it does not know of, or not all of.
    private func repeatOnLedger(_ erasure: Erasure) async throws(SteleError) {
        let row = try ledger.withState(about: erasure.subject) { (state) throws(SteleError) in
            try state.subject(erasure.subject)
        }
        guard let row else { return }
        let isListed = try ledger.isListed(indexPrefix: [UInt8(ascii: "c")] + erasure.subject.bytes)
        guard row.erasedAt == nil || isListed else { return }
        var again = erasure
        if row.erasedAt == nil {
            try await settleBeforeRepeating(again)
            again.transaction = try await recordOnLedger(again)
        }
        again.stage = .shredded
        try await vault.directory.update(again)
        _ = try await finish(Shredded(erasure: again, rowPrefix: nil))
    }

    // MARK: - Holds

    /// Puts a subject's records under a legal hold, or replaces the one there is.
    public func hold(_ patient: String, _ hold: LegalHold) async throws(SteleError) {
        try await vault.directory.updateSubject(enrolled(patient)) { $0.hold = hold }
    }

    /// Ends the legal hold of a subject's records.
    /// - Throws: `hold.unknown` when there is none.
    public func releaseHold(of patient: String) async throws(SteleError) {
        try await vault.directory.updateSubject(enrolled(patient)) { (subject) throws(SteleError) in
            guard subject.hold != nil else {
                throw SteleError(
                    .holdUnknown, "the patient's records are under no legal hold", hint: "there is nothing to release")
            }
            subject.hold = nil
        }
    }

    // MARK: - Before

    /// Throws unless the records may go.
    private func checkKept(_ subject: RegisteredSubject, because reason: ErasureReason) throws(SteleError) {
        let now = time.now().seconds
        if let hold = subject.hold, hold.holds(at: now) {
            let until = hold.until.map { "until " + CivilDate(seconds: $0).text } ?? "until it is released"
            throw SteleError(
                .erasureHeld, "a legal hold (\(hold.reason.name)) keeps the records \(until)",
                hint: "have whoever set the hold release it with stele hold --release, then erase")
        }
        // What must not have been kept, or must go by law, is not kept for longer.
        guard ![.unlawful, .legalObligation].contains(reason) else { return }
        let newest = try vault.compartment(of: subject.id).entries.map(\.lastUpdated).max()
        guard terms.retention.years > 0,
            let end = terms.retention.end(newest: newest, birthDate: subject.birthDate), now < end
        else { return }
        throw SteleError(
            .erasureRetained, "the records must be kept until \(CivilDate(seconds: end).text) ([retention])",
            hint: "erase after that day; what was kept unlawfully, or must go by law, goes at once with --because")
    }

    /// Marks the subject, with whatever can only be known while its records can be read.
    private func begin(
        _ subject: RegisteredSubject, because reason: ErasureReason
    ) async throws(SteleError) -> Erasure {
        let recipients = try recipients(of: subject)
        let named = recipients.prefix(Self.namedRecipientCountMax)
        return try await vault.directory.begin(
            Erasure(
                subject: subject.id, reason: reason.name, asked: time.now(), recipients: Array(named),
                unnamedRecipientCount: recipients.count - named.count,
                hasWallet: try vault.directory.unclaimedConsentSeed(of: subject.id) == nil))
    }

    /// Everybody but the patient to whom records were released, the latest first.
    private func recipients(of subject: RegisteredSubject) throws(SteleError) -> [Erasure.Recipient] {
        var found: [String: Erasure.Recipient] = [:]
        let own = DIDKey.did(of: subject.consentKey)
        var first: UInt64 = 1
        while case let lines = try accessLog(of: subject.id, from: first), let last = lines.last {
            for line in lines {
                guard let request = line.request, !request.records.isEmpty, request.askerDID != own else { continue }
                var recipient =
                    found[request.askerDID]
                    ?? Erasure.Recipient(did: request.askerDID, recordCount: 0, last: line.receipt.time)
                recipient.recordCount += request.records.count
                recipient.last = max(recipient.last, line.receipt.time)
                found[request.askerDID] = recipient
            }
            first = last.number + 1
        }
        return found.values.sorted { ($1.last, $0.did) < ($0.last, $1.did) }
    }

    // MARK: - Steps

    /// An erasure whose keys are gone, and what the subject's rows began with, if that is still known.
    private struct Shredded: Sendable {
        var erasure: Erasure
        var rowPrefix: [UInt8]?
    }

    /// Takes an erasure to the stage in which the keys are gone. Nobody else is in, and nothing is pending.
    private func shred(_ begun: Erasure) async throws(SteleError) -> Shredded {
        guard let keeper = terms.rootKeeper else { throw Self.rootFixed }
        var erasure = begun
        if erasure.stage == .begun {
            erasure.transaction = try await recordOnLedger(erasure)
            (erasure.recordCount, erasure.blobCount) = try vault.contentCount(of: erasure.subject)
            erasure.stage = .recorded
            try await vault.directory.update(erasure)
        }
        let prefix = try vault.rowPrefix(of: erasure.subject)
        try await vault.removeContent(of: erasure.subject)
        try await vault.endEpoch(erasing: erasure, keeper: keeper)
        return Shredded(erasure: try self.erasure(of: erasure.subject), rowPrefix: prefix)
    }

    /// Ends the erasure: the newest keys are copied, what the files still hold goes, and the statement is signed.
    private func finish(_ shredded: Shredded) async throws(SteleError) -> Erasure {
        var erasure = shredded.erasure
        guard let transaction = erasure.transaction else {
            preconditionFailure("keys go after the ledger has the erasure")
        }
        try terms.keysChanged(vault)
        try vault.compactErased(shredded.rowPrefix)
        try journal?.wipe()
        erasure.bodyCount += try ledger.removeBodies(about: erasure.subject, keeping: transaction)
        erasure.finished = time.now()
        erasure.statement = try await statement(of: erasure, transaction)
        erasure.stage = .finished
        try await vault.directory.update(erasure)
        terms.ended(erasure)
        return erasure
    }

    private func recordOnLedger(_ erasure: Erasure) async throws(SteleError) -> TransactionID {
        guard let reason = ErasureReason.allCases.first(where: { $0.name == erasure.reason }) else {
            preconditionFailure("a reason is kept by the name it has on the ledger")
        }
        for actor in try vault.directory.actors() where actor.patientSubject == erasure.subject && actor.isOnLedger {
            try await apply(IdentityRevoke(actor: actor.ledgerID), accepting: .actorRevoked)
        }
        let made = try transaction(RecordsErase(subject: erasure.subject, reason: reason))
        let receipt = try await ledger.submit(made)
        if receipt.isApplied { return made.transaction.id }
        // A crash came between the ledger and the note of it: the erasure is there already.
        guard receipt.status == Refusal.subjectErased.status,
            let earlier = try ledger.lines(indexPrefix: [UInt8(ascii: "e")] + erasure.subject.bytes, limit: 1).first
        else { throw Self.refusal(receipt.status) }
        return earlier.receipt.transactionID
    }

    private func statement(of erasure: Erasure, _ transaction: TransactionID) async throws(SteleError) -> [UInt8] {
        let statement = DestructionStatement(
            network: ledger.genesis.origin, custodian: organisation, subject: erasure.subject, reason: erasure.reason,
            asked: erasure.asked, destroyed: erasure.finished ?? time.now(), transaction: transaction,
            retiredEpoch: erasure.retiredEpoch, recordCount: erasure.recordCount, blobCount: erasure.blobCount,
            bodyCount: erasure.bodyCount, hasWallet: erasure.hasWallet,
            recipients: erasure.recipients.map {
                DestructionStatement.Recipient(did: $0.did, recordCount: $0.recordCount, last: $0.last)
            }, unnamedRecipientCount: erasure.unnamedRecipientCount)
        let key = nodeKey  // One key for row and signature, though it may be replaced meanwhile.
        var proof = try await ledger.proof(
            of: [transaction], rows: [StateKey.subject(erasure.subject), StateKey.networkKey(key.publicKey)])
        proof.statement = NoteSigner(name: ledger.genesis.origin, key: key).sign(Array(statement.text.utf8)).encoded
        return proof.encoded
    }

    static var rootFixed: SteleError {
        SteleError(
            .keysRootFixed, "this node cannot replace its root key, so nothing can be erased",
            hint: "start it with a root key file that it may write")
    }
}
