// Node · a copy on its way in, as it goes over the wire. Source: `docs/spec/copy.md` §6.
public import Primitives
public import Vault

/// Part of a copy that another custodian made, to be brought in here.
///
/// ```
/// delivery = [patient, [history …]]
/// history  = [type, id, earlier, [version …]]      `earlier` versions went before, and are here already
/// version  = [tombstone, bytes bstr, [origin …]]
/// ```
public struct CopyDelivery: Sendable {
    /// One version, with what other ledgers showed of it.
    public struct Version: Sendable {
        /// Whether it says that the resource was deleted.
        public var isTombstone: Bool
        /// The content, byte for byte as it was anchored there.
        public var bytes: [UInt8]
        /// What showed it, oldest first; at least one.
        public var origins: [KeptOrigin]

        /// A version.
        public init(isTombstone: Bool, bytes: [UInt8], origins: [KeptOrigin]) {
            self.isTombstone = isTombstone
            self.bytes = bytes
            self.origins = origins
        }
    }

    /// Successive versions of one resource.
    public struct History: Sendable {
        /// The resource.
        public var resource: ResourceName
        /// How many versions come before these.
        public var earlierCount: UInt32
        /// The versions, oldest first; at least one.
        public var versions: [Version]

        /// The versions of `resource` that follow `earlierCount` others.
        public init(_ resource: ResourceName, earlierCount: UInt32, versions: [Version]) {
            self.resource = resource
            self.earlierCount = earlierCount
            self.versions = versions
        }
    }

    /// Most histories of one delivery, and most versions of one.
    public static let countMax = 4096

    /// The logical id of the patient.
    public var patient: String
    /// The histories.
    public var histories: [History]

    /// A delivery of `histories` of `patient`.
    public init(patient: String, histories: [History]) {
        self.patient = patient
        self.histories = histories
    }

    /// The delivery's bytes.
    public var encoded: [UInt8] {
        var writer = CBORWriter(capacity: 4096)
        writer.write(arrayCount: 2)
        writer.write(text: patient)
        writer.write(arrayCount: histories.count)
        for history in histories {
            writer.write(arrayCount: 4)
            writer.write(text: history.resource.type)
            writer.write(text: history.resource.id)
            writer.write(UInt64(history.earlierCount))
            writer.write(arrayCount: history.versions.count)
            for version in history.versions {
                writer.write(arrayCount: 3)
                writer.write(version.isTombstone)
                writer.write(bytes: version.bytes)
                KeptOrigin.encode(version.origins, into: &writer)
            }
        }
        return writer.bytes
    }

    /// The delivery encoded in `bytes`, read strictly.
    /// - Throws: `cbor.malformed`.
    public init(decoding bytes: [UInt8]) throws(SteleError) {
        do throws(CBORError) {
            var reader = CBORReader(bytes)
            _ = try reader.readArrayCount(2...2)
            patient = try reader.readText(1...64)
            histories = []
            for _ in 0..<(try reader.readArrayCount(0...Self.countMax)) {
                histories.append(try History(from: &reader))
            }
            try reader.finish()
        } catch {
            throw error.asSteleError
        }
    }
}

extension CopyDelivery.History {
    fileprivate init(from reader: inout CBORReader) throws(CBORError) {
        _ = try reader.readArrayCount(4...4)
        let resource = ResourceName(type: try reader.readText(1...64), id: try reader.readText(1...64))
        let earlierCount = UInt32(try reader.readUInt(max: UInt64(UInt32.max)))
        var versions: [CopyDelivery.Version] = []
        for _ in 0..<(try reader.readArrayCount(1...CopyDelivery.countMax)) {
            _ = try reader.readArrayCount(3...3)
            versions.append(
                CopyDelivery.Version(
                    isTombstone: try reader.readBool(), bytes: try reader.readBytes(),
                    origins: try KeptOrigin.list(from: &reader)))
        }
        self.init(resource, earlierCount: earlierCount, versions: versions)
    }
}
