// Storage · keys in order, in memory.

/// An ordered map from keys to values: a list of sorted leaves, each of at most 256 entries.
///
/// A copy shares its leaves with the original until one of them changes, so a scan can keep the map as it was.
/// Complexity: a look-up is O(log *n*); a change moves at most one leaf, and the list when a leaf splits or empties.
struct OrderedByteMap: Sendable {
    typealias Entry = (key: [UInt8], value: [UInt8])
    private static let leafCountMax = 256
    private var leaves: [[Entry]] = []  // None is empty.

    /// The sum of the sizes of keys and values.
    private(set) var byteCount = 0

    subscript(key: [UInt8]) -> [UInt8]? {
        guard let leaf = leafIndex(for: key) else { return nil }
        let index = Self.lowerBound(of: key, in: leaves[leaf])
        return index < leaves[leaf].count && leaves[leaf][index].key == key ? leaves[leaf][index].value : nil
    }

    mutating func set(_ key: [UInt8], to value: [UInt8]) {
        guard let leaf = leafIndex(for: key) else {
            leaves = [[(key, value)]]
            byteCount = key.count + value.count
            return
        }
        let index = Self.lowerBound(of: key, in: leaves[leaf])
        if index < leaves[leaf].count, leaves[leaf][index].key == key {
            byteCount += value.count - leaves[leaf][index].value.count
            leaves[leaf][index].value = value
            return
        }
        byteCount += key.count + value.count
        leaves[leaf].insert((key, value), at: index)
        if leaves[leaf].count > Self.leafCountMax {
            let half = leaves[leaf].count / 2
            let upper = Array(leaves[leaf][half...])
            leaves[leaf].removeSubrange(half...)
            leaves.insert(upper, at: leaf + 1)
        }
    }

    mutating func remove(_ key: [UInt8]) {
        guard let leaf = leafIndex(for: key) else { return }
        let index = Self.lowerBound(of: key, in: leaves[leaf])
        guard index < leaves[leaf].count, leaves[leaf][index].key == key else { return }
        let removed = leaves[leaf].remove(at: index)
        byteCount -= removed.key.count + removed.value.count
        if leaves[leaf].isEmpty { leaves.remove(at: leaf) }
    }

    mutating func remove(_ range: KeyRange) {
        var doomed: [[UInt8]] = []
        forEach(range, reverse: false) { entry in
            doomed.append(entry.key)
            return true
        }
        for key in doomed { remove(key) }
    }

    /// Calls `body` with the entries of `range` in order until it returns `false`.
    func forEach<Failure: Error>(
        _ range: KeyRange, reverse: Bool, _ body: (Entry) throws(Failure) -> Bool
    ) throws(Failure) {
        guard !range.isEmpty, !leaves.isEmpty else { return }
        var (leaf, index) = reverse ? position(before: range.upper) : position(at: range.lower)
        while leaves.indices.contains(leaf) {
            while leaves[leaf].indices.contains(index) {
                let entry = leaves[leaf][index]
                guard range.contains(entry.key), try body(entry) else { return }
                index += reverse ? -1 : 1
            }
            leaf += reverse ? -1 : 1
            if leaves.indices.contains(leaf) { index = reverse ? leaves[leaf].count - 1 : 0 }
        }
    }

    /// The place of the first entry not before `key`.
    private func position(at key: [UInt8]) -> (leaf: Int, index: Int) {
        let leaf = leafIndex(for: key) ?? 0
        return (leaf, Self.lowerBound(of: key, in: leaves[leaf]))
    }

    /// The place of the last entry before `key`; of the last entry when `key` is `nil`.
    private func position(before key: [UInt8]?) -> (leaf: Int, index: Int) {
        guard let key else { return (leaves.count - 1, leaves[leaves.count - 1].count - 1) }
        let (leaf, index) = position(at: key)
        if index > 0 { return (leaf, index - 1) }
        return leaf > 0 ? (leaf - 1, leaves[leaf - 1].count - 1) : (-1, -1)
    }

    /// The last leaf whose first key is not after `key`, or the first leaf; `nil` when there is none.
    private func leafIndex(for key: [UInt8]) -> Int? {
        guard !leaves.isEmpty else { return nil }
        var low = 0
        var high = leaves.count
        while low < high {
            let middle = (low + high) / 2
            if ByteOrder.precedes(key, leaves[middle][0].key) { high = middle } else { low = middle + 1 }
        }
        return max(low - 1, 0)
    }

    private static func lowerBound(of key: [UInt8], in leaf: [Entry]) -> Int {
        var low = 0
        var high = leaf.count
        while low < high {
            let middle = (low + high) / 2
            if ByteOrder.precedes(leaf[middle].key, key) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
