// Node · calls that an officer makes by name, signed with the node's key.
public import Contracts
internal import Cryptography
public import Ledger
public import Primitives

extension Custodian {
    /// Signs `call` with the node's key, submits it and returns its receipt; a contract's refusal is a receipt too.
    ///
    /// - Parameter arguments: as ``AnyCallDeclaration/arguments(from:)`` gives them.
    public func submit(
        _ call: AnyCallDeclaration, arguments: [UInt8]
    ) async throws(SteleError) -> (transaction: TransactionID, receipt: Receipt) {
        let unsigned = unsigned(call, arguments: arguments, signer: nodeKey.publicKey)
        return (unsigned.id, try await ledger.submit(unsigned.signed(by: [nodeKey])))
    }

    /// Submits what somebody else signed and returns its receipt. What changes a patient's consent is answered once no
    /// answer that was decided before can bring anybody more of the patient's records: see ``OpenRelease``.
    public func submit(_ admitted: AdmittedTransaction) async throws(SteleError) -> Receipt {
        let receipt = try await ledger.submit(admitted)
        let body = admitted.transaction.body
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
}
