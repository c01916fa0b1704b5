// Storage · the store in memory.
public import Primitives
import Synchronization

/// A ``KeyValueStore`` on a ``MemoryDisk``: the same behaviour as ``RocksDBStore`` without a file, for simulation.
///
/// Closing, reopening, a second opener and a checkpoint behave as on disk. It is correct rather than small: it keeps
/// the contents twice, as they are and as they were synced.
public final class MemoryStore: KeyValueStore {
    private let disk: MemoryDisk
    private let path: String
    private let opening: Int

    /// Opens the store `path` of `disk`, creating it if missing.
    /// - Throws: `storage.locked` or `storage.layout`.
    public init(
        path: String = "store", columnFamilies families: [ColumnFamily], on disk: MemoryDisk = MemoryDisk()
    ) throws(SteleError) {
        families.checkDeclaration()
        self.disk = disk
        self.path = path
        let names = families.map(\.name)
        let outcome: Result<Int, SteleError> = disk.state.withLock { state in
            var volume = state.volumes[path] ?? MemoryDisk.Volume(familyNames: [], current: [], synced: [])
            guard volume.opening == nil else {
                return .failure(
                    SteleError(.storageLocked, "the store is open elsewhere", hint: "close the other opener first"))
            }
            guard names.starts(with: volume.familyNames) else {
                return .failure(
                    SteleError(
                        .storageLayout, "the store has other column families than this program declares",
                        hint: "use the version of stele that wrote it, or a later one"))
            }
            let added = [OrderedByteMap](repeating: OrderedByteMap(), count: names.count - volume.familyNames.count)
            volume.familyNames = names
            volume.current += added
            volume.synced += added
            state.openingCount += 1
            volume.opening = state.openingCount
            state.volumes[path] = volume
            return .success(state.openingCount)
        }
        opening = try outcome.get()
    }

    deinit { try? close() }

    public func get(_ key: [UInt8], in family: ColumnFamily) throws(SteleError) -> [UInt8]? {
        precondition(!key.isEmpty, "a key is never empty")
        return try withVolume { volume in volume.current[family.index][key] }
    }

    public func getMany(_ keys: [[UInt8]], in family: ColumnFamily) throws(SteleError) -> [[UInt8]?] {
        precondition(keys.allSatisfy { !$0.isEmpty }, "a key is never empty")
        return try withVolume { volume in keys.map { volume.current[family.index][$0] } }
    }

    public func write(_ batch: WriteBatch, sync: Bool) throws(SteleError) {
        try withVolume { volume in volume.write(batch, sync: sync) }
    }

    public func forEach(
        _ range: KeyRange, in family: ColumnFamily, reverse: Bool,
        _ body: (_ key: [UInt8], _ value: [UInt8]) throws(SteleError) -> Bool
    ) throws(SteleError) {
        // A copy, so that `body` may use the store and does not see what it writes.
        let map = try withVolume { volume in volume.current[family.index] }
        try map.forEach(range, reverse: reverse) { (entry) throws(SteleError) in try body(entry.key, entry.value) }
    }

    public func flush() throws(SteleError) {
        try withVolume { volume in volume.sync() }
    }

    /// Syncs; what was removed is nowhere.
    public func compact(_ ranges: [(family: ColumnFamily, range: KeyRange)]) throws(SteleError) { try flush() }

    public func checkpoint(to path: String) throws(SteleError) {
        let copy = try withVolume { volume in
            MemoryDisk.Volume(familyNames: volume.familyNames, current: volume.current, synced: volume.current)
        }
        let isNew = disk.state.withLock { state in
            guard state.volumes[path] == nil else { return false }
            state.volumes[path] = copy
            return true
        }
        guard isNew else {
            throw SteleError(
                .storageExists, "the checkpoint's folder exists", hint: "give a path that is not there yet")
        }
    }

    public func approximateByteCount() throws(SteleError) -> Int {
        try withVolume { volume in volume.current.reduce(0) { $0 + $1.byteCount } }
    }

    public func close() throws(SteleError) {
        disk.state.withLock { state in
            guard state.volumes[path]?.opening == opening else { return }
            state.volumes[path]!.sync()
            state.volumes[path]!.opening = nil
        }
    }

    private func withVolume<Value: Sendable>(
        _ body: (inout MemoryDisk.Volume) -> Value
    ) throws(SteleError) -> Value {
        let value: Value? = disk.state.withLock { state in
            guard state.volumes[path]?.opening == opening else { return nil }
            return body(&state.volumes[path]!)
        }
        guard let value else {
            throw SteleError(
                .storageClosed, "the store is closed", hint: "the node is stopping; try again after its restart")
        }
        return value
    }
}
