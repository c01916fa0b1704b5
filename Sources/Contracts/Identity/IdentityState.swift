// Contracts · identity: what the state holds about actors and their roles.
internal import Ledger
public import Primitives

/// A person, device or system that acts. Key of the row: `"ia" ‖ actor 32`.
///
/// The ledger learns that an organisation has an actor; who it is stays behind two salted commitments, which the
/// organisation opens to whom it must.
public struct ActorRow: FieldRecord {
    /// Who registered the actor and answers for it.
    public var organisation = OrganisationName.placeholder
    /// Salted commitment to the actor's DID.
    public var didCommitment = Digest.zero
    /// Salted commitment to the actor's current key.
    public var keyCommitment = Digest.zero
    /// Whether the actor may not act any more.
    public var isRevoked = false

    public init() {}

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "organisation", &organisation, "who registered the actor and answers for it")
        try list.required(2, "did_commitment", &didCommitment, "salted commitment to the actor's DID")
        try list.required(3, "key_commitment", &keyCommitment, "salted commitment to the actor's current key")
        try list.marker(4, "revoked", &isRevoked, "whether the actor may not act any more")
    }
}

/// A role that an organisation gave an actor. Key of the row: `"ic" ‖ credential 32`.
public struct RoleRow: FieldRecord {
    /// Who gave it.
    public var organisation = OrganisationName.placeholder
    /// Who holds it.
    public var actor = Bytes32.zero
    /// Salted commitment to the role.
    public var roleCommitment = Digest.zero
    /// From when it holds.
    public var notBefore = UnixSeconds(0)
    /// Until when it holds, exclusive.
    public var notAfter = UnixSeconds(0)
    /// Whether it holds no more.
    public var isRevoked = false
    /// Whether it does not hold for now.
    public var isSuspended = false

    public init() {}

    /// Whether `actor` holds the role at `time`.
    public func holds(for actor: Bytes32, at time: UnixSeconds) -> Bool {
        self.actor == actor && !isRevoked && !isSuspended && notBefore <= time && time < notAfter
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "organisation", &organisation, "who gave it")
        try list.required(2, "actor", &actor, "who holds it")
        try list.required(3, "role_commitment", &roleCommitment, "salted commitment to the role")
        try list.required(4, "not_before", &notBefore, "from when it holds")
        try list.required(5, "not_after", &notAfter, "until when it holds, exclusive")
        try list.marker(6, "revoked", &isRevoked, "whether it holds no more")
        try list.marker(7, "suspended", &isSuspended, "whether it does not hold for now")
    }
}

/// The rows of the identity contract.
enum IdentityState {
    static let actors = RowKind("i", "a")
    static let roles = RowKind("i", "c")
}
