// Contracts · identity: the contract and its reasons for refusal.
public import Primitives

extension ErrorCode {
    /// An actor id that is taken.
    public static let actorExists = ErrorCode("actor.exists")
    /// An actor that the organisation has not registered.
    public static let actorUnknown = ErrorCode("actor.unknown")
    /// An actor that is revoked.
    public static let actorRevoked = ErrorCode("actor.revoked")
    /// A credential id that is taken.
    public static let roleExists = ErrorCode("role.exists")
    /// A credential that the organisation has not issued.
    public static let roleUnknown = ErrorCode("role.unknown")
    /// A credential that is revoked already.
    public static let roleRevoked = ErrorCode("role.revoked")
    /// A credential that is suspended already.
    public static let roleSuspended = ErrorCode("role.suspended")
    /// A credential that is not suspended.
    public static let roleNotSuspended = ErrorCode("role.not_suspended")
}

extension Refusal {
    public static let actorExists = Refusal(
        32, .actorExists, "an actor with this id is registered already", hint: "draw a new random id")
    public static let actorUnknown = Refusal(
        33, .actorUnknown, "the signer's organisation has no such actor", hint: "check the id")
    public static let actorRevoked = Refusal(
        34, .actorRevoked, "the actor is revoked", hint: "register the actor again under a new id")
    public static let roleExists = Refusal(
        35, .roleExists, "a credential with this id is issued already", hint: "draw a new random id")
    public static let roleUnknown = Refusal(
        36, .roleUnknown, "the signer's organisation has issued no such credential", hint: "check the id")
    public static let roleRevoked = Refusal(
        37, .roleRevoked, "the credential is revoked already", hint: "nothing is left to do")
    public static let roleSuspended = Refusal(
        38, .roleSuspended, "the credential is suspended already", hint: "nothing is left to do")
    public static let roleNotSuspended = Refusal(
        39, .roleNotSuspended, "the credential is not suspended", hint: "nothing is left to do")
}

extension Contract {
    /// Who acts, in which role, behind commitments.
    static let identity = Contract(
        name: "identity", summary: "Who acts, in which role, behind salted commitments.",
        calls: [
            AnyCallDeclaration(IdentityRegister.self), AnyCallDeclaration(IdentityRotateKey.self),
            AnyCallDeclaration(IdentityRevoke.self), AnyCallDeclaration(IdentityIssueRole.self),
            AnyCallDeclaration(IdentityRevokeRole.self), AnyCallDeclaration(IdentitySuspendRole.self),
            AnyCallDeclaration(IdentityResumeRole.self),
        ],
        rows: [
            RowDeclaration(ActorRow.self, key: "\"ia\" ‖ actor 32", "an actor"),
            RowDeclaration(RoleRow.self, key: "\"ic\" ‖ credential 32", "a role given to an actor"),
        ])
}
