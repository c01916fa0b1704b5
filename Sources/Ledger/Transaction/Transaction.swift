// Ledger · one signed request to change the ledger, and its envelope on the wire.
public import Cryptography
public import Primitives

extension ErrorCode {
    /// Bytes that are no envelope.
    public static let transactionMalformed = ErrorCode("transaction.malformed")
    /// An envelope over the size limit.
    public static let transactionTooLarge = ErrorCode("transaction.too_large")
    /// A signature that does not verify.
    public static let transactionSignature = ErrorCode("transaction.signature")
    /// A transaction made for another network.
    public static let transactionNetwork = ErrorCode("transaction.network")
}

/// A transaction as received: its bytes, what they say, and the hash that names it. Source: `docs/spec/ledger.md` §2.
///
/// ```
/// envelope = [1, body bstr, [[key 32, signature 64] …]]
/// ```
public struct Transaction: Sendable {
    /// Largest envelope, in bytes: an entry of a C2SP bundle carries a 16-bit length.
    public static let envelopeByteCountMax = 65_535
    /// Most signatures on one transaction.
    public static let signatureCountMax = 16
    /// Longest time a transaction may stay valid, in seconds.
    public static let validitySecondsMax: UInt64 = 600

    /// The envelope as received.
    public let envelope: [UInt8]
    /// `H("stele/v1/txid\0" ‖ body)`.
    public let id: TransactionID
    /// What was signed.
    public let body: TransactionBody
    /// Every key that signed, ``signer`` among them.
    public let signers: [PublicKey]
    // Where the body and each signature lie in the envelope.
    private let bodyRange: Range<Int>
    private let signatureOffsets: [Int]

    /// Decodes an envelope strictly. Signatures are not verified; see ``isSigned()``.
    public init(decoding envelope: [UInt8]) throws(SteleError) {
        guard envelope.count <= Self.envelopeByteCountMax else {
            throw SteleError(
                .transactionTooLarge, "the transaction has \(envelope.count) bytes; the limit is 65535",
                hint: "split it: records.anchor takes up to 256 versions a call")
        }
        do throws(CBORError) {
            var reader = CBORReader(envelope)
            guard try reader.readArrayCount() == 3, try reader.readUInt() == 1 else {
                throw CBORError(.outOfRange, at: 0)
            }
            let bodyStart = reader.position
            bodyRange = try reader.readByteRange()
            let count = try reader.readArrayCount(1...Self.signatureCountMax)
            var signers: [PublicKey] = []
            var offsets: [Int] = []
            for _ in 0..<count {
                _ = try reader.readArrayCount(2...2)
                let start = reader.position
                let key = try reader.readBytes32()
                guard !signers.contains(key) else { throw CBORError(.keyOrder, at: start) }
                signers.append(key)
                offsets.append(try reader.readByteRange(64...64).lowerBound)
            }
            try reader.finish()
            guard let body = TransactionBody(decoding: Array(envelope[bodyRange])) else {
                throw CBORError(.outOfRange, at: bodyStart)
            }
            guard signers.contains(body.signer) else { throw CBORError(.missingKey, at: bodyStart) }
            self.body = body
            self.signers = signers
            signatureOffsets = offsets
        } catch {
            throw SteleError(
                .transactionMalformed, "the envelope is malformed: \(error.reason.rawValue) at byte \(error.offset)",
                hint: "encode it as docs/spec/ledger.md §2 sets out")
        }
        self.envelope = envelope
        id = body.id
    }

    /// Whether every signature verifies. About 37 µs each; independent of all state, so it runs in parallel.
    public func isSigned() -> Bool {
        for (key, offset) in zip(signers, signatureOffsets) {
            guard Ed25519.isValid(signatureIn: envelope, at: offset, tag: "tx", bodyIn: bodyRange, by: key) else {
                return false
            }
        }
        return true
    }
}

// MARK: - Making one
/// A transaction not yet signed.
public struct UnsignedTransaction: Sendable {
    /// The encoded body: what is signed and what names the transaction.
    public let body: [UInt8]
    private let signer: PublicKey

    /// A request to run `call` with `arguments` (one CBOR item).
    /// - Parameters:
    ///   - validUntil: block time in seconds, at most ``Transaction/validitySecondsMax`` ahead.
    ///   - random: where the sixteen bytes come from that make it unique.
    public init(
        chainID: Digest, signer: PublicKey, validUntil: UInt64, call: String, arguments: [UInt8],
        random: some RandomSource
    ) {
        var writer = CBORWriter(capacity: 160 + arguments.count)
        writer.write(mapCount: 6)
        writer.write(UInt64(1))
        writer.write(chainID)
        writer.write(UInt64(2))
        writer.write(signer)
        writer.write(UInt64(3))
        writer.write(bytes: random.bytes(16))
        writer.write(UInt64(4))
        writer.write(validUntil)
        writer.write(UInt64(5))
        writer.write(text: call)
        writer.write(UInt64(6))
        writer.write(bytes: arguments)
        body = writer.bytes
        self.signer = signer
    }

    /// The transaction that `body` describes, such as one that a node hands out to be signed; nil unless it is exactly
    /// one body.
    public init?(body: [UInt8]) {
        guard let decoded = TransactionBody(decoding: body) else { return nil }
        self.body = body
        signer = decoded.signer
    }

    /// The transaction's name, known before it is signed.
    public var id: TransactionID { SHA256.hash(tag: "txid", body) }

    /// The envelope, signed by `keys`, of which one is the signer named in the body.
    public func signed(by keys: [SigningKey]) -> [UInt8] {
        precondition(keys.contains { $0.publicKey == signer })
        var writer = CBORWriter(capacity: body.count + 110 * keys.count)
        writer.write(arrayCount: 3)
        writer.write(UInt64(1))
        writer.write(bytes: body)
        writer.write(arrayCount: keys.count)
        for key in keys {
            writer.write(arrayCount: 2)
            writer.write(key.publicKey)
            writer.write(bytes: key.sign(tag: "tx", body))
        }
        return writer.bytes
    }
}
