// Contracts · what a transaction of the log and its result say of one access: whatever of it can be opened and checked.
public import Ledger
public import Primitives

/// An access as it stands in the log. Only its time does not: that is the block's.
public struct AccessFacts: Sendable {
    /// Whose records were asked for.
    public let subject: SubjectID
    /// The tokens of who asked, and of what for.
    public let asker: TokenSet
    public let purposes: TokenSet
    /// The grants that permitted what was permitted, in order of their ids; none in an emergency that needs none.
    public let grants: [Digest]
    /// The hash over the subject's log, this event included.
    public let head: Digest
    private let timeless: AccessEvent

    /// Its number in the subject's log, from 1.
    public var number: UInt64 { timeless.number }

    /// What an applied transaction and its result say; nil if it was no access, or the result is not that of the call.
    public init?(of body: TransactionBody, result: [UInt8]) {
        guard let event = AccessEvent(of: body, result: result, time: UnixSeconds(0)) else { return nil }
        timeless = event
        let (bytes, range) = (body.encoded, body.argumentRange)
        switch body.call {
        case AccessRequest.declaration.name:
            guard let call = try? AccessRequest(decoding: bytes, in: range),
                let result = try? AccessRequest.Result(decoding: result)
            else { return nil }
            (subject, asker, purposes) = (call.subject, call.asker, call.purposes)
            (grants, head) = (result.permits.map(\.grant), result.head)
        case AccessOverride.declaration.name:
            guard let call = try? AccessOverride(decoding: bytes, in: range),
                let result = try? AccessOverride.Result(decoding: result)
            else { return nil }
            (subject, asker, purposes) = (call.subject, call.asker, call.purposes)
            (grants, head) = ([], result.head)
        case AccessUnordered.declaration.name:
            guard let call = try? AccessUnordered(decoding: bytes, in: range),
                let result = try? AccessUnordered.Result(decoding: result)
            else { return nil }
            (subject, asker, purposes) = (call.subject, call.entry.asker, call.entry.purposes)
            (grants, head) = ([], result.head)
        default: return nil
        }
    }

    /// The event as it is chained if it was decided at `time`. Whether it was is seen by the heads: that of the event
    /// before it, with this event, makes its own.
    public func event(at time: UnixSeconds) -> AccessEvent {
        var event = timeless
        event.time = time
        return event
    }
}
