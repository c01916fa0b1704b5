// Node · calls that an officer makes by name, signed with a key of the node's own.
public import Contracts
internal import Cryptography
public import Ledger
public import Primitives
internal import Vault

extension ErrorCode {
    /// A policy key that the custodian has not prepared for whoever has the consent key.
    public static let policyKeyUnprepared = ErrorCode("policy_key.unprepared")
    /// A grant that nobody would be asked about here.
    public static let grantUnasked = ErrorCode("grant.unasked")
    /// A call that the node does not sign by hand, because its vault has to go along.
    public static let contractReserved = ErrorCode("contract.reserved")
    /// A key that was to be revoked and that the node signs with.
    public static let keysInForce = ErrorCode("keys.in_force")
}

extension Custodian {
    /// Signs `call` with the key of the node's own that its declaration names, submits it and returns its receipt; a
    /// contract's refusal is a receipt too.
    ///
    /// - Parameter arguments: as ``AnyCallDeclaration/arguments(from:)`` gives them.
    /// - Throws: `contract.reserved`, `keys.in_force`, `signer.not_allowed` for a call that no node signs, or
    ///   `keys.node_fixed` where the admin key is not at hand.
    public func submit(
        _ call: AnyCallDeclaration, arguments: [UInt8]
    ) async throws(SteleError) -> (transaction: TransactionID, receipt: Receipt) {
        let key = try key(signing: call, arguments)
        let unsigned = unsigned(call, arguments: arguments, signer: key.publicKey)
        return (unsigned.id, try await submit(ledger.admit(unsigned.signed(by: [key]))))
    }

    /// Submits what somebody else signed and returns its receipt. What changes a patient's consent is answered once no
    /// answer that was decided before can bring anybody more of the patient's records: see ``OpenRelease``.
    public func submit(_ admitted: AdmittedTransaction) async throws(SteleError) -> Receipt {
        let body = admitted.transaction.body
        guard body.call.hasPrefix("consent.") || body.call.hasPrefix("network."),
            let call = Contract.call(named: body.call)
        else { return try await ledger.submit(admitted) }
        let arguments = Array(body.encoded[body.argumentRange])
        let subject = try call.subject(ofArguments: arguments)
        let decoded = try call.decode(arguments, in: arguments.indices)
        try checkDoor(decoded, about: subject)
        let rotation = decoded as? ConsentRotatePolicyKey
        let receipt =
            if let rotation, try isKept(rotation.subject) {
                try await submit(rotation, admitted)
            } else {
                try await ledger.submit(admitted)
            }
        // What is stated for the next policy key decides nothing yet.
        if receipt.isApplied, let subject, call.name != ConsentRestate.declaration.name {
            await openReleases.end(of: subject)
        }
        return receipt
    }

    /// Throws for what a contract would apply and this node could not go along with.
    private func checkDoor(_ call: any PreparedCall, about subject: SubjectID?) throws(SteleError) {
        if let revocation = call as? NetworkRevokeKey { return try checkNotInForce(revocation) }
        guard let subject, try isKept(subject) else { return }
        if let grant = call as? ConsentGrant {
            let asked = Actions(Action.asked)
            guard grant.grants.allSatisfy({ !$0.actions.isDisjoint(with: asked) }) else {
                throw SteleError(
                    .grantUnasked, "a grant is about writing or passing on alone, for which nobody's consent is asked",
                    hint: "name read, search or export; who may write is the custodian's own rule")
            }
        }
    }

    /// `call` as a body for somebody else, such as a patient's wallet, to sign; valid for two minutes.
    public func unsigned(
        _ call: AnyCallDeclaration, arguments: [UInt8], signer: PublicKey
    ) -> UnsignedTransaction {
        UnsignedTransaction(
            chainID: ledger.chainID, signer: signer, validUntil: time.now().seconds + Self.validitySeconds,
            call: call.name, arguments: arguments, random: random)
    }

    private func key(signing call: AnyCallDeclaration, _ arguments: [UInt8]) throws(SteleError) -> SigningKey {
        if case .always(let verb)? = call.reservation {
            throw SteleError(
                .contractReserved, "this node does not sign \(call.name) by hand: its vault has to go along",
                hint: "use stele \(verb); whoever holds another key that may sign gives it with --key, or as ?signer=")
        }
        switch call.signer.nodeKind {
        case .node?: return nodeKey
        case .admin?:
            guard let admin = emergencyKeys?.admin else { throw Self.nodeFixed }
            if let revocation = try call.decode(arguments, in: arguments.indices) as? NetworkRevokeKey {
                try checkNotInForce(revocation)
            }
            return admin
        case .override?, nil: throw Refusal.signerNotAllowed.asSteleError
        }
    }

    /// Throws if this node signs with the key that is to be revoked, or is about to.
    private func checkNotInForce(_ revocation: NetworkRevokeKey) throws(SteleError) {
        let own = [nodeKey, emergencyKeys?.admin, emergencyKeys?.override, try nodeKeyKeeper?.unfinished()]
        guard !own.contains(where: { $0?.publicKey == revocation.key }) else {
            throw SteleError(
                .keysInForce, "the key is one that this node signs with",
                hint: "stele keys node replaces the node's key and revokes the old one; the admin and the override "
                    + "key stay")
        }
    }
}
