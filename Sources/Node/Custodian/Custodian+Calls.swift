// Node · calls that an officer makes by name, signed with a key of the node's own.
public import Contracts
internal import Cryptography
public import Ledger
public import Primitives

extension ErrorCode {
    /// A new policy key, which the custodian could not follow.
    public static let policyKeyStays = ErrorCode("policy_key.stays")
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
        guard body.call != ConsentRotatePolicyKey.declaration.name else {
            throw SteleError(
                .policyKeyStays,
                "this custodian keeps policy keys: under a new one no record of the patient would be found",
                hint: "revoke what should end; a wallet that was seen by others gets a new consent key")
        }
        let receipt = try await ledger.submit(admitted)
        if receipt.isApplied, body.call.hasPrefix("consent."), let call = Contract.call(named: body.call),
            let subject = try call.subject(ofArguments: Array(body.encoded[body.argumentRange]))
        {
            await openReleases.end(of: subject)
        }
        return receipt
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
            if let revocation = try call.decode(arguments, in: arguments.indices) as? NetworkRevokeKey,
                try isInForce(revocation.key)
            {
                throw SteleError(
                    .keysInForce, "the key is one that this node signs with",
                    hint: "stele keys node replaces the node's key and revokes the old one; the admin and the override "
                        + "key stay")
            }
            return admin
        case .override?, nil: throw Refusal.signerNotAllowed.asSteleError
        }
    }

    /// Whether this node signs with `key`, or is about to.
    private func isInForce(_ key: PublicKey) throws(SteleError) -> Bool {
        let own = [nodeKey, emergencyKeys?.admin, emergencyKeys?.override, try nodeKeyKeeper?.unfinished()]
        return own.contains { $0?.publicKey == key }
    }
}
