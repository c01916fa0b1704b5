// Contracts · consent.register_delegate and consent.revoke_delegate.
public import Ledger
public import Primitives

/// Lets another key sign consent for a subject, for a time.
public struct ConsentRegisterDelegate: ContractCall {
    public typealias Result = ConsentActResult

    /// The subject.
    public var subject = SubjectID.zero
    /// The delegate's key, made for this subject alone.
    public var delegate = PublicKey.zero
    /// What kind of delegate it is.
    public var kind = DelegateKind.wallet
    /// Until when it may sign, exclusive.
    public var notAfter = UnixSeconds(0)

    public static let declaration = CallDeclaration(
        "consent.register_delegate", summary: "Lets another key sign consent for a subject, for a time.",
        signer: .subject(or: .wallet),
        index: "\"c\" ‖ subject 32 ‖ height u64 ‖ transaction 32",
        refusals: [.subjectUnknown, .delegateExists, .delegateLimit, .delegateExpired, .consentKeyShared])

    public init() {}

    /// A call that registers `delegate` for `subject`.
    public init(subject: SubjectID, delegate: PublicKey, kind: DelegateKind, notAfter: UnixSeconds) {
        self.subject = subject
        self.delegate = delegate
        self.kind = kind
        self.notAfter = notAfter
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "subject", &subject, "the subject")
        try list.required(2, "delegate", &delegate, "the delegate's key, made for this subject alone")
        try list.required(3, "kind", &kind, "what kind of delegate it is")
        try list.required(4, "not_after", &notAfter, "until when it may sign, exclusive")
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        let state = context.state
        let consent: SubjectConsent
        let signedAs: ConsentSigner
        switch try context.keyAuthority(over: subject) {
        case .held(let held, let signer): (consent, signedAs) = (held, signer)
        case .refused(let refusal): return .refused(refusal)
        }
        guard context.now < notAfter else { return .refused(.delegateExpired) }
        guard try NetworkState.key(delegate, in: state) == nil else { return .refused(.consentKeyShared) }
        let key = ConsentState.delegates.key(subject, delegate)
        let wasRevoked = try state.value(for: ConsentState.revokedDelegates.key(subject, delegate)) != nil
        guard delegate != consent.consentKey, !wasRevoked, try state.value(for: key) == nil else {
            return .refused(.delegateExists)
        }
        guard try makeRoom(in: context) else { return .refused(.delegateLimit) }
        state.set(key, to: DelegateRow(kind: kind, notAfter: notAfter))
        return .applied(ConsentActResult(signedAs: signedAs), indexKeys: [context.indexKey("c", subject)])
    }

    /// Makes room for a delegate, by removing those whose time is over if there is no other, and says whether there is
    /// any.
    private func makeRoom(in context: CallContext) throws(SteleError) -> Bool {
        let rows = try context.state.rows(prefix: ConsentState.delegates.key(subject))
        guard rows.count >= ConsentLimits.delegateCountMax else { return true }
        var liveCount = 0
        for (key, value) in rows {
            if context.now < (try DelegateRow(row: value)).notAfter {
                liveCount += 1
            } else {
                context.state.remove(key)
            }
        }
        return liveCount < ConsentLimits.delegateCountMax
    }
}

/// Ends what a delegate may sign, for ever.
public struct ConsentRevokeDelegate: ContractCall {
    public typealias Result = ConsentActResult

    /// The subject.
    public var subject = SubjectID.zero
    /// The delegate's key.
    public var delegate = PublicKey.zero

    public static let declaration = CallDeclaration(
        "consent.revoke_delegate", summary: "Ends what a delegate may sign, for ever.",
        signer: .subject(or: .walletOrNamed),
        index: "\"c\" ‖ subject 32 ‖ height u64 ‖ transaction 32", refusals: [.subjectUnknown, .delegateUnknown])

    public init() {}

    /// A call that revokes `delegate` of `subject`.
    public init(subject: SubjectID, delegate: PublicKey) {
        self.subject = subject
        self.delegate = delegate
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "subject", &subject, "the subject")
        try list.required(2, "delegate", &delegate, "the delegate's key")
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        switch try context.authority(over: subject) {
        case .held(_, let signer):
            guard signer.mayManageKeys || context.signer == delegate else { return .refused(.signerNotAllowed) }
            let key = ConsentState.delegates.key(subject, delegate)
            guard try context.state.value(for: key) != nil else { return .refused(.delegateUnknown) }
            context.state.remove(key)
            context.state.set(
                ConsentState.revokedDelegates.key(subject, delegate), to: EndedRow(endedAt: context.now))
            return .applied(ConsentActResult(signedAs: signer), indexKeys: [context.indexKey("c", subject)])
        case .refused(let refusal): return .refused(refusal)
        }
    }
}
