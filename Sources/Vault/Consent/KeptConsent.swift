// Vault · the words behind an act of consent.
public import Primitives

/// What was said when a consent was written down here, kept so that the tokens on the ledger can be read again.
///
/// It is sealed under the patient's key and goes with it. An act that was prepared and never committed is kept as well,
/// and shows up nowhere: whoever looks begins from the ledger.
public struct KeptConsent: Hashable, Sendable {
    /// The statement exactly as received; empty for an act that ends something.
    public var statement: [UInt8]
    /// Opens the ledger's commitment to the statement: `HMAC-SHA256(salt, SHA-256(statement))`.
    public var salt: Bytes32
    /// Every label that stands in the grant as a token; its other tokens are padding.
    public var labels: Set<Label>
    /// Who wrote it down, by DID and by the name that the patient sees.
    public var writerDID: String
    public var writerDisplayName: String

    /// The words of one act.
    public init(
        statement: [UInt8], salt: Bytes32, labels: Set<Label>, writerDID: String, writerDisplayName: String
    ) {
        self.statement = statement
        self.salt = salt
        self.labels = labels
        self.writerDID = writerDID
        self.writerDisplayName = writerDisplayName
    }
}

// MARK: - Encoding
extension KeptConsent {
    /// `[statement, salt, [label …], writer's DID, writer's name]`; labels in the order of their encodings.
    var encoded: [UInt8] {
        var writer = CBORWriter(capacity: 256 + statement.count)
        writer.write(arrayCount: 5)
        writer.write(bytes: statement)
        writer.write(salt)
        writer.write(labels: labels)
        writer.write(text: writerDID)
        writer.write(text: writerDisplayName)
        return writer.bytes
    }

    /// The words encoded in `bytes`.
    init(_ bytes: [UInt8]) throws(CBORError) {
        var reader = CBORReader(bytes)
        _ = try reader.readArrayCount(5...5)
        statement = try reader.readBytes()
        salt = try reader.readBytes32()
        labels = Set(try reader.readLabels())
        writerDID = try reader.readText()
        writerDisplayName = try reader.readText()
        try reader.finish()
    }
}
