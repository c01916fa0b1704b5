// Node · what the patient and the officers are told without asking: each notice follows from the ledger alone.
public import Contracts
internal import Ledger
public import Primitives
internal import Vault

/// Something of which a patient and the custodian's officers are told at once.
public struct Notice: Sendable {
    /// What happened.
    public enum Kind: String, Sendable {
        /// Somebody opened a patient's records in an emergency.
        case emergencyOpened = "emergency.opened"
        /// The deadline of that review passed while it was open.
        case reviewOverdue = "emergency.review_overdue"
        /// The review of that was closed.
        case reviewClosed = "emergency.review_closed"
    }

    /// Where a notice stands: that of a transaction in the ledger, and for a deadline that passed, when it did.
    public struct Place: Hashable, Sendable {
        /// The block, and the transaction's place in it. Of a deadline: those of what was to be reviewed.
        public let height: UInt64
        public let index: UInt64
        /// Since when a review was overdue, if that is the notice.
        public let overdue: UnixSeconds?

        /// The place before every notice.
        public static let start = Place(height: 0, index: 0)

        /// The transaction `index` of the block at `height`, or that its review was overdue since `overdue`.
        public init(height: UInt64, index: UInt64, overdue: UnixSeconds? = nil) {
            self.height = height
            self.index = index
            self.overdue = overdue
        }

        /// The place that `text` spells as `height.index` or `height.index.seconds`, or nil.
        public init?(_ text: some StringProtocol) {
            let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt64($0) }
            guard (2...3).contains(numbers.count), let height = numbers[0], let index = numbers[1] else { return nil }
            guard numbers.count == 3 else {
                self.init(height: height, index: index)
                return
            }
            guard let seconds = numbers[2], seconds <= UnixSeconds.max.seconds else { return nil }
            self.init(height: height, index: index, overdue: UnixSeconds(seconds))
        }

        /// `height.index`, or `height.index.seconds`: the id of the notice.
        public var text: String { "\(height).\(index)" + (overdue.map { ".\($0.seconds)" } ?? "") }
    }

    /// Where it stands.
    public let place: Place
    /// When it happened.
    public let time: Timestamp
    /// What happened.
    public let kind: Kind
    /// The emergency, as it stands now.
    public let emergency: Emergency
}

extension Custodian {
    /// The notices about this custodian's patients that come after `place`, in order, about `subject` alone if given.
    ///
    /// Nothing is kept for them but the ledger, so none can be lost, and each can be proven. They are in the order of
    /// their times: block times only rise, and a deadline is told when no block can come before it any more.
    /// - Complexity: a look at each override and review since then, of all members, and at each open review.
    public func notices(
        after place: Notice.Place, about subject: SubjectID? = nil
    ) throws(SteleError) -> [Notice] {
        // All three before the index is read: what comes while it is read would be told late or never.
        let moment = Moment(head: ledger.head.header.time, now: time.now(), isQuiet: ledger.isQuiet)
        let open = try ledger.withState(about: .zero) { (state) throws(SteleError) in try state.openReviews() }
        let letter = UInt8(ascii: "e")
        var first = [letter]
        first.append(bigEndian: place.height)
        var found: [Notice] = []
        for line in try ledger.lines(indexFrom: first, to: [letter + 1]) {
            let at = Notice.Place(height: line.leaf.height, index: UInt64(line.leaf.index))
            guard let notice = try notice(line, at) else { continue }
            found.append(notice)
            // What was reviewed late was overdue before.
            if notice.kind == .reviewClosed, let overdue = try overdue(notice.emergency, at: moment) {
                found.append(overdue)
            }
        }
        let told = Set(found.map(\.place))
        // What comes after a deadline that cannot be told yet waits for it: whoever has a later notice would skip it.
        var horizon = Timestamp(milliseconds: .max)
        for (transaction, row) in open {
            guard moment.isPast(row.overdueSince) else {
                horizon = min(horizon, Timestamp(seconds: row.overdueSince.seconds))
                continue
            }
            guard try isKept(row.subject), let emergency = try emergency(transaction, of: row.subject),
                let overdue = try overdue(emergency, at: moment), !told.contains(overdue.place)
            else { continue }
            found.append(overdue)
        }
        let start = try order(of: place)
        found.removeAll {
            $0.order <= start || $0.time >= horizon || $0.emergency.subject != subject ?? $0.emergency.subject
        }
        return found.sorted { $0.order < $1.order }
    }

