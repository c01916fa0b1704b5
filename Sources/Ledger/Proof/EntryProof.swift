// Ledger · one transaction with everything that shows it is in the log with its outcome.
internal import Cryptography
internal import Primitives

/// A transaction, its result and its path to the log's root. Source: `docs/spec/proofs.md` §2.
///
/// `[leaf 80, body bstr, result bstr, inclusion proof]`. Signatures are left out: the validators checked them, and the
/// leaf names the body.
public struct EntryProof: Hashable, Sendable {
    /// The leaf.
    public let leaf: Leaf
    /// The transaction's body.
    public let body: TransactionBody
    /// The result.
    public let result: [UInt8]
    /// The path from the leaf to the root of the proof's checkpoint.
    public let inclusion: InclusionProof

    /// A proof of one entry.
    public init(leaf: Leaf, body: TransactionBody, result: [UInt8], inclusion: InclusionProof) {
        self.leaf = leaf
        self.body = body
        self.result = result
        self.inclusion = inclusion
    }

    /// Whether leaf, body, result and root belong together.
    public func isValid(under header: Header) -> Bool {
        leaf.kind == .transaction && leaf.id == body.id && leaf.resultHash == SHA256.hash(result)
            && body.chainID == header.chainID && leaf.height <= header.height
            && inclusion.treeSize == header.logSize
            && inclusion.verify(leafHash: LogTree.leafHash(of: leaf.encoded), root: header.logRoot)
    }

    func encode(into writer: inout CBORWriter) {
        writer.write(arrayCount: 4)
        writer.write(bytes: leaf.encoded)
        writer.write(bytes: body.encoded)
        writer.write(bytes: result)
        inclusion.encode(into: &writer)
    }

    init(from reader: inout CBORReader) throws(CBORError) {
        _ = try reader.readArrayCount(4...4)
        let start = reader.position
        guard let leaf = Leaf(decoding: try reader.readBytes(80...80)) else {
            throw CBORError(.outOfRange, at: start)
        }
        self.leaf = leaf
        let bodyStart = reader.position
        guard let body = TransactionBody(decoding: try reader.readBytes(1...Transaction.envelopeByteCountMax)) else {
            throw CBORError(.outOfRange, at: bodyStart)
        }
        self.body = body
        result = try reader.readBytes(1...Transaction.envelopeByteCountMax)
        inclusion = try InclusionProof(from: &reader)
    }
}

/// One row of the state, or its absence, with its path to the state's root.
///
/// `[key bstr, value bstr or null, state proof]`
public struct RowProof: Hashable, Sendable {
    /// The row's key.
    public let key: [UInt8]
    /// Its value, or nil if the state has no such row.
    public let value: [UInt8]?
    /// The path.
    public let proof: StateProof

    /// A proof of one row.
    public init(key: [UInt8], value: [UInt8]?, proof: StateProof) {
        self.key = key
        self.value = value
        self.proof = proof
    }

    /// Whether the row is what the header certifies.
    public func isValid(under header: Header) -> Bool {
        proof.verify(root: header.stateRoot, key: key, value: value)
    }

    func encode(into writer: inout CBORWriter) {
        writer.write(arrayCount: 3)
        writer.write(bytes: key)
        if let value { writer.write(bytes: value) } else { writer.writeNull() }
        proof.encode(into: &writer)
    }

    init(from reader: inout CBORReader) throws(CBORError) {
        _ = try reader.readArrayCount(3...3)
        key = try reader.readBytes(1...1024)
        value = reader.readNullIfPresent() ? nil : try reader.readBytes(0...(1 << 20))
        proof = try StateProof(from: &reader)
    }
}
