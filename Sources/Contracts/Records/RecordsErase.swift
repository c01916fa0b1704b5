// Contracts · records.erase: everything that the state holds of a subject goes, but for the fact that it went.
public import Ledger
public import Primitives

/// Why a subject is erased. Source: GDPR Article 17(1).
public enum ErasureReason: UInt8, FieldChoice {
    /// The records are no longer needed for what they were kept for. (a)
    case noLongerNeeded = 1
    /// The consent they rested on was withdrawn. (b)
    case withdrawn = 2
    /// The patient objected, and nothing outweighs that. (c)
    case objection = 3
    /// They were kept unlawfully. (d)
    case unlawful = 4
    /// A law or a court orders it. (e)
    case legalObligation = 5
    /// The time for which they had to be kept is over.
    case retentionOver = 6

    public var name: String {
        switch self {
        case .noLongerNeeded: "no_longer_needed"
        case .withdrawn: "withdrawn"
        case .objection: "objection"
        case .unlawful: "unlawful"
        case .legalObligation: "legal_obligation"
        case .retentionOver: "retention_over"
        }
    }
}

/// Removes every row of a subject from the state: its versions, policy, delegates, access log and reviews. What stays
/// is that its custodian erased it, and when.
///
/// The rows go by the contract, not beside it: the root of the state is over those that are left, so that every node
/// has the same one whether or not it has cleaned its files yet, and a store is checked as before. The leaves of the
/// subject's transactions stay in the log; their bodies are each node's to remove.
public struct RecordsErase: ContractCall {
    /// The subject.
    public var subject = SubjectID.zero
    /// Why.
    public var reason = ErasureReason.noLongerNeeded

    public static let declaration = CallDeclaration(
        "records.erase", summary: "Removes every row of a subject from the state, but for the fact that it was erased.",
        signer: .organisation(.custodian, [.node]), reservation: .always(verb: "erase"),
        index: "\"e\" ‖ subject 32 ‖ height u64 ‖ transaction 32",
        refusals: [.subjectUnknown, .subjectErased, .reviewOpen])

    public init() {}

    /// A call that erases `subject`.
    public init(subject: SubjectID, reason: ErasureReason) {
        self.subject = subject
        self.reason = reason
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "subject", &subject, "the subject")
        try list.required(2, "reason", &reason, "why")
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        var row: SubjectRow
        switch try context.custody(of: subject) {
        case .held(let found): row = found
        case .refused(let refusal): return .refused(refusal)
        }
        let state = context.state
        guard try !state.hasOpenReview(about: subject) else { return .refused(.reviewOpen) }
        for kind in Self.kinds {
            for (key, _) in try state.rows(prefix: kind.key(subject)) { state.remove(key) }
        }
        row.profiles = ProfileSet()
        row.erasedAt = context.now
        state.set(RecordsState.subjects.key(subject), to: row)
        return .applied(NoResult(), indexKeys: [context.indexKey("e", subject)])
    }

    /// Every kind of row that begins with a subject.
    private static let kinds = [
        RecordsState.versions, ConsentState.policies, ConsentState.delegates, ConsentState.revokedGrants,
        ConsentState.endedEpisodes, ConsentState.revokedDelegates, AccessState.chains, AccessState.reviews,
    ]
}
