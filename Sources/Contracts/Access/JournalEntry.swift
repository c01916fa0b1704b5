// Contracts · what was done in an emergency while nothing could be ordered, as the custodian wrote it down.
internal import Cryptography
public import Primitives

/// An emergency opened, or records released in one, while the ledger stood still: a line of the custodian's journal.
///
/// It says what was decided, when by the custodian's clock, and under which policy nothing could say but the last one.
/// The hash of each covers all before it. Source: `docs/spec/journal.md`.
public struct JournalEntry: FieldRecord, Hashable {
    /// Its number in the organisation's journal, from 1 without gaps, whatever outage it is of.
    public var number: UInt64 = 1
    /// When, by the custodian's clock.
    public var time = UnixSeconds(0)
    /// Commitment to what the asker signed.
    public var askerCommitment = Digest.zero
    /// Who asked.
    public var asker = TokenSet.placeholder
    /// To do what.
    public var action = OverrideAction.read
    /// For what.
    public var purposes = TokenSet.placeholder
    /// The profiles that were open.
    public var permitted = ProfileSet()
    /// The root over what was released.
    public var manifestRoot = Digest.zero
    /// `HMAC(organisation's override key, actor)`, as an override carries it.
    public var actorCode = Bytes32.zero
    /// SHA-256 of the sealed request that was written down with it.
    public var kept = Digest.zero
    /// Of an opening: why, and for how long, in seconds.
    public var reason: OverrideReason?
    public var seconds: UInt32?
    /// Of a release: the override under which it was made, or the number of the opening in this journal.
    public var override: TransactionID?
    public var opening: UInt64?

    public init() {}

    /// Whether it opened an emergency, in which others released.
    public var isOpening: Bool { reason != nil }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "n", &number, within: 1...UInt64.max, "its number in the organisation's journal, from 1")
        try list.required(2, "time", &time, "when, by the custodian's clock")
        try list.required(3, "asker_commitment", &askerCommitment, "commitment to what the asker signed")
        try list.required(4, "asker", &asker, "who asked")
        try list.required(5, "action", &action, "to do what")
        try list.required(6, "purposes", &purposes, "for what")
        try list.required(7, "permitted", &permitted, "the profiles that were open")
        try list.required(8, "manifest_root", &manifestRoot, "the root over what was released")
        try list.required(9, "actor_mac", &actorCode, "HMAC(organisation's override key, actor)")
        try list.required(10, "kept", &kept, "SHA-256 of the sealed request written down with it")
        try list.optional(11, "reason", &reason, "of an opening: why it was needed")
        try list.optional(
            12, "seconds", &seconds, within: ParametersRow.overrideSecondsLimits, "of an opening: for how long")
        try list.optional(13, "override", &override, "of a release: the override under which it was made")
        try list.optional(
            14, "opening", &opening, within: 1...UInt64.max, "of a release: the number of its opening in this journal")
    }

    public func validate() throws(FieldFault) {
        let isRelease = (override != nil) != (opening != nil)
        let isOpening = reason != nil && seconds != nil && override == nil && opening == nil
        guard isOpening || isRelease && reason == nil && seconds == nil, opening ?? 0 < number else {
            throw FieldFault(.rule("is neither an opening nor a release under one before it"), path: "reason")
        }
    }
}

/// How far an organisation's journal is on the ledger. Key of the row: `"aj" ‖ organisation`.
public struct JournalRow: FieldRecord, Hashable {
    /// How many entries there are.
    public var count: UInt64 = 0
    /// The hash over all of them.
    public var head = Digest.zero

    public init() {}

    /// The journal of `organisation` before its first entry: the head is SHA-256 of the name, with a tag.
    public init(of organisation: OrganisationName) {
        head = SHA256.hash(tag: "journal", Array(organisation.text.utf8))
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "count", &count, within: 0...UInt64.max, "how many entries there are")
        try list.required(2, "head", &head, "the hash over all of them")
    }

    /// Adds an entry in its encoding: `head = SHA-256("stele/v1/journal\0" ‖ head ‖ subject ‖ entry)`.
    public mutating func append(encoded entry: [UInt8], of subject: SubjectID) {
        head = SHA256.hash(tag: "journal", head.bytes + subject.bytes + entry)
        count += 1
    }
}
