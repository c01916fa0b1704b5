// Vault · what a patient can later read about an access event.
public import Primitives

/// A request for records as the custodian understood it, kept so that the access event on the ledger can be opened to
/// the patient: who asked, as what, for what, and exactly which record versions were to be released.
///
/// It holds no words of the asker's own: everything in it is coded or taken from the directory.
public struct KeptRequest: Hashable, Sendable {
    /// One record version that the answer was to hold.
    public struct Record: Hashable, Sendable {
        /// The resource and which of its versions.
        public var resource: ResourceName
        public var version: UInt32
        /// The record's id on the ledger, and the salt of its anchor.
        public var recordID: Bytes32
        public var salt: Bytes32

        /// A record that is worked out when it is asked for, such as a grant told as a Consent: it has one version and
        /// no anchor of its own, so its id is that of the act it tells of, and there is no salt.
        public init(computed resource: ResourceName, of id: Bytes32) {
            self.resource = resource
            version = 1
            recordID = id
            salt = .zero
        }

        /// The record an entry describes.
        public init(_ entry: CompartmentEntry) {
            resource = entry.resource
            version = entry.version
            recordID = entry.recordID
            salt = entry.salt
        }
    }

    /// Who asked, by DID.
    public var askerDID: String
    /// The asker's name as shown to the patient.
    public var askerDisplayName: String
    /// The labels the asker was given.
    public var askerLabels: Set<Label>
    /// What for: purposes and their ancestors.
    public var purposes: Set<Label>
    /// Which action, by its name in the access contract.
    public var action: String
    /// What was asked for, in coded words: `read Type/id` or `search Type`.
    public var asked: String
    /// Why what was asked for was withheld, as far as it exists; empty if nothing was.
    public var withheld: String
    /// The record versions of the answer.
    public var records: [Record]
    /// The asker's own signature over what they asked for; empty if they made none.
    public var askerSignature: [UInt8]
    /// The salt of the asker's commitment on the ledger.
    public var askerCommitmentSalt: Bytes32
    /// The salt of the manifest, and its root on the ledger.
    public var manifestSalt: Bytes32
    public var manifestRoot: Digest

    /// A request whose manifest root follows from `records` and `manifestSalt`.
    public init(
        askerDID: String, askerDisplayName: String, askerLabels: Set<Label>, purposes: Set<Label>, action: String,
        asked: String, withheld: String = "", records: [Record], askerSignature: [UInt8], askerCommitmentSalt: Bytes32,
        manifestSalt: Bytes32
    ) {
        self.askerDID = askerDID
        self.askerDisplayName = askerDisplayName
        self.askerLabels = askerLabels
        self.purposes = purposes
        self.action = action
        self.asked = asked
        self.withheld = withheld
        self.records = records
        self.askerSignature = askerSignature
        self.askerCommitmentSalt = askerCommitmentSalt
        self.manifestSalt = manifestSalt
        manifestRoot = Manifest.root(of: records.map(\.recordID), salt: manifestSalt)
    }
}

// MARK: - Encoding
extension KeptRequest {
    /// `[did, name, [asker label …], [purpose …], action, asked, withheld,
    /// [[type, id, version, record, salt] …], signature, commitment salt, manifest salt, manifest root]`; labels in the
    /// order of their encodings.
    var encoded: [UInt8] {
        var writer = CBORWriter(capacity: 512 + 192 * records.count)
        writer.write(arrayCount: 12)
        writer.write(text: askerDID)
        writer.write(text: askerDisplayName)
        writer.write(labels: askerLabels)
        writer.write(labels: purposes)
        writer.write(text: action)
        writer.write(text: asked)
        writer.write(text: withheld)
        writer.write(arrayCount: records.count)
        for record in records {
            writer.write(arrayCount: 5)
            writer.write(text: record.resource.type)
            writer.write(text: record.resource.id)
            writer.write(UInt64(record.version))
            writer.write(record.recordID)
            writer.write(record.salt)
        }
        writer.write(bytes: askerSignature)
        writer.write(askerCommitmentSalt)
        writer.write(manifestSalt)
        writer.write(manifestRoot)
        return writer.bytes
    }

    /// The request encoded in `bytes`.
    init(_ bytes: [UInt8]) throws(CBORError) {
        var reader = CBORReader(bytes)
        _ = try reader.readArrayCount(12...12)
        askerDID = try reader.readText()
        askerDisplayName = try reader.readText()
        askerLabels = Set(try reader.readLabels())
        purposes = Set(try reader.readLabels())
        action = try reader.readText()
        asked = try reader.readText()
        withheld = try reader.readText()
        records = []
        for _ in 0..<(try reader.readArrayCount()) { records.append(try Record(from: &reader)) }
        askerSignature = try reader.readBytes()
        askerCommitmentSalt = try reader.readBytes32()
        manifestSalt = try reader.readBytes32()
        manifestRoot = try reader.readBytes32()
        try reader.finish()
    }
}

extension KeptRequest.Record {
    fileprivate init(from reader: inout CBORReader) throws(CBORError) {
        _ = try reader.readArrayCount(5...5)
        resource = ResourceName(type: try reader.readText(), id: try reader.readText())
        version = UInt32(try reader.readUInt(max: UInt64(UInt32.max)))
        recordID = try reader.readBytes32()
        salt = try reader.readBytes32()
    }
}
