// Vault · what a compartment knows of one record.
internal import Cryptography
public import FHIR
public import Primitives

/// One anchored version of a resource, without its content.
public struct CompartmentEntry: Hashable, Sendable {
    /// The record's id: random, and on the ledger.
    public let recordID: Bytes32
    /// The resource and which of its versions this is, from 1.
    public let resource: ResourceName
    public let version: UInt32
    /// When the version was made, by the writer's clock.
    public let lastUpdated: Timestamp
    /// The number of the subject's profile, 0–63: bit `profile` of a bitmap of permitted profiles.
    public let profile: UInt8
    /// Which of the patient's category keys, and which of that category's successive ones, wraps the record's key.
    public let category: KeyCategory
    public let keyVersion: UInt32
    /// The salt of the anchor, and the anchor: `HMAC-SHA256(salt, SHA-256(content))`.
    public let salt: Bytes32
    public let anchor: Digest
    /// How many bytes the content has.
    public let byteCount: Int
    /// Whether this version says that the resource was deleted.
    public let isTombstone: Bool
    /// The transaction that anchors the record.
    public let transaction: TransactionID
    /// What searches go by.
    public let facts: SearchFacts

    /// The same version, to be anchored by another transaction.
    func anchored(by transaction: TransactionID) -> CompartmentEntry {
        CompartmentEntry(
            recordID: recordID, resource: resource, version: version, lastUpdated: lastUpdated, profile: profile,
            category: category, keyVersion: keyVersion, salt: salt, anchor: anchor, byteCount: byteCount,
            isTombstone: isTombstone, transaction: transaction, facts: facts)
    }

    /// Whether this version has the content of `draft`: told from the anchor, so that nothing has to be opened.
    public func hasContent(of draft: RecordDraft) -> Bool {
        isTombstone == draft.isTombstone && byteCount == draft.content.count
            && HMACSHA256.code(of: draft.digest, salt: salt) == anchor
    }

    func binding(in subject: SubjectID) -> RecordBinding {
        RecordBinding(subject: subject, record: recordID, version: version, keyVersion: keyVersion, category: category)
    }
}

// MARK: - Encoding
extension CompartmentEntry {
    /// Source: `docs/spec/vault.md` §8.
    func encode(into writer: inout CBORWriter) {
        writer.write(arrayCount: 14)
        writer.write(recordID)
        writer.write(text: resource.type)
        writer.write(text: resource.id)
        writer.write(UInt64(version))
        writer.write(lastUpdated.milliseconds)
        writer.write(UInt64(profile))
        writer.write(text: category.name)
        writer.write(UInt64(keyVersion))
        writer.write(salt)
        writer.write(anchor)
        writer.write(UInt64(byteCount))
        writer.write(isTombstone)
        writer.write(transaction)
        writer.write(bytes: facts.encoded)
    }

    init(from reader: inout CBORReader) throws(CBORError) {
        _ = try reader.readArrayCount(14...14)
        recordID = try reader.readBytes32()
        resource = ResourceName(type: try reader.readText(), id: try reader.readText())
        version = UInt32(try reader.readUInt(max: UInt64(UInt32.max)))
        lastUpdated = Timestamp(milliseconds: try reader.readUInt())
        profile = UInt8(try reader.readUInt(max: UInt64(RecordProfile.countMax - 1)))
        category = KeyCategory(name: try reader.readText())
        keyVersion = UInt32(try reader.readUInt(max: UInt64(UInt32.max)))
        salt = try reader.readBytes32()
        anchor = try reader.readBytes32()
        byteCount = Int(try reader.readUInt(max: UInt64(Int.max)))
        isTombstone = try reader.readBool()
        transaction = try reader.readBytes32()
        // A slice of what was read: facts are decoded only by the searches that look at them.
        facts = SearchFacts(encoded: reader.bytes, in: try reader.readByteRange())
    }
}
