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

    /// `call` as a body for somebody else, such as a patient's wallet, to sign; valid for two minutes.
    public func unsigned(
        _ call: AnyCallDeclaration, arguments: [UInt8], signer: PublicKey
    ) -> UnsignedTransaction {
        UnsignedTransaction(
            chainID: ledger.chainID, signer: signer, validUntil: time.now().seconds + Self.validitySeconds,
            call: call.name, arguments: arguments, random: random)
    }
}
