// Vault · what was used lately, up to a bound.

/// A map that forgets what was used longest ago when its entries cost more than a bound.
///
/// - Complexity: O(1) for each call, not counting what is forgotten.
struct BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Slot: Sendable {
        let key: Key
        var value: Value
        var cost: Int
    }
    /// The neighbours of a slot in the order of use, kept apart so that moving an entry does not touch its value.
    private struct Link: Sendable {
        var newer = -1  // Towards the most recently used; -1 at that end.
        var older = -1  // Towards the least recently used; -1 at that end.
    }

    /// The bound, in the caller's unit.
    let costMax: Int
    /// What the entries cost together. Above the bound only when the newest entry alone is.
    private(set) var cost = 0
    private var places: [Key: Int] = [:]
    private var slots: [Slot?] = []
    private var links: [Link] = []  // As many as slots.
    private var free: [Int] = []
    private var newest = -1
    private var oldest = -1

    /// An empty cache that holds entries worth `costMax`.
    init(costMax: Int) { self.costMax = costMax }

    /// How many entries there are.
    var count: Int { places.count }

    /// The value of `key`, which is then the most recently used.
    mutating func value(for key: Key) -> Value? {
        guard let place = places[key] else { return nil }
        if place != newest {
            unlink(place)
            link(place)
        }
        return slots[place]!.value
    }

    /// Keeps `value` as the most recently used, and forgets the least recently used as needed.
    mutating func insert(_ value: Value, for key: Key, cost: Int = 1) {
        remove(key)
        let place = free.popLast() ?? slots.count
        if place == slots.count {
            slots.append(nil)
            links.append(Link())
        }
        slots[place] = Slot(key: key, value: value, cost: cost)
        places[key] = place
        self.cost += cost
        link(place)
        shrink()
    }

    /// Says that the entry of `key`, if there is one, costs something else now.
    mutating func setCost(_ cost: Int, of key: Key) {
        guard let place = places[key] else { return }
        self.cost += cost - slots[place]!.cost
        slots[place]!.cost = cost
        shrink()
    }

    /// Forgets `key`.
    mutating func remove(_ key: Key) {
        guard let place = places.removeValue(forKey: key) else { return }
        unlink(place)
        cost -= slots[place]!.cost
        slots[place] = nil
        free.append(place)
    }

    private mutating func shrink() {
        while cost > costMax, oldest != newest { remove(slots[oldest]!.key) }
    }

    private mutating func link(_ place: Int) {
        links[place] = Link(newer: -1, older: newest)
        if newest >= 0 { links[newest].newer = place } else { oldest = place }
        newest = place
    }

    private mutating func unlink(_ place: Int) {
        let link = links[place]
        if link.newer >= 0 { links[link.newer].older = link.older } else { newest = link.older }
        if link.older >= 0 { links[link.older].newer = link.newer } else { oldest = link.newer }
    }
}
