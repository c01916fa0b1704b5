// Contracts · records.anchor, the busiest call: one row read, one row written for a new version.
public import Ledger
public import Primitives

/// One version of a record, to be anchored.
public struct RecordVersion: FieldRecord {
    /// How many records one can be made from.
    public static let sourceCounts = 1...4

    /// A fresh random id of this version.
    public var record = Bytes32.zero
    /// `HMAC-SHA256(salt, SHA-256(bytes))`.
    public var anchor = Digest.zero
    /// The profile whose labels it carries.
    public var profile = ProfileNumber.placeholder
    /// The version it takes the place of.
    public var supersedes: Bytes32?
    /// The records it was made from, one to four.
    public var derivedFrom: [Bytes32]?
    /// Whether it says that the record was deleted; it then supersedes a version.
    public var isTombstone = false

    public init() {}

    /// A version with these fields.
    public init(
        record: Bytes32, anchor: Digest, profile: ProfileNumber, supersedes: Bytes32? = nil,
        derivedFrom: [Bytes32]? = nil, isTombstone: Bool = false
    ) {
        self.record = record
        self.anchor = anchor
        self.profile = profile
        self.supersedes = supersedes
        self.derivedFrom = derivedFrom
        self.isTombstone = isTombstone
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "record", &record, "a fresh random id of this version")
        try list.required(2, "anchor", &anchor, "HMAC-SHA256(salt 32, SHA-256(bytes))")
        try list.required(3, "profile", &profile, "the profile whose labels it carries")
        try list.optional(4, "supersedes", &supersedes, "the version it takes the place of")
        try list.optional(5, "derived_from", &derivedFrom, within: Self.sourceCounts, "the records it was made from")
        try list.marker(6, "tombstone", &isTombstone, "whether it says that the record was deleted")
    }

    public func validate() throws(FieldFault) {
        guard !isTombstone || supersedes != nil else {
            throw FieldFault(.rule("needs supersedes: only what exists can be deleted"), path: "tombstone")
        }
        if let derivedFrom, Set(derivedFrom).count != derivedFrom.count {
            throw FieldFault(.order, path: "derived_from")
        }
    }
}

/// Anchors versions of a subject's records. All are anchored or none.
public struct RecordsAnchor: ContractCall {
    /// How many versions one call anchors.
    public static let versionCounts = 1...256

    /// The subject.
    public var subject = SubjectID.zero
    /// The versions, each after those it names.
    public var versions: [RecordVersion] = []

    public static let declaration = CallDeclaration(
        "records.anchor", summary: "Anchors versions of a subject's records, all or none.",
        signer: .organisation(.custodian, [.node]), reservation: .always(verb: "import"),
        index: "\"r\" ‖ subject 32 ‖ record 32, one for each version",
        refusals: [.subjectUnknown, .subjectErased, .profileUnknown, .recordExists, .recordUnknown, .recordSuperseded])

    public init() {}

    /// A call that anchors `versions` of records of `subject`.
    public init(subject: SubjectID, versions: [RecordVersion]) {
        self.subject = subject
        self.versions = versions
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "subject", &subject, "the subject")
        try list.required(
            2, "versions", &versions, within: Self.versionCounts, "the versions, each after those it names")
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        let profiles: ProfileSet
        switch try context.custody(of: subject) {
        case .held(let row): profiles = row.profiles
        case .refused(let refusal): return .refused(refusal)
        }
        var indexKeys: [[UInt8]] = []
        indexKeys.reserveCapacity(versions.count)
        for version in versions {
            guard profiles.contains(version.profile) else { return .refused(.profileUnknown) }
            if let refusal = try anchor(version, in: context.state) { return .refused(refusal) }
            indexKeys.append(RecordsState.indexKey(subject, version.record))
        }
        return .applied(NoResult(), indexKeys: indexKeys)
    }

    /// Writes the row of `version`, and that of the version it supersedes; or says why not.
    private func anchor(_ version: RecordVersion, in state: StateView) throws(SteleError) -> Refusal? {
        let key = RecordsState.versions.key(subject, version.record)
        guard try state.value(for: key) == nil else { return .recordExists }
        if let old = version.supersedes {
            let oldKey = RecordsState.versions.key(subject, old)
            guard var row = try state.row(at: oldKey, as: RecordRow.self) else { return .recordUnknown }
            guard row.supersededBy == nil else { return .recordSuperseded }
            row.supersededBy = version.record
            state.set(oldKey, to: row)
        }
        for source in version.derivedFrom ?? [] {
            guard try state.value(for: RecordsState.versions.key(subject, source)) != nil else { return .recordUnknown }
        }
        state.set(key, to: RecordRow(version))
        return nil
    }
}
