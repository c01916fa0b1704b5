// Node · the state after the newest executed block, part of it not yet on disk.
internal import Ledger
internal import Primitives
internal import Storage
internal import Synchronization

/// Committed rows with the changes of executed blocks on top until those are durable.
final class PendingState: StateReader, Sendable {
    private struct Layer {
        let height: UInt64
        let rows: [RowName: [UInt8]?]
        let groups: Set<RowName>

        /// Whether a row whose key starts with `prefix` may be among the changes.
        func mayChange(_ prefix: [UInt8]) -> Bool {
            prefix.count < StateView.groupByteCount
                || groups.contains(RowName(Array(prefix[..<StateView.groupByteCount])))
        }
    }
    private let store: any KeyValueStore
    private let layers = Mutex<[Layer]>([])  // Oldest first; as many as blocks are in flight.

    private let readings: Readings?

    /// The state in `store`, and what `readings` of it have decoded.
    init(_ store: any KeyValueStore, readings: Readings? = nil) {
        self.store = store
        self.readings = readings
    }

    func push(_ changes: [StateChange], height: UInt64) {
        guard !changes.isEmpty else { return }
        var rows: [RowName: [UInt8]?] = Dictionary(minimumCapacity: changes.count)
        var groups: Set<RowName> = []
        for change in changes {
            rows.updateValue(change.value, forKey: RowName(change.key))
            if change.key.count >= StateView.groupByteCount {
                groups.insert(RowName(Array(change.key[..<StateView.groupByteCount])))
            }
        }
        let layer = Layer(height: height, rows: rows, groups: groups)
        layers.withLock { $0.append(layer) }
    }

    /// Forgets changes that are on disk by now.
    func durable(_ height: UInt64) {
        layers.withLock { layers in layers.removeAll { $0.height <= height } }
    }

    func value(for key: [UInt8]) throws(SteleError) -> [UInt8]? {
        let name = RowName(key)
        let pending: [UInt8]?? = layers.withLock { layers in
            for layer in layers.reversed() { if let row = layer.rows[name] { return row } }
            return nil
        }
        if let pending { return pending }
        return try store.get(key, in: LedgerStore.state)
    }

    func decoded(group: [UInt8]) -> (any AnyObject & Sendable)? {
        guard let readings else { return nil }
        // Readings forget what a block changed before its layer goes (``Finalizer/finish(_:)``), and layers are added
        // by the only thread that asks here: without a layer that changes the group, what they keep is the newest.
        let name = RowName(group)
        let isChanging = layers.withLock { layers in layers.contains { $0.groups.contains(name) } }
        return isChanging ? nil : readings.decoded(group: group)
    }

    func rows(prefix: [UInt8]) throws(SteleError) -> [(key: [UInt8], value: [UInt8])] {
        // The layers are read first: a block that becomes durable meanwhile is then read twice, never missed.
        var changed: [[UInt8]: [UInt8]?] = [:]
        layers.withLock { layers in
            for layer in layers where layer.mayChange(prefix) {
                for (name, value) in layer.rows where name.bytes.starts(with: prefix) {
                    changed.updateValue(value, forKey: name.bytes)
                }
            }
        }
        var rows = try store.scan(prefix: prefix, in: LedgerStore.state)
        guard !changed.isEmpty else { return rows }
        rows.removeAll { changed[$0.key] != nil }
        for (key, value) in changed { if let value { rows.append((key, value)) } }
        return rows.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }
}
