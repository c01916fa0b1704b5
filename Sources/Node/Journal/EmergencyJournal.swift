// Node · the journal of emergencies on the disk.
internal import Contracts
internal import Cryptography
public import Primitives
public import Storage
internal import Synchronization

/// Where emergencies are written down while the ledger stands still, until it has them.
///
/// **What it protects.** Whoever has the file learns what the ledger will say: that subjects' records were opened and
/// read, when, by equal or different people; no names, no records. The requests in it are sealed under the patients'
/// keys and go with them. A line that is changed, moved or left out of the middle is found when it is opened, and by
/// the ledger. **What it does not protect.** Whoever runs the node can put the file back to what it was, or away,
/// before the ledger has the lines: nobody else has seen them.
///
/// Source: `docs/spec/journal.md`.
public final class EmergencyJournal: Sendable {
    /// How large the file is, in bytes: room for a day of ordinary lines.
    public static let byteCount = 4 << 20

    private let log: PreallocatedLog
    private let state: Mutex<JournalState>  // Held while a line is written, so that lines have one order.

    /// Makes the file at `path` unless it is there: all of it, so that a full disk cannot keep lines out.
    public static func create(_ path: String, calls: any SystemCalls = LinuxSystemCalls()) throws(SteleError) {
        try PreallocatedLog.create(path, byteCount: byteCount, calls: calls)
    }

    /// Opens the journal at `path` of the organisation that is the custodian of `ledger`.
    /// - Throws: `journal.damaged`, or what the disk says.
    public init(
        _ path: String, of organisation: String, on ledger: LedgerNode, calls: any SystemCalls = LinuxSystemCalls()
    ) throws(SteleError) {
        let recorded = try ledger.journal(of: organisation)
        let (log, pieces) = try PreallocatedLog.open(path, calls: calls)
        state = Mutex(try JournalState(Self.lines(pieces), recorded: recorded))
        self.log = log
    }

    /// How many lines of the journal at `path` the ledger in `store` does not have. Nothing is changed.
    /// - Throws: `journal.damaged`, or what the disk says.
    public static func waitingCount(
        at path: String, of organisation: String, in store: any KeyValueStore
    ) throws(SteleError) -> Int {
        let recorded = try JournalRow(of: organisation) { (key) throws(SteleError) in
            try store.get(key, in: LedgerStore.state)
        }
        return try JournalState(lines(PreallocatedLog.read(path)), recorded: recorded).lines.count
    }

    private static func lines(_ pieces: [PreallocatedLog.Piece]) throws(SteleError) -> [JournalLine] {
        var lines: [JournalLine] = []
        for piece in pieces { lines.append(try JournalLine(piece)) }
        return lines
    }

    /// How many lines wait for the ledger.
    public var waitingCount: Int { state.withLock { $0.lines.count } }

    /// Looks at what there is.
    func withState<Value: Sendable>(_ body: (JournalState) throws(SteleError) -> Value) throws(SteleError) -> Value {
        try state.withLock { (state) throws(SteleError) -> Value in try body(state) }
    }

    /// Writes down what `make` makes of the journal so far: an entry without number and time, which it is given here,
    /// and the request to be kept, sealed for that number. Durable when this returns.
    /// - Throws: `journal.full`, or what `make` and the disk say.
    func write(
        about subject: SubjectID, at now: UnixSeconds,
        _ make: (JournalState) throws(SteleError) -> JournalEntry,
        sealing seal: (UInt64) throws(SteleError) -> [UInt8]
    ) throws(SteleError) -> JournalLine {
        try state.withLock { (state) throws(SteleError) -> JournalLine in
            try state.check(at: now)
            var entry = try make(state)
            entry.number = state.row.count + 1
            entry.time = state.time(at: now)
            let sealed = try seal(entry.number)
            entry.kept = SHA256.hash(sealed)
            let line = JournalLine(previous: state.row.head, subject: subject, entry: entry, sealed: sealed)
            try log.append(line.encoded, number: entry.number)
            state.append(line)
            return line
        }
    }

    /// Notes that the ledger has the lines up to `count`; once it has all, the file is used anew.
    func recorded(upTo count: UInt64) {
        state.withLock { state in
            state.recorded(upTo: count)
            if state.lines.isEmpty { log.startOver() }
        }
    }

    /// Wipes lines that the ledger has: of a patient who is erased nothing stays. Nothing happens while others wait.
    func wipe() throws(SteleError) {
        try state.withLock { (state) throws(SteleError) in
            if state.lines.isEmpty { try log.wipe() }
        }
    }
}

extension LedgerNode {
    /// How far the journal of `organisation` is on the ledger.
    func journal(of organisation: String) throws(SteleError) -> JournalRow {
        try JournalRow(of: organisation) { (key) throws(SteleError) in try value(for: key) }
    }
}

extension JournalRow {
    /// The row of `organisation`, whose value `look` finds by its key.
    fileprivate init(
        of organisation: String, _ look: ([UInt8]) throws(SteleError) -> [UInt8]?
    ) throws(SteleError) {
        guard let name = OrganisationName(organisation) else { throw .damagedJournal }
        guard let value = try look(StateKey.journal(of: name)) else {
            self.init(of: name)
            return
        }
        do { try self.init(decoding: value) } catch { throw .damagedJournal }
    }
}
