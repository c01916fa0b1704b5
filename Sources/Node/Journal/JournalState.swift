// Node · what the journal of an outage holds, and what may be added to it: decisions, and nothing else.
internal import Contracts
internal import Primitives
internal import Storage

/// The lines that the ledger does not have yet, in order.
///
/// Each is chained to the one before and the first to what the ledger has, so that none can be left out or moved
/// unseen. An outage holds so many lines and lasts so long and no more: a ledger that stands still for a day is no
/// emergency any more but a way around it.
struct JournalState: Sendable {
    /// Most lines that wait for the ledger.
    static let lineCountMax = 1024
    /// Longest time from the first line that waits to the last, in seconds.
    static let outageSecondsMax: UInt64 = 86_400

    /// An emergency that is open to one person.
    struct Opening: Hashable, Sendable {
        /// The number of the entry that opened it.
        let number: UInt64
        /// Until when it holds, exclusive.
        let until: UnixSeconds
    }

    /// The lines that wait, oldest first.
    private(set) var lines: [JournalLine] = []
    /// The journal as far as it goes: what the ledger has, and the lines that wait.
    private(set) var row: JournalRow

    /// The journal whose file holds `lines`, of which the ledger has those up to `recorded`.
    /// - Throws: `journal.damaged` if they do not follow each other, or the first that waits does not follow those that
    ///   the ledger has.
    init(_ lines: [JournalLine], recorded: JournalRow) throws(SteleError) {
        row = recorded
        for (line, next) in zip(lines, lines.dropFirst()) where line.row.head != next.previous {
            throw .damagedJournal
        }
        if let same = lines.first(where: { $0.entry.number == recorded.count }), same.row != recorded {
            throw .damagedJournal
        }
        for line in lines where line.entry.number > recorded.count {
            guard line.entry.number == row.count + 1, line.previous == row.head else { throw .damagedJournal }
            append(line)
        }
    }

    /// When a line that is written at `now` says it was: time does not run backwards in a journal.
    func time(at now: UnixSeconds) -> UnixSeconds { max(now, lines.last?.entry.time ?? now) }

    /// Throws unless a line may be added at `now`.
    /// - Throws: `journal.full`.
    func check(at now: UnixSeconds) throws(SteleError) {
        guard let first = lines.first else { return }
        guard lines.count < Self.lineCountMax else {
            throw SteleError(
                .journalFull, "\(lines.count) emergency accesses wait for the ledger, as many as are written down",
                hint: "make the ledger work again: see /health/ready")
        }
        guard time(at: now).seconds < first.entry.time.seconds + Self.outageSecondsMax else {
            throw SteleError(
                .journalFull, "the ledger has stood still for a day, as long as emergencies go on without it",
                hint: "make the ledger work again: see /health/ready")
        }
    }

    /// Adds a line that is durable.
    /// - Precondition: it follows ``row``.
    mutating func append(_ line: JournalLine) {
        precondition(line.entry.number == row.count + 1 && line.previous == row.head, "a line follows the one before")
        lines.append(line)
        row = line.row
    }

    /// The emergency that is open at `now` to the person with `code` about `subject`, the one that holds longest.
    func opening(of code: Bytes32, about subject: SubjectID, at now: UnixSeconds) -> Opening? {
        let now = time(at: now)
        return lines.filter { $0.subject == subject && $0.entry.actorCode == code }
            .compactMap { line in
                line.entry.seconds.map {
                    Opening(number: line.entry.number, until: UnixSeconds(line.entry.time.seconds + UInt64($0)))
                }
            }
            .filter { now < $0.until }.max { $0.until < $1.until }
    }

    /// How many emergencies of the person with `code` wait for the ledger, and so for their review.
    func openingCount(of code: Bytes32) -> Int {
        lines.count { $0.entry.actorCode == code && $0.entry.isOpening }
    }

    /// Forgets the lines that the ledger has by now.
    mutating func recorded(upTo count: UInt64) { lines.removeAll { $0.entry.number <= count } }
}
