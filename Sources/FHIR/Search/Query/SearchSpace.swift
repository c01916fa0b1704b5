// FHIR · what a search is put to.
public import Primitives

/// One resource as a search sees it.
public protocol SearchRecord: Sendable {
    /// The name of its type.
    var typeName: String { get }
    /// Its logical id.
    var logicalID: String { get }
    /// When this version was written.
    var lastUpdated: Timestamp { get }
    /// What searches go by.
    var facts: SearchFacts { get }
}

/// The resources among which a search looks: exactly those that the asker may see.
///
/// Conditions, chains, includes, order and totals come from here and from nowhere else, so what is not in it cannot
/// show in any of them.
public protocol SearchSpace {
    associatedtype Record: SearchRecord

    /// Calls `body` with the resources searched, of one type if given, in the order of writing.
    func forEachRecord(of type: ResourceType?, _ body: (Record) -> Void)

    /// The resource with this name, among those searched and those that they may refer to.
    func record(_ type: ResourceType, _ id: String) -> Record?
}

/// A resource that a search found.
public struct SearchMatch<Record: SearchRecord>: Sendable {
    /// The resource.
    public let record: Record
    /// What it is sorted by.
    public let keys: SortKeys
}
