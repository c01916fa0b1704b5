// Storage · a disk in memory that can lose power.
import Synchronization

/// What the stores of one simulated node keep; it outlives them, as a disk outlives a process.
///
/// It knows which writes were synced, so ``crash(keepingUnsynced:)`` can leave what a real disk may leave.
public final class MemoryDisk: Sendable {
    /// One store's folder: its families, with and without what was never synced.
    struct Volume {
        var familyNames: [String]
        var current: [OrderedByteMap]
        var synced: [OrderedByteMap]
        var unsynced: [WriteBatch] = []
        var opening: Int?  // Which opening has it open.

        mutating func write(_ batch: WriteBatch, sync: Bool) {
            Self.apply(batch, to: &current)
            unsynced.append(batch)
            if sync { self.sync() }
        }

        mutating func sync() {
            for batch in unsynced { Self.apply(batch, to: &synced) }
            unsynced = []
        }

        static func apply(_ batch: WriteBatch, to families: inout [OrderedByteMap]) {
            for operation in batch.operations {
                switch operation {
                case .put(let key, let value, let family): families[family].set(key, to: value)
                case .delete(let key, let family): families[family].remove(key)
                case .deleteRange(let lower, let upper, let family):
                    families[family].remove(KeyRange(from: lower, to: upper))
                }
            }
        }
    }

    struct State {
        var volumes: [String: Volume] = [:]
        var openingCount = 0
    }
    let state = Mutex(State())  // Everything on the disk; held only inside one call.

    /// An empty disk.
    public init() {}

    /// Loses power: every open store is closed, and of each only what was synced remains, and then the first `count`
    /// of the unsynced writes. A write is never half there: ``RocksDBStore`` cuts a torn one off when it opens.
    public func crash(keepingUnsynced count: Int = 0) {
        state.withLock { state in
            for path in Array(state.volumes.keys) {
                state.volumes[path]!.unsynced.removeLast(max(0, state.volumes[path]!.unsynced.count - count))
                state.volumes[path]!.sync()
                state.volumes[path]!.current = state.volumes[path]!.synced
                state.volumes[path]!.opening = nil
            }
        }
    }

    /// How many writes of the store at `path` were not synced yet.
    public func unsyncedCount(at path: String) -> Int {
        state.withLock { $0.volumes[path]?.unsynced.count ?? 0 }
    }
}
