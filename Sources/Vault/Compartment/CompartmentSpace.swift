// Vault · a compartment as a search sees it: what may be seen, at one moment, and nothing else.
public import FHIR
public import Primitives

extension CompartmentEntry: SearchRecord {
    public var typeName: String { resource.type }
    public var logicalID: String { resource.id }
}

/// How much of a compartment a search looks at, so that the pages of one search see the same.
public enum SearchMoment: Hashable, Sendable {
    /// All of it.
    case now
    /// The first so many entries, in the order of confirmation: what was there when a first page was made.
    case entries(Int)
    /// What was written up to a time, by the writer's clock.
    case time(Timestamp)
}

/// The current resources of a compartment that are permitted, beside those of another that they may refer to.
///
/// A resource is there if both its newest version and the version seen at the moment asked for are permitted and
/// neither is a tombstone: what was hidden or deleted since the first page is not on the next.
public struct CompartmentSpace: SearchSpace {
    private let compartment: Compartment
    private let permitted: UInt64
    private let moment: SearchMoment
    private let beyond: (compartment: Compartment, permitted: UInt64)?

    /// The permitted part of `compartment`.
    ///
    /// - Parameters:
    ///   - permitted: Bit *n* stands for profile *n*.
    ///   - beyond: Where references lead that `compartment` does not answer, and what of it is permitted. Never
    ///     searched.
    public init(
        _ compartment: Compartment, permitted: UInt64 = .max, at moment: SearchMoment = .now,
        beyond: (compartment: Compartment, permitted: UInt64)? = nil
    ) {
        self.compartment = compartment
        self.permitted = permitted
        self.moment = moment
        self.beyond = beyond
    }

    public func forEachRecord(of type: ResourceType?, _ body: (CompartmentEntry) -> Void) {
        compartment.forEachSeen(type: type?.name, permitted: permitted, at: moment, body)
    }

    public func record(_ type: ResourceType, _ id: String) -> CompartmentEntry? {
        let name = ResourceName(type: type.name, id: id)
        return compartment.seen(name, permitted: permitted, at: moment)
            ?? beyond.flatMap { $0.compartment.seen(name, permitted: $0.permitted, at: .now) }
    }
}

extension Compartment {
    /// The current resources that fulfil a query, in its order: for whoever writes by a condition, all of them.
    public func current(matching query: SearchQuery, permitted: UInt64 = .max) -> [CompartmentEntry] {
        query.matches(in: CompartmentSpace(self, permitted: permitted)).map(\.record)
    }
}
