// Contracts · access.unordered: what a journal has, recorded once the ledger works again.
public import Ledger
public import Primitives

/// Records an entry of the custodian's journal: an emergency opened, or records released in one, while nothing could be
/// ordered.
///
/// It happened, so nothing about what it says is refused: the event is chained, marked with the time that the custodian
/// claims, and an opening gets its review. What is refused is an entry that is not the next one of the journal. Source:
/// `docs/spec/journal.md`.
public struct AccessUnordered: ContractCall {
    /// Where the event stands, and what the policy says of it now.
    public struct Result: FieldRecord {
        /// The event's number in the subject's log.
        public var number: UInt64 = 1
        /// The profiles that were open.
        public var permitted = ProfileSet()
        /// Those of them that are refused without an emergency, by the policy of this block.
        public var overridden = ProfileSet()
        /// The grants that deny profiles even in an emergency, by the policy of this block.
        public var denies: [DenyCitation] = []
        /// The hash over the subject's log, this event included.
        public var head = Digest.zero
        /// Of an opening: until when it holds by the time claimed, exclusive, and by when it is to be reviewed.
        public var until: UnixSeconds?
        public var reviewBy: UnixSeconds?

        public init() {}

        public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
            try list.required(1, "n", &number, within: 1...UInt64.max, "the event's number in the subject's log")
            try list.required(2, "permitted", &permitted, "the profiles that were open")
            try list.required(3, "overridden", &overridden, "those that this block's policy refuses otherwise")
            try list.required(
                4, "denies", &denies, within: 0...ProfileNumber.count,
                "the grants that deny profiles even in an emergency, by this block's policy")
            try list.required(5, "head", &head, "the hash over the subject's log, this event included")
            try list.optional(6, "until", &until, "of an opening: until when it holds, exclusive")
            try list.optional(7, "review_by", &reviewBy, "of an opening: by when it is to be reviewed")
        }
    }

    /// The subject.
    public var subject = SubjectID.zero
    /// What the journal says.
    public var entry = JournalEntry()
    /// The hash over the entries before it.
    public var previous = Digest.zero
    /// The transaction that recorded the opening, if the entry names one of the journal.
    public var opening: TransactionID?

    public static let declaration = CallDeclaration(
        "access.unordered",
        summary: "Records what was opened and released in an emergency while the ledger stood still.",
        signer: .organisation(.custodian, [.override]), reservation: .always(verb: "serve"),
        index: "\"a\" ‖ subject 32 ‖ n u64, \"j\" ‖ organisation ‖ 00 ‖ number u64; of an opening also "
            + "\"e\" ‖ height u64 ‖ transaction 32",
        refusals: [.subjectUnknown, .subjectErased, .journalOutOfOrder, .emergencyUnknown])

    public init() {}

    /// A call that records `entry` about `subject`, which follows those over which the hash is `previous`.
    public init(subject: SubjectID, _ entry: JournalEntry, previous: Digest, opening: TransactionID? = nil) {
        self.subject = subject
        self.entry = entry
        self.previous = previous
        self.opening = opening
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "subject", &subject, "the subject")
        try list.required(2, "entry", &entry, "what the journal says")
        try list.required(3, "previous", &previous, "the hash over the entries before it")
        try list.optional(4, "opening", &opening, "the transaction that recorded the opening in the journal")
    }

    public func validate() throws(FieldFault) {
        guard (entry.opening != nil) == (opening != nil) else {
            throw FieldFault(.rule("is there exactly if the entry names an opening of the journal"), path: "opening")
        }
    }

    /// The override under which it was released; nil for an opening.
    public var override: TransactionID? { entry.override ?? opening }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        let custodian: OrganisationName
        switch try context.custody(of: subject, kind: .override) {
        case .held(let row): custodian = row.custodian
        case .refused(let refusal): return .refused(refusal)
        }
        var journal = try context.state.journal(of: custodian)
        guard entry.number == journal.count + 1, previous == journal.head else { return .refused(.journalOutOfOrder) }
        if let override {
            guard let review = try context.state.review(of: override, about: subject),
                review.isOf(entry.actorCode, at: custodian)
            else { return .refused(.emergencyUnknown) }
        }
        guard let policy = try AccessPreview.policy(of: subject, in: context.state) else {
            return .refused(.subjectUnknown)
        }
        var question = ConsentQuestion(
            asker: entry.asker, purposes: entry.purposes, action: entry.action.action, time: context.now,
            isEmergency: true)
        let decision = ConsentEvaluator.decide(question, under: policy)
        question.isEmergency = false
        let ordinary = ConsentEvaluator.decide(question, under: policy)

        journal.append(encoded: entry.encoded(), of: subject)
        context.state.set(StateKey.journal(of: custodian), to: journal)
        var event = AccessEvent()
        event.record(self)
        let chain = try context.chain(event, to: subject)
        var result = Result()
        result.number = chain.count
        result.permitted = entry.permitted
        result.overridden = entry.permitted.subtracting(ordinary.permitted)
        result.denies = decision.denies
        result.head = chain.head
        var indexKeys = [
            context.accessIndexKey(subject, chain.count), Self.indexKey(entry.number, of: custodian),
        ]
        if let seconds = entry.seconds {
            let parameters = try NetworkState.parameters(in: context.state)
            // A clock that was wrong makes no emergency that lasts.
            let until = UnixSeconds(
                min(entry.time.seconds, context.now.seconds) + UInt64(min(seconds, parameters.overrideSecondsMax)))
            let deadline = UnixSeconds(context.now.seconds + UInt64(parameters.reviewSeconds))
            context.openReview(
                of: AccessState.actor(entry.actorCode, of: custodian), about: subject, until: until, by: deadline)
            (result.until, result.reviewBy) = (until, deadline)
            indexKeys.append(context.indexKey("e"))
        }
        return .applied(result, indexKeys: indexKeys)
    }

    /// Where entry `number` of an organisation's journal is listed: `"j" ‖ organisation ‖ 00 ‖ number u64`.
    public static func indexKey(_ number: UInt64, of organisation: OrganisationName) -> [UInt8] {
        var key = [UInt8(ascii: "j")]
        key.append(contentsOf: organisation.text.utf8)
        key.append(0)
        key.append(bigEndian: number)
        return key
    }
}
