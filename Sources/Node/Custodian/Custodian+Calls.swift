// Node · calls that an officer makes by name, signed with the node's key.
public import Contracts
internal import Cryptography
public import Ledger
public import Primitives

extension ErrorCode {
    /// A new policy key, which the custodian could not follow.
    public static let policyKeyStays = ErrorCode("policy_key.stays")
}

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
}
