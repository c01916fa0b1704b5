// Node · who asked for whose records, when and with what outcome: an index in memory, for questions across patients.
package import Contracts
package import Primitives
internal import Synchronization
public import Vault

/// One access as the index is told of it.
package struct IndexedAccess: Sendable {
    /// Its place in the ledger's log.
    package var logIndex: UInt64
    /// When: the block's time.
    package var time: UnixSeconds
    /// Whose records.
    package var subject: SubjectID
    /// What was asked for: the name of an action, or `override`.
    var action: String
    /// What came of it.
    package var outcome: AccessOutcome
    /// Whether it was asked in an emergency, or opened one.
    package var isEmergency: Bool
    /// Who asked, for which organisation and for what; empty if that was not kept here.
    package var actorDID = ""
    package var organisation = ""
    package var purposes: [String] = []

    package init(
        logIndex: UInt64, time: UnixSeconds, subject: SubjectID, action: String, outcome: AccessOutcome,
        isEmergency: Bool, kept: KeptRequest?
    ) {
        self.logIndex = logIndex
        self.time = time
        self.subject = subject
        self.action = action
        self.outcome = outcome
        self.isEmergency = isEmergency
        guard let kept else { return }
        actorDID = kept.askerDID
        organisation = kept.organisation ?? ""
        purposes = kept.purposes.compactMap { $0.parts.last }
    }
}

extension KeptRequest {
    /// The organisation for which was asked; nil for a patient.
    public var organisation: String? {
        for case .organisation(let name) in askerLabels { return name }
        return nil
    }
}

