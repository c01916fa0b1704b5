// Node · one page of a patient's own copy, as it goes over the wire. Source: `docs/spec/copy.md` §2.
public import Ledger
public import Primitives
public import Vault

/// A page of a copy: versions with what opens their anchors, and one proof that shows all the anchors.
///
/// ```
/// page    = [remaining, trust text, organisation, event 32, proof bstr, [version …]]
/// version = [record 32, type, id, version, updated ms, salt 32, tombstone, transaction 32, bytes bstr, [origin …]]
/// ```
public struct CopyPage: Sendable {
    /// One version.
    public struct Version: Sendable {
        /// The record's id on the ledger, and the salt of its anchor.
        public var record: Bytes32
        public var salt: Bytes32
        /// The resource and which of its versions this is.
        public var resource: ResourceName
        public var version: UInt32
        /// When it was written there.
        public var lastUpdated: Timestamp
        /// Whether it says that the resource was deleted.
        public var isTombstone: Bool
        /// The transaction that anchors it.
        public var transaction: TransactionID
        /// Its content, byte for byte; none of a deletion.
        public var bytes: [UInt8]
        /// What earlier ledgers showed of it, oldest first.
        public var origins: [KeptOrigin]
    }

    /// Most versions of one page.
    public static let versionCountMax = 256
    /// From how many bytes of content on a page ends, which then has at least one version.
    public static let byteCountMax = 8 << 20

    /// How many versions are on this page and later ones.
    public var remainingCount: UInt64
    /// The checkpoint keys of the ledger, as the node names them.
    public var trust: String
    /// The custodian's name on the network.
    public var organisation: String
    /// The access event under which the page was released.
    public var event: TransactionID
    /// A proof of every anchoring transaction, which opens nothing yet.
    public var proof: ProofFile
    /// The versions, newest first.
    public var versions: [Version]

    /// The proof file that shows one version of the page alone.
    ///
    /// - Throws: `proof.malformed` if the page's proof has not the transaction that anchors it.
    public func proof(of version: Version) throws(SteleError) -> ProofFile {
        guard let entry = proof.entries.first(where: { $0.body.id == version.transaction }) else {
            throw SteleError(
                .proofMalformed, "the page's proof lacks the anchor of a version",
                hint: "export the copy again; report it if it fails again")
        }
        return ProofFile(
            note: proof.note, header: proof.header, entries: [entry],
            openings: [RecordOpening(record: version.record, salt: version.salt, bytes: version.bytes)])
    }
}

// MARK: - Encoding
extension CopyPage {
    /// The page's bytes.
    public var encoded: [UInt8] {
        var writer = CBORWriter(capacity: 4096 + versions.reduce(0) { $0 + $1.bytes.count + 512 })
        writer.write(arrayCount: 6)
        writer.write(remainingCount)
        writer.write(text: trust)
        writer.write(text: organisation)
        writer.write(event)
        writer.write(bytes: proof.encoded)
        writer.write(arrayCount: versions.count)
        for version in versions {
            writer.write(arrayCount: 10)
            writer.write(version.record)
            writer.write(text: version.resource.type)
            writer.write(text: version.resource.id)
            writer.write(UInt64(version.version))
            writer.write(version.lastUpdated.milliseconds)
            writer.write(version.salt)
            writer.write(version.isTombstone)
            writer.write(version.transaction)
            writer.write(bytes: version.bytes)
            KeptOrigin.encode(version.origins, into: &writer)
        }
        return writer.bytes
    }

    /// The page encoded in `bytes`, read strictly.
    /// - Throws: `cbor.malformed` or `proof.malformed`.
    public init(decoding bytes: [UInt8]) throws(SteleError) {
        let proofBytes: [UInt8]
        do throws(CBORError) {
            var reader = CBORReader(bytes)
            _ = try reader.readArrayCount(6...6)
            remainingCount = try reader.readUInt()
            trust = try reader.readText(1...KeptOrigin.trustByteCountMax)
            organisation = try reader.readText(1...256)
            event = try reader.readBytes32()
            proofBytes = try reader.readBytes(1...ProofFile.byteCountMax)
            versions = []
            for _ in 0..<(try reader.readArrayCount(0...Self.versionCountMax)) {
                versions.append(try Version(from: &reader))
            }
            try reader.finish()
        } catch {
            throw error.asSteleError
        }
        proof = try ProofFile(decoding: proofBytes)
    }
}

extension CopyPage.Version {
    fileprivate init(from reader: inout CBORReader) throws(CBORError) {
        _ = try reader.readArrayCount(10...10)
        record = try reader.readBytes32()
        resource = ResourceName(type: try reader.readText(1...64), id: try reader.readText(1...64))
        version = UInt32(try reader.readUInt(max: UInt64(UInt32.max)))
        lastUpdated = Timestamp(milliseconds: try reader.readUInt())
        salt = try reader.readBytes32()
        isTombstone = try reader.readBool()
        transaction = try reader.readBytes32()
        bytes = try reader.readBytes()
        origins = try KeptOrigin.list(from: &reader)
    }
}