    /// That the review of `emergency` was overdue, if it was.
    private func overdue(_ emergency: Emergency, at moment: Moment) throws(SteleError) -> Notice? {
        let since = emergency.review.overdueSince
        guard emergency.review.reviewedAt.map({ $0 >= since }) ?? moment.isPast(since) else { return nil }
        let leaf = try ledger.line(at: emergency.receipt.logIndex).leaf
        return Notice(
            place: Notice.Place(height: leaf.height, index: UInt64(leaf.index), overdue: since),
            time: Timestamp(seconds: since.seconds), kind: .reviewOverdue, emergency: emergency)
    }

    /// How far the ledger and the clock were.
    private struct Moment {
        let head: Timestamp
        let now: Timestamp
        let isQuiet: Bool

        /// Whether no block with an earlier time than `time` could come any more.
        func isPast(_ time: UnixSeconds) -> Bool {
            let bound = Timestamp(seconds: time.seconds)
            if head >= bound { return true }
            // The clock alone does not tell: a block from before may wait for the disk.
            return now.milliseconds >= bound.milliseconds + Custodian.skewMsMax && isQuiet
        }
    }

    /// How the notice at `place` stands to others.
    private func order(of place: Notice.Place) throws(SteleError) -> Notice.Order {
        let time =
            if let overdue = place.overdue { Timestamp(seconds: overdue.seconds) } else {
                // A place that the ledger has not reached comes after all there is.
                try ledger.header(at: place.height)?.time ?? Timestamp(milliseconds: place.height == 0 ? 0 : .max)
            }
        return Notice.Order(place, time)
    }

    private func notice(_ line: LedgerNode.Line, _ place: Notice.Place) throws(SteleError) -> Notice? {
        let body = try Transaction(decoding: line.envelope).body
        let kind: Notice.Kind
        let found: (subject: SubjectID, transaction: TransactionID)
        if let call = try? AccessOverride(decoding: body.encoded, in: body.argumentRange),
            body.call == AccessOverride.declaration.name
        {
            (kind, found) = (.emergencyOpened, (call.subject, body.id))
        } else if let call = try? AccessUnordered(decoding: body.encoded, in: body.argumentRange),
            body.call == AccessUnordered.declaration.name
        {
            (kind, found) = (.emergencyOpened, (call.subject, body.id))
        } else if let call = try? AccessReview(decoding: body.encoded, in: body.argumentRange),
            body.call == AccessReview.declaration.name
        {
            (kind, found) = (.reviewClosed, (call.subject, call.transaction))
        } else if body.call == RecordsErase.declaration.name {
            return nil  // Listed by its subject under the same letter.
        } else {
            throw LedgerStore.damaged("the index of emergencies names another call")
        }
        guard try isKept(found.subject), let emergency = try emergency(found.transaction, of: found.subject) else {
            return nil
        }
        return Notice(place: place, time: line.receipt.time, kind: kind, emergency: emergency)
    }
}

// MARK: - Order
extension Notice {
    /// By time, a deadline before the blocks of its millisecond, then by place.
    struct Order: Comparable {
        private let milliseconds: UInt64
        private let isBlock: Bool
        private let place: Place

        init(_ place: Place, _ time: Timestamp) {
            milliseconds = time.milliseconds
            isBlock = place.overdue == nil
            self.place = place
        }

        static func < (left: Order, right: Order) -> Bool {
            (left.milliseconds, left.isBlock ? 1 : 0, left.place.height, left.place.index)
                < (right.milliseconds, right.isBlock ? 1 : 0, right.place.height, right.place.index)
        }
    }

    fileprivate var order: Order { Order(place, time) }
}

// MARK: - Words
extension Emergency {
    /// Why, until when, and what came of the review, for the patient.
    public var words: String {
        let cause =
            switch reason {
            case .lifeThreatening: "life or limb in danger"
            case .unableToConsent: "you could not be asked"
            case .urgentCare: "care that could not wait"
            case .dangerToOthers: "others in danger"
            case .disaster: "an event with many hurt"
            }
        let why = claimed.map { "\(cause); opened at \($0.text) while the ledger stood still" } ?? cause
        let findings: [ReviewFinding: String] = [
            .justified: "justified", .unjustified: "unjustified", .inconclusive: "impossible to judge",
        ]
        guard let finding = review.finding.flatMap({ findings[$0] }), let at = review.reviewedAt else {
            return "\(why); open until \(review.until.text); review due by \(review.reviewBy.text)"
        }
        return "\(why); open until \(min(at, review.until).text); reviewed at \(at.text) and found \(finding)"
    }
}
