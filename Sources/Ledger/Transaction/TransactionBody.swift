// Ledger · what a transaction says and its signers sign.
internal import Cryptography
public import Primitives

/// A transaction's body: the signed bytes and what they say. Source: `docs/spec/ledger.md` §2.
///
/// `{1: chain id 32, 2: signer 32, 3: random 16, 4: valid until (s), 5: call, 6: arguments bstr}`
public struct TransactionBody: Hashable, Sendable {
    /// The bytes as received.
    public let encoded: [UInt8]
    /// The network it is for.
    public let chainID: Digest
    /// The key that acts.
    public let signer: PublicKey
    /// Where the sixteen random bytes lie in ``encoded``.
    public let randomRange: Range<Int>
    /// Block time, in seconds, after which it is refused.
    public let validUntil: UInt64
    /// The call, as `contract.call`.
    public let call: String
    /// Where the arguments lie in ``encoded``: one CBOR item.
    public let argumentRange: Range<Int>

    /// Decodes a body strictly; nil if it is not exactly one.
    public init?(decoding encoded: [UInt8]) {
        var reader = CBORReader(encoded)
        do throws(CBORError) {
            func key(_ expected: UInt64) throws(CBORError) {
                guard try reader.readKey(after: nil) == expected else {
                    throw CBORError(.missingKey, at: reader.position)
                }
            }
            _ = try reader.readMapCount(6...6)
            try key(1)
            chainID = try reader.readBytes32()
            try key(2)
            signer = try reader.readBytes32()
            try key(3)
            randomRange = try reader.readByteRange(16...16)
            try key(4)
            validUntil = try reader.readUInt(max: 1 << 40)
            try key(5)
            call = try reader.readText(3...64)
            try key(6)
            argumentRange = try reader.readByteRange()
            try reader.finish()
        } catch {
            return nil
        }
        self.encoded = encoded
    }

    /// `H("stele/v1/txid\0" ‖ encoded)`.
    public var id: TransactionID { SHA256.hash(tag: "txid", encoded) }
}
