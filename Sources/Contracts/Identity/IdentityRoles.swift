// Contracts · identity.issue_role and identity.revoke_role.
public import Ledger
public import Primitives

/// Gives an actor a role for a time.
public struct IdentityIssueRole: ContractCall {
    /// A fresh random id.
    public var credential = Bytes32.zero
    /// Who is to hold the role.
    public var actor = Bytes32.zero
    /// Salted commitment to the role.
    public var roleCommitment = Digest.zero
    /// From when it holds.
    public var notBefore = UnixSeconds(0)
    /// Until when it holds, exclusive.
    public var notAfter = UnixSeconds(0)

    public static let declaration = CallDeclaration(
        "identity.issue_role", summary: "Gives an actor of the signer's organisation a role for a time.",
        signer: .organisation(.ofActor, [.node, .admin]),
        index: "\"i\" ‖ actor 32 ‖ height u64 ‖ transaction 32",
        refusals: [.actorUnknown, .actorRevoked, .roleExists])

    public init() {}

    /// A call that issues `credential` to `actor`.
    public init(
        credential: Bytes32, actor: Bytes32, roleCommitment: Digest, notBefore: UnixSeconds, notAfter: UnixSeconds
    ) {
        self.credential = credential
        self.actor = actor
        self.roleCommitment = roleCommitment
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "credential", &credential, "a fresh random id")
        try list.required(2, "actor", &actor, "who is to hold the role")
        try list.required(3, "role_commitment", &roleCommitment, "salted commitment to the role")
        try list.required(4, "not_before", &notBefore, "from when it holds")
        try list.required(5, "not_after", &notAfter, "until when it holds, exclusive")
    }

    public func validate() throws(FieldFault) {
        guard notBefore < notAfter else { throw FieldFault(.rule("is not after not_before"), path: "not_after") }
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        guard let organisation = try context.organisation(signingAs: .node, .admin) else {
            return .refused(.signerNotAllowed)
        }
        let state = context.state
        guard let holder: ActorRow = try state.row(at: IdentityState.actors.key(actor)),
            holder.organisation == organisation
        else { return .refused(.actorUnknown) }
        guard !holder.isRevoked else { return .refused(.actorRevoked) }
        let key = IdentityState.roles.key(credential)
        guard try state.value(for: key) == nil else { return .refused(.roleExists) }
        var row = RoleRow()
        row.organisation = organisation
        row.actor = actor
        row.roleCommitment = roleCommitment
        row.notBefore = notBefore
        row.notAfter = notAfter
        state.set(key, to: row)
        return .applied(NoResult(), indexKeys: [context.indexKey("i", actor)])
    }
}

/// Takes a role away before its time.
public struct IdentityRevokeRole: ContractCall {
    /// The credential.
    public var credential = Bytes32.zero

    public static let declaration = CallDeclaration(
        "identity.revoke_role", summary: "Takes a role away before its time.",
        signer: .organisation(.ofRole, [.node, .admin]),
        index: "\"i\" ‖ actor 32 ‖ height u64 ‖ transaction 32",
        refusals: [.roleUnknown, .roleRevoked])

    public init() {}

    /// A call that revokes `credential`.
    public init(credential: Bytes32) { self.credential = credential }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "credential", &credential, "the credential")
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        guard let organisation = try context.organisation(signingAs: .node, .admin) else {
            return .refused(.signerNotAllowed)
        }
        let key = IdentityState.roles.key(credential)
        guard var row = try context.state.row(at: key, as: RoleRow.self), row.organisation == organisation else {
            return .refused(.roleUnknown)
        }
        guard !row.isRevoked else { return .refused(.roleRevoked) }
        row.isRevoked = true
        context.state.set(key, to: row)
        return .applied(NoResult(), indexKeys: [context.indexKey("i", row.actor)])
    }
}
