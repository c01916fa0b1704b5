// Contracts · consent.open_episode and consent.end_episode.
public import Ledger
public import Primitives

/// Opens an episode: grants made under it end together.
public struct ConsentOpenEpisode: ContractCall {
    public typealias Result = ConsentActResult

    /// The subject.
    public var subject = SubjectID.zero
    /// A fresh random id.
    public var episode = Bytes32.zero
    /// Whether the custodian may end it too.
    public var custodianMayEnd = false

    public static let declaration = CallDeclaration(
        "consent.open_episode", summary: "Opens an episode: grants made under it end together.",
        signer: .subject(or: .delegate), index: "\"c\" ‖ subject 32 ‖ height u64 ‖ transaction 32",
        refusals: [.subjectUnknown, .episodeExists, .episodeEnded, .episodeLimit])

    public init() {}

    /// A call that opens `episode` for `subject`.
    public init(subject: SubjectID, episode: Bytes32, custodianMayEnd: Bool = false) {
        self.subject = subject
        self.episode = episode
        self.custodianMayEnd = custodianMayEnd
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "subject", &subject, "the subject")
        try list.required(2, "episode", &episode, "a fresh random id")
        try list.marker(
            3, "custodian_may_end", &custodianMayEnd, "whether the custodian may end it too, such as at discharge")
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        switch try context.authority(over: subject) {
        case .held(let consent, let signer):
            guard !consent.policy.openEpisodes.contains(episode) else { return .refused(.episodeExists) }
            let refusal = try context.open(
                episode, of: subject, under: consent.policy, custodianMayEnd: custodianMayEnd)
            if let refusal { return .refused(refusal) }
            return .applied(ConsentActResult(signedAs: signer), indexKeys: [context.indexKey("c", subject)])
        case .refused(let refusal): return .refused(refusal)
        }
    }
}

extension CallContext {
    /// Opens an episode that is not open, or says why it cannot be.
    func open(
        _ episode: Bytes32, of subject: SubjectID, under policy: ConsentPolicy, custodianMayEnd: Bool
    ) throws(SteleError) -> Refusal? {
        guard try state.value(for: ConsentState.endedEpisodes.key(subject, episode)) == nil else {
            return .episodeEnded
        }
        guard policy.openEpisodes.count < ConsentLimits.episodeCountMax else { return .episodeLimit }
        state.set(
            ConsentState.policies.key(subject, ConsentState.episodeSort, episode),
            to: EpisodeRow(openedAt: now, custodianMayEnd: custodianMayEnd))
        return nil
    }
}

/// Ends an episode, and with it every grant made under it, in one act.
///
/// The custodian may make this call, and no other of consent, for an episode that the subject opened so: ending one
/// permits nobody anything. Source: `docs/spec/consent.md` §10.
public struct ConsentEndEpisode: ContractCall {
    public typealias Result = ConsentActResult

    /// The subject.
    public var subject = SubjectID.zero
    /// The episode.
    public var episode = Bytes32.zero

    public static let declaration = CallDeclaration(
        "consent.end_episode", summary: "Ends an episode, and with it every grant made under it.",
        signer: .subject(or: .delegateOrCustodian),
        index: "\"c\" ‖ subject 32 ‖ height u64 ‖ transaction 32", refusals: [.subjectUnknown, .episodeUnknown])

    public init() {}

    /// A call that ends `episode` of `subject`.
    public init(subject: SubjectID, episode: Bytes32) {
        self.subject = subject
        self.episode = episode
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "subject", &subject, "the subject")
        try list.required(2, "episode", &episode, "the episode")
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        let key = ConsentState.policies.key(subject, ConsentState.episodeSort, episode)
        let row: EpisodeRow? = try context.state.row(at: key)
        var authority = try context.authority(over: subject)
        if case .refused(.signerNotAllowed) = authority, row?.custodianMayEnd == true,
            case .held = try context.custody(of: subject),
            let consent = try ConsentState.consent(of: subject, in: context.state)
        {
            authority = .held(consent, as: .custodian)
        }
        switch authority {
        case .held(_, let signer):
            guard row != nil else { return .refused(.episodeUnknown) }
            // The grants' rows stay: without the row of their episode they apply no more.
            context.state.remove(key)
            context.state.set(
                ConsentState.endedEpisodes.key(subject, episode), to: EndedRow(endedAt: context.now))
            return .applied(ConsentActResult(signedAs: signer), indexKeys: [context.indexKey("c", subject)])
        case .refused(let refusal): return .refused(refusal)
        }
    }
}
