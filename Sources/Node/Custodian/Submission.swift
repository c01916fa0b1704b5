// Node · what is to be written, and what became of it.
public import FHIR
public import Primitives
public import Vault

/// One change of one resource.
public struct Submission: Sendable {
    /// What is to become of the resource.
    public enum Change: Sendable {
        /// This is its next version; the resource has an id.
        case version(Resource)
        /// Its next version says that it was deleted.
        case deletion(ResourceName)
    }

    /// What is to become of it.
    public var change: Change
    /// The version that must be the newest, 0 for none; nil for whatever it is.
    public var expectedVersion: UInt32?
    /// Whether the version says in `meta` which one it is and when it was made, as FHIR asks of a server. What an
    /// import brings keeps its bytes instead.
    public let saysItsVersion: Bool

    /// A version to be written.
    public init(_ resource: Resource, expectedVersion: UInt32? = nil, sayingItsVersion: Bool = false) {
        change = .version(resource)
        self.expectedVersion = expectedVersion
        saysItsVersion = sayingItsVersion
    }

    /// A resource to be deleted.
    public init(deleting name: ResourceName, expectedVersion: UInt32? = nil) {
        change = .deletion(name)
        self.expectedVersion = expectedVersion
        saysItsVersion = false
    }

    /// The resource concerned.
    /// - Precondition: it has an id.
    public var name: ResourceName {
        switch change {
        case .version(let resource):
            guard let id = resource.id else { preconditionFailure("a resource is given an id before it is kept") }
            return ResourceName(type: resource.type.name, id: id)
        case .deletion(let name): return name
        }
    }
}

/// A change, and the patient whose record it is; nil for the organisation's own records.
public struct RecordChange: Sendable {
    /// What is to be done.
    public var submission: Submission
    /// The logical id of the patient.
    public var patient: String?

    /// A change of a record of `patient`.
    public init(_ submission: Submission, patient: String?) {
        self.submission = submission
        self.patient = patient
    }
}

/// What became of one resource.
public struct Written: Hashable, Sendable {
    /// Its name.
    public let resource: ResourceName
    /// The version that holds it.
    public let version: UInt32
    /// The record on the ledger.
    public let recordID: Bytes32
    /// The transaction that anchored it.
    public let transactionID: TransactionID
    /// When it was written.
    public let lastUpdated: Timestamp
    /// False if equal bytes were the newest version already, or it was deleted already, so that nothing was written.
    public let isNew: Bool
    /// Whether there was no such resource before, or a deleted one.
    public let isCreated: Bool

    /// `resource` as it was stored, if it says its version: what the client gets back.
    public func stored(_ resource: Resource) throws(SteleError) -> Resource {
        try resource.settingVersion(version, lastUpdated: lastUpdated)
    }

    /// The version that `entry` is, found and not written.
    public init(_ entry: CompartmentEntry) {
        resource = entry.resource
        version = entry.version
        recordID = entry.recordID
        transactionID = entry.transaction
        lastUpdated = entry.lastUpdated
        isNew = false
        isCreated = false
    }

    init(_ record: StagedRecord, _ transaction: TransactionID, lastUpdated: Timestamp, isCreated: Bool) {
        resource = record.resource
        version = record.version
        recordID = record.recordID
        transactionID = transaction
        self.lastUpdated = lastUpdated
        isNew = true
        self.isCreated = isCreated
    }
}
