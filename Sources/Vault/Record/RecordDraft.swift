// Vault · a record on its way in: what the caller gives, and what the vault makes of it.
internal import Cryptography
public import FHIR
public import Primitives

/// One version of a resource, not yet sealed.
public struct RecordDraft: Sendable {
    /// The resource this is a version of.
    public var resource: ResourceName
    /// The exact bytes to keep, anchor and give back. Empty for a tombstone.
    public let content: [UInt8]
    /// The SHA-256 of them.
    public let digest: Digest
    /// The labels policy goes by. They must make a profile of the subject that is on the ledger.
    public var labels: Set<Label>
    /// When the version was made, by the caller's clock.
    public var lastUpdated: Timestamp
    /// Whether this version says that the resource was deleted.
    public var isTombstone: Bool
    /// What searches go by.
    public var facts: SearchFacts
    /// The version that must be the newest when this one is staged, 0 for none yet; nil for whatever it is.
    public var expectedVersion: UInt32?
    /// The identifiers by which the subject is found: those of the subject's Patient resource, else none.
    public var identifiers: [BusinessIdentifier] = []
    /// What tells who the subject is: from the subject's Patient resource, else nothing.
    public var identifyingTexts: [String] = []

    /// A version of `resource`.
    public init(
        _ resource: ResourceName, content: [UInt8], labels: Set<Label>, lastUpdated: Timestamp,
        isTombstone: Bool = false, facts: SearchFacts = .none, expectedVersion: UInt32? = nil
    ) {
        self.resource = resource
        self.content = content
        digest = SHA256.hash(content)
        self.labels = labels
        self.lastUpdated = lastUpdated
        self.isTombstone = isTombstone
        self.facts = facts
        self.expectedVersion = expectedVersion
    }
}

// MARK: - FHIR
extension RecordDraft {
    /// A version of a FHIR resource: its exact bytes, its labels, its search facts.
    ///
    /// - Precondition: the resource has an id.
    /// - Throws: ``SteleError`` with code `resource.too_many_labels` or `resource.too_many_facts`.
    public init(_ resource: Resource, lastUpdated: Timestamp, expectedVersion: UInt32? = nil) throws(SteleError) {
        guard let id = resource.id else { preconditionFailure("a resource is given an id before it is kept") }
        self.init(
            ResourceName(type: resource.type.name, id: id), content: resource.bytes,
            labels: Set(try Labels.labels(of: resource)), lastUpdated: lastUpdated,
            facts: try SearchFacts(of: resource), expectedVersion: expectedVersion)
        guard resource.type == .patient else { return }
        identifiers = resource.identifiers
        identifyingTexts = resource.identifyingTexts
    }
}

/// A record as its anchor needs it. What it was made from is ``RecordDraft`` at the same index.
public struct StagedRecord: Hashable, Sendable {
    /// The record's id: random, and on the ledger.
    public let recordID: Bytes32
    /// The resource and which of its versions this is, from 1. A version that is never anchored leaves its number to
    /// the next.
    public let resource: ResourceName
    public let version: UInt32
    /// `HMAC-SHA256(salt, SHA-256(content))`: what the ledger says of the content.
    public let anchor: Digest
    /// The number of the subject's profile that the record's labels make.
    public let profile: UInt8
    /// The record of the version before, if there is one: an anchored one, or an earlier one of the same transaction.
    public let supersedes: Bytes32?
    /// Whether it says that the resource was deleted.
    public let isTombstone: Bool
}

/// The transaction that anchors what was staged.
public struct StagedTransaction: Hashable, Sendable {
    /// The transaction's id.
    public let id: TransactionID
    /// The block time from which the ledger accepts it no more, in seconds.
    public let validUntil: UInt64

    /// The transaction `id`.
    public init(_ id: TransactionID, validUntil: UInt64) {
        self.id = id
        self.validUntil = validUntil
    }
}
