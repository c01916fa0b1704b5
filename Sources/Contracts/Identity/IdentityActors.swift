// Contracts · identity.register, identity.rotate_key and identity.revoke.
public import Ledger
public import Primitives

/// Registers an actor of the signer's organisation.
public struct IdentityRegister: ContractCall {
    /// A fresh random id.
    public var actor = Bytes32.zero
    /// Salted commitment to the actor's DID.
    public var didCommitment = Digest.zero
    /// Salted commitment to the actor's key.
    public var keyCommitment = Digest.zero

    public static let declaration = CallDeclaration(
        "identity.register", summary: "Registers an actor of the signer's organisation.",
        signer: .organisation(.itself, [.node, .admin]), index: "\"i\" ‖ actor 32 ‖ height u64 ‖ transaction 32",
        refusals: [.actorExists])

    public init() {}

    /// A call that registers `actor`.
    public init(actor: Bytes32, didCommitment: Digest, keyCommitment: Digest) {
        self.actor = actor
        self.didCommitment = didCommitment
        self.keyCommitment = keyCommitment
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "actor", &actor, "a fresh random id")
        try list.required(2, "did_commitment", &didCommitment, "salted commitment to the actor's DID")
        try list.required(3, "key_commitment", &keyCommitment, "salted commitment to the actor's key")
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        guard let organisation = try context.organisation(signingAs: .node, .admin) else {
            return .refused(.signerNotAllowed)
        }
        let key = IdentityState.actors.key(actor)
        guard try context.state.value(for: key) == nil else { return .refused(.actorExists) }
        var row = ActorRow()
        row.organisation = organisation
        row.didCommitment = didCommitment
        row.keyCommitment = keyCommitment
        context.state.set(key, to: row)
        return .applied(NoResult(), indexKeys: [context.indexKey("i", actor)])
    }
}

/// Replaces an actor's key.
public struct IdentityRotateKey: ContractCall {
    /// The actor.
    public var actor = Bytes32.zero
    /// Salted commitment to the new key.
    public var keyCommitment = Digest.zero

    public static let declaration = CallDeclaration(
        "identity.rotate_key", summary: "Replaces an actor's key.",
        signer: .organisation(.ofActor, [.node, .admin]), reservation: .always(verb: "actor rotate"),
        index: "\"i\" ‖ actor 32 ‖ height u64 ‖ transaction 32",
        refusals: [.actorUnknown, .actorRevoked])

    public init() {}

    /// A call that replaces the key of `actor`.
    public init(actor: Bytes32, keyCommitment: Digest) {
        self.actor = actor
        self.keyCommitment = keyCommitment
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "actor", &actor, "the actor")
        try list.required(2, "key_commitment", &keyCommitment, "salted commitment to the new key")
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        try context.changeActor(actor) { $0.keyCommitment = keyCommitment }
    }
}

/// Ends what an actor may do.
public struct IdentityRevoke: ContractCall {
    /// The actor.
    public var actor = Bytes32.zero

    public static let declaration = CallDeclaration(
        "identity.revoke", summary: "Ends what an actor may do, for ever.",
        signer: .organisation(.ofActor, [.node, .admin]), reservation: .always(verb: "actor revoke"),
        index: "\"i\" ‖ actor 32 ‖ height u64 ‖ transaction 32",
        refusals: [.actorUnknown, .actorRevoked])

    public init() {}

    /// A call that revokes `actor`.
    public init(actor: Bytes32) { self.actor = actor }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "actor", &actor, "the actor")
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        try context.changeActor(actor) { $0.isRevoked = true }
    }
}

extension CallContext {
    /// Changes the row of a live actor of the signer's organisation.
    fileprivate func changeActor(_ actor: Bytes32, _ change: (inout ActorRow) -> Void) throws(SteleError) -> Outcome {
        guard let organisation = try organisation(signingAs: .node, .admin) else {
            return .refused(.signerNotAllowed)
        }
        let key = IdentityState.actors.key(actor)
        guard var row = try state.row(at: key, as: ActorRow.self), row.organisation == organisation else {
            return .refused(.actorUnknown)
        }
        guard !row.isRevoked else { return .refused(.actorRevoked) }
        change(&row)
        state.set(key, to: row)
        return .applied(NoResult(), indexKeys: [indexKey("i", actor)])
    }
}
