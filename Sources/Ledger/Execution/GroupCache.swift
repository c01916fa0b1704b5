// Ledger · decoded groups of rows, the oldest forgotten first.

/// Objects by group, at most so many. Forgetting is one at a time, so that no insertion pays for a whole cache.
struct GroupCache {
    private let countMax: Int
    private var objects: [RowName: any AnyObject & Sendable] = [:]
    // In order of insertion from `head` on; a group that was removed and came back stands here twice.
    private var order: [RowName] = []
    private var head = 0

    init(countMax: Int) { self.countMax = countMax }

    subscript(group: [UInt8]) -> (any AnyObject & Sendable)? { objects[RowName(group)] }

    mutating func insert(_ object: any AnyObject & Sendable, for group: [UInt8]) {
        let name = RowName(group)
        objects[name] = object
        order.append(name)
        while objects.count > countMax || order.count - head > 2 * countMax {
            objects[order[head]] = nil
            head += 1
        }
        if head > countMax {
            order.removeFirst(head)
            head = 0
        }
    }

    mutating func remove(_ group: [UInt8]) {
        guard !objects.isEmpty else { return }
        objects[RowName(group)] = nil
    }
}
