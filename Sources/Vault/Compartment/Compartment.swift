// Vault · the index of one subject's records, as readers see it.
public import Primitives

/// A subject's anchored records at one moment: a value, safe to read anywhere while the vault goes on.
///
/// What is staged and not anchored yet is not in it. It holds what the subject's index holds; nothing here decides who
/// may see what: callers give a bitmap of permitted profiles, and see nothing of the others.
public struct Compartment: Sendable {
    /// Whose records.
    public let subject: SubjectID
    /// Every anchored version, in the order in which they were confirmed.
    public private(set) var entries: [CompartmentEntry] = []
    // For each resource, the indices of its versions in `entries`, lowest version first.
    private var places: [ResourceName: [Int32]] = [:]

    init(_ subject: SubjectID) { self.subject = subject }

    /// The newest version of a resource; it may be a tombstone.
    public func current(_ resource: ResourceName) -> CompartmentEntry? {
        places[resource]?.last.map { entries[Int($0)] }
    }

    /// The versions of a resource, oldest first.
    public func versions(of resource: ResourceName) -> [CompartmentEntry] {
        (places[resource] ?? []).map { entries[Int($0)] }
    }

    /// One version of a resource.
    public func version(_ version: UInt32, of resource: ResourceName) -> CompartmentEntry? {
        places[resource]?.first { entries[Int($0)].version == version }.map { entries[Int($0)] }
    }

    /// The record with this id. Looks through all entries.
    public func entry(recordID: Bytes32) -> CompartmentEntry? {
        entries.first { $0.recordID == recordID }
    }

    /// Calls `body` with the newest version of each resource that is not deleted, of one type if given, whose profile
    /// is among `permitted`. In the order of confirmation.
    ///
    /// A resource whose newest version is not permitted is passed over, even if an older one would be permitted.
    ///
    /// - Parameter permitted: Bit *n* stands for profile *n*.
    public func forEachCurrent(
        type: String? = nil, permitted: UInt64 = .max, _ body: (CompartmentEntry) throws(SteleError) -> Void
    ) throws(SteleError) {
        for (index, entry) in entries.enumerated() {
            guard permitted >> UInt64(entry.profile) & 1 == 1, !entry.isTombstone,
                type.map({ $0 == entry.resource.type }) ?? true,
                places[entry.resource]?.last == Int32(index)
            else { continue }
            try body(entry)
        }
    }

    /// The newest versions as ``forEachCurrent(type:permitted:_:)`` gives them.
    public func current(type: String? = nil, permitted: UInt64 = .max) -> [CompartmentEntry] {
        var found: [CompartmentEntry] = []
        try? forEachCurrent(type: type, permitted: permitted) { (entry) in found.append(entry) }
        return found
    }

    /// Calls `body` with what a search at `moment` sees, of one type if given, in the order of confirmation.
    func forEachSeen(
        type: String?, permitted: UInt64, at moment: SearchMoment, _ body: (CompartmentEntry) -> Void
    ) {
        let count = if case .entries(let count) = moment { min(count, entries.count) } else { entries.count }
        // The cheapest question first, so that what is hidden costs next to nothing: time should not tell of it.
        for index in 0..<count where isVisible(index, permitted) {
            guard type == nil || entries[index].resource.type == type, let places = places[entries[index].resource],
                place(among: places, at: moment) == Int32(index), isVisible(Int(places.last!), permitted)
            else { continue }
            body(entries[index])
        }
    }

    /// The version of `resource` that a search at `moment` sees, or nil.
    func seen(_ resource: ResourceName, permitted: UInt64, at moment: SearchMoment) -> CompartmentEntry? {
        guard let places = places[resource], let place = place(among: places, at: moment),
            isVisible(Int(place), permitted), isVisible(Int(places.last!), permitted)
        else { return nil }
        return entries[Int(place)]
    }

    /// The place of the newest version that was there at `moment`.
    private func place(among places: [Int32], at moment: SearchMoment) -> Int32? {
        switch moment {
        case .now: places.last
        case .entries(let count): places.last { $0 < count }
        case .time(let time): places.last { entries[Int($0)].lastUpdated <= time }
        }
    }

    private func isVisible(_ index: Int, _ permitted: UInt64) -> Bool {
        permitted >> UInt64(entries[index].profile) & 1 == 1 && !entries[index].isTombstone
    }

    /// Adds a version, which is newer than those of the same resource that are here.
    mutating func append(_ entry: CompartmentEntry) {
        places[entry.resource, default: []].append(Int32(entries.count))
        entries.append(entry)
    }

    /// Makes room for the names of `count` more entries at once, instead of a few times over.
    mutating func expect(_ count: Int) { places.reserveCapacity(places.count + count) }
}
