// Node · what the patient and the officers are told without asking: each notice is a transaction of the ledger.
internal import Contracts
internal import Ledger
public import Primitives
internal import Vault

/// Something of which a patient and the custodian's officers are told at once.
public struct Notice: Sendable {
    /// What happened.
    public enum Kind: String, Sendable {
        /// Somebody opened a patient's records in an emergency.
        case emergencyOpened = "emergency.opened"
        /// The review of that was closed.
        case reviewClosed = "emergency.review_closed"
    }

    /// Where a notice stands: that of its transaction in the ledger. Later ones are greater.
    public struct Place: Hashable, Sendable, Comparable {
        /// The block, and the transaction's place in it.
        public let height: UInt64
        public let index: UInt64

        /// The place before every notice.
        public static let start = Place(height: 0, index: 0)

        /// The transaction `index` of the block at `height`.
        public init(height: UInt64, index: UInt64) {
            self.height = height
            self.index = index
        }

        /// The place that `text` spells as `height.index`, or nil.
        public init?(_ text: some StringProtocol) {
            let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt64($0) }
            guard numbers.count == 2, let height = numbers[0], let index = numbers[1] else { return nil }
            self.init(height: height, index: index)
        }

        /// `height.index`: the id of the notice.
        public var text: String { "\(height).\(index)" }

        public static func < (left: Place, right: Place) -> Bool {
            (left.height, left.index) < (right.height, right.index)
        }
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
    /// Nothing is kept for them but the ledger, so none can be lost, and each can be proven.
    /// - Complexity: a look at each override and review since then, of all members.
    public func notices(
        after place: Notice.Place, about subject: SubjectID? = nil
    ) throws(SteleError) -> [Notice] {
        let letter = UInt8(ascii: "e")
        var first = [letter]
        first.append(bigEndian: place.height)
        var notices: [Notice] = []
        for line in try ledger.lines(indexFrom: first, to: [letter + 1]) {
            let at = Notice.Place(height: line.leaf.height, index: UInt64(line.leaf.index))
            guard at > place, let notice = try notice(line, at) else { continue }
            if subject.map({ $0 == notice.emergency.subject }) ?? true { notices.append(notice) }
        }
        return notices.sorted { $0.place < $1.place }
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
