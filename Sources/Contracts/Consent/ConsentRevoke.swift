// Contracts · consent.revoke.
public import Ledger
public import Primitives

/// Revokes grants of a subject. All are revoked or none; each leaves a small row that proves it.
public struct ConsentRevoke: ContractCall {
    public typealias Result = ConsentActResult

    /// The subject.
    public var subject = SubjectID.zero
    /// The grants.
    public var grants: [Digest] = []

    public static let declaration = CallDeclaration(
        "consent.revoke", summary: "Revokes grants of a subject, all or none.",
        signer: .subject(or: .delegate), index: "\"c\" ‖ subject 32 ‖ height u64 ‖ transaction 32",
        refusals: [.subjectUnknown, .grantUnknown])

    public init() {}

    /// A call that revokes `grants` of `subject`.
    public init(subject: SubjectID, grants: [Digest]) {
        self.subject = subject
        self.grants = grants
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "subject", &subject, "the subject")
        try list.required(2, "grants", &grants, within: ConsentLimits.grantsPerCall, "the grants' ids, each once")
    }

    public func validate() throws(FieldFault) {
        guard Set(grants).count == grants.count else { throw FieldFault(.order, path: "grants") }
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        let signedAs: ConsentSigner
        switch try context.authority(over: subject) {
        case .held(_, let signer): signedAs = signer
        case .refused(let refusal): return .refused(refusal)
        }
        for grant in grants {
            let key = ConsentState.policies.key(subject, ConsentState.grantSort, grant)
            guard try context.state.value(for: key) != nil else { return .refused(.grantUnknown) }
            context.state.remove(key)
            context.state.set(ConsentState.revokedGrants.key(subject, grant), to: EndedRow(endedAt: context.now))
        }
        return .applied(ConsentActResult(signedAs: signedAs), indexKeys: [context.indexKey("c", subject)])
    }
}
