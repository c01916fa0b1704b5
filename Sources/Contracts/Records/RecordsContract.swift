// Contracts · records: the contract and its reasons for refusal.
public import Primitives

extension ErrorCode {
    /// A subject id that is taken.
    public static let subjectExists = ErrorCode("subject.exists")
    /// A subject that is not registered.
    public static let subjectUnknown = ErrorCode("subject.unknown")
    /// A profile number that is taken.
    public static let profileExists = ErrorCode("profile.exists")
    /// A profile that is not registered.
    public static let profileUnknown = ErrorCode("profile.unknown")
    /// A record id that is taken.
    public static let recordExists = ErrorCode("record.exists")
    /// A record version that the subject does not have.
    public static let recordUnknown = ErrorCode("record.unknown")
    /// A record version that another has taken the place of.
    public static let recordSuperseded = ErrorCode("record.superseded")
    /// A subject that was erased.
    public static let subjectErased = ErrorCode("subject.erased")
    /// An emergency access that is to be reviewed before its subject is erased.
    public static let reviewOpen = ErrorCode("review.open")
    /// Tokens made under a policy key that is not the current one.
    public static let policyKeyVersion = ErrorCode("policy_key.version")
}

extension Refusal {
    public static let subjectExists = Refusal(
        48, .subjectExists, "a subject with this id is registered already", hint: "draw a new random id")
    public static let subjectUnknown = Refusal(
        49, .subjectUnknown, "the subject is not registered", hint: "register it with records.register_subject first")
    public static let profileExists = Refusal(
        50, .profileExists, "the profile is registered already under the current policy key",
        hint: "use it if its labels are those you need, else choose another number")
    public static let profileUnknown = Refusal(
        51, .profileUnknown, "the subject has no such profile", hint: "register it with records.register_profile first")
    public static let recordExists = Refusal(
        52, .recordExists, "a version with this record id is anchored already",
        hint: "draw a new random id, or read the receipt of the earlier transaction")
    public static let recordUnknown = Refusal(
        53, .recordUnknown, "the subject has no version with the record id given", hint: "check the id")
    public static let recordSuperseded = Refusal(
        54, .recordSuperseded, "another version has taken the place of the one given",
        hint: "read the newest version and supersede that")
    public static let policyKeyVersion = Refusal(
        55, .policyKeyVersion, "the policy key version is not the subject's current one",
        hint: "make the tokens again under the current policy key")
    public static let subjectErased = Refusal(
        56, .subjectErased, "the subject was erased",
        hint: "nothing can be done about it any more; a patient who comes again is a new subject")
    public static let reviewOpen = Refusal(
        57, .reviewOpen, "an emergency access to the subject's records has not been reviewed yet",
        hint: "close the review with access.review first: it cannot be held once the records are gone")
}

extension Contract {
    /// Which versions of which records exist, committed to and never shown.
    static let records = Contract(
        name: "records", summary: "Which versions of which records exist, committed to and never shown.",
        calls: [
            AnyCallDeclaration(RecordsRegisterSubject.self), AnyCallDeclaration(RecordsRegisterProfile.self),
            AnyCallDeclaration(RecordsAnchor.self), AnyCallDeclaration(RecordsErase.self),
        ],
        rows: [
            RowDeclaration(SubjectRow.self, key: "\"rs\" ‖ subject 32", "a patient at one custodian"),
            RowDeclaration(RecordRow.self, key: "\"rv\" ‖ subject 32 ‖ record 32", "one version of a record"),
        ])
}
