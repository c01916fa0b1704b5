// Node · questions across patients: who asked, when, for what and with what outcome; never what was in the records.
public import Contracts
internal import Ledger
public import Primitives
public import Vault

/// What is asked of the accesses to all patients' records; nil for whatever there is.
public struct AccessQuery: Hashable, Sendable {
    /// Most accesses of one page.
    public static let countMax = 1000

    /// Who asked.
    public var actorDID: String?
    /// For which organisation.
    public var organisation: String?
    /// Whose records.
    public var subject: SubjectID?
    /// For what, what is a case of it included.
    public var purpose: String?
    /// With what outcome.
    public var outcome: AccessOutcome?
    /// In an emergency, or not.
    public var isEmergency: Bool?
    /// From when, and until when exclusive.
    public var from: UnixSeconds?
    public var to: UnixSeconds?
    /// The place in the log before which the page begins.
    public var before = UInt64.max
    /// How many at most.
    public var count = 100

    /// Every access.
    public init() {}
}

/// One access as an investigator sees it.
public struct FoundAccess: Sendable {
    /// When, and in which transaction, at which place of the log.
    public let receipt: Receipt
    /// Whose records: the subject on the ledger.
    public let subject: SubjectID
    /// Who asked: the DID as it was then, and the actor as the directory has them now.
    public let actorDID: String
    public let actor: RegisteredActor?
    /// For which organisation; nil for a patient, who asks for themself.
    public let organisation: String?
    /// For what, with what it is a case of.
    public let purposes: [String]
    /// What was asked for: an action, or `override`.
    public let action: String
    /// What came of it.
    public let outcome: AccessOutcome
    /// Whether it was in an emergency.
    public let isEmergency: Bool
}

extension Custodian {
    /// The role of whoever may look into accesses across patients without being an officer.
    public static let regulatorRole = "regulator"

    /// A page of the accesses that `query` describes, newest first, and how many there are in all.
    ///
    /// For officers of this custodian and for whoever holds the role `regulator` here. The question itself is an event
    /// in the log of the organisation's own compartment, before it is answered.
    /// - Throws: `actor.not_allowed`.
    public func accesses(
        _ query: AccessQuery, by asker: Asker
    ) async throws(SteleError) -> (total: Int, found: [FoundAccess], event: TransactionID) {
        let asker = asker.outsideEmergencies
        let isOfficer = asker.actor.isOfficer && asker.actor.organisation == organisation
        let isRegulator = try rolesHeld(by: asker.actor).contains(Self.regulatorRole)
        guard isOfficer || isRegulator, asker.actor.patientSubject == nil else {
            throw SteleError(
                .actorNotAllowed, "only officers of this custodian and regulators look into accesses across patients",
                hint: "use an access token of an officer, or of an actor with the role regulator")
        }
        try await gatherAccesses()
        let commons = try commons().id
        let (receipt, _) = try await settled {
            (retryOf) async throws(SteleError) -> (event: RecordedEvent, value: ())
            in
            let inquiry = try decide(.search, by: asker, about: commons)
            let event = try await record(
                inquiry, [], asked: "search the log of accesses", by: asker, retryOf: retryOf)
            return (event, ())
        }
        let (total, page) = accessIndex.find(query)
        var found: [FoundAccess] = []
        for access in page {
            let line = try ledger.line(at: access.logIndex)
            found.append(
                FoundAccess(
                    receipt: line.receipt, subject: access.subject, actorDID: access.actorDID,
                    actor: try vault.directory.actor(did: access.actorDID),
                    organisation: access.organisation.isEmpty ? nil : access.organisation, purposes: access.purposes,
                    action: access.action, outcome: access.outcome, isEmergency: access.isEmergency))
        }
        return (total, found, receipt.transactionID)
    }

    /// Brings the accesses from before this process into the index, once; whoever comes meanwhile waits.
    ///
    /// - Complexity: some ten microseconds for each access that ever was.
    public func gatherAccesses() async throws(SteleError) {
        guard !accessIndex.isWhole else { return }
        // No patient has this key: a logical id has no slash.
        try await writing.withLock("/accesses") { () async throws(SteleError) in
            guard !accessIndex.isWhole else { return }
            accessIndex.add(earlier: try await earlierAccesses())
        }
    }

    private func earlierAccesses() async throws(SteleError) -> [IndexedAccess] {
        typealias Part = Result<[IndexedAccess], SteleError>
        // Subjects are random, so sixteen parts are alike in size.
        let parts = await withTaskGroup(of: Part.self) { group in
            for part in UInt8(0)..<16 {
                group.addTask {
                    do throws(SteleError) { return .success(try self.earlierAccesses(part)) } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: [Part]()) { $0.append($1) }
        }
        var accesses: [IndexedAccess] = []
        for part in parts { accesses += try part.get() }
        return accesses
    }

    /// The accesses to records of subjects whose id begins with the half byte `part`.
    private func earlierAccesses(_ part: UInt8) throws(SteleError) -> [IndexedAccess] {
        let letter = UInt8(ascii: "a")
        var accesses: [IndexedAccess] = []
        var known: (subject: SubjectID, isKept: Bool)?
        let upper = part == 15 ? [letter + 1] : [letter, (part + 1) << 4]
        try ledger.forEachLine(indexFrom: [letter, part << 4], to: upper) { (key, line) throws(SteleError) in
            guard key.count == 41, line.receipt.logIndex < firstOwnIndex else { return }
            let subject = SubjectID(key, at: 1)
            if known?.subject != subject { known = (subject, try isKept(subject)) }
            guard known?.isKept == true, let access = try indexed(line, subject) else { return }
            accesses.append(access)
        }
        return accesses
    }

    private func indexed(_ line: LedgerNode.Line, _ subject: SubjectID) throws(SteleError) -> IndexedAccess? {
        let receipt = line.receipt
        let body = try Transaction(decoding: line.envelope).body
        guard let event = AccessEvent(of: body, result: receipt.result, time: UnixSeconds(receipt.time)) else {
            return nil
        }
        let kept = try vault.keptRequest(for: receipt.transactionID, of: subject)
        return IndexedAccess(
            logIndex: receipt.logIndex, time: event.time, subject: subject,
            action: event.kind == .override ? "override" : event.action.name,
            outcome: event.kind == .override ? .opened : AccessOutcome(of: kept, permitted: event.permitted),
            isEmergency: event.kind != .request, kept: kept)
    }
}
