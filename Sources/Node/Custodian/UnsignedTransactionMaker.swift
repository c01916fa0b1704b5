// Node · makes transactions for keys that are not the node's: a wallet's, an administrator's.
public import Contracts
public import Cryptography
public import Ledger
public import Primitives

/// Builds and signs calls for one network.
public struct UnsignedTransactionMaker: Sendable {
    private let chainID: Digest
    private let time: any TimeSource
    private let random: any RandomSource

    /// A maker for the network `chainID`.
    public init(chainID: Digest, time: any TimeSource, random: any RandomSource) {
        self.chainID = chainID
        self.time = time
        self.random = random
    }

    /// `call` as a body to be signed by `signer`, valid for two minutes.
    public func unsigned(_ call: some ContractCall, signer: PublicKey) -> UnsignedTransaction {
        UnsignedTransaction(
            chainID: chainID, signer: signer, validUntil: time.now().seconds + Custodian.validitySeconds,
            call: type(of: call).declaration.name, arguments: call.encodedArguments(), random: random)
    }

    /// `call` signed by `key` and ready to be submitted in this process: a signature just made is not verified again,
    /// and arguments just encoded are not decoded.
    public func admitted(_ call: some ContractCall, key: SigningKey) throws(SteleError) -> AdmittedTransaction {
        AdmittedTransaction(try Transaction(decoding: envelope(call, key: key)), call: call)
    }

    /// `call` as an envelope signed by `key`.
    public func envelope(_ call: some ContractCall, key: SigningKey) -> [UInt8] {
        unsigned(call, signer: key.publicKey).signed(by: [key])
    }
}
