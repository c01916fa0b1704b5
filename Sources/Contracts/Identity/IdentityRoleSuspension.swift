// Contracts · identity.suspend_role and identity.resume_role.
public import Ledger
public import Primitives

/// Lets a role hold no more until it is resumed. Whoever holds it reads nothing by it meanwhile.
public struct IdentitySuspendRole: ContractCall {
    /// The credential.
    public var credential = Bytes32.zero

    public static let declaration = CallDeclaration(
        "identity.suspend_role", summary: "Lets a role hold no more until it is resumed.",
        signer: .organisation(.ofRole, [.node, .admin]),
        index: "\"i\" ‖ actor 32 ‖ height u64 ‖ transaction 32",
        refusals: [.roleUnknown, .roleRevoked, .roleSuspended])

    public init() {}

    /// A call that suspends `credential`.
    public init(credential: Bytes32) { self.credential = credential }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "credential", &credential, "the credential")
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        try context.suspendRole(credential, true)
    }
}

/// Lets a suspended role hold again.
public struct IdentityResumeRole: ContractCall {
    /// The credential.
    public var credential = Bytes32.zero

    public static let declaration = CallDeclaration(
        "identity.resume_role", summary: "Lets a suspended role hold again.",
        signer: .organisation(.ofRole, [.node, .admin]),
        index: "\"i\" ‖ actor 32 ‖ height u64 ‖ transaction 32",
        refusals: [.roleUnknown, .roleRevoked, .roleNotSuspended])

    public init() {}

    /// A call that resumes `credential`.
    public init(credential: Bytes32) { self.credential = credential }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "credential", &credential, "the credential")
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        try context.suspendRole(credential, false)
    }
}

extension CallContext {
    /// Suspends a role, or resumes it.
    fileprivate func suspendRole(_ credential: Bytes32, _ isSuspended: Bool) throws(SteleError) -> Outcome {
        guard let organisation = try organisation(signingAs: .node, .admin) else {
            return .refused(.signerNotAllowed)
        }
        let key = IdentityState.roles.key(credential)
        guard var row = try state.row(at: key, as: RoleRow.self), row.organisation == organisation else {
            return .refused(.roleUnknown)
        }
        guard !row.isRevoked else { return .refused(.roleRevoked) }
        guard row.isSuspended != isSuspended else {
            return .refused(isSuspended ? .roleSuspended : .roleNotSuspended)
        }
        row.isSuspended = isSuspended
        state.set(key, to: row)
        return .applied(NoResult(), indexKeys: [indexKey("i", row.actor)])
    }
}
