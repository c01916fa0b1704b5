// Ledger · an ordered list of transactions, as the engine agrees on it.
public import Cryptography
public import Primitives

extension ErrorCode {
    /// Bytes that are no batch.
    public static let batchMalformed = ErrorCode("batch.malformed")
}

/// Transactions in order, signed by who proposed the order. Source: `docs/spec/ledger.md` §3.
///
/// ```
/// batch      = [batch_bstr, proposer signature 64]
/// batch_bstr = [1, chain id, epoch, height, previous batch hash, proposer index, prepare certificate or null,
///               [envelope bstr …]]
/// ```
public struct Batch: Sendable {
    /// Most bytes of a batch.
    public static let byteCountMax = 1 << 20
    /// Most transactions of a batch.
    public static let transactionCountMax = 2000

    /// The network.
    public let chainID: Digest
    /// The epoch in which it is proposed.
    public let epoch: UInt64
    /// The height it is for.
    public let height: UInt64
    /// The batch before, or zeros at height 1.
    public let previousHash: Digest
    /// The proposer's index in the validator set.
    public let proposer: UInt64
    /// The votes for the batch before; nil at height 1. They give this block its time.
    public let certificate: PrepareCertificate?
    /// The envelopes, each as received.
    public let envelopes: [[UInt8]]
    /// `batch_bstr`: what was signed.
    public let encoded: [UInt8]
    /// The proposer's signature over `"stele/v1/batch\0" ‖ hash`.
    public let signature: [UInt8]
    /// `H("stele/v1/batch\0" ‖ encoded)`.
    public let hash: Digest

    /// A batch, signed by its proposer.
    public init(
        chainID: Digest, epoch: UInt64, height: UInt64, previousHash: Digest, proposer: UInt64,
        certificate: PrepareCertificate?, envelopes: [[UInt8]], key: SigningKey
    ) {
        var writer = CBORWriter(capacity: envelopes.reduce(400) { $0 + $1.count + 3 })
        writer.write(arrayCount: 8)
        writer.write(UInt64(1))
        writer.write(chainID)
        writer.write(epoch)
        writer.write(height)
        writer.write(previousHash)
        writer.write(proposer)
        if let certificate { certificate.encode(into: &writer) } else { writer.writeNull() }
        writer.write(arrayCount: envelopes.count)
        for envelope in envelopes { writer.write(bytes: envelope) }
        self.chainID = chainID
        self.epoch = epoch
        self.height = height
        self.previousHash = previousHash
        self.proposer = proposer
        self.certificate = certificate
        self.envelopes = envelopes
        encoded = writer.bytes
        hash = SHA256.hash(tag: "batch", encoded)
        signature = key.sign(tag: "batch", hash.bytes)
    }

    /// ``encoded`` up to the list of envelopes: what is stored beside entries that hold the envelopes themselves.
    public var head: [UInt8] {
        var list = CBORWriter(capacity: 16)
        list.write(arrayCount: envelopes.count)
        let tail = envelopes.reduce(list.bytes.count) { $0 + $1.count + ($1.count < 24 ? 1 : $1.count < 256 ? 2 : 3) }
        return Array(encoded[..<(encoded.count - tail)])
    }

    /// Puts a batch together again from its ``head`` and envelopes.
    public init(head: [UInt8], envelopes: [[UInt8]], signature: [UInt8]) throws(SteleError) {
        var writer = CBORWriter(capacity: envelopes.reduce(head.count + 8) { $0 + $1.count + 3 })
        writer.write(encoded: head)
        writer.write(arrayCount: envelopes.count)
        for envelope in envelopes { writer.write(bytes: envelope) }
        try self.init(decoding: writer.bytes, signature: signature)
    }

    /// Decodes `batch_bstr` strictly.
    public init(decoding encoded: [UInt8], signature: [UInt8]) throws(SteleError) {
        do throws(CBORError) {
            guard encoded.count <= Self.byteCountMax + Transaction.envelopeByteCountMax else {
                throw CBORError(.outOfRange, at: 0)
            }
            var reader = CBORReader(encoded)
            _ = try reader.readArrayCount(8...8)
            guard try reader.readUInt() == 1 else { throw CBORError(.outOfRange, at: 1) }
            chainID = try reader.readBytes32()
            epoch = try reader.readUInt()
            height = try reader.readUInt()
            previousHash = try reader.readBytes32()
            proposer = try reader.readUInt(max: UInt64(Genesis.validatorCountMax))
            certificate = reader.readNullIfPresent() ? nil : try PrepareCertificate(from: &reader)
            var envelopes: [[UInt8]] = []
            for _ in 0..<(try reader.readArrayCount(0...Self.transactionCountMax)) {
                envelopes.append(try reader.readBytes(1...Transaction.envelopeByteCountMax))
            }
            try reader.finish()
            self.envelopes = envelopes
        } catch {
            throw SteleError(
                .batchMalformed, "the batch is malformed: \(error.reason.rawValue) at byte \(error.offset)",
                hint: "fetch it again from another node; docs/spec/ledger.md §3 has the format")
        }
        self.encoded = encoded
        self.signature = signature
        hash = SHA256.hash(tag: "batch", encoded)
    }

    /// Whether the proposer signed it.
    public func isSigned(by validators: ValidatorSet) -> Bool {
        guard proposer < UInt64(validators.validators.count) else { return false }
        return Ed25519.isValid(
            signature: signature, tag: "batch", of: hash.bytes, by: validators.validators[Int(proposer)].key)
    }
}
