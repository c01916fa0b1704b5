// SteleCommand · what a client asks of the ledger.
internal import Contracts
internal import Cryptography
internal import JSON
internal import Ledger
internal import Node
internal import Primitives

extension NodeSession {
    /// Submits a signed transaction and returns once it is durable and final.
    /// - Throws: the contract's refusal under its own code.
    @discardableResult
    func submit(_ envelope: [UInt8]) async throws(SteleError) -> JSONNode {
        try await send("POST", "/ledger/v1/transactions", body: .cbor(envelope)).json()
    }

    /// A proof file of the node, by its path below `/ledger/v1/proofs`.
    func proof(_ path: String) async throws(SteleError) -> [UInt8] {
        try await send("GET", "/ledger/v1/proofs/" + path, accept: "application/cbor").body
    }
}

extension PatientConnection {
    /// Signs `call` with the patient's consent key and submits it.
    /// - Returns: the transaction's id.
    @discardableResult
    func act(_ call: some ContractCall) async throws(SteleError) -> TransactionID {
        let maker = UnsignedTransactionMaker(chainID: subject.chainID, time: SystemTime(), random: SystemRandom())
        let key = try subject.consentKey()
        let unsigned = maker.unsigned(call, signer: key.publicKey)
        try await session.submit(unsigned.signed(by: [key]))
        return unsigned.id
    }
}

extension NodeClient {
    /// What tells this network from every other: the digest of the origin of its checkpoints.
    func networkDigest() async throws(SteleError) -> Digest {
        let note = try await send("GET", "/ledger/v1/checkpoint", accept: "text/plain").body
        guard let end = note.firstIndex(of: UInt8(ascii: "\n")), end > 0 else {
            throw NodeAnswer.malformed("its checkpoint has no origin")
        }
        return SHA256.hash(note[..<end])
    }
}
