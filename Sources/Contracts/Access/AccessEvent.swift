// Contracts · access: one event of a subject's log, and the chain that shows none is missing.
internal import Cryptography
public import Ledger
public import Primitives

/// What kind of access an event records.
public enum AccessKind: UInt8, FieldChoice {
    /// A request decided by the subject's grants.
    case request = 1
    /// An emergency override.
    case override = 2
    /// A request decided under an emergency override that was open.
    case emergency = 3

    public var name: String {
        switch self {
        case .request: "request"
        case .override: "override"
        case .emergency: "emergency"
        }
    }
}

/// One decided request, as it is chained. Source: `docs/spec/consent.md` §9.
///
/// Everything in it is in the transaction, its result or its block, so whoever has those can rebuild it.
public struct AccessEvent: FieldRecord {
    /// Its number in the subject's log, from 1.
    public var number: UInt64 = 1
    /// The transaction that asked.
    public var transaction = TransactionID.zero
    /// What kind of access it was.
    public var kind = AccessKind.request
    /// When: the block's time.
    public var time = UnixSeconds(0)
    /// What was asked for.
    public var action = Action.read
    /// Commitment to what the asker signed.
    public var askerCommitment = Digest.zero
    /// The profiles that were permitted; none if all was refused.
    public var permitted = ProfileSet()
    /// The root over what was to be released.
    public var manifestRoot = Digest.zero
    /// The transaction this one repeats.
    public var retryOf: TransactionID?
    /// The override under which it was decided; of the kind `emergency` alone.
    public var override: TransactionID?
    /// When it happened, by the custodian's clock; of events alone that were recorded afterwards, unordered.
    public var claimed: UnixSeconds?

    public init() {}

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "n", &number, within: 1...UInt64.max, "its number in the subject's log, from 1")
        try list.required(2, "transaction", &transaction, "the transaction that asked")
        try list.required(3, "kind", &kind, "what kind of access it was")
        try list.required(4, "time", &time, "when: the block's time")
        try list.required(5, "action", &action, "what was asked for")
        try list.required(6, "asker_commitment", &askerCommitment, "commitment to what the asker signed")
        try list.required(7, "permitted", &permitted, "the profiles that were permitted")
        try list.required(8, "manifest_root", &manifestRoot, "the root over what was to be released")
        try list.optional(9, "retry_of", &retryOf, "the transaction this one repeats")
        try list.optional(10, "override", &override, "the override under which it was decided")
        try list.optional(11, "claimed", &claimed, "of an unordered event: when it happened, by the custodian's clock")
    }
}

// MARK: - Rebuilding
extension AccessEvent {
    /// The event that an applied transaction chained, rebuilt from its body, its result and the time of its block; nil
    /// if it was no access, or the result is not that of the call.
    public init?(of body: TransactionBody, result: [UInt8], time: UnixSeconds) {
        self.init()
        transaction = body.id
        self.time = time
        switch body.call {
        case AccessRequest.declaration.name:
            guard let call = try? AccessRequest(decoding: body.encoded, in: body.argumentRange),
                let result = try? AccessRequest.Result(decoding: result)
            else { return nil }
            record(call, permitted: result.permitted)
            number = result.number
        case AccessOverride.declaration.name:
            guard let call = try? AccessOverride(decoding: body.encoded, in: body.argumentRange),
                let result = try? AccessOverride.Result(decoding: result)
            else { return nil }
            record(call, permitted: result.permitted)
            number = result.number
        case AccessUnordered.declaration.name:
            guard let call = try? AccessUnordered(decoding: body.encoded, in: body.argumentRange),
                let result = try? AccessUnordered.Result(decoding: result)
            else { return nil }
            record(call)
            number = result.number
        default: return nil
        }
    }

    /// Takes over what `call` asked.
    mutating func record(_ call: AccessRequest, permitted: ProfileSet) {
        kind = call.emergency == nil ? .request : .emergency
        override = call.emergency?.transaction
        action = call.action
        askerCommitment = call.askerCommitment
        self.permitted = permitted
        manifestRoot = call.manifestRoot
        retryOf = call.retryOf
    }

    /// Takes over what `call` says was done.
    mutating func record(_ call: AccessUnordered) {
        kind = call.entry.isOpening ? .override : .emergency
        override = call.override
        action = call.entry.action.action
        askerCommitment = call.entry.askerCommitment
        permitted = call.entry.permitted
        manifestRoot = call.entry.manifestRoot
        claimed = call.entry.time
    }

    /// Takes over what `call` asked.
    mutating func record(_ call: AccessOverride, permitted: ProfileSet) {
        kind = .override
        action = call.action.action
        askerCommitment = call.askerCommitment
        self.permitted = permitted
        manifestRoot = call.manifestRoot
        retryOf = call.retryOf
    }
}

/// How many access events a subject has, and the hash that commits to all of them. Key of the row: `"ac" ‖ subject 32`.
public struct AccessChainRow: FieldRecord {
    /// How many events there are.
    public var count: UInt64 = 0
    /// The hash over all of them.
    public var head = Digest.zero

    public init() {}

    /// The chain of `subject` before its first event: no events, and the subject's id as head.
    public init(of subject: SubjectID) { head = subject }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "count", &count, within: 0...UInt64.max, "how many events there are")
        try list.required(2, "head", &head, "the hash over all of them")
    }

    /// Adds `event` in its encoding: `head = SHA-256("stele/v1/event\0" ‖ head ‖ event)`.
    public mutating func append(encoded event: [UInt8]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32 + event.count)
        bytes.append(head)
        bytes.append(contentsOf: event)
        head = SHA256.hash(tag: "event", bytes)
        count += 1
    }
}

/// Checks that a list of events is a subject's whole access log.
public enum AccessChain {
    /// What a check can find wrong.
    public enum Fault: Error, Hashable, Sendable {
        /// The event at this place in the list is not an event, or not numbered by its place.
        case event(index: Int)
        /// The list has fewer or more events than the row says.
        case count(expected: UInt64)
        /// The events are not those that were chained.
        case head
    }

    /// Checks that `events`, each in its encoding, are all events of `subject` up to `row`, in order and unchanged.
    ///
    /// With a state proof of `row` at some height, this shows that nothing ordered up to that height was left out.
    /// - Throws: what is wrong first.
    public static func verify(_ events: [[UInt8]], of subject: SubjectID, against row: AccessChainRow) throws(Fault) {
        var chain = AccessChainRow(of: subject)
        for (index, event) in events.enumerated() {
            let number: UInt64
            do { number = try AccessEvent(decoding: event).number } catch { throw .event(index: index) }
            guard number == UInt64(index) + 1 else { throw .event(index: index) }
            chain.append(encoded: event)
        }
        guard chain.count == row.count else { throw .count(expected: row.count) }
        guard chain.head == row.head else { throw .head }
    }
}