/// Every access event of this custodian's patients in 32 bytes each.
///
/// **Privacy.** It lies in memory alone and holds no content and no name: actors, organisations and subjects are
/// numbers here. It is made anew at each start from the ledger and the kept requests, so what was erased is gone with
/// them.
///
/// Events that the process itself makes are added as they are made; those from before are brought in once, by
/// ``add(earlier:)``.
package final class AccessIndex: Sendable {
    /// One event. Lies flat in one array, which is what makes a scan of a million take milliseconds.
    private struct Row {
        var logIndex: UInt64
        var purposes: UInt64
        var time: UInt32
        var actor: UInt32
        var subject: UInt32
        var organisation: UInt16
        var action: UInt8
        var outcome: UInt8  // The outcome; the top bit says emergency.
    }

    /// Names as numbers, in the order in which they came.
    private struct Names<Name: Hashable & Sendable> {
        var all: [Name] = []
        var numbers: [Name: UInt32] = [:]

        mutating func number(of name: Name) -> UInt32 {
            if let number = numbers[name] { return number }
            let number = UInt32(all.count)
            all.append(name)
            numbers[name] = number
            return number
        }
    }

    private struct State {
        var rows: [Row] = []  // In order of `logIndex`.
        var actors = Names<String>()
        var organisations = Names<String>()
        var subjects = Names<SubjectID>()
        var actions = Names<String>()
        var isWhole = false
    }

    private static let emergencyBit: UInt8 = 0x80
    private static let purposeCodes = PurposeOfUse.parents.keys.sorted()
    private static let purposeBits = Dictionary(
        uniqueKeysWithValues: purposeCodes.enumerated().map { ($1, UInt64(1) << UInt64($0)) })

    private let state = Mutex(State())  // Held for one scan at most.

    /// An empty index.
    package init() {}

    /// Whether the events from before this process are in it.
    var isWhole: Bool { state.withLock { $0.isWhole } }

    /// How many events are in it.
    var count: Int { state.withLock { $0.rows.count } }

    /// Adds an event that was just made.
    package func add(_ access: IndexedAccess) {
        state.withLock { state in
            let row = Self.row(access, &state)
            // Events come from many tasks, so nearly in order: the right place is at the end or close to it.
            var place = state.rows.count
            while place > 0, state.rows[place - 1].logIndex > row.logIndex { place -= 1 }
            if place > 0, state.rows[place - 1].logIndex == row.logIndex { return }
            state.rows.insert(row, at: place)
        }
    }

    /// Adds the events from before this process, in any order. Only the first call counts.
    package func add(earlier accesses: [IndexedAccess]) {
        let sorted = accesses.sorted { $0.logIndex < $1.logIndex }
        state.withLock { state in
            guard !state.isWhole else { return }
            var rows: [Row] = []
            rows.reserveCapacity(sorted.count + state.rows.count)
            for access in sorted { rows.append(Self.row(access, &state)) }
            state.rows = rows + state.rows
            state.isWhole = true
        }
    }

    private static func row(_ access: IndexedAccess, _ state: inout State) -> Row {
        Row(
            logIndex: access.logIndex,
            purposes: access.purposes.reduce(0) { $0 | (purposeBits[$1] ?? 0) },
            time: UInt32(clamping: access.time.seconds), actor: state.actors.number(of: access.actorDID),
            subject: state.subjects.number(of: access.subject),
            organisation: UInt16(clamping: state.organisations.number(of: access.organisation)),
            action: UInt8(clamping: state.actions.number(of: access.action)),
            outcome: access.outcome.rawValue | (access.isEmergency ? emergencyBit : 0))
    }

    // MARK: - Asking

    /// The events that `query` describes: how many there are, and a page of them, newest first.
    ///
    /// - Complexity: one look at each event, some nanoseconds.
    package func find(_ query: AccessQuery) -> (total: Int, page: [IndexedAccess]) {
        state.withLock { state in
            // A name that no event has is one that none is found by.
            let test = Test(query, state)
            guard let test else { return (0, []) }
            var total = 0
            var page: [IndexedAccess] = []
            for place in stride(from: state.rows.count - 1, through: 0, by: -1) where test.holds(state.rows[place]) {
                total += 1
                if state.rows[place].logIndex < query.before, page.count < query.count {
                    page.append(Self.access(state.rows[place], state))
                }
            }
            return (total, page)
        }
    }

    /// What a row must have; nil in a field for whatever it has.
    private struct Test {
        var actor: UInt32?
        var organisation: UInt16?
        var subject: UInt32?
        var purpose: UInt64?
        var outcome: UInt8?
        var isEmergency: Bool?
        var from: UInt32
        var to: UInt32

        init?(_ query: AccessQuery, _ state: State) {
            func number<Name: Hashable & Sendable>(_ name: Name?, _ names: Names<Name>) -> UInt32?? {
                guard let name else { return .some(nil) }
                return names.numbers[name].map { .some($0) }
            }
            guard let actor = number(query.actorDID, state.actors),
                let organisation = number(query.organisation, state.organisations),
                let subject = number(query.subject, state.subjects)
            else { return nil }
            self.actor = actor
            self.organisation = organisation.map { UInt16(clamping: $0) }
            self.subject = subject
            purpose = query.purpose.map { AccessIndex.purposeBits[$0] ?? 0 }
            outcome = query.outcome?.rawValue
            isEmergency = query.isEmergency
            from = query.from.map { UInt32(clamping: $0.seconds) } ?? 0
            to = query.to.map { UInt32(clamping: $0.seconds) } ?? .max
        }

        func holds(_ row: Row) -> Bool {
            guard row.time >= from, row.time < to else { return false }
            if let actor, row.actor != actor { return false }
            if let subject, row.subject != subject { return false }
            if let organisation, row.organisation != organisation { return false }
            if let purpose, row.purposes & purpose == 0 { return false }
            if let outcome, row.outcome & ~AccessIndex.emergencyBit != outcome { return false }
            if let isEmergency, (row.outcome & AccessIndex.emergencyBit != 0) != isEmergency { return false }
            return true
        }
    }

    private static func access(_ row: Row, _ state: State) -> IndexedAccess {
        var access = IndexedAccess(
            logIndex: row.logIndex, time: UnixSeconds(UInt64(row.time)),
            subject: state.subjects.all[Int(row.subject)], action: state.actions.all[Int(row.action)],
            outcome: AccessOutcome(rawValue: row.outcome & ~emergencyBit) ?? .refused,
            isEmergency: row.outcome & emergencyBit != 0, kept: nil)
        access.actorDID = state.actors.all[Int(row.actor)]
        access.organisation = state.organisations.all[Int(row.organisation)]
        access.purposes = purposeCodes.indices.filter { row.purposes >> UInt64($0) & 1 == 1 }.map { purposeCodes[$0] }
        return access
    }
}
