// Contracts · records: what the state holds about subjects and the versions of their records.
internal import Ledger
public import Primitives

/// A patient at one custodian. Key of the row: `"rs" ‖ subject 32`.
public struct SubjectRow: FieldRecord {
    /// The organisation that keeps the subject's records.
    public var custodian = OrganisationName.placeholder
    /// The profiles that are registered.
    public var profiles = ProfileSet()
    /// When the subject was erased: nothing else is known of it then, and nothing can be done about it any more.
    public var erasedAt: UnixSeconds?

    public init() {}

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "custodian", &custodian, "the organisation that keeps the subject's records")
        try list.required(2, "profiles", &profiles, "the profiles that are registered")
        try list.optional(3, "erased_at", &erasedAt, "when the subject was erased; absent until then")
    }
}

extension SubjectRow {
    /// Whether the row says that its subject was erased.
    /// - Throws: ``SteleError`` with code `contract.row`.
    public static func isErased(row: [UInt8]) throws(SteleError) -> Bool { try SubjectRow(row: row).erasedAt != nil }
}

/// One version of a record. Key of the row: `"rv" ‖ subject 32 ‖ record 32`.
public struct RecordRow: FieldRecord {
    /// Salted commitment to the version's bytes.
    public var anchor = Digest.zero
    /// The profile that says which labels it carries.
    public var profile = ProfileNumber.placeholder
    /// The version it takes the place of.
    public var supersedes: Bytes32?
    /// The records it was made from.
    public var derivedFrom: [Bytes32]?
    /// Whether it says that the record was deleted.
    public var isTombstone = false
    /// The version that took its place.
    public var supersededBy: Bytes32?

    public init() {}
    init(_ version: RecordVersion) {
        anchor = version.anchor
        profile = version.profile
        supersedes = version.supersedes
        derivedFrom = version.derivedFrom
        isTombstone = version.isTombstone
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "anchor", &anchor, "salted commitment to the version's bytes")
        try list.required(2, "profile", &profile, "the profile that says which labels it carries")
        try list.optional(3, "supersedes", &supersedes, "the version it takes the place of")
        try list.optional(
            4, "derived_from", &derivedFrom, within: RecordVersion.sourceCounts, "the records it was made from")
        try list.marker(5, "tombstone", &isTombstone, "whether it says that the record was deleted")
        try list.optional(6, "superseded_by", &supersededBy, "the version that took its place")
    }
}

/// The rows of the records contract.
enum RecordsState {
    static let subjects = RowKind("r", "s")
    static let versions = RowKind("r", "v")

    /// A subject's row, decoded once for many transactions; nil inside if the subject is not registered.
    private final class CachedSubject: Sendable {
        let row: SubjectRow?
        init(_ row: SubjectRow?) { self.row = row }
    }

    /// The row of `subject`.
    static func subject(_ subject: SubjectID, in state: StateView) throws(SteleError) -> SubjectRow? {
        let key = subjects.key(subject)
        return try state.cached(group: key, as: CachedSubject.self) { () throws(SteleError) in
            CachedSubject(try state.row(at: key))
        }.row
    }

    /// Where a version is listed: `"r" ‖ subject ‖ record`.
    static func indexKey(_ subject: SubjectID, _ record: Bytes32) -> [UInt8] {
        var key = [UInt8(ascii: "r")]
        key.reserveCapacity(65)
        key.append(subject)
        key.append(record)
        return key
    }
}

// MARK: - Who signs
/// Whether a custodian's node may act for a subject.
enum Custody {
    case held(SubjectRow)
    case refused(Refusal)
}

extension CallContext {
    /// The row of `subject`, if a live node key of its custodian signed.
    func custody(of subject: SubjectID, kind: KeyKind = .node) throws(SteleError) -> Custody {
        guard let organisation = try organisation(signingAs: kind) else { return .refused(.signerNotAllowed) }
        guard let row = try RecordsState.subject(subject, in: state) else { return .refused(.subjectUnknown) }
        guard row.custodian == organisation else { return .refused(.signerNotAllowed) }
        guard row.erasedAt == nil else { return .refused(.subjectErased) }
        return .held(row)
    }
}
